"""Lay out the map screen: what is shown on the left, what is judged on the right, when below."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dash import dcc, html

from dashboard.clusters.measures import MEASURES
from dashboard.clusters.writing import map_notice, sources
from dashboard.pages.kit import NAME_LENGTH, NOTE_LENGTH, PROPOSAL, Shell, boxes, dropdown, takeaway
from dashboard.pages.kit.elements import dashed
from dashboard.pages.map import choices, first_visit, saving, timeline
from dashboard.pages.map.ids import Map
from dashboard.web import backdrops, request
from dashboard.web.request import say
from dashboard.web.view import View, plain, read_view
from layers import palette
from layers.surroundings import SOURCE


def layout(**query: str) -> html.Div:
    """Return the screen for what the address asks for (its query part)."""
    dataset = request.dataset()
    view = _view(query)
    return html.Div(
        id=Map.ROOT,
        className="map-screen",
        children=[
            *(dcc.Store(id=store) for store in _STORES),
            dcc.Store(id=Shell.ACTION),
            dcc.Store(id=Map.ASKED_ACTIVE, data=_asked_proposal(query)),
            dcc.Store(id=Map.FIRST_VIEW, data=plain(view)),
            dcc.Store(id=Map.BACKDROPS, data=choices.backdrops()),
            dcc.Store(id=Map.PLAIN, data=_plain(dataset)),
            dcc.Store(id=Map.FILL_YEARS, data=choices.fill_years(dataset)),
            dcc.Download(id=Map.DOWNLOAD),
            _top(view),
            _shown(dataset, view),
            _map(dataset),
            _judged(),
            timeline.layout(dataset, view),
            _sheet(),
        ],
    )


def first_view(query: Mapping[str, str]) -> dict[str, Any]:
    """Return what the map of an address shows, as the browser keeps it."""
    return plain(_view(query))


def _view(query: Mapping[str, str]) -> View:
    """Return what an address asks for, without a backdrop that is not offered."""
    view = read_view(query, request.dataset())
    if not view.backdrop or any(one.id == view.backdrop for one in backdrops.offered()):
        return view
    return replace(view, backdrop="", problems=(*view.problems, ("map.no_backdrop", {})))


_STORES = (
    Map.CUT_WANTED, Map.CUT, Map.CLICKED, Map.SHAPE, Map.ENCLOSED, Map.JUDGEMENT, Map.SHEET_OF, Map.FOLDED,
    Map.SAVE_ASKED, Map.SAVE_ANSWER,
)  # fmt: skip


def _asked_proposal(query: dict[str, str]) -> str | None:
    """Return the proposal that the address shows; candidates of an address are for the browser to read."""
    asked = query.get("a")
    return asked if isinstance(asked, str) and asked.startswith(PROPOSAL) else None


def _field(label: str, control: Any, id_: str | None = None, hidden: bool = False) -> html.Div:
    """Return a control under its label, which names it for a screen reader."""
    attributes: dict[str, Any] = {"id": id_} if id_ else {}
    if hidden:
        attributes["style"] = {"display": "none"}
    return html.Div(
        [html.Label(say(label), htmlFor=boxes.line_of(control) or None), control],
        className="field",
        **attributes,
    )


def _heading(key: str, fold: str) -> html.Div:
    return html.Div(
        [
            html.H2(say(key)),
            html.Button("×", id=fold, className="fold", title=say("map.fold"), **dashed(aria_label=say("map.fold"))),
        ],
        className="panel-heading",
    )


# ---- above the map


def _top(view: View) -> html.Div:
    problems = [html.P(say(key, **fields), role="alert") for key, fields in view.problems]
    return html.Div(
        [
            dcc.RadioItems(
                id=Map.DEPARTMENT,
                options=choices.departments(request.dataset()),
                value=view.department or "all",
                inline=True,
                className="tabs",
            ),
            dropdown(
                id=Map.SEARCH,
                options=[],
                placeholder=say("map.search"),
                className="search",
            ),
            html.Div(problems, id=Map.ADDRESS_PROBLEMS, className="problems"),
        ],
        className="map-top",
    )


# ---- left: what is shown


def _shown(dataset: Any, view: View) -> html.Section:
    fill, year = choices.fill_of(view.fill)
    return html.Section(
        [
            _heading("map.fill", Map.FOLD_LEFT),
            _field("map.fill_with", dropdown(
                id=Map.FILL, options=choices.fills(dataset), value=fill, clearable=False,
            )),
            _field("map.year", dropdown(id=Map.YEAR, value=year, clearable=False), Map.YEAR_BOX, True),
            _field("map.hazard", dropdown(
                id=Map.HAZARD, options=choices.hazards(dataset), value=view.hazard or "all", clearable=False,
            ), Map.HAZARD_BOX, True),
            html.Div(id=Map.LEGEND, className="legend", role="group", **dashed(aria_label=say("map.legend"))),
            html.Div([
                _field("map.method", dropdown(
                    id=Map.METHOD, options=choices.methods(), value=view.method, clearable=False,
                )),
                _field("map.count", dropdown(
                    id=Map.COUNT, options=list(palette.CLASS_COUNTS), value=view.count, clearable=False,
                )),
            ], className="pair"),
            html.Div(id=Map.WEIGHTS, className="weights"),
            html.H2(say("map.overlays")),
            dcc.Checklist(
                id=Map.OVERLAYS,
                options=choices.switches(dataset),
                value=list(view.overlays),
                className="overlays",
            ),
            html.Div(id=Map.KEY),
            _backdrop(view),
        ],
        className="panel panel-left",
        **dashed(aria_label=say("map.shown")),
    )  # fmt: skip


def _backdrop(view: View) -> html.Div:
    """Return the choice of a map of another server below ours; hidden where none is offered."""
    offered = choices.backdrop_names()
    control = dropdown(id=Map.BACKDROP, options=offered, value=view.backdrop or choices.NO_BACKDROP, clearable=False)
    return _field("map.backdrop", control, Map.BACKDROP_BOX, hidden=len(offered) == 1)


def _plain(dataset: Any) -> dict[str, Any]:
    """Return by id what only has to be read: drawn once as plain elements, not kept as components."""
    return {**choices.legends(), **choices.own_legends(dataset), Map.WEIGHTS: choices.gap_weights(dataset)}


# ---- the map and its tools


def _map(dataset: Any) -> html.Section:
    return html.Section(
        id=Map.FRAME,
        className="map-frame",
        children=[
            html.Div(
                id=Map.GRAPH,
                className="map-graph",
                role="application",
                **dashed(aria_label=say("map.map"), aria_description=say("map.by_keys"), data_card=Map.HOVER),
            ),
            _tools(),
            html.Div(
                [
                    html.Span(
                        map_notice(dataset, say), id=Map.CAPTION, className="map-notice", **dashed(data_over_map="")
                    ),
                    html.Span(
                        id=Map.BACKDROP_TOLD,
                        className="map-notice backdrop-told",
                        role="status",
                        hidden=True,
                        **dashed(data_over_map=""),
                    ),
                    html.Span(_sources(dataset), id=Map.SOURCES, hidden=True),
                ],
                className="map-foot",
            ),
            html.Details(id=Map.LEGEND_FOLDED, className="legend legend-folded", **dashed(data_over_map="")),
            first_visit.layout(dataset),
            html.Div("N", className="map-north", role="img", **dashed(aria_label=say("map.north"), data_over_map="")),
        ],
        **dashed(aria_label=say("map.map")),
    )


def _sources(dataset: Any) -> str:
    return f"{sources(dataset, say, {*_on_paper(), *dataset.layers})}; {say('surroundings.source', source=SOURCE)}"


def _on_paper() -> set[str]:
    """Return the resources that a printed map rests on: its limits, what the rules look up, and all measures."""
    drawn = {"limits", "rivers", "neighbours", "proposals", "quotas"}
    return {*drawn, *(measure.resource for measure in MEASURES.values())}


def _tools() -> html.Div:
    return html.Div(
        [
            html.Div(
                [
                    dcc.RadioItems(
                        id=Map.TOOL,
                        options=[
                            {"value": tool, "label": say(f"tool_name.{tool}")}
                            for tool in ("sheet", "click", "lasso", "rectangle")
                        ],
                        value="sheet",  # a first click only looks; whoever draws takes up another tool
                        inline=True,
                        className="segmented",
                    ),
                    _action(Map.UNDO, "map.undo", "↶"),
                    _action(Map.REDO, "map.redo", "↷"),
                    _action(Map.ZOOM_IN, "map.zoom_in", "+"),
                    _action(Map.ZOOM_OUT, "map.zoom_out", "−"),
                    _action(Map.ZOOM_FIT, "map.zoom_fit", "⤢"),
                    _action(Map.ZOOM_CANDIDATE, "map.zoom_candidate", "◎"),
                    _action(Map.PICTURE, "map.picture", "PNG"),
                    _action(Map.PRINT, "map.print", say("map.print_short")),
                ],
                className="tool-row",
                **dashed(data_over_map=""),
            ),
            html.Div(
                [
                    html.Span(id=Map.TOOL_HINT, className="tool-hint"),
                    dcc.RadioItems(
                        id=Map.WAY,
                        options=[{"value": w, "label": say(f"way.{w}")} for w in ("add", "take")],
                        value="add",
                        inline=True,
                        className="segmented small enclosing",
                    ),
                    dcc.RadioItems(
                        id=Map.COUNTS_BY,
                        options=[{"value": c, "label": say(f"counts_by.{c}")} for c in ("area", "capital")],
                        value="area",
                        inline=True,
                        className="segmented small enclosing",
                    ),
                ],
                className="tool-row tool-row-hint",
                **dashed(data_over_map=""),
            ),
        ],
        className="tools",
        role="toolbar",
        **dashed(aria_label=say("map.tools")),
    )


def _action(id_: str, label: str, sign: str) -> html.Button:
    return html.Button(sign, id=id_, n_clicks=0, className="tool", title=say(label), **dashed(aria_label=say(label)))


# ---- right: what is judged


def _judged() -> html.Section:
    return html.Section(
        [
            _heading("map.judged", Map.FOLD_RIGHT),
            html.Div(id=Map.WHO, className="identity-head"),
            _field("map.candidate", dropdown(id=Map.CANDIDATE, options=[], clearable=False)),
            html.Div(
                [
                    html.Button(say(f"do.{name}"), id=id_, n_clicks=0, className="button")
                    for name, id_ in (
                        ("start", Map.START), ("duplicate", Map.DUPLICATE),
                        ("empty", Map.EMPTY), ("remove", Map.REMOVE),
                    )
                ],
                className="buttons",
            ),
            html.P(id=Map.ORIGIN, className="origin"),
            html.Div(id=Map.CHIPS, className="chips"),
            html.Div(
                [
                    _field("map.add", dropdown(id=Map.ADD, options=[], placeholder=say("map.add_hint"))),
                    _field("map.neighbours", dropdown(
                        id=Map.NEIGHBOURS, options=[], placeholder=say("map.neighbours_hint"),
                    )),
                ],
                className="pair",
            ),
            dcc.Checklist(
                id=Map.ONE_PROVINCE,
                options=[{"value": "on", "label": say("map.one_province")}],
                value=[],
                className="check",
            ),
            dcc.Link(say("map.compare"), href="/comparar", id=Map.COMPARE, className="to-compare"),
            html.Button(say("saving.title"), id=Map.SAVE, n_clicks=0, hidden=True, className="button to-keep"),
            dcc.Link(say("saving.see"), href="/registro", id=Map.TO_RECORD, className="to-record off"),
            _saving(),
            html.P(say("map.kept"), className="kept"),
            html.Div(id=Map.EDITION, role="status"),
            html.Div(id=Map.VERDICTS, className="verdicts"),
            html.Div(id=Map.STANDING, className="standing", **dashed(data_text=say("standing.waiting"))),
            html.Div(id=Map.MEASURES, className="measures"),
            html.Details([html.Summary(say("map.describe")), _editor()], className="describe"),
            *_downloads(),
        ],
        className="panel panel-right",
        **dashed(aria_label=say("map.judged")),
    )  # fmt: skip


def _saving() -> html.Section:
    """Return the place where a drawing is kept in the record; its parts come when it is asked for."""
    return html.Section(
        [
            html.Div(id=Map.SAVING_ABOUT),
            html.Div(id=Map.SAVING_FORM),
            html.Div(id=Map.SAVING_SAID, **dashed(data_outcome_for=saving.FORM)),
        ],
        id=Map.SAVING,
        hidden=True,
        className="saving",
        **dashed(aria_label=say("saving.title")),
    )


def _sheet() -> html.Aside:
    close = html.Button(
        "×", id=Map.SHEET_CLOSE, n_clicks=0, className="fold sheet-close", title=say("sheet.close"),
        **dashed(aria_label=say("sheet.close")),
    )  # fmt: skip
    return html.Aside(
        [close, html.Div(id=Map.SHEET_BODY)],
        id=Map.SHEET,
        className="sheet",
        hidden=True,
        **dashed(aria_label=say("sheet.name")),
    )


def _editor() -> html.Fieldset:
    return html.Fieldset(
        [
            html.Legend(say("map.describe"), className="visually-hidden"),
            html.Div(_field("map.name", boxes.box(Map.NAME, maxlength=NAME_LENGTH)), **dashed(data_describes="name")),
            _field("map.services", dcc.Checklist(
                id=Map.SERVICES,
                options=[{"value": s, "label": say(f"service.{s}")} for s in ("health", "education", "environment")],
                value=[],
                className="check",
            )),
            _field("map.phase", dcc.RadioItems(
                id=Map.PHASE, options=[1, 2, 3], value=1, inline=True, className="segmented small",
            )),
            html.Div(
                _field("map.note", boxes.box(Map.NOTE, tag="textarea", maxlength=NOTE_LENGTH, **{"class": "note"})),
                **dashed(data_describes="note"),
            ),
        ],
        id=Map.EDITOR,
        className="editor",
    )  # fmt: skip


def _downloads() -> list[html.Div | html.P]:
    drawn = takeaway.file_choice(say("map.download"), Map.DOWNLOAD_FORMAT, Map.DOWNLOAD_BUTTON, takeaway.FOR_MAPS)
    return [drawn, takeaway.file_links(say("takeaway.all_districts"), takeaway.DISTRICTS)]
