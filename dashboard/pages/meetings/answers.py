"""Do what a person asks for on the meetings screen, and answer with the screen's parts and what came of it.

What a browser sends is never trusted: the record judges it. What it answers says of the form that asked whether it
was kept, so that the browser forgets what was typed only once it is.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from dash import html

from dashboard.clusters.ranking import LETTERS, ComparisonError
from dashboard.pages.kit import outcomes
from dashboard.pages.kit.elements import link
from dashboard.pages.kit.protocol import Act, FormAnswer, FormRequest, attempt
from dashboard.pages.meetings import deeds, meeting, members, overview, room
from dashboard.pages.meetings.deeds import content
from dashboard.pages.meetings.deeds import done as _done
from dashboard.pages.meetings.ids import MeetingsPart
from dashboard.pages.meetings.sitting import GroupPeriod, Sitting, department_of, period_of
from dashboard.pages.meetings.values import shower
from dashboard.records.core import RecordsError
from dashboard.records.meetings import decisions, groups, meetings, snapshots
from dashboard.web.request import RequestContext

APART = "/"  # between the department and the period of an overview; no meeting has it in its id


def page_of(of: str, context: RequestContext) -> dict[str, Any]:
    """Return the parts of the page in sight: of a meeting by its id, or of a department's period.

    Raises Refused, Missing.
    """
    if APART in of:
        department, _, period = of.partition(APART)
        seen = GroupPeriod(context, department_of(context, department), period_of(context, period)[0])
        made = {
            MeetingsPart.YEARS: overview.years,
            MeetingsPart.RULES: members.rules,
            MeetingsPart.MEMBERS: members.members,
        }
        return {str(part): make(seen) for part, make in made.items()}
    return meeting.parts(Sitting(context, of))


def first(of: str, context: RequestContext) -> FormAnswer:
    """Return what a page shows when it is opened. Raises Refused, Missing."""
    return FormAnswer(shown=page_of(of, context))


def answer(sent: Any, context: RequestContext) -> FormAnswer:
    """Do what was asked and return the parts as they are afterwards, what came of it, and to which form."""
    request = FormRequest.read(sent)
    try:
        made = attempt(request, DOES, context, partial(shower, context))
    except ComparisonError as error:
        why = outcomes.problem(html.B(context.say(error.message, **error.fields)))
        made = FormAnswer(form=request.form, at=request.at, saved=False, conflict=False, outcome=[why])
    try:
        return made.but(shown=page_of(request.of, context))
    except RecordsError as error:
        # what is on the screen stays there, with all that was typed
        return made.but(outcome=[outcomes.refusal(error, context.words)]) if made.saved else made


def _plan(request: FormRequest, context: RequestContext) -> list[Any]:
    values = dict(request.values)
    number = _whole(values.pop("number", None))
    kept = meetings.plan_meeting(
        context.store, context.actor, request.subject, number, values.pop("held_on", None),
        key=request.key, **{name: value for name, value in values.items() if name in meetings.EDITABLE},
    )  # fmt: skip
    named = {"number": kept.number, "year": kept.held_on.year}
    way = link(context.words.say("meetings.to_meeting", **named), f"/reuniones/{kept.id}", "inline-link")
    return [html.P([context.words.say("meetings.done.plan", **named), " ", way], className="done", role="status")]


def _member(request: FormRequest, context: RequestContext) -> list[Any]:
    department, _, period = request.of.partition(APART)
    kept = groups.keep_member(
        context.store, context.actor, dict(request.values) | {"department": department, "period": period},
        id=request.subject or None, version=request.version, key=request.key,
    )  # fmt: skip
    return _done(context, "member", name=kept.name)


def _change(request: FormRequest, context: RequestContext) -> list[Any]:
    meetings.change_meeting(
        context.store, context.actor, request.subject, request.version, content(request.values), key=request.key
    )
    return _done(context, "change")


def _open(request: FormRequest, context: RequestContext) -> list[Any]:
    meetings.open_meeting(context.store, context.actor, request.subject, request.version, key=request.key)
    return _done(context, "open")


def _close(request: FormRequest, context: RequestContext) -> list[Any]:
    meetings.close_meeting(context.store, context.actor, request.subject, request.version, key=request.key)
    return _done(context, "close")


def _take(request: FormRequest, context: RequestContext) -> list[Any]:
    taken = snapshots.take(context.store, context.actor, request.of, request.subject, key=request.key)
    return _done(context, "take", at=context.words.moment(taken.taken_at))


def _compare(request: FormRequest, context: RequestContext) -> list[Any]:
    wanted = dict(request.values).get("proposals")
    wanted = wanted[: len(LETTERS) + 1] if isinstance(wanted, list) else []
    taken = snapshots.take_comparison(context.store, context.actor, request.of, wanted, key=request.key)
    return _done(context, "take", at=context.words.moment(taken.taken_at))


def _decide(request: FormRequest, context: RequestContext) -> list[Any]:
    values = request.values
    judged: dict[str, Any] = {name: values.get(name) for name in ("outcome", *decisions.VOTES)}
    decisions.decide(
        context.store, context.actor, request.of, request.subject, **judged,
        dissent=values.get("dissent"), text=values.get("text", ""), waivers=values.get("waivers"),
        version=request.version, key=request.key,
    )  # fmt: skip
    return _done(context, "decide")


def _whole(value: Any) -> Any:
    """A number chosen from a list comes as text."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 3 else value


DOES: Mapping[str, Act[FormRequest]] = {
    "plan": _plan,
    "member": _member,
    "change": _change,
    "open": _open,
    "close": _close,
    "take": _take,
    "compare": _compare,
    "decide": _decide,
    **deeds.DOES,
    **room.DOES,
}
