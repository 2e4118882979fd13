"""Meetings of a consultative group: agenda, who is present, what is reviewed, what is frozen and what is decided.

A meeting is planned, then held, then closed; a closed one never changes. What it looked at is frozen in snapshots,
so that the acta of ten years ago still shows what the group saw.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.records.core import (
    Actor,
    AgreementRow,
    BadInput,
    Command,
    DecisionRow,
    Fault,
    InDepartment,
    MeetingRow,
    NotNow,
    Remarks,
    SnapshotRow,
    Store,
    Transaction,
    allow,
    allow_somewhere,
    carry_out,
    history,
    may,
)
from dashboard.records.meetings.closing import faults_of
from dashboard.records.meetings.content import EDITABLE, MOST_NUMBER, NewMeeting, clean
from dashboard.records.meetings.frozen import unnamed
from dashboard.records.meetings.meeting import CANCELLED, CLOSED, MEETING, NOTHING, OPEN, PLANNED, Meeting
from dashboard.records.meetings.room_view import freeze_room
from dashboard.records.meetings.whole import frozen_content

__all__ = ["EDITABLE", "MOST_NUMBER"]  # of the content, for whoever asks for meetings
MOVABLE = ("held_on", "called_for", "place")


@dataclass(frozen=True)
class PlanMeeting(Command):
    """Keep a new meeting."""

    action = "plan"
    department: str
    number: int
    held_on: date
    values: Mapping[str, object]


@dataclass(frozen=True)
class ChangeMeeting(Command):
    """Change what can change of a meeting that is not closed."""

    action = "change"
    origins: ClassVar[tuple[str, ...]] = (PLANNED, OPEN)
    target: ClassVar[str | None] = None
    id: str
    version: int | None
    values: Mapping[str, object] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True)
class OpenMeeting(ChangeMeeting):
    """Begin a meeting that was planned."""

    action = "open"
    origins = (PLANNED,)
    target = OPEN


@dataclass(frozen=True)
class CloseMeeting(ChangeMeeting):
    """End an open meeting for good."""

    action = "close"
    origins = (OPEN,)
    target = CLOSED


@dataclass(frozen=True)
class UndoOpening(ChangeMeeting):
    """Take back the opening of a meeting that has decided nothing yet."""

    action = "undo_opening"
    origins = (OPEN,)
    target = PLANNED


@dataclass(frozen=True)
class MoveMeeting(ChangeMeeting):
    """Hold a planned meeting on another day of its year, at another hour or place: `note` says why."""

    action = "move"
    origins = (PLANNED,)
    note: str = ""


@dataclass(frozen=True)
class CancelMeeting(ChangeMeeting):
    """Hold a planned meeting not at all: `note` says why."""

    action = "cancel"
    origins = (PLANNED,)
    target = CANCELLED
    note: str = ""


@dataclass(frozen=True)
class RestoreMeeting(ChangeMeeting):
    """Plan a cancelled meeting after all."""

    action = "restore"
    origins = (CANCELLED,)
    target = PLANNED


def plan_meeting(
    store: Store,
    actor: Actor,
    department: str,
    number: int,
    held_on: date,
    *,
    key: str | None = None,
    **values: object,
) -> Meeting:
    """Keep a new meeting; `values` are fields of :class:`MeetingContent`. Raises Refused, BadInput with all faults."""
    allow(actor, "meeting.change", department)
    periods = store.programme.periods
    sent = {"department": department, "number": number, "held_on": held_on}
    new = NewMeeting.read(sent, departments=store.dataset.territory.departments, periods=periods)
    period = next(period.key for period in periods if period.first <= new.held_on <= period.last)
    planned = Meeting(
        f"{new.department}-{new.held_on.year}-{new.number}", 0, new.department, period, new.number, new.held_on,
        act=store.programme.acts.number_of(new.department, new.held_on.year, new.number),
    )  # fmt: skip

    def work(transaction: Transaction) -> Meeting:
        if (before := transaction.answered(MEETING)) is not None:
            return before
        session = transaction.session
        if session.get(MeetingRow, planned.id) is not None:
            raise BadInput((Fault("records.fault.meeting_kept", {"id": planned.id}),))
        return transaction.add(MEETING, replace(planned, **clean(session, planned, values)))

    return carry_out(store, actor, PlanMeeting(department, number, held_on, values), work, key)


def change_meeting(
    store: Store, actor: Actor, id: str, version: int | None, values: Mapping[str, object], *, key: str | None = None
) -> Meeting:
    """Change fields of :class:`MeetingContent` of a meeting that is not closed.

    Raises Refused, Missing, BadInput, NotNow, Conflict.
    """
    return _change(store, actor, ChangeMeeting(id, version, values), key)


def open_meeting(store: Store, actor: Actor, id: str, version: int | None, *, key: str | None = None) -> Meeting:
    """Begin a meeting that was planned. Raises Refused, Missing, NotNow, Conflict."""
    return _change(store, actor, OpenMeeting(id, version), key)


def close_meeting(store: Store, actor: Actor, id: str, version: int | None, *, key: str | None = None) -> Meeting:
    """End a meeting for good.

    Raises Refused, Missing, Conflict; NotNow with all that is lacking: who was present, a decision on each proposal
    under review, and an agenda for the next meeting.
    """
    return _change(store, actor, CloseMeeting(id, version), key)


def undo_opening(store: Store, actor: Actor, id: str, version: int | None, *, key: str | None = None) -> Meeting:
    """Make an open meeting one that is planned again. Raises Refused, Missing, Conflict; NotNow once it decided."""
    return _change(store, actor, UndoOpening(id, version), key)


def move_meeting(
    store: Store,
    actor: Actor,
    id: str,
    version: int | None,
    values: Mapping[str, object],
    note: str,
    *,
    key: str | None = None,
) -> Meeting:
    """Change day, hour or place (:data:`MOVABLE`) of a planned meeting, with the reason.

    Raises Refused, Missing, BadInput, NotNow, Conflict.
    """
    moved = {name: value for name, value in values.items() if name in MOVABLE}
    return _change(store, actor, MoveMeeting(id, version, moved, note), key, note)


def cancel_meeting(
    store: Store, actor: Actor, id: str, version: int | None, note: str, *, key: str | None = None
) -> Meeting:
    """Cancel a planned meeting, with the reason. Raises Refused, Missing, BadInput, NotNow, Conflict."""
    return _change(store, actor, CancelMeeting(id, version, note=note), key, note)


def restore_meeting(store: Store, actor: Actor, id: str, version: int | None, *, key: str | None = None) -> Meeting:
    """Plan a cancelled meeting after all. Raises Refused, Missing, NotNow, Conflict."""
    return _change(store, actor, RestoreMeeting(id, version), key)


def reason_of(store: Store, actor: Actor, id: str) -> str:
    """Return why a meeting was moved or cancelled the last time; empty where it never was. Raises Refused, Missing."""
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        found = history.load(session, MEETING, id)
        allow(actor, "meeting.read", found.department)
        entries = history.entries(session, MEETING, id)
    told = [e.note for e in entries if e.action in (MoveMeeting.action, CancelMeeting.action)]
    return told[-1] if told else ""


def lacking(store: Store, actor: Actor, id: str) -> tuple[Fault, ...]:
    """Return what a meeting still lacks to be closed, before anyone tries it. Raises Refused, Missing."""
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        found = history.load(session, MEETING, id)
        allow(actor, "meeting.read", found.department)
        return faults_of(session, store.programme.acts, found)


def _change(store: Store, actor: Actor, command: ChangeMeeting, key: str | None, note: str | None = None) -> Meeting:
    """note: why, where that must be said."""
    allow_somewhere(actor, "meeting.change")
    remarks = Remarks.read({"note": note}, today=store.today)

    def work(transaction: Transaction) -> Meeting:
        session = transaction.session
        current = transaction.allowed(MEETING, command.id, "meeting.change")
        changed = clean(session, current, command.values)
        if command.target is not None:
            changed["state"] = command.target
        if (before := transaction.answered(MEETING)) is not None:
            return before
        if command.version == current.version:
            _refuse(session, store, current, command)
            if note is not None and not remarks.note:
                raise NotNow(command.name, (Fault("records.fault.needs_note", {}),))
            if command.target == CLOSED:
                _freeze_group(session, store, current)
                freeze_room(session, store, current)
        return transaction.change(
            MEETING, current, command.version, lambda m: replace(m, **changed), remarks=remarks
        )  # fmt: skip

    return carry_out(store, actor, command, work, key)


def _freeze_group(session: Session, store: Store, meeting: Meeting) -> None:
    row = SnapshotRow(id=history.new_id(), meeting=meeting.id, kind="group", edition=store.dataset.edition)
    row.content, row.taken_at = frozen_content(session, store, meeting), store.now()
    session.add(row)


def _refuse(session: Session, store: Store, meeting: Meeting, command: ChangeMeeting) -> None:
    if meeting.state not in command.origins:
        raise NotNow(command.name, (Fault("records.fault.meeting_state", {"meeting_state": meeting.state}),))
    faults: tuple[Fault, ...] = ()
    if command.target == CLOSED:
        faults = faults_of(session, store.programme.acts, meeting)
    elif command.name == UndoOpening.action and _has_decided(session, meeting):
        faults = (Fault("records.fault.decided_already", {}),)
    if faults:
        raise NotNow(command.name, faults)


def _has_decided(session: Session, meeting: Meeting) -> bool:
    queries = (
        select(DecisionRow.id).where(DecisionRow.meeting == meeting.id),
        select(AgreementRow.id).where(AgreementRow.meeting == meeting.id),
    )
    return any(session.scalar(query.limit(1)) is not None for query in queries)


def get_meeting(store: Store, actor: Actor, id: str) -> Meeting:
    """Return a meeting. Raises Refused, Missing."""
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        found = history.load(session, MEETING, id)
    allow(actor, "meeting.read", found.department)
    return found if may(actor, "group.read", found.department) else unnamed(found)


def meetings(store: Store, actor: Actor, department: str | None = None) -> tuple[Meeting, ...]:
    """Return the meetings of a department, or of all, in the order in which they were held. Raises Refused."""
    allow(actor, "meeting.read", department)
    InDepartment.read({"department": department}, departments=store.dataset.territory.departments)
    conditions = () if department is None else (MeetingRow.department == department,)
    with store.reading() as session:
        found = history.every(session, MEETING, *conditions, order=(MeetingRow.held_on, MeetingRow.id))
    return tuple(m if may(actor, "group.read", m.department) else unnamed(m) for m in found)
