"""What happens on the coverage screen: the server reads and keeps, the browser draws what is only read."""

from typing import Any

import dash
import flask
from dash import ALL, ClientsideFunction, Input, Output, State, callback, clientside_callback, html

from dashboard.pages.coverage import answers, entry, entry_forms, shares, tools
from dashboard.pages.coverage.ids import SHARE_END, Coverage
from dashboard.pages.kit import forms, outcomes
from dashboard.records.core import RecordsError
from dashboard.web import request


def _browser(name: str, *wiring: Any, **options: Any) -> None:
    """Wire a browser-side function of `assets/js/screens/coverage.js` to components."""
    clientside_callback(ClientsideFunction("coverage", name), *wiring, **options)


ON_CALL: dict[str, Any] = {"prevent_initial_call": True}
DATA = "data"

# ---- what is read


_browser("show", Output(Coverage.SHOWN, DATA), Input(Coverage.PARTS, DATA), State(Coverage.ROOT, "id"),
         State(Coverage.REFRESH, "id"))  # fmt: skip
_browser("address", Output(Coverage.ADDRESSED, DATA), Input(Coverage.FOCAS_CLUSTER, "value"),
         Input(Coverage.QSIP_CLUSTER, "value"), State(Coverage.ROOT, "id"), **ON_CALL)  # fmt: skip
_browser("count", Output(Coverage.ADDRESSED, DATA, allow_duplicate=True), Input(Coverage.COUNT, "n_clicks"),
         Input(Coverage.UNTIL, "data-entered"), State(Coverage.UNTIL, "data-typed"), **ON_CALL)  # fmt: skip
_browser("template", Output(Coverage.FOCAS_TEMPLATE, "href"), Input(Coverage.FOCAS_CHOSEN, "value"),
         Input(Coverage.FOCAS_ROUND, "value"), State(Coverage.FOCAS_TEMPLATE, "id"))  # fmt: skip
_browser("template", Output(Coverage.QSIP_TEMPLATE, "href"), Input(Coverage.QSIP_CHOSEN, "value"),
         Input(Coverage.QSIP_CHOSEN, "id"), State(Coverage.QSIP_TEMPLATE, "id"))  # fmt: skip


@callback(
    Output(Coverage.PARTS, DATA, allow_duplicate=True),
    Input(Coverage.REFRESH, DATA),
    State(Coverage.FILTER, DATA), State(Coverage.FOCAS_CLUSTER, "value"), State(Coverage.QSIP_CLUSTER, "value"),
    **ON_CALL,
)  # fmt: skip
def read_again(at: Any, kept: dict[str, Any] | None, focas: Any, qsip: Any) -> Any:
    """Show everything anew once something was kept."""
    if not at:
        return dash.no_update
    context, department, until = request.context(), (kept or {}).get("department"), (kept or {}).get("until")
    parts = answers.read_again(context, department, focas, until=until)
    return parts | answers.read_again(context, department, qsip, (Coverage.QSIP_ONE,), until)


# ---- a FOCAS score


@callback(
    Output(Coverage.PARTS, DATA, allow_duplicate=True),
    Output(Coverage.GOVERNMENT, "options"), Output(Coverage.GOVERNMENT, "value"),
    Output(Coverage.FOCAS_SAVE, "disabled"), Output(Coverage.FOCAS_SAID, "children", allow_duplicate=True),
    Input(Coverage.FOCAS_CLUSTER, "value"), State(Coverage.FILTER, DATA), **ON_CALL,
)  # fmt: skip
def choose_cluster(cluster: Any, kept: dict[str, Any] | None) -> Any:
    """Show the points of another cluster, and offer its governments."""
    context = request.context()
    found = answers.find(context, (kept or {}).get("department"), (kept or {}).get("until"))
    if isinstance(found, RecordsError):
        return dash.no_update, dash.no_update, dash.no_update, True, outcomes.refusal(found, context.words)
    options = answers.government_options(found, context, cluster)
    why = entry_forms.no_right(context, "focas.enter", tools.chosen(found.standings, cluster))
    parts = answers.parts(found, context, cluster, (Coverage.FOCAS_ONE,))
    return parts, options, options[0]["value"] if options else None, bool(why), html.P(why, className="empty")


