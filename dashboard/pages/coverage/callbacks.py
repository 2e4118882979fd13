"""What happens on the coverage screen: a form asks for something, the server does it and answers with the parts."""

from typing import Any

import flask
from dash import ClientsideFunction, Input, Output, State

from dashboard.pages.coverage import answers
from dashboard.pages.coverage.ids import CoverageId
from dashboard.pages.kit.wiring import callback, clientside_callback
from dashboard.web import request


def _browser(name: str, *wiring: Any, **options: Any) -> None:
    """Wire a browser-side function of `assets/js/screens/coverage.js` to components."""
    clientside_callback(ClientsideFunction("coverage", name), *wiring, **options)


ON_CALL: dict[str, Any] = {"prevent_initial_call": True}

_browser("show", Output(CoverageId.ROOT, "data-answer"), Input(CoverageId.ANSWER, "data"), State(CoverageId.ROOT, "id"),
         State(CoverageId.ASKED, "id"))  # fmt: skip
_browser("count", Output(CoverageId.ROOT, "data-counted"), Input(CoverageId.COUNT, "n_clicks"),
         Input(CoverageId.UNTIL, "data-entered"), State(CoverageId.UNTIL, "data-typed"), **ON_CALL)  # fmt: skip
_browser("template", Output(CoverageId.FOCAS_TEMPLATE, "href"), Input(CoverageId.FOCAS_CHOSEN, "value"),
         Input(CoverageId.FOCAS_ROUND, "value"), State(CoverageId.FOCAS_TEMPLATE, "id"))  # fmt: skip
_browser("template", Output(CoverageId.QSIP_TEMPLATE, "href"), Input(CoverageId.QSIP_CHOSEN, "value"),
         Input(CoverageId.QSIP_CHOSEN, "id"), State(CoverageId.QSIP_TEMPLATE, "id"))  # fmt: skip


@callback(Output(CoverageId.ANSWER, "data"), Input(CoverageId.ASKED, "data"), prevent_initial_call=True)
def answer(sent: dict[str, Any] | None) -> dict[str, Any]:
    """Keep a score or a stage, share a page or end it, or show what is chosen; answer with the parts that changed."""
    return answers.answer(sent, request.context(), flask.request.host_url).sent()
