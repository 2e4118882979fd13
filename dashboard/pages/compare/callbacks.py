"""What happens on the comparison screen: in the browser where it can, on the server where it must.

Weights and judgements never reach the server: it sends the points of a comparison once, and the
browser scores and orders them.
"""

import time
from typing import Any

import dash
from dash import ALL, ClientsideFunction, Input, Output, State

from dashboard.pages.compare import answers, effects, group
from dashboard.pages.compare.ids import NOTE, SCORE, WEIGHING, WEIGHT, Compare
from dashboard.pages.kit import PROPOSAL, Shell, best_match_first, cut, kept, weighing
from dashboard.pages.kit.wiring import callback, clientside_callback
from dashboard.records.meetings import last_judgements
from dashboard.web import overview, request
from dashboard.web.access import allowance
from dashboard.web.request import dataset, language


def _browser(name: str, *wiring: Any, **options: Any) -> None:
    """Wire a browser-side function of `assets/js/model/comparison.js` to components."""
    clientside_callback(ClientsideFunction("compare", name), *wiring, **options)


ON_CALL: dict[str, Any] = {"prevent_initial_call": True}
AT_ONCE: dict[str, Any] = {"prevent_initial_call": "initial_duplicate"}

WEIGHTS = {"of": WEIGHT, "criterion": ALL}
SCORES = {"of": SCORE, "criterion": ALL, "column": ALL}
# what follows a weight: drawn in the browser
SCORED = (Compare.HEADS, Compare.WEIGHT_ROWS, Compare.POINT_HEADS, Compare.RESULT, Compare.SPOKEN)
NOTES = {"of": NOTE, "criterion": ALL, "column": ALL}


def _also(store: Shell) -> Output:
    return Output(store, "data", allow_duplicate=True)


# ---- who is compared

_browser("look", _also(Shell.VIEW), Input(Compare.ASKED_VIEW, "data"), State(Shell.VIEW, "data"), **AT_ONCE)
# a callback that the frame's stores set off may write only to this screen: it may not be in sight
_browser(
    "offer",
    Output(Compare.CHOICE, "options"), Output(Compare.CHOICE, "value"),
    Input(Shell.DRAFTS, "data"), Input(Shell.COMPARED, "data"), Input(Shell.PROPOSALS, "data"),
    State(Compare.CHOICE, "value"),
)  # fmt: skip
best_match_first(Compare.CHOICE)
_browser(
    "choose",
    _also(Shell.COMPARED), Output(Compare.CHOICE, "value", allow_duplicate=True), Output(Compare.MESSAGE, "children"),
    Input(Compare.CHOICE, "value"), State(Shell.DRAFTS, "data"), State(Shell.COMPARED, "data"), **ON_CALL,
)  # fmt: skip
_browser(
    "open",
    _also(Shell.COMPARED), Input(Compare.ASKED_PROPOSALS, "data"),
    State(Shell.DRAFTS, "data"), State(Shell.COMPARED, "data"), **AT_ONCE,
)  # fmt: skip
_browser(
    "ask",
    Output(Compare.ASKED, "data"), Output(Compare.ROOT, "className"),
    Input(Shell.DRAFTS, "data"), Input(Shell.VIEW, "data"), Input(Shell.COMPARED, "data"),
    Input(Shell.PROPOSALS, "data"), State(Compare.ASKED, "data"),
)  # fmt: skip

# ---- maps

_browser(
    "fills",
    Output(Compare.FILL, "options"), Output(Compare.FILL, "value"),
    Input(Shell.VIEW, "data"), State(Compare.FILL, "options"),
)  # fmt: skip
# apart from the maps, which wait for its answer
_browser("classes", Output(Compare.CUT_WANTED, "data"), Input(Compare.ASKED, "data"), Input(Shell.VIEW, "data"))
_browser("fill", _also(Shell.VIEW), Input(Compare.FILL, "value"), State(Shell.VIEW, "data"), **ON_CALL)
_browser(
    "maps",
    Output(Compare.LEGEND, "children"),
    Input(Compare.ASKED, "data"), Input(Shell.VIEW, "data"), Input(Compare.CUT, "data"),
    State(Compare.MAPS, "id"), State(Compare.SCALE, "id"),
)  # fmt: skip

# ---- weights, judgements, score and order

_browser(
    "weigh",
    _also(Shell.WEIGHTS), Input(WEIGHTS, "value"),
    State(Shell.CRITERIA, "data"), State(Shell.WEIGHTS, "data"), **ON_CALL,
)  # fmt: skip
_browser("reset", _also(Shell.WEIGHTS), Input(Compare.RESET, "n_clicks"), **ON_CALL)
_browser(
    "showWeights",
    Output(WEIGHTS, "value"), Input(Shell.WEIGHTS, "data"),
    State(Shell.CRITERIA, "data"), State(Compare.WEIGHT_ROWS, "id"),
)  # fmt: skip
_browser(
    "judge",
    _also(Shell.JUDGEMENTS), Input(SCORES, "value"), Input(NOTES, "data-typed"),
    State(Shell.COMPARED, "data"), State(Shell.JUDGEMENTS, "data"), **ON_CALL,
)  # fmt: skip
_browser(
    "showJudgements",
    Output(SCORES, "value"),
    Input(Compare.ASKED, "data"), Input(Shell.JUDGEMENTS, "data"), State(NOTES, "data-typed"),
)  # fmt: skip
_browser(
    "show",
    Output(Compare.ROOT, "data-answer"), Input(Compare.ANSWER, "data"),
    *(State(part, "id") for part in answers.PARTS),
)  # fmt: skip
_browser(
    "score",
    Output(Compare.PLOT, "data-done"),
    Input(Compare.ASKED, "data"), Input(Compare.ANSWER, "data"),
    Input(Shell.WEIGHTS, "data"), Input(Shell.JUDGEMENTS, "data"), State(Shell.CRITERIA, "data"),
    *(State(part, "id") for part in SCORED),
)  # fmt: skip

