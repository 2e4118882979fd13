"""Show what waits for whoever asks and what is new to them, and note that they have seen it."""

from typing import Any

from dashboard.pages.desk import parts
from dashboard.pages.desk.ids import DeskDo, DeskPart
from dashboard.pages.kit import outcomes
from dashboard.pages.kit.protocol import FormAnswer, FormRequest, attempt
from dashboard.records.desk import news, waiting
from dashboard.records.people import looks
from dashboard.web.request import RequestContext


def first(context: RequestContext) -> FormAnswer:
    """Return what the screen shows when it is opened."""
    return FormAnswer(shown=_shown(context))


def answer(sent: Any, context: RequestContext) -> FormAnswer:
    """Do what was asked."""
    request = FormRequest.read(sent)
    made = attempt(request, {DeskDo.SEEN: _seen}, context, lambda _: lambda _, value: str(value))
    return made.but(shown=_shown(context)) if made.saved else made


def _seen(_: FormRequest, context: RequestContext) -> list[Any]:
    looks.clear(context.store, context.actor)
    return [outcomes.done(context.say("desk.seen_done"))]


def _shown(context: RequestContext) -> dict[str, Any]:
    found = waiting(context.store, context.actor)
    return {
        DeskPart.WAITING: parts.waiting(found, context),
        DeskPart.NEWS: parts.news(news(context.store, context.actor), context),
    }
