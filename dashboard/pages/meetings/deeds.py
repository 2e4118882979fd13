"""Do what a person asks of a meeting as an institution: its agreements, corrections, moving and cancelling it."""

from collections.abc import Mapping
from typing import Any

from dashboard.pages.kit import outcomes
from dashboard.pages.kit.protocol import Act, FormRequest
from dashboard.pages.meetings.own_criteria import OWN_PARTS
from dashboard.pages.meetings.session import GUEST
from dashboard.records.meetings import agreements, corrections, meetings
from dashboard.records.proposals import amend
from dashboard.web.request import RequestContext


def done(context: RequestContext, key: str, **fields: Any) -> list[Any]:
    """Return what is said when something was kept."""
    return [outcomes.done(context.words.say(f"meetings.done.{key}", **fields))]


# what comes column by column: by the field, its parts, whose names begin with a word
COLUMNS = {"guests": ("guest_", GUEST), "own_criteria": ("own_", OWN_PARTS)}


def content(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form sent of a meeting as the record takes it: what comes column by column, as rows."""
    prefixes = tuple(prefix for prefix, _ in COLUMNS.values())
    sent = {name: value for name, value in values.items() if not name.startswith(prefixes)}
    for field, (prefix, parts) in COLUMNS.items():
        given = {part: values.get(prefix + part) for part in parts}
        columns = {part: column for part, column in given.items() if isinstance(column, Mapping)}
        if columns:
            rows = sorted({row for column in columns.values() for row in column}, key=lambda row: (len(row), row))
            sent[field] = [{part: column.get(row, "") for part, column in columns.items()} for row in rows]
    return sent


def _text(request: FormRequest, name: str) -> Any:
    return request.values.get(name, "")


def _undo(request: FormRequest, context: RequestContext) -> list[Any]:
    meetings.undo_opening(context.store, context.actor, request.subject, request.version, key=request.key)
    return done(context, "undo")


def _move(request: FormRequest, context: RequestContext) -> list[Any]:
    kept = meetings.move_meeting(
        context.store, context.actor, request.subject, request.version, request.values, _text(request, "reason"),
        key=request.key,
    )  # fmt: skip
    return done(context, "move", day=context.words.day(kept.held_on))


def _cancel(request: FormRequest, context: RequestContext) -> list[Any]:
    meetings.cancel_meeting(
        context.store, context.actor, request.subject, request.version, _text(request, "reason"), key=request.key
    )
    return done(context, "cancel")


def _restore(request: FormRequest, context: RequestContext) -> list[Any]:
    meetings.restore_meeting(context.store, context.actor, request.subject, request.version, key=request.key)
    return done(context, "restore")


def _agreement(request: FormRequest, context: RequestContext) -> list[Any]:
    agreements.keep_agreement(
        context.store, context.actor, request.of, dict(request.values), id=request.subject or None,
        version=request.version, key=request.key,
    )  # fmt: skip
    return done(context, "agreement")


def _no_agreement(request: FormRequest, context: RequestContext) -> list[Any]:
    agreements.keep_agreement(
        context.store, context.actor, request.of, None, id=request.subject, version=request.version, key=request.key
    )
    return done(context, "no_agreement")


def _follow(request: FormRequest, context: RequestContext) -> list[Any]:
    held = meetings.get_meeting(context.store, context.actor, request.of)
    agreements.follow_agreement(
        context.store, context.actor, request.subject, request.version, dict(request.values),
        meeting=held.id if held.is_open else "", key=request.key,
    )  # fmt: skip
    return done(context, "change")


def _correct(request: FormRequest, context: RequestContext) -> list[Any]:
    corrections.correct_act(context.store, context.actor, request.of, dict(request.values), key=request.key)
    return done(context, "correct")


def _amend(request: FormRequest, context: RequestContext) -> list[Any]:
    kept = amend(
        context.store, context.actor, request.of, request.subject, request.version, dict(request.values),
        _text(request, "reason"), key=request.key,
    )  # fmt: skip
    return done(context, "amend", version=kept.version)


DOES: Mapping[str, Act[FormRequest]] = {
    "undo": _undo,
    "move": _move,
    "cancel": _cancel,
    "restore": _restore,
    "agreement": _agreement,
    "no_agreement": _no_agreement,
    "follow": _follow,
    "correct": _correct,
    "amend": _amend,
}
