"""Make the parts of the screen: what waits, by kind, and what others changed."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dash import html

from dashboard.pages.desk.ids import DeskDo
from dashboard.pages.kit import elements, forms, outcomes
from dashboard.records.core import LOCAL, OF_A_DEPARTMENT
from dashboard.records.desk import AGREED, MEET, MENTION, RETURNED, Item, News, Novelty
from dashboard.records.proposals import load_steps
from dashboard.records.tracking import LATE
from dashboard.web.request import RequestContext

SHORT = 220  # letters of what somebody wrote


def waiting(found: Sequence[Item], context: RequestContext) -> list[Any]:
    """Return what waits, by kind; where nothing does, what one could do."""
    if not found:
        return [_empty(context)]
    return [_kind(kind, list(items), context) for kind, items in groupby(found, key=lambda item: item.kind)]


def _empty(context: RequestContext) -> html.Div:
    say, role = context.say, context.actor.role
    ways = [html.A(say(f"desk.way.{way}"), href=href, className="button as-link") for way, href in _ways(context)]
    return html.Div(
        [
            html.P(html.B(say("desk.nothing"))),
            html.P(say(f"desk.empty.{role}")),
            html.Div(ways, className="button-row"),
        ],
        className="nothing",
    )


def _ways(context: RequestContext) -> list[tuple[str, str]]:
    actor = context.actor
    if actor.role in (LOCAL, *OF_A_DEPARTMENT):
        return [("map", "/"), ("register", "/registro")]
    if context.may("account.change"):
        return [("accounts", "/cuentas"), ("data", "/datos")]
    return [("register", "/registro"), ("coverage", "/cobertura")]


def _kind(kind: str, items: Sequence[Item], context: RequestContext) -> html.Section:
    say = context.say
    heading = html.H3([say(f"desk.kind.{kind}"), html.Span(str(len(items)), className="count")])
    rows = [html.Li(_item(item, context), className=f"desk-item is-{kind}") for item in items]
    return html.Section([heading, html.Ul(rows, className="desk-items")], className="desk-kind")


def _item(item: Item, context: RequestContext) -> list[Any]:
    """Return one thing that waits: who it is about, what somebody wrote, since when, and how late it is."""
    say, words = context.say, context.words
    place = context.territory.departments.get(item.department)
    about = [place.name if place else item.department]
    if item.kind == AGREED:
        about += [say("desk.answers_for", name=item.by)] if item.by else []
    elif item.kind == MEET:
        about.append(say(f"desk.meeting_{item.state}"))
    else:
        about.append(say(f"records.state.{item.state}"))
    if item.since is not None:
        about.append(say("desk.held" if item.kind == MEET else "desk.since", day=words.day(item.since)))
    line = [html.A(_name(item, context), href=_address(item), className="desk-link"),
            html.Span(" · ".join(about), className="desk-about")]  # fmt: skip
    return [html.Div(line, className="desk-line"), *_note(item, context), *_due(item, context)]


def _name(item: Item, context: RequestContext) -> Any:
    if item.kind == MEET:
        return context.say("desk.meeting", number=item.name)
    if item.kind == AGREED:
        return context.say("desk.agreement", number=item.name)
    return elements.own(item.name)


def _address(item: Item) -> str:
    if item.kind in (MEET, AGREED):
        return f"/reuniones/{item.id}"
    return f"/registro/{item.id}#comentario-{item.comment}" if item.kind == MENTION else f"/registro/{item.id}"


def _note(item: Item, context: RequestContext) -> list[Any]:
    if item.kind == AGREED:
        return [html.P(elements.own(_short(item.note), "written"), className="desk-agreed")]
    if item.kind not in (RETURNED, MENTION):
        return []
    who = context.say(f"desk.by_{item.kind}", name=item.by, role=_role(item.by_role, context))
    text = html.P(elements.own(_short(item.note), "written"))
    return [html.Blockquote([html.P(who, className="entry-about", dir="auto"), text], className="desk-note")]


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()}…"


def _role(role: str, context: RequestContext) -> str:
    return context.say(f"records.role.{role}") if role else ""


def _due(item: Item, context: RequestContext) -> list[Any]:
    """Return by when the next state is due, or how late it is."""
    dated, words = item.dated, context.words
    if item.due_on is not None:
        is_late = item.due_on < context.store.today
        told = {"day": words.day(item.due_on), "span": words.span(item.due_on, context.store.today) if is_late else ""}
        key = "desk.agreement_late" if is_late else "desk.agreement_due"
        return [html.P(context.say(key, **told), className="desk-due late" if is_late else "desk-due")]
    if dated is None or dated.due is None:
        return []
    told = {"state": context.say(f"records.state.{dated.state}"), "day": words.day(dated.due)}
    if dated.status != LATE:
        return [html.P(context.say("desk.due", **told), className="desk-due")]
    said = context.say("desk.late", span=dated.late_by(words), **told)
    return [html.P(said, className="desk-due late")]


# ---- what is new


def news(found: News, context: RequestContext) -> list[Any]:
    """Return what others changed, and what says that it was seen."""
    say = context.say
    heading = html.H3([say("desk.news"), *([html.Span(str(found.n), className="count")] if found.n else [])])
    if found.since is None:
        first = say("desk.first_local" if context.actor.role == LOCAL else "desk.first")
        return [heading, outcomes.empty(first), *([_seen(context)] if context.actor.role == LOCAL else [])]
    since = say("desk.news_since", moment=context.words.moment(found.since))
    if not found.changes:
        return [heading, html.P(since, className="muted"), outcomes.empty(say("desk.no_news"))]
    rows = [html.Li(_change(change, context)) for change in found.changes]
    more = found.n - len(found.changes)
    rest = [html.P(say("desk.more", n=more), className="muted")] if more else []
    return [heading, html.P(since, className="muted"), html.Ul(rows, className="desk-changes"), *rest, _seen(context)]


def _seen(context: RequestContext) -> html.Form:
    return forms.form(DeskDo.SEEN, [], context.say("desk.seen"), name="desk-seen", kept=False)


def _change(change: Novelty, context: RequestContext) -> list[Any]:
    say = context.say
    place = context.territory.departments.get(change.department)
    if change.meeting:
        where = place.name if place else change.department
        name: Any = html.A(
            say("desk.meeting_in", number=change.number, place=where), href=f"/reuniones/{change.meeting}"
        )
    else:
        name = html.A(elements.own(change.name), href=f"/registro/{change.proposal}")
    by = say("desk.by", name=change.by, role=_role_of(change.by_role, context))
    about: list[Any] = [context.words.short_moment(change.at), " · ", elements.own(by)]
    return [name, html.Span(_deed(change, context), className="desk-deed"), html.Span(about, className="entry-about")]


def _role_of(role: str, context: RequestContext) -> str:
    return context.say("register.programme") if role == "programme" else _role(role, context)


def _deed(change: Novelty, context: RequestContext) -> str:
    """Return what was done, in words."""
    if change.kind == "proposal" and change.action in load_steps().by_name:
        return context.say(f"records.step.{change.action}")
    if change.kind == "proposal":
        return context.say(f"register.deed.{change.action}")
    known = f"{change.kind}_{change.action}"
    return context.say(f"desk.deed.{known if known in DEEDS else change.kind}")


DEEDS = (
    "agreement_follow", "comment_withdraw_comment", "attachment_withdraw_attachment", 
    "meeting_plan", "meeting_open", "meeting_close",
)  # fmt: skip
