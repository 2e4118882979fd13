"""Lay out the comparison: who, maps, districts, rules, measures, judgements, weights and order."""

from typing import Any

from dash import dcc, html

from dashboard.clusters.ranking import LETTERS
from dashboard.clusters.scoring import JUDGEMENT_SCALE, Criterion, load_criteria
from dashboard.clusters.writing import map_notice
from dashboard.pages.compare.ids import NOTE, SCORE, WEIGHING, WEIGHT, Compare
from dashboard.pages.kit import MOST_WEIGHT, NOTE_LENGTH, PROPOSAL, WEIGHT_STEP, boxes, elements, list_labels, weighing
from dashboard.pages.kit.elements import dashed
from dashboard.web import request
from dashboard.web.request import say
from dashboard.web.view import plain, read_view

NOT_JUDGED = 0

_STORES = (
    Compare.ASKED, Compare.ANSWER, Compare.CUT_WANTED, Compare.CUT, Compare.FIRM_ANSWER,
)  # fmt: skip


def layout(**query: str) -> html.Div:
    """Return the screen for what the address asks for (its query part)."""
    view = read_view(query, request.dataset())
    problems = [html.P(say(key, **fields), role="alert") for key, fields in view.problems]
    return html.Div(
        id=Compare.ROOT,
        className="compare columns-0",
        children=[
            *(dcc.Store(id=store) for store in _STORES),
            dcc.Store(id=Compare.ASKED_VIEW, data=plain(view)),
            dcc.Store(id=Compare.ASKED_PROPOSALS, data=_asked_proposals(query)),
            dcc.Download(id=Compare.DOWNLOAD),
            _bar(),
            html.Div(problems, className="problems"),
            html.Div(id=Compare.MESSAGE, className="problems", role="status"),
            html.Div(id=Compare.REFUSED),
            _nothing_yet(),
            html.Div(
                [_heads(), _maps(), *_answers(), _judgements(), _scoring(view.anchors), _firmness(), _foot()],
                className="sheet-of-paper",
            ),
        ],
    )


def _asked_proposals(query: dict[str, str]) -> list[str] | None:
    """Return the proposals that the address compares, where it names nothing else."""
    tokens = str(query.get("k") or "").split(".")[: len(LETTERS)]
    return tokens if all(token.startswith(PROPOSAL) for token in tokens) else None


def _bar() -> html.Div:
    return html.Div(
        [
            html.Div(
                [
                    html.Label(say("compare.choice"), htmlFor=Compare.CHOICE),
                    dcc.Dropdown(
                        id=Compare.CHOICE,
                        options=[],
                        multi=True,
                        placeholder=say("compare.choice_hint"),
                        closeOnSelect=True,
                        maxHeight=360,
                        labels=list_labels(),
                    ),
                ],
                className="field compare-choice",
            ),
            html.Div(
                [
                    _button(Compare.COPY, "compare.copy"),
                    _button(Compare.EXCEL, "compare.excel"),
                    _button(Compare.PRINT, "compare.print"),
                ],
                className="buttons",
            ),
        ],
        className="compare-bar",
    )


def _button(id_: str, text: str) -> html.Button:
    return html.Button(say(text), id=id_, n_clicks=0, className="button", title=say(f"{text}_help"))


def _nothing_yet() -> html.Div:
    return html.Div(
        [html.H2(say("compare.empty_title")), html.P(say("compare.empty")), html.P(say("compare.empty_draw"))],
        className="compare-empty",
    )


def _heads() -> html.Div:
    return html.Div(
        [
            html.Div([html.H2(say("compare.title")), html.P(say("compare.title_note"))], className="compare-label"),
            html.Div(id=Compare.HEADS, className="compare-columns"),
        ],
        className="compare-row compare-heads",
    )


def _section(title: str, children: list[Any], class_name: str, note: str | None = None) -> html.Section:
    heading = [html.H2(say(title)), *([html.P(say(note), className="compare-note")] if note else [])]
    return html.Section(
        [html.Div(heading, className="compare-heading"), *children],
        className=f"compare-section {class_name}",
        **dashed(aria_label=say(title)),
    )


# ---- maps


def _maps() -> html.Section:
    fill = html.Div(
        [
            html.Label(say("map.fill_with"), htmlFor=Compare.FILL),
            dcc.Dropdown(id=Compare.FILL, options=[], clearable=False, maxHeight=360, labels=list_labels()),
        ],
        className="field compare-fill",
    )
    label = html.Div(
        [
            fill,
            html.Div(id=Compare.LEGEND, className="legend", role="group", **dashed(aria_label=say("map.legend"))),
            html.Div(
                [html.Div(id=Compare.SCALE, className="map-scale"), html.Span(say("compare.same_scale"))],
                className="compare-scale-line",
            ),
            html.P(map_notice(request.dataset(), say), className="compare-limits"),
        ],
        className="compare-label",
    )
    room = html.Div(html.Div(id=Compare.MAPS, className="compare-maps"), className="compare-maps-room graph-room")
    return html.Section(
        [label, room], className="compare-row compare-map-row", **dashed(aria_label=say("compare.maps"))
    )


# ---- filled in by the server


def _answers() -> list[html.Section]:
    return [
        _section("compare.districts", [html.Div(id=Compare.DISTRICTS)], "compare-districts"),
        _section("compare.rules", [html.Div(id=Compare.RULES)], "compare-rules", "compare.rules_note"),
        _section("compare.measures", [html.Div(id=Compare.MEASURES)], "compare-measures", "compare.measures_note"),
    ]


