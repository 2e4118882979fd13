"""Make what is entered by hand: of which cluster and of what, and the forms of a FOCAS score and of a QSIP stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.pages.coverage import entry, tools
from dashboard.pages.coverage.ids import CoverageDo, CoverageId
from dashboard.pages.kit import fields, forms
from dashboard.records.tracking import Coverage, Standing
from dashboard.web.request import RequestContext
from dashboard.web.sent import Sent, Text, Whole

Choice = tuple[str, str]  # value, name


class Beside(Sent):
    """What is chosen on the screen: of FOCAS a cluster and its government, round, area; of QSIP one, cycle, stage."""

    cluster: Text = ""
    government: Text = ""
    round: Text = ""
    area: Text = ""
    planned: Text = ""
    cycle: Whole = 1
    stage: Whole = 1


@dataclass(frozen=True, eq=False)
class EntryForms:
    """What can be entered beside what is chosen, each choice brought to what there is."""

    context: RequestContext
    found: Coverage
    beside: Beside

    @property
    def focas_of(self) -> Standing | None:
        """The cluster or proposal whose points are in sight."""
        return tools.chosen(self.found.standings, self.beside.cluster or None)

    @property
    def qsip_of(self) -> Standing | None:
        """The cluster whose stages are in sight."""
        return tools.chosen(self.found.standings, self.beside.planned or None, True)

    @property
    def governments(self) -> list[Choice]:
        """The governments of the cluster in sight."""
        standing, context = self.focas_of, self.context
        codes = tools.governments(standing, context.store)
        return [(code, tools.government_name(code, context.store, context.words)) for code in codes]

    @property
    def score(self) -> tuple[str, str, str]:
        """Government, round and area of the score in sight; no government where the cluster has none."""
        programme = self.context.store.programme
        known = [code for code, _ in self.governments]
        return (
            _among(self.beside.government, known),
            _among(self.beside.round, programme.rounds),
            _among(self.beside.area, programme.areas),
        )

    @property
    def stage(self) -> tuple[str | None, int, int]:
        """Cluster, cycle and stage in sight; no cluster where there is none."""
        programme, standing = self.context.store.programme, self.qsip_of
        cycle = self.beside.cycle if self.beside.cycle in range(1, programme.cycles + 1) else 1
        stage = self.beside.stage if self.beside.stage in range(1, programme.stages + 1) else 1
        return None if standing is None else standing.proposal.id, cycle or 1, stage or 1


def _among(value: str, known: Sequence[str]) -> str:
    return value if value in known else (known[0] if known else "")


def focas_cluster(seen: EntryForms) -> list[Any]:
    """Return the choice of a cluster or proposal."""
    return _cluster(seen, "focas", "cluster", seen.focas_of, (CoverageId.FOCAS_OF, CoverageId.FOCAS_ENTRY), False)


def qsip_cluster(seen: EntryForms) -> list[Any]:
    """Return the choice of a cluster."""
    return _cluster(seen, "qsip", "planned", seen.qsip_of, (CoverageId.QSIP_ENTRY,), True)


def _cluster(
    seen: EntryForms,
    kind: str,
    name: str,
    standing: Standing | None,
    turns: tuple[CoverageId, ...],
    clusters_only: bool,
) -> list[Any]:
    """Return a choice among clusters, those first, and proposals."""
    say = seen.context.words.say
    standings = [s for s in seen.found.standings if tools.is_cluster(s) or not clusters_only]
    standings.sort(key=lambda s: not tools.is_cluster(s))
    choices = [
        (
            s.proposal.id,
            say("coverage.form.cluster", name=s.identity.title, state=say(f"records.state.{s.proposal.state}")),
        )
        for s in standings
    ]
    chosen = "" if standing is None else standing.proposal.id
    field = fields.choice(f"{kind}-cluster", name, say("coverage.column.name"), choices, chosen)
    return [_choosing(f"{kind}-cluster", [field], turns)]


def focas_of(seen: EntryForms) -> list[Any]:
    """Return the choice of a government, a round and an area."""
    say, programme = seen.context.words.say, seen.context.store.programme
    government, round, area = seen.score
    rounds = [(r, say(f"focas.round.{r}")) for r in programme.rounds]
    areas = [(a, say(f"focas.area.{a}")) for a in programme.areas]
    pair = [
        fields.choice("focas-of", "round", say("coverage.form.round"), rounds, round),
        fields.choice("focas-of", "area", say("coverage.column.area"), areas, area),
    ]
    place = fields.choice("focas-of", "government", say("coverage.column.government"), seen.governments, government)
    return [_choosing("focas-of", [place, html.Div(pair, className="pair")], (CoverageId.FOCAS_ENTRY,))]


def qsip_of(seen: EntryForms) -> list[Any]:
    """Return the choice of a cycle and a stage."""
    say, programme = seen.context.words.say, seen.context.store.programme
    _, cycle, stage = seen.stage
    cycles, stages = ([(str(n), str(n)) for n in range(1, most + 1)] for most in (programme.cycles, programme.stages))
    pair = [
        fields.choice("qsip-of", "cycle", say("coverage.column.cycle"), cycles, str(cycle)),
        fields.choice("qsip-of", "stage", say("coverage.form.stage"), stages, str(stage)),
    ]
    return [_choosing("qsip-of", [html.Div(pair, className="pair")], (CoverageId.QSIP_ENTRY,))]


def _choosing(name: str, children: list[Any], turns: tuple[CoverageId, ...]) -> html.Form:
    return forms.form(CoverageDo.LOOK, children, name=name, kept=False, live="yes", turns=" ".join(turns))


def focas_entry(seen: EntryForms) -> list[Any]:
    """Return what is kept of the score in sight, and the form that enters or corrects it."""
    say, programme = seen.context.words.say, seen.context.store.programme
    kept = entry.find_score(seen.context, *seen.score)
    points, measured, note = kept.values
    bounds = say("coverage.form.points_help", low=f"{programme.lowest:g}", high=f"{programme.highest:g}")
    number = fields.line(
        "focas", "points", say("coverage.form.points"), "" if points is None else f"{points:g}", bounds, "number",
        min=programme.lowest, max=programme.highest, step="any", className="line figure",
    )  # fmt: skip
    day = fields.day("focas", "measured_on", say("coverage.form.measured"), measured or "")
    parts = [
        html.Div([number, day], className="pair"),
        fields.area("focas", "note", say("coverage.form.note"), note, rows=2),
    ]
    why = _no_right(seen.context, "focas.enter", seen.focas_of)
    return _entry(seen, "focas", CoverageDo.SCORE, parts, kept, entry.score_name(*seen.score), why, not seen.score[0])


def qsip_entry(seen: EntryForms) -> list[Any]:
    """Return what is kept of the stage in sight, and the form that enters or corrects it."""
    say = seen.context.words.say
    kept = entry.find_stage(seen.context, *seen.stage)
    done_on, note = kept.values
    parts = [
        fields.day("qsip", "done_on", say("coverage.form.done_on"), done_on or ""),
        fields.area("qsip", "note", say("coverage.form.note"), note, rows=2),
    ]
    why = _no_right(seen.context, "qsip.enter", seen.qsip_of)
    nothing = seen.stage[0] is None
    return _entry(seen, "qsip", CoverageDo.STAGE, parts, kept, entry.stage_name(*seen.stage), why, nothing)


def _entry(
    seen: EntryForms,
    name: str,
    do: CoverageDo,
    parts: list[Any],
    kept: entry.Found,
    subject: str,
    why: str,
    nothing: bool,
) -> list[Any]:
    say = seen.context.words.say
    return [
        html.P(kept.line, className="kept-line", role="status"),
        forms.form(
            do, parts, say("coverage.form.save"), name=name, title=say(f"coverage.form.{name}_title"),
            version=kept.version, primary=True, disabled=bool(why) or nothing, subject=subject, record=subject,
        ),
        *([html.P(why, className="empty")] if why else []),
    ]  # fmt: skip


def _no_right(context: RequestContext, action: str, standing: Standing | None) -> str:
    """Return why this person cannot enter something for a cluster, empty where they can."""
    if standing is None or context.may(action, standing.proposal.department):
        return ""
    return context.words.say("coverage.form.no_right")


def focas(sheet: list[Any], context: RequestContext) -> list[Any]:
    """Return the places of the part of FOCAS, beside how scores come by spreadsheet."""
    ids = (
        CoverageId.FOCAS_ALL,
        CoverageId.FOCAS_CLUSTER,
        CoverageId.FOCAS_ONE,
        CoverageId.FOCAS_OF,
        CoverageId.FOCAS_ENTRY,
    )
    return _part(context, "focas", ids, sheet)


def qsip(sheet: list[Any], context: RequestContext) -> list[Any]:
    """Return the places of the part of QSIP, beside how stages come by spreadsheet."""
    ids = (CoverageId.QSIP_ALL, CoverageId.QSIP_CLUSTER, CoverageId.QSIP_ONE, CoverageId.QSIP_OF, CoverageId.QSIP_ENTRY)
    return _part(context, "qsip", ids, sheet)


def _part(context: RequestContext, kind: str, ids: tuple[CoverageId, ...], sheet: list[Any]) -> list[Any]:
    say, (every, picked, one, of, form) = context.words.say, ids

    def places(title: str, *ids: CoverageId, class_name: str = "coverage-section") -> html.Section:
        return html.Section([html.H3(say(title)), *(html.Div(id=id_) for id_ in ids)], className=class_name)

    return [
        places(f"coverage.{kind}_title", every),
        html.Div(
            [
                places(f"coverage.{kind}_one", picked, one),
                places(f"coverage.form.{kind}_title", of, form, class_name="coverage-box"),
            ],
            className="main-and-aside",
        ),
        html.Section(
            [html.H3(say(f"coverage.sheet.{kind}_title")), html.Div(sheet, className="sheet-halves")],
            className="coverage-box",
        ),
    ]
