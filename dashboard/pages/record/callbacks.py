"""What happens on the register's screens: a person asks for something, the server does it and answers with the parts.

Whatever it is, the browser sends it by one store, since forms and lists are drawn by the browser itself.
"""

from typing import Any

from dash import ClientsideFunction, Input, Output, State

from dashboard.pages.kit.wiring import callback, clientside_callback
from dashboard.pages.record import answers
from dashboard.pages.record.ids import Register
from dashboard.web import request

clientside_callback(
    ClientsideFunction("register", "show"),
    Output(Register.ROOT, "data-answer"),
    Input(Register.ANSWER, "data"),
    State(Register.BODY, "id"),
    State(Register.ASKED, "id"),
)


@callback(Output(Register.ANSWER, "data"), Input(Register.ASKED, "data"), prevent_initial_call=True)
def answer(sent: dict[str, Any] | None) -> dict[str, Any]:
    """Filter, change, make a step, look at the history; answer with the screen's parts."""
    return answers.answer(sent, request.context()).sent()
