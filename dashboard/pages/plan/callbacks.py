"""What happens on the plan screen: in the browser where it can, on the server where it must.

The server only starts a calculation and tells how far it is; the browser asks again until it is done.
"""

from functools import partial
from typing import Any

import dash
from dash import ALL, ClientsideFunction, Input, Output, State

from dashboard import settings
from dashboard.documents import Format
from dashboard.pages.kit import Shell, best_match_first, cut, kept, weighing
from dashboard.pages.kit.wiring import callback, clientside_callback
from dashboard.pages.plan import answers
from dashboard.pages.plan.ids import WEIGHING, WEIGHT, PlanId
from dashboard.web import overview, request
from dashboard.web.access import allowance
from dashboard.web.jobs import Spool


def _browser(namespace: str, name: str, *wiring: Any, **options: Any) -> None:
    """Wire a browser-side function of `assets/` to components."""
    clientside_callback(ClientsideFunction(namespace, name), *wiring, **options)


ON_CALL: dict[str, Any] = {"prevent_initial_call": True}
AT_ONCE: dict[str, Any] = {"prevent_initial_call": "initial_duplicate"}
WEIGHTS = {"of": WEIGHT, "criterion": ALL}
SAID = Output(Shell.SAID, "data", allow_duplicate=True)
# the controls, in the order in which the browser reads and writes them
FORM = (
    (PlanId.OBJECTIVE, "value"), (PlanId.SERVICES, "value"), (PlanId.LEAST, "data-typed"), (PlanId.MOST, "data-typed"),
    (PlanId.PER_PROVINCE, "value"), (PlanId.REACH, "value"), (PlanId.GOVERNMENTS, "data-typed"),
    (WEIGHING.anchors, "value"),
)  # fmt: skip
BOXES = tuple(id_ for id_, name in FORM if name != "value")


def _also(store: Shell) -> Output:
    return Output(store, "data", allow_duplicate=True)


# ---- what is asked

_browser("compare", "look", _also(Shell.VIEW), Input(PlanId.ASKED_VIEW, "data"), State(Shell.VIEW, "data"), **AT_ONCE)
# a callback that the frame's stores set off may write only to this screen: it may not be in sight
_browser(
    "plan", "begin",
    Output(PlanId.BEGUN, "data"),
    Input(PlanId.FIRST, "data"), Input(Shell.WEIGHTS, "data"), State(Shell.PLANS, "data"), State(PlanId.BEGUN, "data"),
)  # fmt: skip
_browser("plan", "open", _also(Shell.PLANS), Input(PlanId.BEGUN, "data"), State(Shell.PLANS, "data"), **ON_CALL)
_browser(
    "plan", "controls",
    *(Output(id_, name) for id_, name in FORM if id_ not in BOXES),
    Input(Shell.PLANS, "data"), State(PlanId.CHIPS, "id"), State(PlanId.ROOT, "id"),
    *(State(id_, "id") for id_ in BOXES),
    *(State(id_, name) for id_, name in FORM if id_ not in BOXES),
)  # fmt: skip
_browser(
    "plan", "act",
    _also(Shell.PLANS), Output(PlanId.WISH, "value"), SAID,
    Input(PlanId.CALCULATE, "n_clicks"), Input(PlanId.WISH_IN, "n_clicks"), Input(PlanId.WISH_OUT, "n_clicks"),
    Input(PlanId.KEEP, "n_clicks"), Input(PlanId.UNDO, "n_clicks"), Input(PlanId.PRESSED, "data"),
    State(Shell.PLANS, "data"), State(Shell.WEIGHTS, "data"), State(Shell.DRAFTS, "data"), State(PlanId.WISH, "value"),
    *(State(*part) for part in FORM), **ON_CALL,
)  # fmt: skip
_browser(
    "plan", "changed",
    Output(PlanId.CHANGED, "hidden"), Output(PlanId.UNDO, "disabled"),
    Input(Shell.PLANS, "data"), Input(Shell.WEIGHTS, "data"), *(Input(*part) for part in FORM),
)  # fmt: skip
_browser("plan", "wishes", Output(PlanId.WISH, "options"), Input(Shell.DRAFTS, "data"), Input(Shell.PROPOSALS, "data"))
_browser(
    "plan", "weigh",
    _also(Shell.WEIGHTS), Input(WEIGHTS, "value"),
    State(Shell.CRITERIA, "data"), State(Shell.WEIGHTS, "data"), **ON_CALL,
)  # fmt: skip
_browser(
    "compare", "showWeights",
    Output(WEIGHTS, "value"), Input(Shell.WEIGHTS, "data"),
    State(Shell.CRITERIA, "data"), State(PlanId.WEIGHT_ROWS, "id"),
)  # fmt: skip

weighing.wire(WEIGHING, WEIGHING.found)
best_match_first(PlanId.WISH)


@callback(Output(WEIGHING.found, "data"), Input(WEIGHING.see, "data"), Input(Shell.PLANS, "data"), **ON_CALL)
def tell_effects(wanted: bool | None, plans: dict[str, Any] | None) -> Any:
    """Send the candidates among whom it is seen what each weight does, once somebody looks at it."""
    asked = answers.among_whom(plans, request.dataset()) if wanted else None
    return kept("plan_effects", asked, lambda: _effects(asked)) if asked else dash.no_update


