"""Show what consultative groups ruled on a proposal: in sight of all beside its life, and in its history."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.pages.kit import elements
from dashboard.pages.record import sentences
from dashboard.pages.record.desk import Desk
from dashboard.records.meetings import VOTES, Ruling, last


def mark(ruling: Ruling, desk: Desk) -> html.Span:
    """Return how a group decided, in few words, for lists."""
    told = desk.say("register.ruled_short", outcome=desk.say(f"records.outcome.{ruling.outcome}"),
                    day=sentences.short(ruling.held_on, desk))  # fmt: skip
    return html.Span(told, className=f"ruling-mark outcome-{ruling.outcome}")


def standing(made: Sequence[Ruling], desk: Desk) -> list[Any]:
    """Return the ruling that stands, or nothing where no group has decided yet."""
    ruling = last(made)
    if ruling is None:
        return []
    return [html.Div([html.H4(desk.say("register.ruling")), *told(ruling, desk)], className="ruling")]


def told(ruling: Ruling, desk: Desk) -> list[Any]:
    """Return a ruling: how the group decided, on which day, with which votes, where, and what it set aside and why."""
    say = desk.say
    votes = {name: getattr(ruling, name) for name in VOTES}
    where = say("register.meeting_of", number=ruling.number, year=ruling.held_on.year)
    line = [
        html.B(say(f"records.outcome.{ruling.outcome}"), className=f"outcome-{ruling.outcome}"), " · ",
        desk.words.day(ruling.held_on), " · ", say("meetings.votes", **votes), " · ",
        html.A(where, href=f"/reuniones/{ruling.meeting}"),
    ]  # fmt: skip
    text = [html.P(elements.own(ruling.text, "written"))] if ruling.text else []
    return [html.P(line), *text, *waivers(ruling, desk)]


def waivers(ruling: Ruling, desk: Desk) -> list[Any]:
    """Return the rules that the group set aside, each with its reason."""
    say = desk.say
    rows = [
        html.Li([html.B(say(f"rule.{rule}.name")), ": ", elements.own(why)]) for rule, why in ruling.waivers.items()
    ]
    return [html.P(say("meetings.waived")), html.Ul(rows)] if rows else []


def entry(ruling: Ruling, desk: Desk) -> html.Li:
    """Return a ruling as an entry of the history, which has no number: the content did not change."""
    about = [
        sentences.moment(ruling.at, desk), " · ", *sentences.who(ruling.by, ruling.by_role, desk),
    ]  # fmt: skip
    return html.Li(
        [html.Div(html.B(desk.say("register.ruling")), className="entry-head"), html.P(about, className="entry-about"),
         *told(ruling, desk)],
        className="entry ruled",
    )  # fmt: skip
