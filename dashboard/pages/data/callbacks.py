"""What happens on the data screen: a person asks for something, the server does it and answers with the parts.

Whatever it is, the browser sends it by one store, for most of what can be pressed is drawn by the
browser itself; while a file is worked on, the browser asks again until that has ended.
"""

from functools import partial
from typing import Any

from dash import ClientsideFunction, Input, Output, State

from dashboard.pages.data import answers, backdrops
from dashboard.pages.data.backdrops import Backdrops
from dashboard.pages.data.ids import Data
from dashboard.pages.kit.wiring import callback, clientside_callback
from dashboard.records.core import may
from dashboard.web import editions, request
from dashboard.web.access import allowance


def _browser(name: str, *wiring: Any, **options: Any) -> None:
    """Wire a browser-side function of `assets/js/screens/data.js` to components."""
    clientside_callback(ClientsideFunction("intake", name), *wiring, **options)


_browser("open", Output(Data.ASKED, "data"), Input(Data.ROOT, "id"), State(Data.ASKED, "id"))
_browser(
    "show",
    Output(Data.ROOT, "data-answer"), Input(Data.ANSWER, "data"),
    *(State(part, "id") for part in answers.PARTS), prevent_initial_call=True,
)  # fmt: skip


@callback(Output(Data.ANSWER, "data"), Input(Data.ASKED, "data"), prevent_initial_call=True)
def answer(sent: dict[str, Any] | None) -> dict[str, Any]:
    """Look at, check, import or give up a file, or put an edition in use; answer with the screen's parts."""
    actor = request.actor()
    count = partial(allowance.spend, allowance.IMPORT)
    context = answers.ImportContext(
        editions.store(), request.dataset(), may(actor, "data.change"), actor.name, count, editions.served().in_use
    )
    return answers.answer(sent, context).sent()


clientside_callback(
    ClientsideFunction("backdrops", "show"), Output(Backdrops.ROOT, "data-answer"), Input(Backdrops.ANSWER, "data"),
    State(Backdrops.ROOT, "id"), State(Backdrops.ASKED, "id"),
)  # fmt: skip


@callback(Output(Backdrops.ANSWER, "data"), Input(Backdrops.ASKED, "data"), prevent_initial_call=True)
def answer_backdrops(sent: dict[str, Any] | None) -> dict[str, Any]:
    """Offer a map of another server, or remove one; answer with what is offered then."""
    return backdrops.answer(sent, request.context()).sent()
