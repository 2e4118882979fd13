"""Lay out what is entered by hand: the fields of a FOCAS score and of a QSIP stage, beside what is kept."""

from typing import Any

from dash import dcc, html

from dashboard.pages.coverage import answers, entry, sheets, tools
from dashboard.pages.coverage.ids import Coverage
from dashboard.pages.kit import boxes, forms, one_of
from dashboard.pages.kit.elements import dashed
from dashboard.records.tracking import Coverage as Covered
from dashboard.records.tracking import Standing
from dashboard.web.request import RequestContext

Options = list[dict[str, Any]]


def clusters(found: Covered | None, context: RequestContext, clusters_only: bool) -> Options:
    """Return the clusters and proposals to choose from, clusters first."""
    standings = [] if found is None else [s for s in found.standings if tools.is_cluster(s) or not clusters_only]
    standings.sort(key=lambda s: not tools.is_cluster(s))
    return [
        {
            "value": s.proposal.id,
            "label": context.words.say(
                "coverage.form.cluster",
                name=s.proposal.name,
                state=context.words.say(f"records.state.{s.proposal.state}"),
            ),
        }
        for s in standings
    ]


def no_right(context: RequestContext, action: str, standing: Standing | None) -> str:
    """Return why this person cannot enter something for a cluster, empty where they can."""
    if standing is None or context.may(action, standing.proposal.department):
        return ""
    return context.words.say("coverage.form.no_right")


def focas(context: RequestContext, found: Covered | None, cluster: str | None) -> list[Any]:
    """Return the part of FOCAS."""
    say, programme = context.words.say, context.store.programme
    standing = None if found is None else tools.chosen(found.standings, cluster)
    governments = [] if found is None else answers.government_options(found, context, cluster)
    first = governments[0]["value"] if governments else None
    kept = entry.find_score(context, first, programme.rounds[0], programme.areas[0])
    points, measured, note = kept.values
    why = no_right(context, "focas.enter", standing)
    rounds = [{"value": r, "label": say(f"focas.round.{r}")} for r in programme.rounds]
    areas = [{"value": a, "label": say(f"focas.area.{a}")} for a in programme.areas]
    number = boxes.line(Coverage.POINTS, points, **{
        "type": "number", "min": programme.lowest, "max": programme.highest, "step": "any", "class": "line figure",
        "name": "points",
    })  # fmt: skip
    bounds = say("coverage.form.points_help", low=f"{programme.lowest:g}", high=f"{programme.highest:g}")
    form = [
        dcc.Store(id=Coverage.FOCAS_VERSION, data=kept.version),
        dcc.Store(id=Coverage.FOCAS_KEY, data=forms.new_key()),
        boxes.field(say("coverage.column.government"), one_of(Coverage.GOVERNMENT, governments, first)),
        html.Div(
            [
                boxes.field(say("coverage.form.round"), one_of(Coverage.ROUND, rounds, programme.rounds[0])),
                boxes.field(say("coverage.column.area"), one_of(Coverage.AREA, areas, programme.areas[0])),
            ],
            className="pair",
        ),
        html.P(kept.line, id=Coverage.FOCAS_KEPT, className="kept-line", role="status"),
        forms.kept("focas", say("coverage.form.focas_title"), [
            html.Div(
                [
                    boxes.field(say("coverage.form.points"), number, bounds),
                    boxes.field(say("coverage.form.measured"),
                                boxes.day(Coverage.MEASURED, measured, name="measured_on")),
                ],
                className="pair",
            ),
            boxes.field(say("coverage.form.note"), boxes.area(Coverage.FOCAS_NOTE, note, rows=2, name="note")),
            html.Div(forms.button(Coverage.FOCAS_SAVE, say("coverage.form.save"), primary=True, disabled=bool(why)),
                     className="button-row"),
        ], record=entry.score_name(first, programme.rounds[0], programme.areas[0]), id_=Coverage.FOCAS_FORM),
        html.Div(html.P(why, className="empty") if why else None, id=Coverage.FOCAS_SAID, **dashed(aria_live="polite")),
    ]  # fmt: skip
    return _part(
        context, "focas", (Coverage.FOCAS_ALL, Coverage.FOCAS_CLUSTER, Coverage.FOCAS_ONE),
        clusters(found, context, False), standing, form, sheets.focas(context, found, standing),
    )  # fmt: skip


def qsip(context: RequestContext, found: Covered | None, cluster: str | None) -> list[Any]:
    """Return the part of QSIP."""
    say, programme = context.words.say, context.store.programme
    standing = None if found is None else tools.chosen(found.standings, cluster, True)
    kept = entry.find_stage(context, None if standing is None else standing.proposal.id, 1, 1)
    done_on, note = kept.values
    why = no_right(context, "qsip.enter", standing)
    cycles = [{"value": n, "label": str(n)} for n in range(1, programme.cycles + 1)]
    stages = [{"value": n, "label": str(n)} for n in range(1, programme.stages + 1)]
    form = [
        dcc.Store(id=Coverage.QSIP_VERSION, data=kept.version),
        dcc.Store(id=Coverage.QSIP_KEY, data=forms.new_key()),
        html.Div(
            [
                boxes.field(say("coverage.column.cycle"), one_of(Coverage.CYCLE, cycles, 1)),
                boxes.field(say("coverage.form.stage"), one_of(Coverage.STAGE, stages, 1)),
            ],
            className="pair",
        ),
        html.P(kept.line, id=Coverage.QSIP_KEPT, className="kept-line", role="status"),
        forms.kept("qsip", say("coverage.form.qsip_title"), [
            boxes.field(say("coverage.form.done_on"), boxes.day(Coverage.DONE_ON, done_on, name="done_on")),
            boxes.field(say("coverage.form.note"), boxes.area(Coverage.QSIP_NOTE, note, rows=2, name="note")),
            html.Div(forms.button(Coverage.QSIP_SAVE, say("coverage.form.save"), primary=True,
                                  disabled=bool(why) or standing is None), className="button-row"),
        ], record=entry.stage_name(None if standing is None else standing.proposal.id, 1, 1), id_=Coverage.QSIP_FORM),
        html.Div(html.P(why, className="empty") if why else None, id=Coverage.QSIP_SAID, **dashed(aria_live="polite")),
    ]  # fmt: skip
    return _part(
        context, "qsip", (Coverage.QSIP_ALL, Coverage.QSIP_CLUSTER, Coverage.QSIP_ONE),
        clusters(found, context, True), standing, form, sheets.qsip(context, found, standing),
    )  # fmt: skip


def _part(
    context: RequestContext,
    kind: str,
    ids: tuple[Coverage, ...],
    options: Options,
    standing: Standing | None,
    form: list[Any],
    sheet: list[Any],
) -> list[Any]:
    say, (every, picked, one) = context.words.say, ids
    value = None if standing is None else standing.proposal.id
    return [
        html.Section([html.H3(say(f"coverage.{kind}_title")), html.Div(id=every)], className="coverage-section"),
        html.Div(
            [
                html.Section(
                    [
                        html.H3(say(f"coverage.{kind}_one")),
                        boxes.field(say("coverage.column.name"), one_of(picked, options, value)),
                        html.Div(id=one),
                    ],
                    className="coverage-section",
                ),
                html.Section([html.H3(say(f"coverage.form.{kind}_title")), *form], className="coverage-box"),
            ],
            className="main-and-aside",
        ),
        html.Section(
            [html.H3(say(f"coverage.sheet.{kind}_title")), html.Div(sheet, className="sheet-halves")],
            className="coverage-box",
        ),
    ]
