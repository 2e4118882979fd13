"""Take the documents of a proposal in and hand them out, as plain addresses: never whole in memory, each by right.

Beside them all proposals as a file.
"""

from urllib.parse import unquote

import flask
from flask import Response, jsonify

from dashboard import settings
from dashboard.documents import FORMATS, candidate_files, place_files
from dashboard.pages.record.papers import PATH
from dashboard.records.core import BadInput, Missing, NotNow, Refused, allow
from dashboard.records.dossier import KINDS, MOST_BYTES, Cabinet, attachments
from dashboard.web import overview, request
from dashboard.web.access.safety import ATTACH
from dashboard.web.handed import file_answer
from dashboard.web.uploads import uploads
from dashboard.web.uploads.routes import FILE_NAME

KEY = "X-Request-Key"
# nothing in a document may run, nor ask for anything, whatever a browser makes of it
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def serve(server: flask.Flask) -> None:
    """Add the addresses of documents to a server."""
    server.add_url_rule(f"{PATH}/<proposal>", ATTACH, take, methods=["POST"])
    server.add_url_rule(f"{PATH}/<id_>", "attachment", hand_out)
    server.add_url_rule("/registro/propuestas.<kind>", "proposals-file", every_proposal)


def take(proposal: str) -> tuple[Response, int]:
    """Attach what a browser sends to a proposal; answer its id and name, or a sentence that says why it was not."""
    context, sent = request.context(), flask.request
    attachments.may_add(context.store, context.actor, proposal)
    called = sent.headers.get(FILE_NAME)
    if called is None:  # which no page of another site can send
        raise Refused("refused", action="attachment.add")
    cabinet, name = Cabinet(settings.read().attachments_folder), unquote(called)
    try:
        part = cabinet.part()
        try:
            uploads.spool(sent.stream, part, sent.content_length, MOST_BYTES)
            key = sent.headers.get(KEY) or None
            made = attachments.add(context.store, context.actor, cabinet, proposal, name, part, key=key)
        finally:
            part.unlink(missing_ok=True)
    except uploads.NotTaken as error:
        return jsonify(said=context.say(error.message, **error.fields)), 422
    except (BadInput, NotNow) as error:
        return jsonify(said=" ".join(request.sentences(error, context.words)[1])), 422
    except OSError as error:
        told = {"folder": error.filename or cabinet.folder, "reason": error.strerror or type(error).__name__}
        return jsonify(said=context.say("store.unwritable", **told)), 507
    return jsonify(id=made.id, name=made.name, said=context.say("dossier.attach_done", name=made.name)), 201


def hand_out(id_: str) -> Response:
    """Hand a document out, to be kept and not to be shown. Raises Refused, Missing."""
    context = request.context()
    found = attachments.get(context.store, context.actor, id_)
    path = Cabinet(settings.read().attachments_folder).path(found.digest).resolve()
    if not path.is_file():
        raise Missing("attachment")
    answer = flask.send_file(path, KINDS[found.kind], as_attachment=True, download_name=found.name, max_age=0)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def every_proposal(kind: str) -> Response:
    """Hand out all proposals and clusters that the reader may see, as a file. Raises Refused."""
    if kind not in FORMATS:
        flask.abort(404)
    allow(request.actor(), "proposal.read")
    seen = overview.overview()
    name, body = candidate_files.proposals_file(kind, seen, request.dataset(), request.language())
    return file_answer(body, name, place_files.type_of(name))
