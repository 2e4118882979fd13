"""What happens on the map screen: in the browser where it can, on the server where it must."""

from typing import Any

import dash
from dash import ALL, ClientsideFunction, Input, Output, State

from dashboard.documents import Format
from dashboard.pages.kit import Shell, best_match_first, cut
from dashboard.pages.kit.wiring import callback, clientside_callback
from dashboard.pages.map import answers, saving
from dashboard.pages.map.ids import CHIP, Map, years_of
from dashboard.web import overview, request
from dashboard.web.access import allowance
from dashboard.web.request import dataset, language


def _browser(namespace: str, name: str, *wiring: Any, **options: Any) -> None:
    """Wire a browser-side function of `assets/` to components."""
    clientside_callback(ClientsideFunction(namespace, name), *wiring, **options)


ON_CALL: dict[str, Any] = {"prevent_initial_call": True}

# ---- view

_browser(
    "view", "years",
    Output(Map.YEAR, "options"), Output(Map.YEAR, "value"), Output(Map.YEAR_BOX, "style"),
    Input(Map.FILL, "value"), State(Map.FILL_YEARS, "data"), State(Map.YEAR, "value"),
)  # fmt: skip
_browser(
    "view", "hazardShown",
    Output(Map.HAZARD_BOX, "style"), Input(Map.FILL, "value"), Input(Map.OVERLAYS, "value"),
)  # fmt: skip
_browser(
    "view", "compose",
    Output(Shell.VIEW, "data"),
    Input(Map.DEPARTMENT, "value"), Input(Map.FILL, "value"), Input(Map.YEAR, "value"),
    Input(Map.HAZARD, "value"), Input(Map.METHOD, "value"), Input(Map.COUNT, "value"),
    Input(Map.OVERLAYS, "value"), Input(Map.CONFLICT_PERIOD, "data"), Input(Map.HAZARD_PERIOD, "data"),
    Input(Map.BACKDROP, "value"), State(Map.FILL_YEARS, "data"), State(Map.BACKDROPS, "data"),
    State(Map.FIRST_VIEW, "data"),
)  # fmt: skip
_browser(
    "years", "periods",
    Output(Map.CONFLICT_YEARS, "children"), Output(Map.HAZARD_YEARS, "children"),
    Input(Map.CONFLICT_PERIOD, "data"), Input(Map.HAZARD_PERIOD, "data"),
)  # fmt: skip
_browser(
    "years", "timeline",
    Output(Map.TIMELINE_INSIDE, "children"), Output(Map.TIMELINE_INSIDE, "hidden"),
    Output(Map.TIMELINE_TOGGLE, "aria-expanded"),
    Input(Map.TIMELINE_TOGGLE, "n_clicks"), State(Map.TIMELINE_TOGGLE, "aria-expanded"),
    State(Map.TIMELINE_PARTS, "data"), State(Map.TIMELINE_INSIDE, "children"),
)  # fmt: skip
_browser(
    "years", "strips",
    Output(Map.TIMELINE_INSIDE, "data-done"),
    Input(Map.CONFLICT_PERIOD, "data"), Input(Map.HAZARD_PERIOD, "data"), Input(Map.TIMELINE_INSIDE, "hidden"),
    State(Map.YEARS, "data"),
)  # fmt: skip
for _slider, _period in ((Map.CONFLICT_SLIDER, Map.CONFLICT_PERIOD), (Map.HAZARD_SLIDER, Map.HAZARD_PERIOD)):
    # what it gives is no output: whatever is drawn first would wait for a slider that nobody may ever open
    _browser(
        "years", "period", Output(years_of(_slider), "data-done"), Input(_slider, "value"), State(_period, "data"),
        State(_period, "id"),
    )  # fmt: skip
_browser(
    "view", "places",
    Output(Map.SEARCH, "options"), Output(Map.ADD, "options"), Input(Shell.DRAFTS, "data"),
    State(Map.SEARCH, "options"),
)  # fmt: skip

best_match_first(Map.SEARCH, Map.ADD, Map.NEIGHBOURS)

# ---- map

