"""What happens on the coverage screen: a form asks for something, the server does it and answers with the parts."""

from typing import Any

import flask
from dash import ClientsideFunction, Input, Output, State

from dashboard.pages.coverage import answers
from dashboard.pages.coverage.ids import Coverage
from dashboard.pages.kit.wiring import callback, clientside_callback
from dashboard.web import request


def _browser(name: str, *wiring: Any, **options: Any) -> None:
    """Wire a browser-side function of `assets/js/screens/coverage.js` to components."""
    clientside_callback(ClientsideFunction("coverage", name), *wiring, **options)


ON_CALL: dict[str, Any] = {"prevent_initial_call": True}

_browser("show", Output(Coverage.ROOT, "data-answer"), Input(Coverage.ANSWER, "data"), State(Coverage.ROOT, "id"),
         State(Coverage.ASKED, "id"))  # fmt: skip
_browser("count", Output(Coverage.ROOT, "data-counted"), Input(Coverage.COUNT, "n_clicks"),
         Input(Coverage.UNTIL, "data-entered"), State(Coverage.UNTIL, "data-typed"), **ON_CALL)  # fmt: skip
_browser("template", Output(Coverage.FOCAS_TEMPLATE, "href"), Input(Coverage.FOCAS_CHOSEN, "value"),
         Input(Coverage.FOCAS_ROUND, "value"), State(Coverage.FOCAS_TEMPLATE, "id"))  # fmt: skip
_browser("template", Output(Coverage.QSIP_TEMPLATE, "href"), Input(Coverage.QSIP_CHOSEN, "value"),
         Input(Coverage.QSIP_CHOSEN, "id"), State(Coverage.QSIP_TEMPLATE, "id"))  # fmt: skip


@callback(Output(Coverage.ANSWER, "data"), Input(Coverage.ASKED, "data"), prevent_initial_call=True)
def answer(sent: dict[str, Any] | None) -> dict[str, Any]:
    """Keep a score or a stage, share a page or end it, or show what is chosen; answer with the parts that changed."""
    return answers.answer(sent, request.context(), flask.request.host_url).sent()
