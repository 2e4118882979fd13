"""What happens on the screen: the search on the server, everything else in the browser.

The feasible candidates of a place come once; weights, order, axes and what is pointed at cost no request.
"""

from typing import Any

import dash
from dash import ALL, ClientsideFunction, Input, Output, State

from dashboard.documents import Format
from dashboard.pages.kit import Shell, best_match_first, cut, kept, weighing
from dashboard.pages.kit.wiring import callback, clientside_callback
from dashboard.pages.propose import answers
from dashboard.pages.propose.ids import WEIGHING, WEIGHT, Propose
from dashboard.pages.propose.provinces import provinces_step
from dashboard.web.access import allowance
from dashboard.web.request import dataset, language, say


def _browser(namespace: str, name: str, *wiring: Any, **options: Any) -> None:
    """Wire a browser-side function of `assets/` to components."""
    clientside_callback(ClientsideFunction(namespace, name), *wiring, **options)


ON_CALL: dict[str, Any] = {"prevent_initial_call": True}
AT_ONCE: dict[str, Any] = {"prevent_initial_call": "initial_duplicate"}
WEIGHTS = {"of": WEIGHT, "criterion": ALL}


def _also(store: Shell) -> Output:
    return Output(store, "data", allow_duplicate=True)


# ---- what is searched for

_browser("compare", "look", _also(Shell.VIEW), Input(Propose.ASKED_VIEW, "data"), State(Shell.VIEW, "data"), **AT_ONCE)
_browser(
    "propose", "begin",
    Output(Propose.BEGUN, "data"), Output(Propose.DEPARTMENT, "value"),
    Output(Propose.PROVINCE, "options"), Output(Propose.PROVINCE, "value"),
    Output(Propose.LEAST, "value"), Output(Propose.MOST, "value"), Output(Propose.SERVICES, "value"),
    Output(Propose.LOCKED, "options"), Output(Propose.LOCKED, "value"), Output(Propose.LOCKED, "disabled"),
    Output(Propose.X, "value"), Output(Propose.Y, "value"),
    Output(Propose.SORT, "data"), Output(Propose.PICKED, "data"),
    Input(Propose.FIRST, "data"), Input(Shell.DRAFTS, "data"), State(Propose.BEGUN, "data"),
)  # fmt: skip
_browser(
    "propose", "provinces",
    Output(Propose.PROVINCE, "options", allow_duplicate=True), Output(Propose.PROVINCE, "value", allow_duplicate=True),
    Input(Propose.DEPARTMENT, "value"), State(Propose.PROVINCE, "value"), **ON_CALL,
)  # fmt: skip
_browser(
    "propose", "districts",
    Output(Propose.LOCKED, "options", allow_duplicate=True), Output(Propose.LOCKED, "value", allow_duplicate=True),
    Output(Propose.LOCKED, "disabled", allow_duplicate=True),
    Input(Propose.PROVINCE, "value"), State(Propose.LOCKED, "value"), **ON_CALL,
)  # fmt: skip
best_match_first(Propose.PROVINCE, Propose.LOCKED)
_browser(
    "propose", "compose",
    _also(Shell.SOUGHT),
    Input(Propose.PROVINCE, "value"), Input(Propose.LEAST, "value"), Input(Propose.MOST, "value"),
    Input(Propose.SERVICES, "value"), Input(Propose.LOCKED, "value"), Input(Propose.X, "value"),
    Input(Propose.Y, "value"), Input(Propose.SORT, "data"), Input(Propose.PICKED, "data"),
    State(Propose.BEGUN, "data"), State(Shell.SOUGHT, "data"), **ON_CALL,
)  # fmt: skip
_browser(
    "compare", "weigh",
    _also(Shell.WEIGHTS), Input(WEIGHTS, "value"),
    State(Shell.CRITERIA, "data"), State(Shell.WEIGHTS, "data"), **ON_CALL,
)  # fmt: skip
_browser("compare", "reset", _also(Shell.WEIGHTS), Input(Propose.RESET, "n_clicks"), **ON_CALL)
_browser(
    "compare", "showWeights",
    Output(WEIGHTS, "value"), Input(Shell.WEIGHTS, "data"),
    State(Shell.CRITERIA, "data"), State(Propose.WEIGHT_ROWS, "id"),
)  # fmt: skip
_browser(
    "propose", "ask", Output(Propose.ASKED, "data"),
    Input(Shell.SOUGHT, "data"), Input(Shell.VIEW, "data"), Input(Propose.AGAIN, "n_clicks"),
    State(Shell.WEIGHTS, "data"), State(Propose.ASKED, "data"), State(Propose.ROOT, "id"),
)  # fmt: skip