_browser(
    "map", "refresh",
    Output(Map.FRAME, "data-done"),
    Input(Shell.VIEW, "data"), Input(Shell.DRAFTS, "data"), Input(Map.CUT, "data"), Input(Shell.PROPOSALS, "data"),
)  # fmt: skip
_browser("map", "first", Output(Map.GRAPH, "data-done"), Input(Map.FIRST_VIEW, "data"), State(Map.GRAPH, "id"))
_browser(
    "key", "draw",
    Output(Map.KEY, "data-done"),
    Input(Shell.DRAFTS, "data"), Input(Shell.VIEW, "data"), Input(Shell.PROPOSALS, "data"),
    State(Map.KEY, "id"), State(Map.WHO, "id"), State(Shell.ACTION, "id"),
)  # fmt: skip
_browser("view", "plain", Output(Map.LEGEND, "data-done"), Input(Map.PLAIN, "data"))
_browser("map", "wantCut", Output(Map.CUT_WANTED, "data"), Input(Shell.VIEW, "data"))
_browser(
    "map", "legend",
    Output(Map.LEGEND, "children"),
    Input(Shell.VIEW, "data"), Input(Map.CUT, "data"), State(Map.LEGEND_FOLDED, "id"),
)  # fmt: skip
_browser(
    "steps", "show",
    Output(Map.FIRST_STEPS, "data-done"),
    Input(Shell.VIEW, "data"), Input(Shell.DRAFTS, "data"), Input(Map.JUDGEMENT, "data"),
    State(Map.FIRST_STEPS, "id"),
)  # fmt: skip
_browser("map", "tool", Output(Map.TOOL_HINT, "children"), Input(Map.TOOL, "value"))
_browser("map", "firstTool", Output(Map.TOOL, "value"), Input(Shell.OPENED, "data"), State(Shell.DRAFTS, "data"))
_browser(
    "map", "move",
    Output(Map.FRAME, "data-moved"),
    Input(Map.ZOOM_IN, "n_clicks"), Input(Map.ZOOM_OUT, "n_clicks"),
    Input(Map.ZOOM_FIT, "n_clicks"), Input(Map.ZOOM_CANDIDATE, "n_clicks"),
    State(Shell.DRAFTS, "data"), State(Shell.VIEW, "data"), **ON_CALL,
)  # fmt: skip
_browser(
    "map", "find",
    Output(Map.SHEET_OF, "data"), Output(Map.SEARCH, "value"), Input(Map.SEARCH, "value"), **ON_CALL,
)  # fmt: skip
_browser(
    "map", "fold",
    Output(Map.ROOT, "className"),
    Input(Map.FOLD_LEFT, "n_clicks"), Input(Map.FOLD_RIGHT, "n_clicks"),
    State(Map.ROOT, "className"), **ON_CALL,
)  # fmt: skip
_browser(
    "map", "picture", Output(Shell.SAID, "data", allow_duplicate=True), Input(Map.PICTURE, "n_clicks"),
    State(Shell.VIEW, "data"), State(Map.CUT, "data"), **ON_CALL,
)  # fmt: skip
_browser("paper", "print", Output(Map.PRINT, "data-done"), Input(Map.PRINT, "n_clicks"), **ON_CALL)

# ---- drawing

ACTION = Output(Shell.ACTION, "data", allow_duplicate=True)

_browser(
    "draw", "clicked", ACTION, Output(Map.SHEET_OF, "data", allow_duplicate=True),
    Input(Map.CLICKED, "data"), State(Map.TOOL, "value"), **ON_CALL,
)  # fmt: skip
_browser("draw", "enclosed", ACTION, Input(Map.ENCLOSED, "data"), State(Map.WAY, "value"), **ON_CALL)
_browser("draw", "listed", ACTION, Output(Map.ADD, "value"), Input(Map.ADD, "value"), **ON_CALL)
_browser(
    "draw", "listed", ACTION, Output(Map.NEIGHBOURS, "value"), Input(Map.NEIGHBOURS, "value"), **ON_CALL
)  # fmt: skip
_browser(
    "draw", "pressed", ACTION,
    Input(Map.UNDO, "n_clicks"), Input(Map.REDO, "n_clicks"), Input(Map.START, "n_clicks"),
    Input(Map.DUPLICATE, "n_clicks"), Input(Map.EMPTY, "n_clicks"), Input(Map.REMOVE, "n_clicks"),
    Input({"does": ALL, "ubigeo": ALL, "of": CHIP}, "n_clicks"), **ON_CALL,
)  # fmt: skip
_browser("draw", "chosen", ACTION, Input(Map.CANDIDATE, "value"), State(Shell.DRAFTS, "data"), **ON_CALL)
_browser("draw", "province", ACTION, Input(Map.ONE_PROVINCE, "value"), **ON_CALL)
_browser(
    "draw", "described", ACTION,
    Input(Map.SERVICES, "value"), Input(Map.PHASE, "value"), State(Shell.DRAFTS, "data"), **ON_CALL,
)  # fmt: skip
_browser(
    "draw", "panel",
    Output(Map.CANDIDATE, "options"), Output(Map.CANDIDATE, "value"),
    Output(Map.SERVICES, "value"), Output(Map.PHASE, "value"),
    Output(Map.EDITOR, "disabled"), Output(Map.CHIPS, "children"), Output(Map.NEIGHBOURS, "options"),
    Output(Map.UNDO, "disabled"), Output(Map.REDO, "disabled"), Output(Map.REMOVE, "disabled"),
    Output(Map.ORIGIN, "children"), Output(Map.ONE_PROVINCE, "value"),
    Input(Shell.DRAFTS, "data"), Input(Shell.HISTORY, "data"), Input(Shell.PROPOSALS, "data"),
    State(Map.CANDIDATE, "options"), State(Map.CANDIDATE, "value"),
    State(Map.SERVICES, "value"), State(Map.PHASE, "value"),
    State(Map.EDITOR, "disabled"), State(Map.CHIPS, "children"), State(Map.NEIGHBOURS, "options"),
    State(Map.UNDO, "disabled"), State(Map.REDO, "disabled"), State(Map.REMOVE, "disabled"),
    State(Map.ORIGIN, "children"), State(Map.ONE_PROVINCE, "value"),
)  # fmt: skip
# asked beside Dash: rules and measures at once, the place among all once a person pauses
_browser(
    "draw", "judged", Output(Map.VERDICTS, "data-done"),
    Input(Shell.DRAFTS, "data"), Input(Shell.VIEW, "data"), Input(Shell.WEIGHTS, "data"),
    Input(Shell.PROPOSALS, "data"),
)  # fmt: skip
_browser("draw", "compareLink", Output(Map.COMPARE, "href"), Input(Shell.QUERY, "data"))

