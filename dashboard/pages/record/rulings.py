"""Show what consultative groups ruled on a proposal: in sight of all beside its life, and in its history."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.pages.kit import elements
from dashboard.pages.record import sentences
from dashboard.records.meetings import VOTES, Ruling, last
from dashboard.web.request import RequestContext


def mark(ruling: Ruling, context: RequestContext) -> html.Span:
    """Return how a group decided, in few words, for lists."""
    told = context.say("register.ruled_short", outcome=context.say(f"records.outcome.{ruling.outcome}"),
                    day=sentences.short(ruling.held_on, context))  # fmt: skip
    return html.Span(told, className=f"ruling-mark outcome-{ruling.outcome}")


def standing(made: Sequence[Ruling], context: RequestContext) -> list[Any]:
    """Return the ruling that stands, or nothing where no group has decided yet."""
    ruling = last(made)
    if ruling is None:
        return []
    return [html.Div([html.H4(context.say("register.ruling")), *told(ruling, context)], className="ruling")]


def told(ruling: Ruling, context: RequestContext) -> list[Any]:
    """Return a ruling: how the group decided, on which day, with which votes, where, and what it set aside and why."""
    say = context.say
    votes = {name: getattr(ruling, name) for name in VOTES}
    where = say("register.meeting_of", number=ruling.number, year=ruling.held_on.year)
    line: list[Any] = [
        html.B(say(f"records.outcome.{ruling.outcome}"), className=f"outcome-{ruling.outcome}"), " · ",
        context.words.day(ruling.held_on), " · ", say("meetings.votes", **votes), " · ",
        html.A(where, href=f"/reuniones/{ruling.meeting}"),
    ]  # fmt: skip
    text = [html.P(elements.own(ruling.text, "written"))] if ruling.text else []
    return [html.P(line), *text, *waivers(ruling, context)]


def waivers(ruling: Ruling, context: RequestContext) -> list[Any]:
    """Return the rules that the group set aside, each with its reason."""
    say = context.say
    rows = [
        html.Li([html.B(say(f"rule.{rule}.name")), ": ", elements.own(why)]) for rule, why in ruling.waivers.items()
    ]
    return [html.P(say("meetings.waived")), html.Ul(rows)] if rows else []


def entry(ruling: Ruling, context: RequestContext) -> html.Li:
    """Return a ruling as an entry of the history, which has no number: the content did not change."""
    about = [
        sentences.moment(ruling.at, context), " · ", *sentences.who(ruling.by, ruling.by_role, context),
    ]  # fmt: skip
    return html.Li(
        [
            html.Div(html.B(context.say("register.ruling")), className="entry-head"),
            html.P(about, className="entry-about"),
            *told(ruling, context),
        ],
        className="entry ruled",
    )
