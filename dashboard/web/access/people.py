"""Sign people in and out, and keep who has signed in."""

import threading

import flask
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from dashboard.records.core import Actor, RecordsError
from dashboard.records.people import visits
from dashboard.web import request
from dashboard.web.access import devices

MOST_PASSWORDS = 2  # looked at at once by a process: each takes a core for a while, and much memory

manager = LoginManager()
_passwords = threading.BoundedSemaphore(MOST_PASSWORDS)


class ManyAtOnce(RecordsError):
    """More people sign in at this moment than passwords can be looked at."""

    room = "access."

    def __init__(self) -> None:
        super().__init__("many_at_once")


class Person(UserMixin):
    """Someone who has signed in. What the cookie carries is the token of their visit, which the record can end."""

    def __init__(self, token: str, actor: Actor):
        self.token, self.actor = token, actor

    def get_id(self) -> str:
        """Return what the cookie carries: the token of the visit."""
        return self.token


@manager.user_loader
def _load(token: str) -> Person | None:
    found = visits.actor_of(request.opened_record(), token)
    return None if found is None else Person(token, found)


def come_in(login: str, password: str) -> Actor:
    """Sign someone in and return who it is. Raises Refused, ManyAtOnce."""
    if not _passwords.acquire(blocking=False):
        raise ManyAtOnce
    try:
        address = flask.request.remote_addr or ""
        token, found = visits.sign_in(request.opened_record(), login, password, address, devices.of(login))
    finally:
        _passwords.release()
    login_user(Person(token, found))
    devices.remember(login)
    return found


def go_out() -> None:
    """Sign out whoever is signed in: the visit ends, not only the cookie."""
    if current_user.is_authenticated:
        visits.sign_out(request.opened_record(), current_user.token)
    logout_user()
