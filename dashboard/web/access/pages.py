"""Write the few pages that are not Dash's: signing in, refusals and errors. They work without any script."""

from typing import Any

import flask
from werkzeug.exceptions import HTTPException

from dashboard import texts
from dashboard.records.core import Missing, RecordsError, Refused
from dashboard.web import request
from dashboard.web.access.allowance import Spent
from dashboard.web.icon import ICON
from dashboard.web.request import say
from geodata.shared import templates

STYLES = ("_tokens", "style", "forms", "access")
TOLD = (400, 403, 404, 405, 413, 500)  # others are told as 400 or 500

MOST_LOGIN = 64  # letters
_TEMPLATES = templates(__file__)


def page(name: str, title: str, **facts: Any) -> str:
    """Return a whole page of a template."""
    return _TEMPLATES.get_template(name).render(
        language=request.language(), title=title, icon=ICON, styles=STYLES, say=say, **facts
    )


def sign_in(onward: str, login: str = "", refused: str = "") -> str:
    """Return the page to sign in, with the login that was tried and why it was refused."""
    others = [
        (language, flask.url_for("sign-in", next=onward, lang=language), texts.say(language, "access.this_language"))
        for language in texts.LANGUAGES
        if language != request.language()
    ]
    return page(
        "sign_in.html", say("access.sign_in"), onward=onward, login=login[:MOST_LOGIN], most_login=MOST_LOGIN,
        refused=refused, languages=others,
    )  # fmt: skip


def is_wanted() -> bool:
    """Tell whether a request asks for a page, as a person who follows a link does."""
    return flask.request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"


def refusal(key: str, status: int, said: str = "") -> tuple[str | flask.Response, int]:
    """Return what someone is told who may not come in: a page, or the sentence alone where no page was asked for.

    said: a sentence that tells more than the usual one.
    """
    said = said or say(f"access.{key}.text")
    if not is_wanted():
        return flask.jsonify(said=said, status=status), status
    return page("plain.html", say(f"access.{key}.title"), sentence=said), status


def serve_errors(server: flask.Flask) -> None:
    """Have a server tell errors in the reader's words."""
    server.register_error_handler(HTTPException, _told)
    server.register_error_handler(RecordsError, _refused)


def _told(error: HTTPException) -> tuple | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    known = code if code in TOLD else 500 if code >= 500 else 400
    return refusal(f"error.{known}", code)


def _refused(error: RecordsError) -> tuple:
    """Tell what the record refuses where no screen has told it: that is no failure of the server."""
    said = request.sentences(error, request.words())[0]
    if isinstance(error, Spent):
        return *refusal("error.429", 429, said), {"Retry-After": str(error.seconds)}
    status = 403 if isinstance(error, Refused) else 404 if isinstance(error, Missing) else 400
    return refusal(f"error.{status}", status, said)