SCORE_FIELDS = (Coverage.POINTS, Coverage.MEASURED, Coverage.FOCAS_NOTE)
SCORE_OF = (Coverage.GOVERNMENT, Coverage.ROUND, Coverage.AREA)
STAGE_FIELDS = (Coverage.DONE_ON, Coverage.QSIP_NOTE)
STAGE_OF = (Coverage.QSIP_CLUSTER, Coverage.CYCLE, Coverage.STAGE)
TYPED, FILLED = "data-typed", "data-filled"


def _empties(form: Coverage, chosen: tuple[Coverage, ...]) -> None:
    """Empty a form in the browser when something else is chosen, until the server has told what is kept of it."""
    clientside_callback(
        ClientsideFunction("boxes", "emptied"), Output(form, FILLED, allow_duplicate=True),
        *(Input(id_, "value") for id_ in chosen), **ON_CALL,
    )  # fmt: skip


_empties(Coverage.FOCAS_FORM, SCORE_OF)
_empties(Coverage.QSIP_FORM, STAGE_OF)


@callback(
    Output(Coverage.FOCAS_FORM, FILLED), Output(Coverage.FOCAS_VERSION, DATA), Output(Coverage.FOCAS_KEPT, "children"),
    *(Input(id_, "value") for id_ in SCORE_OF), **ON_CALL,
)  # fmt: skip
def find_score(government: Any, round: Any, area: Any) -> Any:
    """Fill the fields with what is kept of a government, round and area."""
    found = entry.find_score(request.context(), government, round, area)
    values = dict(zip(SCORE_FIELDS, found.values, strict=True))
    return forms.filled(entry.score_name(government, round, area), values), found.version, found.line


@callback(
    Output(Coverage.FOCAS_SAID, "children"), Output(Coverage.FOCAS_VERSION, DATA, allow_duplicate=True),
    Output(Coverage.FOCAS_KEPT, "children", allow_duplicate=True), Output(Coverage.FOCAS_KEY, DATA),
    Output(Coverage.REFRESH, DATA, allow_duplicate=True), Output(Coverage.FOCAS_FORM, "data-saved"),
    Input(Coverage.FOCAS_SAVE, "n_clicks"), *(State(id_, "value") for id_ in SCORE_OF),
    *(State(id_, TYPED) for id_ in SCORE_FIELDS), State(Coverage.FOCAS_VERSION, DATA), State(Coverage.FOCAS_KEY, DATA),
    **ON_CALL,
)  # fmt: skip
def save_score(n: int, government: Any, round: Any, area: Any, points: Any, day: Any, note: Any, version: Any,
               key: Any) -> Any:  # fmt: skip
    """Keep one score."""
    if not n:
        return (dash.no_update,) * 6
    context, names = request.context(), {"government": government, "round": round, "area": area}
    values = {**names, "points": entry.figure(points), "measured_on": day, "note": note}
    saved = entry.save_score(context, values, version, key)
    if not saved.kept:
        moved = dash.no_update if saved.version is None else saved.version
        return saved.said, moved, dash.no_update, forms.new_key(), dash.no_update, dash.no_update
    return saved.said, saved.version, entry.find_score(context, *names.values()).line, forms.new_key(), n, str(n)


# ---- a QSIP stage


@callback(
    Output(Coverage.PARTS, DATA, allow_duplicate=True), Output(Coverage.QSIP_SAVE, "disabled"),
    Output(Coverage.QSIP_SAID, "children", allow_duplicate=True),
    Input(Coverage.QSIP_CLUSTER, "value"), State(Coverage.FILTER, DATA), **ON_CALL,
)  # fmt: skip
def choose_stages_of(cluster: Any, kept: dict[str, Any] | None) -> Any:
    """Show the stages of another cluster."""
    context = request.context()
    found = answers.find(context, (kept or {}).get("department"), (kept or {}).get("until"))
    if isinstance(found, RecordsError):
        return dash.no_update, True, outcomes.refusal(found, context.words)
    why = entry_forms.no_right(context, "qsip.enter", tools.chosen(found.standings, cluster, True))
    parts = answers.parts(found, context, cluster, (Coverage.QSIP_ONE,))
    return parts, bool(why), html.P(why, className="empty")


