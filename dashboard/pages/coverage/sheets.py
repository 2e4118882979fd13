"""Take spreadsheets of FOCAS scores and QSIP stages: the template, where a file goes, what would be kept of it.

A file is sent twice: first to be looked at, then to be kept. The second time it brings a print of what was shown; if
the record has moved on meanwhile, the person is shown anew what would be kept, and nothing is.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from dash import html

from dashboard import texts
from dashboard.pages.coverage import tools
from dashboard.pages.coverage.ids import CoverageId
from dashboard.pages.coverage.parts import table
from dashboard.pages.kit import boxes, dropdown, fields, one_of, outcomes
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.tables import wide
from dashboard.records.core import BadInput, Fault, RecordsError, allow_somewhere, plain
from dashboard.records.tracking import Coverage, Standing, intake
from dashboard.records.tracking import focas as scores
from dashboard.records.tracking import qsip as stages
from dashboard.web import request
from dashboard.web.request import RequestContext

KINDS = ("focas", "qsip")
SHEETS, TEMPLATES = "/cobertura/planilla", "/cobertura/plantilla"
MOST_FAULTS, MOST_SHOWN = 100, 200
NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class Answer:
    """What came of a file: parts to show, and the print by which it can be kept, None where it cannot."""

    shown: list[Any]
    print: str | None = None
    kept: bool = False


# ---- on the screen


def focas(context: RequestContext, found: Coverage | None, standing: Standing | None) -> list[Any]:
    """Return how scores come by spreadsheet: which clusters and round the template is for, and where it goes."""
    say = context.words.say
    rounds = [{"value": r, "label": say(f"focas.round.{r}")} for r in context.store.programme.rounds]
    controls = [
        html.P(say("coverage.sheet.focas_what")),
        boxes.field(say("coverage.sheet.clusters"), _chosen(context, found, standing, "focas")),
        boxes.field(say("coverage.form.round"),
                    one_of(CoverageId.FOCAS_ROUND, rounds, rounds[0]["value"])),
        html.P(html.A(say("coverage.sheet.template"), id=CoverageId.FOCAS_TEMPLATE, className="button")),
    ]  # fmt: skip
    return [html.Div(controls), html.Div(id=CoverageId.FOCAS_SHEET)]


def qsip(context: RequestContext, found: Coverage | None, standing: Standing | None) -> list[Any]:
    """Return how stages come by spreadsheet."""
    say = context.words.say
    controls = [
        html.P(say("coverage.sheet.qsip_what")),
        boxes.field(say("coverage.sheet.clusters"), _chosen(context, found, standing, "qsip")),
        html.P(html.A(say("coverage.sheet.template"), id=CoverageId.QSIP_TEMPLATE, className="button")),
    ]
    return [html.Div(controls), html.Div(id=CoverageId.QSIP_SHEET)]


def _chosen(context: RequestContext, found: Coverage | None, standing: Standing | None, kind: str) -> Any:
    """Return the list of clusters to choose from; at first all clusters, or the one in sight where there is none."""
    own = [] if found is None else _may_enter(context, kind, found.standings)
    own = [s for s in own if tools.is_cluster(s) or kind == "focas"]
    id_ = {"focas": CoverageId.FOCAS_CHOSEN, "qsip": CoverageId.QSIP_CHOSEN}[kind]
    options = [{"value": s.proposal.id, "label": s.identity.title} for s in own]
    value = [s.proposal.id for s in own if tools.is_cluster(s)] or [s.proposal.id for s in own if s is standing]
    return dropdown(
        id=id_, options=options, value=value, multi=True, placeholder=context.words.say("coverage.sheet.none")
    )


def _may_enter(context: RequestContext, kind: str, standings: Sequence[Standing]) -> list[Standing]:
    """The clusters for whose department this person may enter something."""
    return [s for s in standings if context.may(f"{kind}.enter", s.proposal.department)]


def drops(context: RequestContext, found: Coverage) -> dict[str, Any]:
    """Return where files are dropped, drawn by the browser, by the id of their place."""
    places = {"focas": CoverageId.FOCAS_SHEET, "qsip": CoverageId.QSIP_SHEET}
    return {place: _drop(context, found, kind) for kind, place in places.items()}


def _drop(context: RequestContext, found: Coverage, kind: str) -> list[Any]:
    say = context.words.say
    if not _may_enter(context, kind, found.standings):
        return [html.P(say("coverage.form.no_right"), className="empty")]
    id_ = f"coverage-file-{kind}"
    most = say("coverage.sheet.bounds", mb=intake.MOST_BYTES // 1_000_000, rows=intake.MOST_ROWS)
    box = html.Div(
        [
            html.Label(say("coverage.sheet.drop"), htmlFor=id_),
            html.P(most, id=f"{id_}-bounds", className="muted"),
            fields.control(type="file", id=id_, accept=".xlsx,.xls,.ods,.csv", **dashed(
                data_most=intake.MOST_BYTES, data_to=f"{SHEETS}/{kind}", aria_describedby=f"{id_}-bounds",
            )),
        ],
        className="drop",
    )  # fmt: skip
    return [box, html.Div(className="sheet-said", tabIndex="-1")]


# ---- what came


def take(context: RequestContext, kind: str, content: bytes, seen: str | None) -> Answer:
    """Look at a file, or keep it where `seen` is the print of what was shown of it."""
    says = [request.words_of(language).say for language in texts.LANGUAGES]
    taker = {"focas": _take_scores, "qsip": _take_stages}[kind]
    try:
        allow_somewhere(context.actor, f"{kind}.enter")
        return taker(context, content, says, seen)
    except RecordsError as error:
        return Answer(told(context, error))


def _take_scores(context: RequestContext, content: bytes, says: Sequence[Any], seen: str | None) -> Answer:
    rows = intake.read_scores(content, context.store, says)
    kept = {s.id: s for s in scores.scores(context.store, context.actor, sorted({s.government for _, s in rows}))}
    scores.allow_all(context.actor, [score for _, score in rows])
    looked = {score.id: kept[score.id].version if score.id in kept else 0 for _, score in rows}
    print_ = _print([(n, plain(score), looked[score.id]) for n, score in rows])
    if seen is not None and seen == print_:
        n = scores.enter_all(context.store, context.actor, rows, seen=looked)
        return Answer([outcomes.done(context.words.say("coverage.sheet.kept", n=n))], kept=True)
    found = [(_standing_of(score, kept.get(score.id)), number, score) for number, score in rows]
    say = context.words.say
    shown = [
        [str(number), tools.government_name(s.government, context.store, context.words), say(f"focas.round.{s.round}"),
         say(f"focas.area.{s.area}"), _before(kept.get(s.id), what, context), context.words.number(s.points, 1),
         context.words.short_day(s.measured_on), say(f"coverage.sheet.{what}")]
        for what, number, s in found
    ]  # fmt: skip
    head = ("row", "government", "round", "area", "before", "points", "measured_on", "what")
    return Answer(_preview(context, [what for what, *_ in found], head, shown, (0, 4, 5), seen is not None), print_)


def _standing_of(score: scores.FocasScore, kept: scores.FocasScore | None) -> str:
    if kept is None:
        return NEW
    return SAME if scores.same(kept, score) else CHANGED


def _before(kept: scores.FocasScore | None, what: str, context: RequestContext) -> str:
    return "–" if kept is None or what == SAME else context.words.number(kept.points, 1)


def _take_stages(context: RequestContext, content: bytes, says: Sequence[Any], seen: str | None) -> Answer:
    rows = intake.read_stages(content, says)
    new = stages.enter_all(context.store, context.actor, rows, only_look=True)
    print_ = _print([(number, {k: str(v) for k, v in values.items()}) for number, values in rows] + [new])
    if seen is not None and seen == print_:
        n = stages.enter_all(context.store, context.actor, rows)
        return Answer([outcomes.done(context.words.say("coverage.sheet.kept", n=n))], kept=True)
    kept = {s.id for s in stages.stages(context.store, context.actor)}
    say, found = context.words.say, []
    for number, v in rows:
        what = SAME if f"{v['proposal']}.{v['cycle']}.{v['stage']}" in kept else NEW
        found.append((what, [str(number), str(v["proposal"]), str(v["cycle"]), str(v["stage"]),
                             _day(v["done_on"], context), say(f"coverage.sheet.{what}")]))  # fmt: skip
    head = ("row", "cluster", "cycle", "stage", "done_on", "what")
    shown = [line for _, line in found]
    return Answer(_preview(context, [what for what, _ in found], head, shown, (0, 2, 3), seen is not None), print_)


def _day(value: Any, context: RequestContext) -> str:
    return context.words.short_day(value) if hasattr(value, "year") else str(value)


def _print(told: Any) -> str:
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()


def _preview(
    context: RequestContext,
    whats: Sequence[str],
    head: Sequence[str],
    lines: Sequence[Any],
    numbers: Sequence[int],
    again: bool,
) -> list[Any]:
    """Return what would be kept, changes first, and the button that keeps it."""
    say = context.words.say
    counts = {what: sum(w == what for w in whats) for what in (NEW, CHANGED, SAME)}
    order = sorted(range(len(lines)), key=lambda n: (CHANGED, NEW, SAME).index(whats[n]))
    more = len(lines) - MOST_SHOWN
    parts: list[Any] = [outcomes.problem(say("coverage.sheet.moved_on"))] if again else []
    parts.append(html.P(html.B(say("coverage.sheet.preview", **counts))))
    if counts[NEW] + counts[CHANGED]:
        keep = html.Button(
            say("coverage.sheet.keep"), type="button", className="button primary", **dashed(data_keep="1")
        )
        drop = html.Button(say("coverage.sheet.drop_it"), type="button", className="button", **dashed(data_forget="1"))
        parts.append(html.Div([keep, drop], className="button-row"))
    else:
        parts.append(html.P(say("coverage.sheet.nothing_new")))
    caption, heads = say("coverage.sheet.preview_caption"), [say(f"coverage.column.{name}") for name in head]
    made = table(caption, heads, [lines[n] for n in order[:MOST_SHOWN]], numbers, "sheet-preview")
    parts.append(wide(made, caption))
    if more > 0:
        parts.append(html.P(say("coverage.sheet.more", n=more), className="muted"))
    return parts


def told(context: RequestContext, error: RecordsError) -> list[Any]:
    """Return why a file is not kept: every fault with its row, as far as there is room."""
    if not isinstance(error, BadInput) or len(error.faults) <= MOST_FAULTS:
        return [outcomes.refusal(error, context.words)]
    shown = outcomes.refusal(BadInput(error.faults[:MOST_FAULTS]), context.words)
    more = context.words.say("coverage.sheet.more_faults", n=len(error.faults) - MOST_FAULTS)
    return [shown, html.P(more, className="muted")]


def too_large() -> BadInput:
    """Return what is wrong with a file that is not even read."""
    return BadInput((Fault("records.fault.file_too_large", {"most": intake.MOST_BYTES // 1_000_000}),))
