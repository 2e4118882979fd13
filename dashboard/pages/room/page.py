"""Hand out the page of a phone in the room: one document, and the few files that it needs, all below one address.

Nothing here asks who reads: the code of the room is asked for by the page itself. Nothing of the record is in it.
"""

from collections.abc import Callable, Mapping

import flask
import orjson
from flask import Response, abort
from markupsafe import Markup

from dashboard import texts
from dashboard.records.rooms import joining
from dashboard.web import published, request
from dashboard.web.access import gate
from dashboard.web.icon import ICON
from dashboard.web.published import Published
from geodata.shared import templates

ADDRESS = "/sala"
FILES = f"{ADDRESS}/archivos"
STEMS = ("room", "leaflet", "room_styles", "places", "limits", "rivers")
# a phone that lost the network opens it again from what it keeps, for as long as a meeting lasts
KEPT_S = 12 * 3600
_TEMPLATES = templates(__file__)


def serve_pages(
    server: flask.Flask, files: Callable[[], Mapping[str, Published]], find: Callable[[str], Published | None]
) -> None:
    """Add the routes to a server. files: what is published, by stem; find: gives a file of a former edition."""

    def page(code: str = "") -> Response:
        answer = Response(document(files()), content_type="text/html; charset=utf-8")
        answer.headers["Cache-Control"] = f"private, max-age={KEPT_S}"
        answer.vary.add("Cookie")
        return answer

    def send(name: str) -> Response:
        if name.split(".")[0] not in STEMS:
            abort(404)
        file = next((file for file in files().values() if file.name == name), None) or find(name)
        if file is None:
            abort(404)
        return published.sent(file)

    server.add_url_rule(ADDRESS, "room-enter", gate.public(page))
    server.add_url_rule(f"{ADDRESS}/<code>", "room-phone", gate.public(page))
    server.add_url_rule(f"{FILES}/<name>", "room-file", gate.public(send))


def document(files: Mapping[str, Published]) -> str:
    """Return the document in the reader's language."""
    words = texts.for_browser(request.language())
    other = next(language for language in texts.LANGUAGES if language != request.language())
    return _TEMPLATES.get_template("phone.html").render(
        language=request.language(),
        other=other,
        other_name=texts.say(other, "access.this_language"),
        edition=request.dataset().edition,
        icon=ICON,
        files={stem: f"{FILES}/{files[stem].name}" for stem in STEMS},
        words=Markup(orjson.dumps(words).decode().replace("<", "\\u003c")),
        letters=joining.CODE_LETTERS,
        say=request.say,
    )
