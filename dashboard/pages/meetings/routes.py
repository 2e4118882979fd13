"""Hand out the acta of a meeting: as a page, a document to change and a PDF to sign; and the letters that call to it.

What was never closed is handed out too: it says of itself that it is a draft. Who may read the meeting may
read its acta: with the names of the members where they may read the group, else the public one, which anyone of
them can ask for to pass it on; the record tells.
"""

from collections.abc import Callable
from dataclasses import replace

import flask
from flask import Response

from dashboard.documents import STYLE, acta_docx, acta_html, acta_pdf, no_acta_html, summons_docx
from dashboard.pages.meetings import room
from dashboard.records.core import RecordsError, Refused, Words, allow
from dashboard.records.meetings import MeetingRecord, meeting_record
from dashboard.web import request
from dashboard.web.access import safety
from geodata.model import Dataset
from geodata.shared import file_name

MEETINGS = "reuniones"
PDF = "application/pdf"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
VERSION, PUBLIC = "version", "publica"  # of the address
MEMBER = "integrante"
TEXT, ORIGINAL = "texto", "original"  # the act as it was signed, without what was put right afterwards
NOT_SIGNED_IN, NOT_ALLOWED, NOT_FOUND = 401, 403, 404


def serve(server: flask.Flask) -> None:
    """Add the routes to a server."""
    server.add_url_rule(f"/{MEETINGS}/<id_>/acta.html", "acta-page", page)
    server.add_url_rule(f"/{MEETINGS}/<id_>/acta.docx", "acta-document", document)
    server.add_url_rule(f"/{MEETINGS}/<id_>/sala.json", "meeting-room", room.desk_now)
    server.add_url_rule(f"/{MEETINGS}/<id_>/acta.pdf", "acta-pdf", pdf)
    server.add_url_rule(f"/{MEETINGS}/<id_>/convocatoria.docx", "summons", summons)


def page(id_: str) -> Response:
    """Hand out the acta as a page to print."""
    try:
        found = _record(id_)
    except RecordsError as error:
        return _refusal(error)
    return safety.closed_page(acta_html(found, request.dataset(), request.words()), STYLE)


def document(id_: str) -> Response:
    """Hand out the acta as a DOCX."""
    return _file(id_, acta_docx, DOCUMENT, "docx")


def pdf(id_: str) -> Response:
    """Hand out the acta as a PDF to sign."""
    return _file(id_, acta_pdf, PDF, "pdf")


def summons(id_: str) -> Response:
    """Hand out the letters by which the members are called, or that of one; to whoever may know the members."""
    try:
        found = _record(id_)
        allow(request.actor(), "group.read", found.meeting.department)
    except RecordsError as error:
        return _refusal(error)
    member = flask.request.args.get(MEMBER, "")
    content = summons_docx(found, request.dataset(), request.words(), member)
    return _handed(content, found, DOCUMENT, "docx", "file.summons")


def _file(id_: str, write: Callable[[MeetingRecord, Dataset, Words], bytes], kind: str, ending: str) -> Response:
    try:
        found = _record(id_)
    except RecordsError as error:
        return _refusal(error)
    named = "file.public_minutes" if found.public else "file.minutes"
    return _handed(write(found, request.dataset(), request.words()), found, kind, ending, named)


def _handed(content: bytes, found: MeetingRecord, kind: str, ending: str, named: str) -> Response:
    """Return a file as an attachment, called by the department, the year and the number of its meeting."""
    answer, meeting = Response(content, mimetype=kind), found.meeting
    place = request.dataset().territory.departments[meeting.department].name
    name = file_name(f"{place} {meeting.held_on.year} {meeting.number}", request.say(named), ending, meeting.held_on)
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