@callback(
    Output(Coverage.QSIP_FORM, FILLED), Output(Coverage.QSIP_VERSION, DATA), Output(Coverage.QSIP_KEPT, "children"),
    *(Input(id_, "value") for id_ in STAGE_OF), **ON_CALL,
)  # fmt: skip
def find_stage(cluster: Any, cycle: Any, stage: Any) -> Any:
    """Fill the fields with what is kept of a stage."""
    found = entry.find_stage(request.context(), cluster, cycle, stage)
    values = dict(zip(STAGE_FIELDS, found.values, strict=True))
    return forms.filled(entry.stage_name(cluster, cycle, stage), values), found.version, found.line


@callback(
    Output(Coverage.QSIP_SAID, "children"), Output(Coverage.QSIP_VERSION, DATA, allow_duplicate=True),
    Output(Coverage.QSIP_KEPT, "children", allow_duplicate=True), Output(Coverage.QSIP_KEY, DATA),
    Output(Coverage.REFRESH, DATA, allow_duplicate=True), Output(Coverage.QSIP_FORM, "data-saved"),
    Input(Coverage.QSIP_SAVE, "n_clicks"), *(State(id_, "value") for id_ in STAGE_OF),
    *(State(id_, TYPED) for id_ in STAGE_FIELDS), State(Coverage.QSIP_VERSION, DATA),
    State(Coverage.QSIP_KEY, DATA), **ON_CALL,
)  # fmt: skip
def save_stage(n: int, cluster: Any, cycle: Any, stage: Any, day: Any, note: Any, version: Any, key: Any) -> Any:
    """Keep one stage."""
    if not n:
        return (dash.no_update,) * 6
    context, values = request.context(), {"cycle": cycle, "stage": stage, "done_on": day, "note": note}
    saved = entry.save_stage(context, cluster, values, version, key)
    if not saved.kept:
        moved = dash.no_update if saved.version is None else saved.version
        return saved.said, moved, dash.no_update, forms.new_key(), dash.no_update, dash.no_update
    return saved.said, saved.version, entry.find_stage(context, cluster, cycle, stage).line, forms.new_key(), n, str(n)


# ---- pages that can be shared


@callback(
    Output(Coverage.SHARE_SAID, "children"), Output(Coverage.SHARE_LINK, "data-shown"),
    Output(Coverage.SHARE_MADE, "hidden"), Output(Coverage.SHARES, "children"), Output(Coverage.SHARE_FORM, FILLED),
    Input(Coverage.SHARE_MAKE, "n_clicks"),
    State(Coverage.SHARE_LABEL, TYPED), State(Coverage.SHARE_SCOPE, "value"), State(Coverage.SHARE_UNTIL, TYPED),
    State(Coverage.FILTER, DATA),
    running=[(Output(Coverage.SHARE_MAKE, "disabled"), True, False)], **ON_CALL,
)  # fmt: skip
def make_share(n: int, label: Any, department: Any, until: Any, kept: dict[str, Any] | None) -> Any:
    """Make a page that can be read without an account."""
    if not n:
        return (dash.no_update,) * 5
    context = request.context()
    said, address = shares.make(context, label, department, until, flask.request.host_url, (kept or {}).get("until"))
    if address is None:
        return said, "", True, shares.listed(context), dash.no_update
    return said, address, False, shares.listed(context), forms.filled("", {}, saved=True)


@callback(
    Output(Coverage.SHARE_SAID, "children", allow_duplicate=True),
    Output(Coverage.SHARES, "children", allow_duplicate=True),
    Input({"of": SHARE_END, "share": ALL, "version": ALL}, "n_clicks"), **ON_CALL,
)  # fmt: skip
def end_share(clicks: list[int]) -> Any:
    """End a page."""
    pressed = dash.ctx.triggered_id
    if not any(clicks) or not isinstance(pressed, dict):
        return dash.no_update, dash.no_update
    context = request.context()
    return shares.end(context, pressed["share"], pressed["version"]), shares.listed(context)


_browser("copy", Output(Coverage.SHARE_COPIED, "children"), Input(Coverage.SHARE_COPY, "n_clicks"),
         State(Coverage.SHARE_LINK, "id"), **ON_CALL)  # fmt: skip
