"""Make addresses of live data and end them, and answer with the parts that changed."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from dash import html

from dashboard.pages.kit import outcomes, sharing
from dashboard.pages.kit.protocol import Act, FormAnswer, FormRequest, attempt
from dashboard.pages.live import addresses
from dashboard.pages.live.ids import LiveDo, LivePart
from dashboard.records.people.sharing import LIVE
from dashboard.web.request import RequestContext

ADDRESSES = sharing.Sharing(LIVE, "live", LiveDo.MAKE, LiveDo.END, "form-grid", uses=True)


def first(context: RequestContext) -> FormAnswer:
    """Return what the screen shows when it is opened."""
    return FormAnswer(shown={LivePart.NEW: ADDRESSES.form(context, None), LivePart.LIST: ADDRESSES.listed(context)})


def answer(sent: Any, context: RequestContext, root: str) -> FormAnswer:
    """Do what was asked. root: of the addresses of this server."""
    request = FormRequest.read(sent)
    acts: Mapping[str, Act[FormRequest]] = {LiveDo.MAKE: partial(_make, root=root), LiveDo.END: _end}
    made = attempt(request, acts, context, lambda _: lambda _, value: str(value))
    if not made.saved:
        return made
    shown = {LivePart.LIST: ADDRESSES.listed(context)}
    if request.do == LiveDo.MAKE:  # another can be made
        shown[LivePart.NEW] = ADDRESSES.form(context, None)
    return made.but(shown=shown)


def _make(request: FormRequest, context: RequestContext, root: str) -> list[Any]:
    token, share = ADDRESSES.new(request, context)
    say = context.words.say
    lines = [
        (f"live-{name}-{kind}", _called(name, kind, context), addresses.address(root, token, name, kind))
        for name, kind in addresses.EVERY
    ]
    return [
        outcomes.done(say("live.made", label=share.label, day=context.words.day(share.expires_on))),
        html.P(say("live.once"), className="muted"),
        *sharing.addresses(lines, say, "live-address"),
    ]


def _called(name: str, kind: str, context: RequestContext) -> str:
    say = context.words.say
    return say("live.address_of", what=say(f"live.what.{name}"), kind=say(f"live.kind.{kind}"))


def _end(request: FormRequest, context: RequestContext) -> list[Any]:
    return ADDRESSES.stop(request, context)