# ---- keeping it in the record

_browser(
    "saving", "offer",
    Output(Map.SAVE, "hidden"), Output(Map.TO_RECORD, "href"), Output(Map.TO_RECORD, "className"),
    Input(Shell.DRAFTS, "data"), Input(Shell.PROPOSALS, "data"),
)  # fmt: skip
_browser(
    "saving", "ask", Output(Map.SAVING, "hidden"),
    Input(Map.SAVE, "n_clicks"), Input(Shell.DRAFTS, "data"),
    State(Shell.JUDGEMENTS, "data"), State(Map.SAVING, "id"), State(Map.SAVE_ASKED, "id"), **ON_CALL,
)  # fmt: skip
_browser(
    "saving", "show", ACTION,
    Input(Map.SAVE_ANSWER, "data"), State(Map.SAVING, "id"), State(Map.SAVE, "id"), **ON_CALL,
)  # fmt: skip
_browser(
    "saving", "open", ACTION, Output(Shell.SAID, "data", allow_duplicate=True),
    Input(Map.ASKED_ACTIVE, "data"), State(Shell.DRAFTS, "data"), prevent_initial_call="initial_duplicate",
)  # fmt: skip


@callback(Output(Map.SAVE_ANSWER, "data"), Input(Map.SAVE_ASKED, "data"), **ON_CALL)
def keep_drawing(sent: dict[str, Any] | None) -> dict[str, Any]:
    """Say what of the drawing would be kept, and how; keep it in the record, or say why not."""
    return saving.answer(sent, request.context(), overview.every_proposal()).sent()


# ---- on the server


@callback(Output(Map.CUT, "data"), Input(Map.CUT_WANTED, "data"), **ON_CALL)
def cut_classes(wanted: dict[str, Any] | None) -> Any:
    """Work out the class bounds that were not published beforehand."""
    return cut(wanted, dataset()) if wanted else dash.no_update


@callback(Output(Map.ENCLOSED, "data"), Input(Map.SHAPE, "data"), **ON_CALL)
def find_enclosed(shape: dict[str, Any] | None) -> Any:
    """Say which districts a lasso or rectangle means."""
    return answers.enclosed(shape, dataset()) if shape else dash.no_update


_browser(
    "map", "closeSheet", Output(Map.SHEET_OF, "data", allow_duplicate=True),
    Input(Map.SHEET_CLOSE, "n_clicks"), **ON_CALL,
)  # fmt: skip


@callback(Output(Map.SHEET_BODY, "children"), Output(Map.SHEET, "hidden"), Input(Map.SHEET_OF, "data"), **ON_CALL)
def open_sheet(ubigeo: str | None) -> Any:
    """Open the sheet of a district, or close it."""
    if not ubigeo:
        return [], True
    return answers.sheet(ubigeo, dataset(), language(), overview.overview()), False


_browser("years", "sheet", Output(Map.SHEET_BODY, "data-done"), Input(Map.SHEET_BODY, "children"))


@callback(
    Output(Map.DOWNLOAD, "data"),
    Input(Map.DOWNLOAD_BUTTON, "n_clicks"),
    State(Map.DOWNLOAD_FORMAT, "value"),
    State(Shell.DRAFTS, "data"),
    State(Shell.VIEW, "data"),
    **ON_CALL,
)
def download_candidates(_: int, kind: Format, drafts: dict[str, Any] | None, view: dict[str, Any] | None) -> Any:
    """Send the candidates, or the proposal in hand where there are none, as a file."""
    allowance.spend(allowance.EXPORT)
    return answers.download(kind, drafts, view, dataset(), language(), overview.overview())