weighing.wire(WEIGHING, WEIGHING.found)
weighing.wire_anchors(WEIGHING)

# ---- how firm the order is

_browser(
    "firm", Output(Compare.FIRMNESS, "data-done"),
    Input(Compare.FIRM_ANSWER, "data"), Input(Compare.ASKED, "data"),
    Input(Shell.WEIGHTS, "data"), Input(Shell.JUDGEMENTS, "data"),
    State(Compare.FIRM_ANSWER, "id"), State(Compare.FIRMNESS, "id"),
)  # fmt: skip

# ---- taking it away

SAID = Output(Shell.SAID, "data", allow_duplicate=True)

_browser("copy", SAID, Input(Compare.COPY, "n_clicks"), **ON_CALL)
_browser("print", Output(Compare.PRINT, "disabled"), Input(Compare.PRINT, "n_clicks"), **ON_CALL)

# ---- on the server


@callback(Output(Compare.ANSWER, "data"), Input(Compare.ASKED, "data"), **ON_CALL)
def compare_candidates(asked: dict[str, Any] | None) -> Any:
    """Compare the candidates chosen: districts, rules, measures, and the points of each criterion."""
    if not asked:
        return dash.no_update
    ids = group.proposals_in(asked)
    made = last_judgements(request.record(), request.actor(), [id.removeprefix(PROPOSAL) for id in ids])
    row = group.group_row(ids, made, request.words())
    return answers.answer(asked, dataset(), language(), overview.every_proposal(), row)


@callback(Output(WEIGHING.found, "data"), Input(WEIGHING.see, "data"), Input(Compare.ASKED, "data"), **ON_CALL)
def tell_effects(wanted: bool | None, asked: dict[str, Any] | None) -> Any:
    """Send the candidates among whom it is seen what each weight does, once somebody looks at it."""
    return kept("effects", asked, lambda: _effects(asked)) if wanted and asked else dash.no_update


def _effects(asked: dict[str, Any]) -> dict[str, Any] | None:
    allowance.spend(allowance.POOL)
    return effects.effects(asked, dataset(), language(), overview.every_proposal())


@callback(
    Output(Compare.FIRM_ANSWER, "data"),
    Input(Compare.FIRM, "n_clicks"),
    State(Compare.ASKED, "data"),
    State(Shell.WEIGHTS, "data"),
    State(Shell.JUDGEMENTS, "data"),
    running=[(Output(Compare.FIRM, "disabled"), True, False)],
    **ON_CALL,
)
def work_out_firmness(_: int, asked: Any, weights: Any, judgements: Any) -> Any:
    """Say how firm the order of those compared is, over all weightings and by what data leave open."""
    found = kept(
        "firm",
        [asked, weights, judgements],
        lambda: _firmness(asked, weights, judgements),
    )
    return {**found, "at": time.time()}  # the same answer again is drawn again


def _firmness(asked: Any, weights: Any, judgements: Any) -> dict[str, Any]:
    allowance.spend(allowance.POOL)
    seen = overview.overview()
    made = answers.firm_order(asked, weights, judgements, dataset(), language(), seen.proposals, seen.identities)
    return {"shown": made}


@callback(Output(Compare.CUT, "data"), Input(Compare.CUT_WANTED, "data"), **ON_CALL)
def cut_classes(wanted: dict[str, Any] | None) -> Any:
    """Work out the class bounds that were not published beforehand."""
    return cut(wanted, dataset()) if wanted else dash.no_update


@callback(
    Output(Compare.DOWNLOAD, "data"),
    Output(Compare.MESSAGE, "children", allow_duplicate=True),
    Input(Compare.EXCEL, "n_clicks"),
    State(Compare.ASKED, "data"),
    State(Shell.WEIGHTS, "data"),
    State(Shell.JUDGEMENTS, "data"),
    **ON_CALL,
)
def download_workbook(
    _: int, asked: dict[str, Any] | None, weights: dict[str, Any] | None, judgements: dict[str, Any] | None
) -> Any:
    """Send the comparison as a workbook that keeps calculating."""
    allowance.spend(allowance.EXPORT)
    try:
        seen = overview.overview()
        made = answers.workbook(asked, weights, judgements, dataset(), language(), seen.proposals, seen.identities)
        return made, []
    except answers.Incomparable as reason:
        return dash.no_update, answers.refusal(reason)
