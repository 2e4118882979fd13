"""Hand the coverage out by plain addresses, and take spreadsheets in.

Handed out are the workbook, the templates, a page to print, and the page that is shared without an account.

The shared page is known by its token alone. Whatever is wrong with a token, the answer is the same; the token is
written into no log from here, and the page sends it to nobody.
"""

import hashlib
import re
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import flask
import orjson
from flask import Response, abort
from plotly.utils import PlotlyJSONEncoder

from dashboard import texts
from dashboard.documents import coverage_workbook, scores_template, stages_template
from dashboard.pages.coverage import paper, sheets
from dashboard.pages.coverage.parts import CLUSTER, DEPARTMENT, UNTIL
from dashboard.records.core import NOBODY, BadInput, RecordsError, Refused, allow, may
from dashboard.records.people import sharing
from dashboard.records.proposals import proposals
from dashboard.records.tracking import MOST_BYTES, as_of, coverage, qsip
from dashboard.web import request
from dashboard.web.access import gate, safety
from dashboard.web.cache import remembered
from dashboard.web.handed import file_answer
from dashboard.web.request import RequestContext
from geodata.shared import file_name

FILE_NAME, SEEN = "X-File-Name", "X-Seen"  # a page of another site cannot send them unasked
ROUND, LANGUAGE = "momento", "lang"
MOST_CLUSTERS = 100
_PRINT = re.compile(r"[0-9a-f]{64}")


def serve(server: flask.Flask) -> None:
    """Add the routes to a server."""
    server.add_url_rule("/cobertura/cobertura.xlsx", "coverage-workbook", workbook)
    server.add_url_rule("/cobertura/imprimir", "coverage-paper", printed)
    server.add_url_rule(f"{sheets.TEMPLATES}/<kind>.xlsx", "coverage-template", template)
    server.add_url_rule(f"{sheets.SHEETS}/<kind>", "coverage-sheet", take, methods=["POST"])
    server.add_url_rule("/compartido/", "shared-none", gate.public(shared), defaults={"token": ""})
    server.add_url_rule("/compartido/<path:token>", "shared-page", gate.public(shared))


# ---- for those who may


def workbook() -> Response:
    """Hand out the coverage of a department or of all as a workbook."""
    context = request.context()
    try:
        department, until = flask.request.args.get(DEPARTMENT) or None, flask.request.args.get(UNTIL)
        found = coverage.coverage(context.store, context.actor, department, until)
        body = coverage_workbook(context.store, context.actor, found, context.words)
    except RecordsError as error:
        return _refusal(error, context)
    where = context.words.say("coverage.everywhere")
    if found.department is not None:
        where = context.store.dataset.territory.departments[found.department].name
    return file_answer(body, file_name(where, context.words.say("file.coverage"), "xlsx", found.day))


def printed() -> Response:
    """Hand out the coverage as a page to print."""
    context, department, until = (
        request.context(),
        flask.request.args.get(DEPARTMENT) or None,
        flask.request.args.get(UNTIL),
    )
    try:
        allow(context.actor, "coverage.read", department)
        find = partial(coverage.coverage, context.store, context.actor, department, until)
        body = _kept(context, department, until, (), find)
    except RecordsError as error:
        return _refusal(error, context)
    return safety.closed_page(body, paper.STYLE)


def _kept(
    context: RequestContext, department: str | None, until: str | None, languages: tuple[str, ...],
    find: Callable[[], coverage.Coverage],
) -> str:  # fmt: skip
    """Return a whole page, written once for as long as the record and the data stand as they do. Raises BadInput.

    Whether the reader may have it is asked before, each time.
    """
    place = context.store.engine.url.render_as_string(hide_password=True)
    counted = as_of(context.store, until)
    told = [
        place,
        *coverage.standing_of(context.store),
        may(context.actor, "meeting.read", department),
        counted.day,
        counted.kind,
        department,
        context.words.language,
        languages,
        paper.STYLE,
    ]
    key = f"coverage-page:{hashlib.sha256(orjson.dumps(told)).hexdigest()}"
    return remembered(key, lambda: paper.page(find(), context.store, context.words, languages))


def template(kind: str) -> Response:
    """Hand out the workbook in which scores or stages of the clusters asked for are sent in."""
    if kind not in sheets.KINDS:
        abort(404)
    context, ids = request.context(), dict.fromkeys(flask.request.args.getlist(CLUSTER)[:MOST_CLUSTERS])
    try:
        chosen = [proposals.get(context.store, context.actor, id_) for id_ in ids]
        if kind == "focas":
            round_ = flask.request.args.get(ROUND)
            if round_ not in context.store.programme.rounds:
                abort(400)
            body = scores_template(context.store, context.actor, chosen, round_, context.words)
        else:
            kept = qsip.stages(context.store, context.actor)
            body = stages_template(context.store, context.actor, chosen, kept, context.words)
    except RecordsError as error:
        return _refusal(error, context)
    holds = chosen[0].name if len(chosen) == 1 else str(len(chosen))
    return file_answer(body, file_name(holds, context.words.say(f"file.template_{kind}"), "xlsx"))


def take(kind: str) -> Response:
    """Look at a spreadsheet, or keep it where the sender says which print of it was shown."""
    if kind not in sheets.KINDS:
        abort(404)
    context, seen = request.context(), flask.request.headers.get(SEEN)
    if FILE_NAME not in flask.request.headers or not _is_own_page():
        return _answer(sheets.Answer(sheets.told(context, Refused("refused"))), 403)
    if (flask.request.content_length or 0) > MOST_BYTES:
        return _answer(sheets.Answer(sheets.told(context, sheets.too_large())), 413)
    content = flask.request.stream.read(MOST_BYTES + 1)  # the domain refuses one that is longer
    answer = sheets.take(context, kind, content, seen if seen and _PRINT.fullmatch(seen) else None)
    return _answer(answer, 200)


def _is_own_page() -> bool:
    """Tell whether a page of this server sends; a browser names the page's site when it writes."""
    origin = flask.request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == flask.request.host


def _answer(answer: sheets.Answer, status: int) -> Response:
    told = {"shown": answer.shown, "print": answer.print, "kept": answer.kept}
    body = orjson.dumps(told, default=PlotlyJSONEncoder().default)
    made = Response(body, status, content_type="application/json")
    made.headers["Cache-Control"] = "no-store"
    return made


def _refusal(error: RecordsError, context: RequestContext) -> Response:
    status = 403 if isinstance(error, Refused) else 400 if isinstance(error, BadInput) else 404
    return safety.closed_page(
        paper.refusal(*request.sentences(error, context.words), context.words), paper.STYLE, status
    )


# ---- for anyone who has the token


def shared(token: str) -> Response:
    """Show the coverage to whoever has the token of a page that has not ended."""
    language = flask.request.args.get(LANGUAGE)
    words = request.words_of(language if language in texts.LANGUAGES else request.language())
    context = RequestContext(request.record(), NOBODY, words)
    share = sharing.open_share(context.store, token)
    try:
        department = None if share is None else share.department
        until = flask.request.args.get(UNTIL)
        find = partial(coverage.shared_coverage, context.store, token, until)
        body = _kept(context, department, until, texts.LANGUAGES, find) if share is not None else None
    except Refused:  # ended at this very moment
        body = None
    except BadInput as error:  # a day that cannot be
        return _refusal(error, context)
    if body is None:
        return safety.closed_page(paper.gone(words), paper.STYLE, 404)
    return safety.closed_page(body, paper.STYLE)
