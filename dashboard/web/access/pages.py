"""Write the few pages that are not Dash's: signing in, refusals and errors. They work without any script."""

import flask
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from dashboard import texts
from dashboard.records.core import Missing, RecordsError, Refused
from dashboard.web import record, request
from dashboard.web.access.allowance import Spent
from dashboard.web.icon import ICON
from dashboard.web.request import say

STYLES = ("style", "forms", "access")
TOLD = (400, 403, 404, 405, 413, 500)  # others are told as 400 or 500

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="{icon}">
{styles}
</head>
<body class="plain">
<main class="plain-card">
<p class="plain-name">{name}</p>
<h1>{title}</h1>
{body}
</main>
</body>
</html>"""

_FORM = """{refused}
<form method="post" action="{action}" class="plain-form">
<input type="hidden" name="next" value="{onward}">
<div class="field"><label for="login">{login_label}</label>
<input class="line" id="login" name="login" value="{login}" autocomplete="username" autocapitalize="none"
 spellcheck="false" required maxlength="64" {login_focus}></div>
<div class="field"><label for="password">{password_label}</label>
<input class="line" id="password" name="password" type="password" autocomplete="current-password" required
 maxlength="200" {password_focus}></div>
<button class="button primary" type="submit">{button}</button>
</form>
<p class="muted">{help}</p>
<p class="plain-languages">{languages}</p>"""


def page(title: str, body: Markup) -> str:
    """Return a whole page around its body."""
    styles = Markup("\n").join(Markup('<link rel="stylesheet" href="/assets/{}.css">').format(name) for name in STYLES)
    return Markup(_PAGE).format(
        language=request.language(), title=title, icon=Markup(ICON), styles=styles, name=say("shell.title"), body=body
    )


def sign_in(onward: str, login: str = "", refused: str = "") -> str:
    """Return the page to sign in, with the login that was tried and why it was refused."""
    focus = Markup("autofocus")
    body = Markup(_FORM).format(
        refused=Markup('<p class="error" role="alert">{}</p>').format(refused) if refused else "",
        action="/entrar", onward=onward, login=login[:64],
        login_label=say("access.login"), password_label=say("access.password"), button=say("access.enter"),
        help=say("access.help"), languages=_languages(onward),
        login_focus="" if login else focus, password_focus=focus if login else "",
    )  # fmt: skip
    return page(say("access.sign_in"), body)


def _languages(onward: str) -> Markup:
    """Return a link to the page in each other language, in that language's own words."""
    others = [language for language in texts.LANGUAGES if language != request.language()]
    return Markup(" · ").join(
        Markup('<a lang="{}" href="{}">{}</a>').format(
            language, flask.url_for("sign-in", next=onward, lang=language), texts.say(language, "access.this_language")
        )
        for language in others
    )


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
    return page(say(f"access.{key}.title"), Markup("<p>{}</p>").format(said)), status


def serve_errors(server: flask.Flask) -> None:
    """Have a server tell errors in the reader's words."""
    server.register_error_handler(HTTPException, _told)
    server.register_error_handler(RecordsError, _refused)


def _told(error: HTTPException) -> tuple:
    code = error.code or 500
    if code < 400:
        return error
    known = code if code in TOLD else 500 if code >= 500 else 400
    return refusal(f"error.{known}", code)


def _refused(error: RecordsError) -> tuple:
    """Tell what the record refuses where no screen has told it: that is no failure of the server."""
    said = record.told(error, record.words())[0]
    if isinstance(error, Spent):
        return *refusal("error.429", 429, said), {"Retry-After": str(error.seconds)}
    status = 403 if isinstance(error, Refused) else 404 if isinstance(error, Missing) else 400
    return refusal(f"error.{status}", status, said)