_browser(
    "propose", "marked", Output(Propose.STEP, "data-marked"),
    Input(Propose.PROVINCES, "children"), Input(Shell.SOUGHT, "data"), Input(Shell.WEIGHTS, "data"),
    State(Shell.CRITERIA, "data"), **ON_CALL,
)  # fmt: skip
weighing.wire(WEIGHING, Propose.FOUND)
weighing.wire_anchors(WEIGHING)

# ---- list, scatter and map

_browser(
    "propose", "show",
    Output(Propose.ROOT, "data-shown"),
    Input(Propose.FOUND, "data"), Input(Shell.WEIGHTS, "data"), Input(Shell.SOUGHT, "data"),
    Input(Shell.VIEW, "data"), Input(Propose.CUT, "data"), Input(Shell.COMPARED, "data"),
    State(Shell.CRITERIA, "data"), State(Shell.DRAFTS, "data"),
    *(State(part, "id") for part in (
        Propose.ROOT, Propose.TITLE, Propose.LIST, Propose.NOTES, Propose.SCATTER, Propose.MAP, Propose.CARD,
        Propose.LEGEND, Propose.SORT, Propose.PICKED, Propose.LEAST, Propose.MOST,
    )),
)  # fmt: skip
_browser(
    "compare", "fills",
    Output(Propose.FILL, "options"), Output(Propose.FILL, "value"),
    Input(Shell.VIEW, "data"), State(Propose.FILL, "options"),
)  # fmt: skip
_browser("compare", "fill", _also(Shell.VIEW), Input(Propose.FILL, "value"), State(Shell.VIEW, "data"), **ON_CALL)
_browser(
    "compare", "classes", Output(Propose.CUT_WANTED, "data"), Input(Propose.ASKED, "data"), Input(Shell.VIEW, "data")
)  # fmt: skip

# ---- taking one away

_browser(
    "propose", "take",
    Output(Shell.ACTION, "data", allow_duplicate=True), _also(Shell.COMPARED), _also(Shell.VIEW),
    Output(Propose.MESSAGE, "children"),
    Input(Propose.COMPARE, "n_clicks"), Input(Propose.TO_MAP, "n_clicks"),
    State(Shell.SOUGHT, "data"), State(Shell.DRAFTS, "data"), State(Shell.HISTORY, "data"),
    State(Shell.COMPARED, "data"), State(Shell.VIEW, "data"), State(Propose.TO_MAP, "id"), **ON_CALL,
)  # fmt: skip
_browser(
    "propose", "leave", Output(Propose.TO_COMPARE, "href"),
    Input(Shell.QUERY, "data"), State(Shell.DRAFTS, "data"),
)  # fmt: skip

# ---- on the server


@callback(
    Output(Propose.FILE, "data"),
    Output(Propose.FILE_SAID, "children"),
    Input(Propose.TAKE, "n_clicks"),
    State(Propose.FORMAT, "value"),
    State(Propose.ASKED, "data"),
    State(Shell.WEIGHTS, "data"),
    State(Propose.LOCKED, "value"),
    **ON_CALL,
)
def download_pool(
    pressed: int, kind: Format, asked: dict[str, Any] | None, weights: dict[str, Any] | None, locked: list[str] | None
) -> Any:
    """Send the best candidates of the search as a file."""
    if not pressed:  # the screen has just come into sight
        return dash.no_update, dash.no_update
    allowance.spend(allowance.EXPORT)
    sent = answers.download(kind, asked, weights, locked, dataset(), language())
    return (dash.no_update, say("propose.no_place")) if sent is None else (sent, "")


@callback(Output(Propose.FOUND, "data"), Input(Propose.ASKED, "data"), **ON_CALL)
def search_candidates(asked: dict[str, Any] | None) -> Any:
    """Find every feasible candidate of the place asked for."""
    if not asked:
        return dash.no_update
    question = answers.question(asked, dataset())
    try:
        return kept("propose", question, lambda: _search(question))
    except allowance.Spent as error:
        return answers.not_sought(say(error.message, **error.fields))


@callback(
    Output(Propose.PROVINCES, "children"), Input(Propose.ASKED, "data"), **ON_CALL
)  # fmt: skip
def list_provinces(asked: dict[str, Any] | None) -> Any:
    """Show the provinces of the department that is sought in; the browser weighs them anew."""
    return provinces_step(asked, dataset(), language()) if asked else dash.no_update


def _search(question: dict[str, Any]) -> dict[str, Any]:
    allowance.spend(allowance.POOL)
    return answers.search(question, dataset(), language())


@callback(Output(Propose.CUT, "data"), Input(Propose.CUT_WANTED, "data"), **ON_CALL)
def cut_classes(wanted: dict[str, Any] | None) -> Any:
    """Work out the class bounds that were not published beforehand."""
    return cut(wanted, dataset()) if wanted else dash.no_update
