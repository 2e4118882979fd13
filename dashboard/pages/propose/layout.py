"""Lay out the screen: what is searched for on the left, the list, and the scatter with its map on the right."""

from typing import Any

from dash import dcc, html

from dashboard.clusters.scoring import Criterion, load_criteria
from dashboard.clusters.writing import map_notice
from dashboard.documents import MOST_TAKEN
from dashboard.pages.kit import MOST_WEIGHT, WEIGHT_STEP, Shell, dropdown, frames, takeaway, weighing
from dashboard.pages.kit.elements import dashed
from dashboard.pages.propose.ids import WEIGHING, WEIGHT, Propose
from dashboard.pages.propose.request import AXES, FIRST_AXES, SIZES, read_address
from dashboard.web import request
from dashboard.web.request import say
from dashboard.web.view import plain, read_view

_STORES = (
    Propose.BEGUN, Propose.ASKED, Propose.FOUND, Propose.CUT_WANTED, Propose.CUT, Propose.SORT, Propose.PICKED,
)  # fmt: skip


def layout(**query: str) -> html.Div:
    """Return the screen for what the address asks for (its query part)."""
    dataset = request.dataset()
    view = read_view(query, dataset)
    sought, unread = read_address(query, dataset)
    problems = [html.P(say(key, **fields), role="alert") for key, fields in (*view.problems, *unread)]
    return html.Div(
        id=Propose.ROOT,
        className="propose",
        children=[
            *(dcc.Store(id=store) for store in _STORES),
            dcc.Store(id=Shell.ACTION),
            dcc.Store(id=Propose.ASKED_VIEW, data=plain(view)),
            dcc.Store(id=Propose.FIRST, data=sought),
            html.Div(problems, className="problems"),
            _sought(dataset, view.anchors),
            _found(),
            _seen(),
        ],
    )


def _field(label: str, control: Any) -> html.Div:
    return html.Div([html.Label(say(label), htmlFor=getattr(control, "id", None)), control], className="field")


# ---- left: what is searched for


def _sought(dataset: Any, anchors: str) -> html.Section:
    departments = sorted(dataset.territory.departments.values(), key=lambda d: d.name)
    places = [{"value": d.code, "label": d.name} for d in departments]
    sizes = list(SIZES)
    return html.Section(
        [
            html.H2(say("propose.sought")),
            _field("propose.department", dropdown(id=Propose.DEPARTMENT, options=places, clearable=False)),
            _field("propose.province", dropdown(id=Propose.PROVINCE, options=[], clearable=False)),
            html.Div(
                [
                    _field("propose.least", dropdown(id=Propose.LEAST, options=sizes, value=sizes[0], clearable=False)),
                    _field("propose.most", dropdown(id=Propose.MOST, options=sizes, value=sizes[-1], clearable=False)),
                ],
                className="pair",
            ),
            html.Div(
                [
                    html.Span(say("propose.services"), className="field-name"),
                    dcc.Checklist(
                        id=Propose.SERVICES,
                        options=[
                            {"value": s, "label": say(f"service.{s}")} for s in ("health", "education", "environment")
                        ],
                        value=[],
                        className="check",
                    ),
                ],
                className="field",
            ),
            _field("propose.locked", dropdown(
                id=Propose.LOCKED, options=[], multi=True, placeholder=say("propose.locked_hint"), closeOnSelect=True,
            )),
            _weights(anchors),
        ],
        className="panel propose-sought",
        **dashed(aria_label=say("propose.sought")),
    )  # fmt: skip


def _weights(anchors: str) -> html.Div:
    rows = [_weight_row(c) for c in load_criteria().values() if not c.judged]
    return html.Div(
        [
            html.Div(
                [
                    html.H2(say("propose.weights")),
                    html.Button(say("propose.reset"), id=Propose.RESET, n_clicks=0, className="button"),
                ],
                className="panel-heading",
            ),
            html.P(say("propose.weights_note"), className="muted"),
            html.Div(rows, id=Propose.WEIGHT_ROWS, className="propose-weights"),
            weighing.anchors_field(WEIGHING, anchors, at_once=True),
            weighing.effects_box(WEIGHING, at_once=True),
        ]
    )


