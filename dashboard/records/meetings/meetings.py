"""Meetings of a consultative group: agenda, who is present, what is reviewed, what is frozen and what is decided.

A meeting is planned, then held, then closed; a closed one never changes. What it looked at is frozen in snapshots,
so that the acta of ten years ago still shows what the group saw.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import ValidationInfo, field_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.clusters.scoring import load_criteria
from dashboard.records.core import (
    MOST_ITEMS,
    Actor,
    BadInput,
    Command,
    Department,
    Fault,
    Form,
    InDepartment,
    MeetingRow,
    Note,
    NotNow,
    ProposalRow,
    SnapshotRow,
    Store,
    Transaction,
    allow,
    allow_somewhere,
    carry_out,
    history,
    validation,
)
from dashboard.records.meetings.decisions import decisions_of
from dashboard.records.meetings.frozen import group_content
from dashboard.records.meetings.groups import group_of
from dashboard.records.meetings.meeting import CLOSED, MEETING, NOTHING, OPEN, PLANNED, Meeting

MOST_NUMBER = 12  # meetings of a department in a year, extraordinary ones included
MOST_WEIGHT = 1_000.0


class NewMeeting(Form):
    """What a new meeting is: read with the `departments` and the `periods` of the programme."""

    department: Department
    number: Annotated[int, validation.whole(1, MOST_NUMBER)]
    held_on: Annotated[date, validation.day(required=True)]

    @field_validator("held_on")
    @classmethod
    def _in_a_period(cls, held_on: date, info: ValidationInfo) -> date:
        if not any(period.first <= held_on <= period.last for period in validation.context(info)["periods"]):
            raise validation.whole_fault("no_period", day=held_on)
        return held_on


class MeetingContent(Form):
    """What can change of a meeting. It is read with its `year`, the ids of its `group`, and what is `reviewable`."""

    held_on: Annotated[date | None, validation.day(required=True)] = None
    place: Annotated[str, validation.text()] = ""
    agenda: Annotated[tuple[str, ...], validation.texts()] = ()
    next_agenda: Annotated[tuple[str, ...], validation.texts()] = ()
    present: Annotated[tuple[str, ...], validation.all_chosen("group")] = ()
    proposals: Annotated[tuple[str, ...], validation.all_chosen("reviewable", MOST_ITEMS)] = ()
    weights: Annotated[Mapping[str, float], validation.numbers("criteria", 0.0, MOST_WEIGHT)] = {}
    note: Note = ""

    @field_validator("held_on")
    @classmethod
    def _same_year(cls, held_on: date, info: ValidationInfo) -> date:
        year = validation.context(info)["year"]
        if held_on.year != year:
            raise validation.whole_fault("other_year", year=year)
        return held_on


EDITABLE = tuple(MeetingContent.model_fields)


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
        f"{new.department}-{new.held_on.year}-{new.number}", 0, new.department, period, new.number, new.held_on
    )

    def work(transaction: Transaction) -> Meeting:
        if (before := transaction.answered(MEETING)) is not None:
            return before
        session = transaction.session
        if session.get(MeetingRow, planned.id) is not None:
            raise BadInput((Fault("records.fault.meeting_kept", {"id": planned.id}),))
        return transaction.add(MEETING, replace(planned, **_clean(session, planned, values)))

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


def lacking(store: Store, actor: Actor, id: str) -> tuple[Fault, ...]:
    """Return what a meeting still lacks to be closed, before anyone tries it. Raises Refused, Missing."""
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        found = history.load(session, MEETING, id)
        allow(actor, "meeting.read", found.department)
        return _lacking(session, found)


def _change(store: Store, actor: Actor, command: ChangeMeeting, key: str | None) -> Meeting:
    allow_somewhere(actor, "meeting.change")

    def work(transaction: Transaction) -> Meeting:
        session = transaction.session
        current = transaction.allowed(MEETING, command.id, "meeting.change")
        changed = _clean(session, current, command.values)
        if command.target is not None:
            changed["state"] = command.target
        if (before := transaction.answered(MEETING)) is not None:
            return before
        if command.version == current.version:
            _refuse(session, current, command)
            if command.target == CLOSED:
                _freeze_group(session, store, current)
        return transaction.change(MEETING, current, command.version, lambda m: replace(m, **changed))

    return carry_out(store, actor, command, work, key)


def _freeze_group(session: Session, store: Store, meeting: Meeting) -> None:
    row = SnapshotRow(id=history.new_id(), meeting=meeting.id, kind="group", edition=store.dataset.edition)
    row.content, row.taken_at = group_content(session, store, meeting), store.now()
    session.add(row)


def _refuse(session: Session, meeting: Meeting, command: ChangeMeeting) -> None:
    if meeting.state not in command.origins:
        raise NotNow(command.name, (Fault("records.fault.meeting_state", {"meeting_state": meeting.state}),))
    if command.target == CLOSED and (faults := _lacking(session, meeting)):
        raise NotNow(command.name, faults)


def _lacking(session: Session, meeting: Meeting) -> tuple[Fault, ...]:
    """Return all that keeps an open meeting from being closed."""
    faults = [
        Fault(f"records.fault.no_{name}", {}) for name in ("present", "next_agenda") if not getattr(meeting, name)
    ]
    made = {d.proposal: d for d in decisions_of(session, meeting.id) if d.proposal in meeting.proposals}
    names = {p: session.get_one(ProposalRow, p).name for p in meeting.proposals}
    if left := tuple(names[p] for p in meeting.proposals if p not in made):
        faults.append(Fault("records.fault.undecided", {"names": left}))
    # somebody may have been taken off the list after a vote was counted
    there = len(meeting.present)
    for proposal, decision in made.items():
        votes = decision.in_favour + decision.against + decision.abstained
        if there and votes > there:
            counted = {"name": names[proposal], "n": votes, "present": there}
            faults.append(Fault("records.fault.votes_of_more", counted))
    return tuple(faults)


def get_meeting(store: Store, actor: Actor, id: str) -> Meeting:
    """Return a meeting. Raises Refused, Missing."""
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        found = history.load(session, MEETING, id)
    allow(actor, "meeting.read", found.department)
    return found


def meetings(store: Store, actor: Actor, department: str | None = None) -> tuple[Meeting, ...]:
    """Return the meetings of a department, or of all, in the order in which they were held. Raises Refused."""
    allow(actor, "meeting.read", department)
    InDepartment.read({"department": department}, departments=store.dataset.territory.departments)
    conditions = () if department is None else (MeetingRow.department == department,)
    with store.reading() as session:
        return history.every(session, MEETING, *conditions, order=(MeetingRow.held_on, MeetingRow.id))


# of any type: each field has its own
def _clean(session: Session, meeting: Meeting, values: Mapping[str, object]) -> dict[str, Any]:
    """Return clean values of the fields given. Raises BadInput with all faults."""
    read = MeetingContent.read(
        values,
        year=meeting.held_on.year,
        group=[m.id for m in group_of(session, meeting.department, meeting.period)],
        reviewable=session.scalars(select(ProposalRow.id).where(ProposalRow.department == meeting.department)).all(),
        criteria=load_criteria(),
    )
    return read.given()
