"""Lay out the plan screen: what is asked on the left, the map, the sixteen and the ledger on the right."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html

from dashboard.clusters.model import SERVICES, SIZES
from dashboard.clusters.planning import OBJECTIVES, load_plan_parameters
from dashboard.clusters.scoring import Criterion, load_criteria
from dashboard.clusters.writing import map_notice
from dashboard.pages.kit import MOST_WEIGHT, WEIGHT_STEP, Shell, boxes, dropdown, elements, takeaway, weighing
from dashboard.pages.kit.elements import dashed
from dashboard.pages.plan.ids import WEIGHING, WEIGHT, PlanId
from dashboard.web import request
from dashboard.web.jobs import plan_request
from dashboard.web.request import say
from dashboard.web.sent import Problem
from dashboard.web.view import plain, read_view
from layers.overlays import STATES

PER_PROVINCE = (1, 2, 3, 0)  # 0: any number
NOW, KEPT = "p", "pa"  # names in the address: what is asked, and plan A

_STORES = (
    PlanId.BEGUN, PlanId.PRESSED, PlanId.ASKED, PlanId.ANSWER, PlanId.SHOWN, PlanId.CUT_WANTED, PlanId.CUT,
    PlanId.PICKED,
)  # fmt: skip


def layout(**query: str) -> html.Div:
    """Return the screen for what the address asks for (its query part)."""
    view = read_view(query, request.dataset())
    first, unread = first_request(query)
    problems = [*view.problems, *unread]
    return html.Div(
        id=PlanId.ROOT,
        className="plan-screen",
        children=[
            *(dcc.Store(id=store) for store in _STORES),
            dcc.Store(id=Shell.ACTION),
            dcc.Store(id=PlanId.ASKED_VIEW, data=plain(view)),
            dcc.Store(id=PlanId.FIRST, data=first),
            dcc.Download(id=PlanId.DOWNLOAD),
            html.Div([html.P(say(key, **fields), role="alert") for key, fields in problems], className="problems"),
            _asked(first["now"]),
            _map(),
            _found(),
        ],
    )


def first_request(query: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """Return what an address asks for, as the browser begins with it, and what of it is not understood."""
    territory = request.dataset().territory
    read = {name: plan_request.from_address(str(query[name]), territory) for name in (NOW, KEPT) if query.get(name)}
    unread = [("address.bad", {"name": name, "value": part}) for name, (_, parts) in read.items() for part in parts]
    first = plan_request.default() | {"anchors": read_view(query, request.dataset()).anchors}
    now = read[NOW][0] if NOW in read else first
    kept = read[KEPT][0] if KEPT in read else None
    return {"now": now, "kept": kept, "given": NOW in read, "weighed": plan_request.weighed()}, unread


# ---- left: what is asked


def _asked(now: plan_request.Plain) -> html.Section:
    return html.Section(
        [
            html.Details([
            html.Summary(html.H2(say("plan.request"))),
            _field("plan.objective", dcc.RadioItems(
                id=PlanId.OBJECTIVE, value=now["objective"], className="plan-options",
                options=[{"value": key, "label": say(f"engine.plan.objective.{key}")} for key in OBJECTIVES],
            )),
            _field("plan.services", dcc.Checklist(
                id=PlanId.SERVICES, value=now["services"], className="check", inline=True,
                options=[{"value": key, "label": say(f"service.{key}")} for key in SERVICES],
            ), "plan.services_note"),
            html.Div([_size(PlanId.LEAST, "least", now), _size(PlanId.MOST, "most", now)], className="plan-sizes",
                     role="group", **dashed(aria_label=say("plan.sizes"))),
            _field("plan.per_province", dcc.RadioItems(
                id=PlanId.PER_PROVINCE, value=now["perProvince"], inline=True, className="segmented small",
                options=[{"value": n, "label": str(n) if n else say("plan.any_number")} for n in PER_PROVINCE],
            )),
            _reach(now),
            _weights(now),
            _wishes(),
            ], open=True, className="plan-form"),
            html.Div(
                [
                    html.P(
                        say("plan.changed"), id=PlanId.CHANGED, className="plan-changed", role="status", hidden=True
                    ),
                    html.Button(say("plan.calculate"), id=PlanId.CALCULATE, n_clicks=0, className="button primary"),
                    _button(PlanId.UNDO, "plan.undo"),
                ],
                className="plan-go",
            ),
        ],
        className="panel plan-asked",
        **dashed(aria_label=say("plan.request")),
    )  # fmt: skip


def _field(label: str, control: Any, note: str | None = None) -> html.Div:
    named = getattr(control, "id", None)
    parts = [html.Label(say(label), htmlFor=named), control]
    return html.Div([*parts, *([html.P(say(note), className="muted")] if note else [])], className="field")


def _size(id_: str, end: str, now: plan_request.Plain) -> html.Div:
    least, most = SIZES
    words = [say("plan.sizes"), " "] if end == "least" else []
    return html.Div(
        [
            html.Label([html.Span(words), say(f"plan.{end}")], htmlFor=f"{id_}-line"),
            boxes.box(id_, now["sizes"][end == "most"], **_number(least, most)),
        ],
        className="plan-size",
    )  # fmt: skip


def _number(least: int, most: int) -> dict[str, Any]:
    return {"type": "number", "min": least, "max": most, "step": 1, "class": "plan-number"}


def _reach(now: plan_request.Plain) -> html.Div:
    targets = load_plan_parameters().targets
    target = targets[max(targets)]["district"]
    asked = now["governments"]
    return html.Div(
        [
            html.Div(
                [
                    dcc.Checklist(
                        id=PlanId.REACH, value=[] if asked is None else ["on"], className="check",
                        options=[{"value": "on", "label": say("plan.reach")}],
                    ),
                    html.Label(
                        [
                            elements.hidden(say("plan.reach_number")),
                            boxes.box(
                                PlanId.GOVERNMENTS, target if asked is None else asked,
                                **_number(0, plan_request.MOST_GOVERNMENTS),
                            ),
                        ],
                    ),
                    html.Span(say("plan.reach_unit"), **dashed(aria_hidden="true")),
                ],
                className="plan-reach",
            ),
            html.P(say("plan.reach_note", target=target), className="muted"),
        ],
        className="field",
    )  # fmt: skip


def _weights(now: plan_request.Plain) -> html.Details:
    rows = [_weight(load_criteria()[key]) for key in plan_request.weighed()]
    return html.Details(
        [
            html.Summary(say("plan.weights")),
            html.P(say("plan.weights_note"), className="muted"),
            html.Div(rows, id=PlanId.WEIGHT_ROWS),
            weighing.anchors_field(WEIGHING, now["anchors"], at_once=False),
            weighing.effects_box(WEIGHING, at_once=False),
        ],
        className="plan-weights",
    )


def _weight(criterion: Criterion) -> html.Div:
    name = say(f"criterion.{criterion.key}.name")
    slider = dcc.Input(
        id={"of": WEIGHT, "criterion": criterion.key},
        type="range", min=0, max=MOST_WEIGHT, step=WEIGHT_STEP, value=criterion.weight, className="weight-slider",
    )  # fmt: skip
    return html.Div(
        [
            html.Span(name, title=say(criterion.reason)),
            html.Label(
                [elements.hidden(say("plan.weight_of", name=name)), slider],
                className="weight-control",
            ),
            html.Span(className="weight-shown", **dashed(data_weight_of=criterion.key)),
        ],
        className="plan-weight",
    )


def _wishes() -> html.Div:
    return html.Div(
        [
            html.H3(say("plan.wishes")),
            html.Div(id=PlanId.CHIPS, className="chips plan-chips", **dashed(data_empty=say("plan.no_wishes"))),
            html.Label(say("plan.wish"), htmlFor=PlanId.WISH, className="visually-hidden"),
            dropdown(id=PlanId.WISH, options=[], placeholder=say("plan.wish_hint")),
            html.Div(
                [
                    html.Button(say("plan.wish_in"), id=PlanId.WISH_IN, n_clicks=0, className="button"),
                    html.Button(say("plan.wish_out"), id=PlanId.WISH_OUT, n_clicks=0, className="button"),
                ],
                className="pair plan-wish-buttons",
            ),
        ],
        className="field",
    )


# ---- middle: the map


def _map() -> html.Section:
    graph = html.Div(
        id=PlanId.MAP,
        className="plan-graph",
        role="application",
        **dashed(aria_label=say("plan.map"), aria_description=say("map.by_keys")),
    )
    return html.Section(
        [
            html.Div(
                [
                    graph,
                    html.Div(
                        [
                            _tool(PlanId.ZOOM_IN, "map.zoom_in", "+"),
                            _tool(PlanId.ZOOM_OUT, "map.zoom_out", "−"),
                            _tool(PlanId.ZOOM_HOME, "map.zoom_home", "⤢"),
                        ],
                        className="plan-tools",
                    ),
                    html.Div(id=PlanId.CARD, className="hover-card", hidden=True),
                    html.Div(id=PlanId.PICKED_BAR, className="plan-picked-bar", role="status"),
                ],
                className="plan-map-room",
            ),
            _keys(),
        ],
        className="plan-map",
        **dashed(aria_label=say("plan.map")),
    )  # fmt: skip


def _keys() -> html.Div:
    """Return what the marks and fills mean: over the map where it has room, else below it, on paper too."""
    return html.Div(
        [
            html.Div(_phases(), className="plan-phases", role="group", **dashed(aria_label=say("plan.phase_legend"))),
            html.Div(
                [
                    html.Div(
                        [
                            html.Label(say("map.fill_with"), htmlFor=PlanId.FILL),
                            dropdown(id=PlanId.FILL, options=[], clearable=False, maxHeight=320),
                        ],
                        className="field",
                    ),
                    html.Div(
                        id=PlanId.LEGEND, className="legend", role="group", **dashed(aria_label=say("map.legend"))
                    ),
                ],
                className="plan-key",
            ),
            html.P(map_notice(request.dataset(), say), className="map-notice plan-notice"),
        ],
        className="plan-keys",
    )


def _tool(id_: str, label: str, sign: str) -> html.Button:
    return html.Button(sign, id=id_, n_clicks=0, className="tool", title=say(label), **dashed(aria_label=say(label)))


def _phases() -> list[html.Div]:
    # the same shapes and lines as on the map, drawn by style alone
    phases = [_entry(f"phase-{n}", say("plan.phase", n=n)) for n in sorted(load_plan_parameters().targets)]
    states = [_state(look, say(f"legend.{look}")) for look in STATES]
    compared = [_entry(name, say(f"plan.{key}")) for name, key in (("came", "new_mark"), ("gone", "gone"))]
    return [
        *phases,
        *states,
        _state("plan", say("plan.only_here")),
        html.Div(compared, className="plan-compared-key"),
    ]


def _entry(name: str, text: str) -> html.Div:
    mark = html.Span(className=f"plan-mark {name}", **dashed(aria_hidden="true"))
    line = [html.Span(className="plan-line gone", **dashed(aria_hidden="true"))] if name == "gone" else []
    return html.Div([mark, *line, text], className="plan-entry")


def _state(look: str, text: str) -> html.Div:
    line = html.Span(className=f"disc-line disc-line-{look}", **dashed(aria_hidden="true"))
    return html.Div([line, text], className="plan-entry", hidden=True, **dashed(data_look=look))


# ---- right: what is found


def _found() -> html.Section:
    buttons = (
        ("keep", PlanId.KEEP), ("copy", PlanId.COPY), ("print", PlanId.PRINT),
    )  # fmt: skip
    return html.Section(
        [
            html.Div([_button(id_, f"plan.{name}") for name, id_ in buttons], className="plan-buttons"),
            takeaway.file_choice(say("plan.download"), PlanId.FORMAT, PlanId.TAKE, takeaway.FOR_TABLES),
            html.Div(
                [
                    html.Div(id=PlanId.PROGRESS, role="status"),
                    html.Button(say("plan.stop"), id=PlanId.STOP, n_clicks=0, className="button"),
                ],
                id=PlanId.WORKING,
                className="plan-working",
                hidden=True,
            ),
            html.H2(say("plan.title"), className="plan-title"),
            html.Div(id=PlanId.SAID, role="status"),
            html.P(say("plan.working.stays"), className="plan-stays"),
            html.Div(html.P(say("plan.nothing_yet"), className="empty"), id=PlanId.SUMMARY),
            html.Div(id=PlanId.DIFFERENCE),
            html.Div(id=PlanId.LIST),
            html.Div(id=PlanId.LEDGER),
            html.Footer(
                [html.Div(id=PlanId.FOOT), html.P([say("plan.printed"), " ", html.Span(className="today")])],
                className="plan-foot",
            ),
        ],
        className="panel plan-found",
        **dashed(aria_label=say("plan.result")),
    )


def _button(id_: str, text: str) -> html.Button:
    return html.Button(say(text), id=id_, n_clicks=0, className="button", title=say(f"{text}_help"))