def _weight_row(criterion: Criterion) -> html.Label:
    name = say(f"criterion.{criterion.key}.name")
    slider = dcc.Input(
        id={"of": WEIGHT, "criterion": criterion.key},
        type="range", min=0, max=MOST_WEIGHT, step=WEIGHT_STEP, value=criterion.weight, className="weight-slider",
    )  # fmt: skip
    return html.Label(
        [
            html.Span(name, className="weight-name", title=say(criterion.reason)),
            html.Span(slider, className="weight-control"),
            html.Span(className="weight-shown", **dashed(data_weight_of=criterion.key)),
        ],
        className="propose-weight",
    )


# ---- middle: the list


def _found() -> html.Section:
    return html.Section(
        [
            html.Details(
                [html.Summary(say("propose.step.title")), html.Div(id=Propose.PROVINCES)],
                id=Propose.STEP,
                className="propose-step",
            ),
            html.Div(
                [
                    html.H2(id=Propose.TITLE, role="status"),
                    html.Button(
                        say("propose.again"), id=Propose.AGAIN, n_clicks=0, className="button again",
                        title=say("propose.again_help"),
                    ),
                ],
                className="propose-title",
            ),
            html.Div(say("propose.searching"), className="searching", role="status"),
            html.Div(id=Propose.LIST, className="propose-list"),
            html.Div(id=Propose.NOTES, className="propose-notes"),
            takeaway.file_choice(
                say("propose.download", most=MOST_TAKEN), Propose.FORMAT, Propose.TAKE, takeaway.FOR_TABLES
            ),
            html.P(id=Propose.FILE_SAID, role="status"),
            dcc.Download(id=Propose.FILE),
        ],
        className="propose-found",
        **dashed(aria_label=say("propose.found")),
    )  # fmt: skip


def _button(id_: str, text: str, class_name: str) -> html.Button:
    return html.Button(say(text), id=id_, n_clicks=0, className=class_name, title=say(f"{text}_help"))


# ---- right: scatter, map and the one picked

# told apart by shape as well as colour
_KEY = (("◆", "frontier"), ("- -", "best"), ("□", "picked"), ("○", "pointed"))


def _key(sign: str, name: str) -> html.Li:
    return html.Li(
        [html.B(sign, **dashed(aria_hidden="true")), " ", say(f"propose.key.{name}")], className=f"key-{name}"
    )


def _seen() -> html.Section:
    axes = [{"value": key, "label": say(f"criterion.{key}.name")} for key in AXES]
    x, y = FIRST_AXES
    return html.Section(
        [
            html.Div(
                [
                    _field("propose.y", dropdown(id=Propose.Y, options=axes, value=y, clearable=False)),
                    _field("propose.x", dropdown(id=Propose.X, options=axes, value=x, clearable=False)),
                ],
                className="pair",
            ),
            html.Div(id=Propose.SCATTER, className="propose-scatter"),
            html.Ul([_key(*entry) for entry in _KEY], className="scatter-key"),
            html.Div(
                [
                    html.Div(id=Propose.CARD, className="propose-card"),
                    html.Div(
                        [
                            _button(Propose.TO_MAP, "propose.to_map", "button primary"),
                            _button(Propose.COMPARE, "propose.compare", "button"),
                            dcc.Link(
                                say("propose.to_compare"), href="/comparar", id=Propose.TO_COMPARE, className="to"
                            ),
                        ],
                        className="propose-do",
                    ),
                    html.Div(id=Propose.MESSAGE, role="status"),
                ],
                className="propose-picked",
            ),
            frames.frame(say("propose.map"), say, "propose-map", id=Propose.MAP),
            html.Div(
                [
                    _field("map.fill_with", dropdown(id=Propose.FILL, options=[], clearable=False, maxHeight=300)),
                    html.P(map_notice(request.dataset(), say), className="compare-limits"),
                ],
                className="propose-fill",
            ),
            html.Details(
                [html.Summary(say("propose.legend")), html.Div(id=Propose.LEGEND, className="legend")],
                className="propose-legend",
            ),
        ],
        className="propose-seen",
        tabIndex=0,  # it scrolls, and may hold nothing else to focus
        **dashed(aria_label=say("propose.seen")),
    )
