"""What happens on the screen of live data: addresses are made and ended."""

from typing import Any

import flask
from dash import ClientsideFunction, Input, Output, State

from dashboard.pages.kit.wiring import callback, clientside_callback
from dashboard.pages.live import answers
from dashboard.pages.live.ids import Live
from dashboard.web import request

clientside_callback(
    ClientsideFunction("asking", "show"),
    Output(Live.ROOT, "data-answer"),
    Input(Live.ANSWER, "data"),
    State(Live.ROOT, "id"),
    State(Live.ASKED, "id"),
)


@callback(Output(Live.ANSWER, "data"), Input(Live.ASKED, "data"), prevent_initial_call=True)
def answer(sent: dict[str, Any] | None) -> dict[str, Any]:
    """Make addresses, or end them; answer with the screen's parts."""
    return answers.answer(sent, request.context(), flask.request.host_url).sent()
