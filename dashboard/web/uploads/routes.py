"""Take files from a browser and hand reports and editions out, as plain addresses.

A file goes to the disk as it comes: it is never whole in memory, and Dash does not see it.
"""

import shutil
import tempfile
import zipfile
from pathlib import Path
from urllib.parse import unquote

import flask
from flask import Response, abort, jsonify

from dashboard import settings
from dashboard.records.core import Refused, allow
from dashboard.web import editions, request
from dashboard.web.access import UPLOADS, safety
from dashboard.web.uploads import uploads
from geodata.editions import EditionStore, StoreError, export_edition
from geodata.model import DatasetError
from geodata.reports import Report, files
from geodata.shared import file_name

EDITIONS = "editions"
FILE_NAME = "X-File-Name"  # percent-encoded; a page of another site cannot send it unasked
_TYPES = {"csv": "text/csv; charset=utf-8", "html": "text/html; charset=utf-8"}
# a report is words only: nothing in it may run or ask for anything
_POLICY = safety.closed_policy(files.STYLE)


def serve(server: flask.Flask) -> None:
    """Add the routes to a server."""
    server.add_url_rule(f"/{UPLOADS}", "upload-file", take, methods=["POST"])
    server.add_url_rule(f"/{UPLOADS}/<token>/report.<kind>", "upload-report", report_of_upload)
    server.add_url_rule(f"/{EDITIONS}/<id_>/report.<kind>", "edition-report", report_of_edition)
    server.add_url_rule(f"/{EDITIONS}/<id_>.zip", "edition-zip", edition)


def take() -> tuple[Response, int]:
    """Keep what a browser sends; answer its token, or a sentence that says why it was not taken."""
    store, name = editions.store(), flask.request.headers.get(FILE_NAME)
    try:
        allow(request.actor(), "data.change")
    except Refused:
        store = None
    if store is None or name is None:
        return jsonify(said=request.say("intake.no_right")), 403
    try:
        upload = uploads.receive(store.folder, unquote(name), flask.request.stream, flask.request.content_length)
    except uploads.NotTaken as error:
        return jsonify(said=request.say(error.message, **error.fields)), 422
    except OSError as error:
        told = {"folder": error.filename or store.folder, "reason": error.strerror or type(error).__name__}
        return jsonify(said=request.say("store.unwritable", **told)), 507
    return jsonify(token=upload.token), 201


def report_of_upload(token: str, kind: str) -> Response:
    """Hand out the report of the last check of a file."""
    store = editions.store()
    upload = uploads.find(store.folder, token) if store is not None else None
    seen = upload.seen() if upload is not None else None
    if seen is None:
        abort(404)
    return _report(seen.report, kind)


def report_of_edition(id_: str, kind: str) -> Response:
    """Hand out the report of the import that made an edition."""
    store = editions.store()
    try:
        found = store.report(id_) if store is not None else None
    except (StoreError, OSError, ValueError, KeyError, TypeError):
        found = None
    if found is None:
        abort(404)
    return _report(found, kind)


def _report(report: Report, kind: str) -> Response:
    writer = files.WRITERS.get(f".{kind}")
    if kind not in _TYPES or writer is None:
        abort(404)
    answer = Response(writer(report, request.language()), content_type=_TYPES[kind])
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = _POLICY
    if kind == "csv":
        name = file_name(Path(report.file).stem, request.say("file.report"), kind)
        answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def edition(id_: str) -> Response:
    """Hand out an edition with its sources and report: one zip, made aside and gone once it is open."""
    # where a setting names a folder, that is the one edition there is
    store = editions.store() or EditionStore(shipped=Path(settings.read().data))
    with tempfile.TemporaryDirectory(prefix="conglomerados-") as aside:
        made = Path(aside) / "made"
        try:
            whole = export_edition(store, made, request.language(), id_)
        except StoreError:
            abort(404)
        except DatasetError as error:
            told = {"edition": id_, "faults": "; ".join(error.faults[:3])}
            return Response(request.say("store.damaged", **told), 409, content_type="text/plain; charset=utf-8")
        packed = Path(aside) / "edition.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for item in sorted(made.rglob("*")):
                archive.write(item, item.relative_to(made))
        shutil.rmtree(made)
        content = open(packed, "rb")  # noqa: SIM115  (closed with the answer; its name goes with the folder)
    name = file_name(whole, request.say("file.edition"), "zip")
    answer = flask.send_file(content, mimetype="application/zip", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