# ---- judgements of the group


def _judgements() -> html.Section:
    judged = [c for c in load_criteria().values() if c.judged]
    rows = [
        html.Div(
            [_judged_name(c), _judged_cells(c)], className="compare-row compare-judged", **dashed(data_judged_row=c.key)
        )
        for c in judged
    ]
    unasked = html.P(className="compare-note unasked", hidden=True)  # which are not asked: they weigh nothing
    group = html.Div(id=Compare.GROUP)
    return _section("compare.judgements", [*rows, unasked, group], "compare-judgements", "compare.judgements_note")


def _judged_name(criterion: Criterion) -> html.Div:
    return html.Div(
        [html.B(say(f"criterion.{criterion.key}.name")), html.P(say(criterion.reason), className="muted")],
        className="compare-label",
    )


def _judged_cells(criterion: Criterion) -> html.Div:
    return html.Div([_judged_cell(criterion, n) for n in range(len(LETTERS))], className="compare-columns")


def _judged_cell(criterion: Criterion, column: int) -> html.Div:
    name = say(f"criterion.{criterion.key}.name")
    low, high = JUDGEMENT_SCALE
    options = [{"value": NOT_JUDGED, "label": say("browser.unknown")}]
    options += [{"value": n, "label": str(n)} for n in range(low, high + 1)]
    part = {"criterion": criterion.key, "column": column}
    return html.Div(
        [
            html.Div(
                dcc.RadioItems(
                    id={"of": SCORE, **part}, options=options, value=NOT_JUDGED, inline=True,
                    className="segmented small",
                ),
                role="group",
                **dashed(aria_label=say("compare.judged_cell", name=name, letter=LETTERS[column])),
            ),
            html.Label(
                [
                    html.Span(
                        say("compare.note_cell", name=name, letter=LETTERS[column]), className="visually-hidden"
                    ),
                    boxes.box({"of": NOTE, **part}, maxlength=NOTE_LENGTH, placeholder=say("compare.note_hint")),
                ],
                className="field judged-note",
            ),
        ],
        className=f"compare-cell column-{column}",
    )  # fmt: skip


# ---- weights, points and order


def _scoring(anchors: str) -> html.Section:
    head = html.Div(
        [
            html.Span(say("compare.criterion")),
            html.Span([say("compare.weight"), html.Span(say("compare.weight_range"), className="weight-more")]),
            html.Span([html.Span("0"), html.Span(say("compare.points")), html.Span("100")], className="lane-axis"),
            html.Div(id=Compare.POINT_HEADS, className="point-cells"),
        ],
        className="weight-row weight-head",
    )
    criteria = load_criteria().values()
    table = html.Div(
        [
            head,
            html.Div(
                [
                    html.Div([_weight_row(c) for c in criteria], id=Compare.WEIGHT_ROWS, className="weight-rows"),
                    # the points beside each lane say the same in figures
                    html.Div(html.Div(id=Compare.PLOT, className="lanes"), className="lanes-room"),
                ],
                className="weight-body",
            ),
            html.Button(say("compare.reset"), id=Compare.RESET, n_clicks=0, className="button"),
            weighing.anchors_field(WEIGHING, anchors, at_once=False),
            weighing.effects_box(WEIGHING, at_once=False),
        ],
        className="weights-table",
    )
    # the order in one sentence, for who does not see it change
    spoken = html.P(id=Compare.SPOKEN, className="visually-hidden", role="status")
    result = html.Div(id=Compare.RESULT, className="compare-result")
    return _section(
        "compare.scoring",
        [html.Div([table, result], className="compare-scoring"), spoken],
        "compare-scores",
        "compare.scoring_note",
    )


def _firmness() -> html.Section:
    """Return the place for how firm the order is, worked out when somebody asks."""
    button = html.Button(say("firm.work_out"), id=Compare.FIRM, n_clicks=0, className="button")
    # filled by the browser; what it says is of the weights and candidates it was asked with
    found = html.Div(id=Compare.FIRMNESS, className="firmness", role="status", **dashed(data_stale=say("firm.stale")))
    return _section("firm.title", [button, found], "compare-firmness", "firm.note")


def _weight_row(criterion: Criterion) -> html.Div:
    name = say(f"criterion.{criterion.key}.name")
    slider = dcc.Input(
        id={"of": WEIGHT, "criterion": criterion.key},
        type="range", min=0, max=MOST_WEIGHT, step=WEIGHT_STEP, value=criterion.weight, className="weight-slider",
    )  # fmt: skip
    return html.Div(
        [
            html.Span(name, className="weight-name", title=say(criterion.reason)),
            html.Label(
                [elements.hidden(say("compare.weight_of", name=name)), slider],
                className="weight-control",
            ),
            html.Span(className="weight-shown", **dashed(data_weight_of=criterion.key)),
            html.Span(className="lane-space"),
            html.Div(className="point-cells", **dashed(data_points_of=criterion.key)),
        ],
        className="weight-row",
    )


def _foot() -> html.Footer:
    return html.Footer(
        [html.Div(id=Compare.FOOT), html.P([say("compare.printed"), " ", html.Span(className="today")])],
        className="compare-foot",
    )
