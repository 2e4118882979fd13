"""Do what a person asks for on the meetings screen, and answer with the screen's parts and what came of it.

What a browser sends is never trusted: the record judges it. What it answers says of the form that asked whether it
was kept, so that the browser forgets what was typed only once it is.
"""

from collections.abc import Callable, Mapping
from typing import Any

from dash import html

from dashboard.clusters.ranking import LETTERS, ComparisonError
from dashboard.pages.kit import outcomes
from dashboard.pages.kit.elements import link
from dashboard.pages.meetings import meeting, members, overview
from dashboard.pages.meetings.ids import Part
from dashboard.pages.meetings.sitting import GroupPeriod, Sitting, department_of, period_of
from dashboard.pages.meetings.values import shower
from dashboard.records.core import BadInput, Conflict, Fault, RecordsError
from dashboard.records.meetings import groups, meetings, snapshots
from dashboard.web.request import RequestContext

Asked = Mapping[str, Any]
APART = "/"  # between the department and the period of an overview; no meeting has it in its id


def page_of(of: Any, context: RequestContext) -> dict[str, Any]:
    """Return the parts of the page in sight: of a meeting by its id, or of a department's period. Raises Refused,
    Missing."""
    if isinstance(of, str) and APART in of:
        department, _, period = of.partition(APART)
        seen = GroupPeriod(context, department_of(context, department), period_of(context, period)[0])
        made = {Part.YEARS: overview.years, Part.RULES: members.rules, Part.MEMBERS: members.members}
        return {str(part): make(seen) for part, make in made.items()}
    return meeting.parts(Sitting(context, of if isinstance(of, str) else ""))


def first(of: str, context: RequestContext) -> dict[str, Any]:
    """Return what a page shows when it is opened. Raises Refused, Missing."""
    return {"shown": page_of(of, context)}


def answer(asked: Any, context: RequestContext) -> dict[str, Any]:
    """Do what was asked and return the parts as they are afterwards, what is told, and to which form."""
    asked = asked if isinstance(asked, Mapping) else {}
    made: dict[str, Any] = {"form": asked.get("form"), "at": asked.get("at"), "ok": False, "clash": False}
    try:
        made |= {"told": DOES.get(_text(asked.get("do")), _unknown)(asked, context), "ok": True}
    except Conflict as error:
        made |= {"told": [_clash(error, context)], "clash": True}
    except RecordsError as error:
        made["told"] = [outcomes.refusal(error, context.words)]
    except ComparisonError as error:
        made["told"] = [html.Div(html.P(html.B(context.words.say(error.message, **error.fields))), className="error",
                                 role="alert")]  # fmt: skip
    try:
        made["shown"] = page_of(asked.get("of"), context)
    except RecordsError as error:
        # what is on the screen stays there, with all that was typed
        made |= {"shown": {}, "told": made["told"] if not made["ok"] else [outcomes.refusal(error, context.words)]}
    return made


def _clash(error: Conflict, context: RequestContext) -> html.Div:
    """Both versions, and the two ways on: to keep what one typed on top of theirs, or theirs as it is."""
    say, shown = context.words.say, shower(context, error.theirs)
    ways = [
        html.Button(say(f"meetings.clash_{way}"), type="button", className="button", **{"data-clash": way})
        for way in ("mine", "theirs")
    ]
    return html.Div([outcomes.clash(error, context.words, shown), html.Div(ways, className="button-row")])


def _unknown(asked: Asked, context: RequestContext) -> list[Any]:
    raise BadInput((Fault("records.fault.unknown_step", {}),))


def _values(asked: Asked) -> dict[str, Any]:
    values = asked.get("values")
    return dict(values) if isinstance(values, Mapping) else {}


def _done(context: RequestContext, key: str, **fields: Any) -> list[Any]:
    return [outcomes.done(context.words.say(f"meetings.done.{key}", **fields))]


def _plan(asked: Asked, context: RequestContext) -> list[Any]:
    values = _values(asked)
    number = _whole(values.pop("number", None))
    kept = meetings.plan_meeting(
        context.store, context.actor, _text(asked.get("subject")), number, values.pop("held_on", None),
        key=asked.get("key"), **{name: value for name, value in values.items() if name in meetings.EDITABLE},
    )  # fmt: skip
    named = {"number": kept.number, "year": kept.held_on.year}
    way = link(context.words.say("meetings.to_meeting", **named), f"/reuniones/{kept.id}", "inline-link")
    return [html.P([context.words.say("meetings.done.plan", **named), " ", way], className="done", role="status")]


def _member(asked: Asked, context: RequestContext) -> list[Any]:
    department, _, period = _text(asked.get("of")).partition(APART)
    kept = groups.keep_member(
        context.store, context.actor, _values(asked) | {"department": department, "period": period},
        id=asked.get("subject") or None, version=asked.get("version"), key=asked.get("key"),
    )  # fmt: skip
    return _done(context, "member", name=kept.name)


def _change(asked: Asked, context: RequestContext) -> list[Any]:
    meetings.change_meeting(
        context.store, context.actor, asked.get("subject"), asked.get("version"), _values(asked), key=asked.get("key")
    )
    return _done(context, "change")


def _open(asked: Asked, context: RequestContext) -> list[Any]:
    meetings.open_meeting(
        context.store, context.actor, asked.get("subject"), asked.get("version"), key=asked.get("key")
    )
    return _done(context, "open")


def _close(asked: Asked, context: RequestContext) -> list[Any]:
    meetings.close_meeting(
        context.store, context.actor, asked.get("subject"), asked.get("version"), key=asked.get("key")
    )
    return _done(context, "close")


def _take(asked: Asked, context: RequestContext) -> list[Any]:
    taken = snapshots.take(context.store, context.actor, asked.get("of"), asked.get("subject"), key=asked.get("key"))
    return _done(context, "take", at=context.words.moment(taken.taken_at))


def _compare(asked: Asked, context: RequestContext) -> list[Any]:
    wanted = _values(asked).get("proposals")
    wanted = wanted[: len(LETTERS) + 1] if isinstance(wanted, list) else []
    taken = snapshots.take_comparison(context.store, context.actor, asked.get("of"), wanted, key=asked.get("key"))
    return _done(context, "take", at=context.words.moment(taken.taken_at))


def _decide(asked: Asked, context: RequestContext) -> list[Any]:
    values = _values(asked)
    meetings.decide(
        context.store, context.actor, asked.get("of"), asked.get("subject"), values.get("outcome"),
        **{name: values.get(name) for name in meetings.VOTES},
        dissent=values.get("dissent"), text=values.get("text", ""), waivers=values.get("waivers"),
        version=asked.get("version"), key=asked.get("key"),
    )  # fmt: skip
    return _done(context, "decide")


def _whole(value: Any) -> Any:
    """A number chosen from a list comes as text."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 3 else value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


DOES: Mapping[str, Callable[[Asked, RequestContext], list[Any]]] = {
    "plan": _plan,
    "member": _member,
    "change": _change,
    "open": _open,
    "close": _close,
    "take": _take,
    "compare": _compare,
    "decide": _decide,
}
