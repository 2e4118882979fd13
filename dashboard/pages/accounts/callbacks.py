"""What happens on the accounts screen: a form asks for something, the server does it and answers with the parts."""

from typing import Any

from dash import ClientsideFunction, Input, Output, State

from dashboard.pages.accounts import answers
from dashboard.pages.accounts.ids import Accounts
from dashboard.pages.kit.wiring import callback, clientside_callback
from dashboard.web import request

clientside_callback(
    ClientsideFunction("asking", "show"),
    Output(Accounts.ROOT, "data-answer"),
    Input(Accounts.ANSWER, "data"),
    State(Accounts.ROOT, "id"),
    State(Accounts.ASKED, "id"),
)


@callback(Output(Accounts.ANSWER, "data"), Input(Accounts.ASKED, "data"), prevent_initial_call=True)
def answer(sent: dict[str, Any] | None) -> dict[str, Any]:
    """Make, change or unlock an account, or set a password; answer with the screen's parts."""
    return answers.answer(sent, request.context()).sent()
