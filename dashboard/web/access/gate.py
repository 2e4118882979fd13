"""Let in whom the mode allows: everybody of this machine in local mode, else those who have signed in."""

from collections.abc import Callable
from urllib.parse import urlsplit

import flask
from werkzeug import Response

from dashboard import settings, texts
from dashboard.records.core import NOBODY, RecordsError
from dashboard.web import request
from dashboard.web.access import doorway, mode, pages, people
from dashboard.web.access.loopback import from_this_machine

ASSETS = "_dash_assets.static"  # styles and icons, which are in the repository
SIGN_IN, SIGN_OUT = "/entrar", "/salir"
DESK = "/pendientes"  # where people land who asked for no other page
MOST_PATH = 2_000
LANGUAGE = "lang"  # of the page to sign in, whose switch works without a script
A_YEAR_S = 365 * 24 * 3600


def serve(server: flask.Flask, wanted: settings.Settings) -> None:
    """Put the gate before everything that a server answers."""
    server.secret_key = wanted.secret_key if mode.has_key(wanted) else None
    people.manager.init_app(server)
    server.before_request(stop_strangers)
    server.after_request(keep_private)
    server.add_url_rule(SIGN_IN, "sign-in", public(sign_in), methods=["GET", "POST"])
    server.add_url_rule(SIGN_OUT, "sign-out", sign_out, methods=["POST"])
    pages.serve_errors(server)


def public(view: Callable) -> Callable:
    """Mark a view that anyone may open, signed in or not."""
    view.is_public = True  # type: ignore[attr-defined]  # :func:`stop_strangers` looks for it
    return view


def stop_strangers() -> Response | tuple | None:
    """Answer in the place of the view whoever may not come in; None lets them on."""
    if doorway.THROUGH in flask.request.environ:
        is_here = (flask.request.endpoint or "").startswith(doorway.ROOM)
        return None if is_here else pages.refusal("error.404", 404)
    if not request.has_accounts():
        here = from_this_machine(settings.read().host, flask.request.environ)
        return None if here else pages.refusal("only_here", 403)
    if flask.current_app.secret_key is None:
        return pages.refusal("no_key", 503)
    view = flask.current_app.view_functions.get(flask.request.endpoint or "")
    if flask.request.endpoint == ASSETS or getattr(view, "is_public", False) or request.actor() != NOBODY:
        return None
    if flask.request.method == "GET" and pages.is_wanted():
        return flask.redirect(flask.url_for("sign-in", next=flask.request.full_path.rstrip("?")))
    return pages.refusal("session_over", 401)


def keep_private(answer: flask.Response) -> flask.Response:
    """Have no answer to someone who signed in kept by what lies between, nor shown again after they left."""
    if flask.request.endpoint != ASSETS and request.has_accounts():
        if answer.cache_control.public:
            answer.cache_control.public = False
            answer.cache_control.private = True
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.vary.add("Cookie")
    return answer


def sign_in() -> Response | str | tuple:
    """Show the page to sign in, or sign in and go on to where one wanted to go."""
    onward = own_path(flask.request.values.get("next", ""))
    if not request.has_accounts() or request.actor() != NOBODY:
        return flask.redirect(onward)
    if flask.request.args.get(LANGUAGE) in texts.LANGUAGES:
        answer = flask.redirect(flask.url_for("sign-in", next=onward))
        answer.set_cookie(request.LANGUAGE_COOKIE, flask.request.args[LANGUAGE], max_age=A_YEAR_S, samesite="Lax")
        return answer
    if flask.request.method == "GET":
        return pages.sign_in(onward)
    login = flask.request.form.get("login", "")
    try:
        people.come_in(login, flask.request.form.get("password", ""))
    except RecordsError as error:
        status = 503 if isinstance(error, people.ManyAtOnce) else 403
        return pages.sign_in(onward, login, request.say(error.message, **error.fields)), status
    return flask.redirect(DESK if onward == "/" else onward)


def sign_out() -> Response:
    """Sign out and go to the page to sign in."""
    people.go_out()
    return flask.redirect(SIGN_IN)


def own_path(path: str) -> str:
    """Return a path of this site, the first page for anything else.

    >>> [own_path(p) for p in ("/registro?f=1", "//evil.example", "https://evil.example", "/\\\\evil", "", "x")]
    ['/registro?f=1', '/', '/', '/', '/', '/']
    """
    parts = urlsplit(path)
    sound = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    is_own = sound and not parts.scheme and not parts.netloc and len(path) <= MOST_PATH
    return path if is_own and parts.path not in (SIGN_IN, SIGN_OUT) else "/"
