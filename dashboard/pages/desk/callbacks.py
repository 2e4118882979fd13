"""What happens on the screen of what waits: a person says that they have seen what is new."""

from typing import Any

from dash import ClientsideFunction, Input, Output, State

from dashboard.pages.desk import answers
from dashboard.pages.desk.ids import Desk
from dashboard.pages.kit.wiring import callback, clientside_callback
from dashboard.web import request

clientside_callback(
    ClientsideFunction("asking", "show"),
    Output(Desk.ROOT, "data-answer"),
    Input(Desk.ANSWER, "data"),
    State(Desk.ROOT, "id"),
    State(Desk.ASKED, "id"),
)


@callback(Output(Desk.ANSWER, "data"), Input(Desk.ASKED, "data"), prevent_initial_call=True)
def answer(sent: dict[str, Any] | None) -> dict[str, Any]:
    """Note what was seen; answer with the screen's parts."""
    return answers.answer(sent, request.context()).sent()
