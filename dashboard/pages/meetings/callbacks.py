"""What happens on the meetings screen: a form asks for something, the server does it and answers with the parts.

All forms ask by one store, for the browser draws them; it also keeps what is typed until the server has it.
"""

from typing import Any

from dash import ClientsideFunction, Input, Output, State

from dashboard.pages.kit.wiring import callback, clientside_callback
from dashboard.pages.meetings import answers
from dashboard.pages.meetings.ids import Meetings
from dashboard.web import request

clientside_callback(
    ClientsideFunction("meetings", "show"),
    Output(Meetings.ROOT, "data-answer"),
    Input(Meetings.ANSWER, "data"),
    State(Meetings.ROOT, "id"),
    State(Meetings.ASKED, "id"),
)


@callback(Output(Meetings.ANSWER, "data"), Input(Meetings.ASKED, "data"), prevent_initial_call=True)
def answer(sent: dict[str, Any] | None) -> dict[str, Any]:
    """Plan, change, open or close a meeting, keep a member, a copy or a decision; answer with the screen's parts."""
    return answers.answer(sent, request.context()).sent()
