"""Hand out the acta of a meeting: as a page to print and as a document to change, in the reader's language.

What was never closed is handed out too: it says of itself that it is a draft. Who may read the meeting may
read its acta: with the names of the members where they may read the group, else the public one, which anyone of
them can ask for to pass it on; the record tells.
"""

from dataclasses import replace

import flask
from flask import Response

from dashboard.documents import STYLE, acta_docx, acta_html, no_acta_html
from dashboard.pages.meetings import room
from dashboard.records.core import RecordsError, Refused
from dashboard.records.meetings import MeetingRecord, meeting_record
from dashboard.web import request
from dashboard.web.access import safety
from geodata.shared import file_name

MEETINGS = "reuniones"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
VERSION, PUBLIC = "version", "publica"  # of the address
TEXT, ORIGINAL = "texto", "original"  # the act as it was signed, without what was put right afterwards
NOT_SIGNED_IN, NOT_ALLOWED, NOT_FOUND = 401, 403, 404


def serve(server: flask.Flask) -> None:
    """Add the routes to a server."""
    server.add_url_rule(f"/{MEETINGS}/<id_>/acta.html", "acta-page", page)
    server.add_url_rule(f"/{MEETINGS}/<id_>/acta.docx", "acta-document", document)
    server.add_url_rule(f"/{MEETINGS}/<id_>/sala.json", "meeting-room", room.desk_now)


def page(id_: str) -> Response:
    """Hand out the acta as a page to print."""
    try:
        found = _record(id_)
    except RecordsError as error:
        return _refusal(error)
    return safety.closed_page(acta_html(found, request.dataset(), request.words()), STYLE)


def document(id_: str) -> Response:
    """Hand out the acta as a DOCX."""
    try:
        found = _record(id_)
    except RecordsError as error:
        return _refusal(error)
    answer = Response(acta_docx(found, request.dataset(), request.words()), mimetype=DOCUMENT)
    meeting = found.meeting
    place = request.dataset().territory.departments[meeting.department].name
    kind = request.say("file.public_minutes" if found.public else "file.minutes")
    name = file_name(f"{place} {meeting.held_on.year} {meeting.number}", kind, "docx", meeting.held_on)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _record(id_: str) -> MeetingRecord:
    public = flask.request.args.get(VERSION) == PUBLIC
    found = meeting_record(request.record(), request.actor(), id_, public)
    return replace(found, corrections=()) if flask.request.args.get(TEXT) == ORIGINAL else found


def _refusal(error: RecordsError) -> Response:
    """Say in a page why there is no acta, with the way back."""
    words = request.words()
    body = no_acta_html(words.say(error.message, **error.fields), f"/{MEETINGS}", words)
    return safety.closed_page(body, STYLE, _status(error))


def _status(error: RecordsError) -> int:
    if isinstance(error, Refused):
        return NOT_SIGNED_IN if error.reason == "not_signed_in" else NOT_ALLOWED
    return NOT_FOUND
