"""Hand live data out to whoever has their token: read-only, the same until something changes.

An answer has a print (ETag), by which a program asks whether it is still so, and comes packed or in parts as asked for.
What the token was of an ended address is said so; the token itself is written into no log.
"""

import gzip
import hashlib
from dataclasses import dataclass, replace
from typing import Any

import flask
import orjson
from flask import Response

from dashboard import texts
from dashboard.documents import live_tables
from dashboard.pages.live import addresses, openapi
from dashboard.records.core import NOBODY, BadInput
from dashboard.records.people import Share, sharing
from dashboard.records.proposals import Overview, watch
from dashboard.records.tracking import coverage
from dashboard.web import request
from dashboard.web.access import gate
from dashboard.web.cache import program, remembered
from dashboard.web.request import RequestContext

FRESH_S = 60  # for so long nobody need ask again; an ended address is read no longer than that
LANGUAGE, UNTIL = "lang", "al"


@dataclass(frozen=True, slots=True)
class _Body:
    """What is answered, packed, a tenth of what it is: so it is kept."""

    packed: bytes
    print: str


def serve(server: flask.Flask) -> None:
    """Add the addresses to a server."""
    server.add_url_rule(addresses.DESCRIBED, "live-described", gate.public(described))
    server.add_url_rule("/datos-vivos/<token>/<name>.<kind>", "live-data", gate.public(live))


def described() -> Response:
    """Describe the addresses as OpenAPI does."""
    context = request.context()
    key = request.cache_key("live-described", program(), context.words.language)
    body = remembered(key, lambda: orjson.dumps(openapi.document(context), option=orjson.OPT_INDENT_2))
    return Response(body, content_type="application/json")


def live(token: str, name: str, kind: str) -> Response:
    """Hand a table out."""
    asked = flask.request.args.get(LANGUAGE)
    words = request.words_of(asked if asked in texts.LANGUAGES else texts.DEFAULT_LANGUAGE)
    context = RequestContext(request.record(), NOBODY, words)
    if (name, kind) not in addresses.EVERY:
        return _sentence(words.say("live.no_table"), 404)
    share = sharing.known_share(context.store, token)
    if share is None or share.scope != sharing.LIVE:
        return _sentence(words.say("live.unknown"), 404)
    if not sharing.is_open(context.store, share):
        return _sentence(words.say("live.ended"), 410)
    try:
        made = _kept(context, share, token, name, kind)
    except BadInput as error:  # a day that cannot be
        return _sentence(" ".join(request.sentences(error, words)[1]), 400)
    sharing.used(context.store, share)
    return _handed(made, addresses.TYPES[kind])


def _kept(context: RequestContext, share: Share, token: str, name: str, kind: str) -> _Body:
    """Return a table, written once for as long as the record and the data stand as they do. Raises BadInput."""
    until = flask.request.args.get(UNTIL) if name == live_tables.COVERAGE else None  # of no other table
    place = context.store.engine.url.render_as_string(hide_password=True)
    told = [place, *coverage.standing_of(context.store), share.department, name, kind, context.words.language, until]
    key = f"live:{program()}:{hashlib.sha256(orjson.dumps(told)).hexdigest()}"
    return _Body(*remembered(key, lambda: _made(context, share, token, name, kind, until)))


def _made(
    context: RequestContext, share: Share, token: str, name: str, kind: str, until: str | None
) -> tuple[bytes, str]:
    wanted = addresses.TABLES if name == addresses.COLUMNS else (name,)
    found = None
    if live_tables.COVERAGE in wanted:
        found = coverage.shared_coverage(context.store, token, until, sharing.LIVE)
    record = _shown(watch(request.opened_record()).now(), share.department)
    tables = {each: _table(each, context, share, record, found) for each in wanted}
    if name == addresses.COLUMNS:
        plain = live_tables.columns_csv(tables, context.words)
    elif kind == "csv":
        plain = live_tables.as_csv(tables[name])
    else:
        plain = live_tables.as_geojson(tables[name], context.words)
    return gzip.compress(plain, 6, mtime=0), hashlib.sha256(plain).hexdigest()[:32]


def _table(name: str, context: RequestContext, share: Share, record: Overview, found: Any) -> Any:
    table = live_tables.live_table(name, context.dataset, context.words, record, found)
    if share.department is None or name != live_tables.DISTRICTS:
        return table
    return replace(table, frame=table.frame[table.frame["department_code"] == share.department])


def _shown(record: Overview, department: str | None) -> Overview:
    """Return the proposals that a shared page shows: those that stand among the others, of the department."""
    stand = {p.id for p in record.standing if department in (None, p.department)}
    kept = [(p, n) for p, n in zip(record.proposals, record.numbers, strict=True) if p.id in stand]
    return Overview(tuple(p for p, _ in kept), tuple(n for _, n in kept))


def _handed(made: _Body, kind: str) -> Response:
    """Answer packed where that is understood, in parts where they are asked for, with nothing where it is as before."""
    sent = flask.request
    packs = "Range" not in sent.headers and sent.accept_encodings.quality("gzip") > 0
    body = made.packed if packs else gzip.decompress(made.packed)
    answer = Response(body, content_type=kind)
    answer.set_etag(made.print + ("-gzip" if packs else ""))
    if packs:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Cache-Control"] = f"private, max-age={FRESH_S}"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.make_conditional(sent, accept_ranges=not packs, complete_length=len(body))
    return answer


def _sentence(said: str, status: int) -> Response:
    answer = Response(f"{said}\n", status, content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
