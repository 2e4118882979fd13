"""What tests of who may come in share: an application with a record of its own, with and without accounts."""

import os
from pathlib import Path
from typing import ClassVar

import flask
import pytest
from argon2 import PasswordHasher

from dashboard.app import create_app
from dashboard.records.core.actors import local_actor
from dashboard.records.people import accounts, visits
from dashboard.settings import PREFIX
from dashboard.web import request

OF_THE_RUN = os.environ[f"{PREFIX}RECORDS"]
KEY = "a key that is long enough to sign"
PASSWORD = "a password of some length"
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8050"}
PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PEOPLE = {
    "reader": None, "coordinator": "22", "regional": "22", "secretariat": None, "leadership": None,
    "administrator": None,
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def quick_passwords():
    """Hashing is made slow on purpose; what it costs is looked at elsewhere."""
    kept = accounts.HASHER
    accounts.HASHER = visits.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    yield
    accounts.HASHER = visits.HASHER = kept


class Place:
    """An application on a record of its own. A process has one record at a time: they take turns, in any order."""

    standing: ClassVar["Place | None"] = None

    def __init__(self, folder: Path, **wanted: str):
        self.own = {"SECRET_KEY": "", "RECORDS": str(folder / "record.sqlite"), **wanted}
        self._server: flask.Flask | None = None

    def stand(self) -> flask.Flask:
        """Have the record of this one be the one of the process; return its server."""
        if Place.standing is not self:
            leave()
            change_record({f"{PREFIX}{name}": value for name, value in self.own.items() if value})
            Place.standing = self
        if self._server is None:
            self._server = create_app().server
        return self._server


def leave() -> None:
    """Have none stand: settings and record are those of the run again."""
    if Place.standing is not None:
        os.environ.pop(f"{PREFIX}SECRET_KEY", None)
        change_record({f"{PREFIX}RECORDS": OF_THE_RUN})
        Place.standing = None


def change_record(settings: dict[str, str]) -> None:
    """Have the next record that is asked for be the one of these settings: whichever is open is closed."""
    if request.opened_record.cache_info().currsize:
        request.opened_record().close()
    os.environ.update(settings)
    request.forget_record()
    request.accounts_changed()


@pytest.fixture(scope="module")
def _local(tmp_path_factory):
    yield Place(tmp_path_factory.mktemp("local"))
    leave()


@pytest.fixture(scope="module")
def _served(tmp_path_factory):
    place = Place(tmp_path_factory.mktemp("served"), SECRET_KEY=KEY)
    place.stand()
    for role, department in PEOPLE.items():
        values = {"login": role, "name": role.title(), "role": role, "department": department}
        accounts.create_account(request.record(), local_actor(), values, PASSWORD)
    request.accounts_changed()
    yield place
    leave()


@pytest.fixture
def local(_local):
    """A server without accounts."""
    return _local.stand()


@pytest.fixture
def served(_served):
    """A server with an account of each role, named like it."""
    return _served.stand()


@pytest.fixture
def alone(tmp_path):
    """A server without accounts, for a test that makes some."""
    yield Place(tmp_path).stand()
    leave()


def ask(server, path="/", method="GET", headers=None, client=None, **more):
    """Send a request as a browser of this machine does."""
    client = client or server.test_client()
    return client.open(path, method=method, headers=headers or PAGE, environ_overrides=HERE, **more)


def enter(server, login, password=PASSWORD):
    """Return a client after it tried to sign in, and the answer."""
    client = server.test_client()
    return client, ask(server, "/entrar", "POST", client=client, data={"login": login, "password": password})