def _effects(asked: dict[str, Any]) -> dict[str, Any]:
    allowance.spend(allowance.POOL)
    return answers.effects(asked, request.dataset(), request.language())


# ---- its calculation

_browser("plan", "ask", Output(PlanId.ASKED, "data"), Input(Shell.PLANS, "data"))
_browser(
    "plan", "show",
    Output(PlanId.SHOWN, "data"), Output(PlanId.WORKING, "hidden"),
    Input(PlanId.ANSWER, "data"), State(PlanId.ASKED, "data"), State(PlanId.ROOT, "id"),
    State(PlanId.PICKED, "data"),
)  # fmt: skip
_browser(
    "plan", "stop",
    Output(PlanId.ASKED, "data", allow_duplicate=True), Output(PlanId.WORKING, "hidden", allow_duplicate=True), SAID,
    Input(PlanId.STOP, "n_clicks"), State(PlanId.WORKING, "id"), **ON_CALL,
)  # fmt: skip


@callback(Output(PlanId.ANSWER, "data"), Input(PlanId.ASKED, "data"), **ON_CALL)
def tell_plan(asked: dict[str, Any] | None) -> Any:
    """Start the plans asked for, or say how far they are."""
    if not asked:
        return dash.no_update
    try:
        seen = overview.overview()
        return answers.answer(asked, request.dataset(), request.language(), _spool(), seen.standing, seen)
    except allowance.Spent as error:
        return answers.not_begun(asked, request.say(error.message, **error.fields))


def _spool() -> Spool:
    """Return the plans being solved; a new one is counted for whoever asks for it."""
    return Spool(settings.read().store_folder / "plans", before_new=partial(allowance.spend, allowance.PLAN))


# ---- the map

_browser(
    "compare", "fills",
    Output(PlanId.FILL, "options"), Output(PlanId.FILL, "value"),
    Input(Shell.VIEW, "data"), State(PlanId.FILL, "options"),
)  # fmt: skip
_browser("compare", "fill", _also(Shell.VIEW), Input(PlanId.FILL, "value"), State(Shell.VIEW, "data"), **ON_CALL)
_browser(
    "compare", "classes", Output(PlanId.CUT_WANTED, "data"), Input(PlanId.BEGUN, "data"), Input(Shell.VIEW, "data")
)
_browser("plan", "map", Output(PlanId.MAP, "data-done"), Input(PlanId.BEGUN, "data"), State(PlanId.CARD, "id"),
         State(PlanId.PICKED, "id"))  # fmt: skip
_browser(
    "plan", "paint",
    Output(PlanId.LEGEND, "children"),
    Input(PlanId.BEGUN, "data"), Input(Shell.VIEW, "data"), Input(PlanId.CUT, "data"),
)  # fmt: skip
_browser(
    "plan", "move",
    Output(PlanId.ZOOM_HOME, "data-done"),
    Input(PlanId.ZOOM_IN, "n_clicks"), Input(PlanId.ZOOM_OUT, "n_clicks"), Input(PlanId.ZOOM_HOME, "n_clicks"),
    **ON_CALL,
)  # fmt: skip
_browser(
    "plan", "pick",
    Output(PlanId.PICKED_BAR, "className"),
    Input(PlanId.PICKED, "data"), Input(PlanId.SHOWN, "data"), State(PlanId.PICKED_BAR, "id"), State(PlanId.LIST, "id"),
)  # fmt: skip


@callback(Output(PlanId.CUT, "data"), Input(PlanId.CUT_WANTED, "data"), **ON_CALL)
def cut_classes(wanted: dict[str, Any] | None) -> Any:
    """Work out the class bounds that were not published beforehand."""
    return cut(wanted, request.dataset()) if wanted else dash.no_update


# ---- taking it away

_browser(
    "plan", "compare",
    _also(Shell.ACTION), _also(Shell.COMPARED), SAID,
    Input(PlanId.PRESSED, "data"), State(Shell.DRAFTS, "data"), State(Shell.COMPARED, "data"), **ON_CALL,
)  # fmt: skip
_browser("compare", "copy", SAID, Input(PlanId.COPY, "n_clicks"), **ON_CALL)
_browser("compare", "print", Output(PlanId.PRINT, "disabled"), Input(PlanId.PRINT, "n_clicks"), **ON_CALL)


@callback(
    Output(PlanId.DOWNLOAD, "data"),
    SAID,
    Input(PlanId.TAKE, "n_clicks"),
    State(PlanId.FORMAT, "value"),
    State(PlanId.ASKED, "data"),
    **ON_CALL,
)
def download_plan(pressed: int, kind: Format, asked: dict[str, Any] | None) -> Any:
    """Send the plan on the screen as a file."""
    if not pressed:  # the screen has just come into sight
        return dash.no_update, dash.no_update
    allowance.spend(allowance.EXPORT)
    spool = _spool()
    seen = overview.overview()
    sent = answers.download(kind, asked, request.dataset(), request.language(), spool, seen.standing, seen)
    return (dash.no_update, request.say("plan.nothing_to_send")) if sent is None else (sent, dash.no_update)
