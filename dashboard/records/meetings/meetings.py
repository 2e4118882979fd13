"""Meetings of a consultative group: agenda, who is present, what is reviewed, what is frozen and what is decided.

A meeting is planned, then held, then closed; a closed one never changes. What it looked at is frozen in snapshots,
so that the acta of ten years ago still shows what the group saw.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
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
    Conflict,
    DecisionRow,
    Department,
    Fault,
    Form,
    InDepartment,
    Kind,
    MeetingRow,
    Note,
    NotNow,
    ProposalRow,
    SnapshotRow,
    Store,
    Transaction,
    allow,
    allow_somewhere,
    build,
    carry_out,
    history,
    validation,
)
from dashboard.records.meetings.frozen import group_content
from dashboard.records.meetings.groups import group_of
from dashboard.records.proposals import AGREED, Proposal, Vote, before_vote

PLANNED, OPEN, CLOSED = STATES = ("planned", "open", "closed")
OUTCOMES = ("agreed", "returned", "deferred", "rejected")
MOST_NUMBER = 12  # meetings of a department in a year, extraordinary ones included
MOST_WEIGHT = 1_000.0
NOTHING: Mapping[str, Any] = MappingProxyType({})  # of any type: there is none


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting. `present` are ids of members, `proposals` ids of what is reviewed, `weights` by criterion.

    `id` is department, year and number: `22-2013-1`.
    """

    id: str
    version: int
    department: str
    period: str
    number: int
    held_on: date
    place: str = ""
    state: str = PLANNED
    agenda: tuple[str, ...] = ()
    next_agenda: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided on one proposal. `dissent` has the reason of each member, by id, who did not agree;
    `waivers`, by rule, why the group agrees although the rule fails."""

    id: str
    version: int
    meeting: str
    proposal: str
    snapshot: str
    outcome: str
    in_favour: int
    against: int
    abstained: int
    dissent: Mapping[str, str]
    text: str = ""
    waivers: Mapping[str, str] = field(default_factory=lambda: NOTHING)


MEETING = Kind("meeting", Meeting, MeetingRow)
DECISION = Kind("decision", Decision, DecisionRow)


class NewMeeting(Form):
    """What a new meeting is: read with the `departments` and the `periods` of the programme."""

    department: Department
    number: Annotated[int, validation.whole(1, MOST_NUMBER)]
    held_on: Annotated[date, validation.day(required=True)]

    @field_validator("held_on")
    @classmethod
    def _in_a_period(cls, held_on: date, info: ValidationInfo) -> date:
        if not any(period.first <= held_on <= period.last for period in info.context["periods"]):
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
        if held_on.year != info.context["year"]:
            raise validation.whole_fault("other_year", year=info.context["year"])
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
    version: int
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
    store: Store, actor: Actor, id: str, version: int, values: Mapping[str, object], *, key: str | None = None
) -> Meeting:
    """Change fields of :class:`MeetingContent` of a meeting that is not closed.

    Raises Refused, Missing, BadInput, NotNow, Conflict.
    """
    return _change(store, actor, ChangeMeeting(id, version, values), key)


def open_meeting(store: Store, actor: Actor, id: str, version: int, *, key: str | None = None) -> Meeting:
    """Begin a meeting that was planned. Raises Refused, Missing, NotNow, Conflict."""
    return _change(store, actor, OpenMeeting(id, version), key)


def close_meeting(store: Store, actor: Actor, id: str, version: int, *, key: str | None = None) -> Meeting:
    """End a meeting for good. Raises Refused, Missing, Conflict; NotNow with all that is lacking: who was present, a
    decision on each proposal under review, and an agenda for the next meeting."""
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
    made = {d.proposal: d for d in _decisions(session, meeting.id) if d.proposal in meeting.proposals}
    names = {p: session.get(ProposalRow, p).name for p in meeting.proposals}
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


VOTES = ("in_favour", "against", "abstained")


class DecisionForm(Form):
    """What a meeting decided on a proposal. It is read with those under `review`, the ids of those `present`, and how
    many they are (`most`)."""

    proposal: Annotated[str, validation.one_of("review")]
    in_favour: Annotated[int, validation.whole(0, "most")]
    against: Annotated[int, validation.whole(0, "most")]
    abstained: Annotated[int, validation.whole(0, "most")]
    outcome: Annotated[str, validation.chosen(OUTCOMES)]
    dissent: Annotated[Mapping[str, str], validation.texts_of("present")]
    text: Note

    @field_validator("abstained")
    @classmethod
    def _no_more_than_present(cls, abstained: int, info: ValidationInfo) -> int:
        votes, most = [*(info.data.get(name, 0) for name in VOTES), abstained], info.context["most"]
        if sum(votes) > most:
            raise validation.whole_fault("more_votes", n=sum(votes), present=most)
        return abstained

    @field_validator("outcome")
    @classmethod
    def _by_a_majority(cls, outcome: str, info: ValidationInfo) -> str:
        votes = {name: info.data[name] for name in ("in_favour", "against") if name in info.data}
        if outcome == AGREED and len(votes) == 2 and votes["in_favour"] <= votes["against"]:
            raise validation.whole_fault("not_a_majority", **votes)
        return outcome

    @field_validator("dissent")
    @classmethod
    def _no_more_than_voted(cls, dissent: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
        votes = [info.data[name] for name in ("against", "abstained") if name in info.data]
        if len(votes) == 2 and len(dissent) > sum(votes):
            raise validation.whole_fault("more_dissent", n=len(dissent), votes=sum(votes))
        return dissent


class WaiversForm(Form):
    """Why a group agrees although rules fail: read with the `rules` that do."""

    waivers: Annotated[Mapping[str, str], validation.texts_of("rules")]


@dataclass(frozen=True)
class Decide(Command):
    """Keep what an open meeting decided on a proposal, or change it."""

    action = "decide"
    meeting: str
    proposal: str
    outcome: str
    in_favour: int
    against: int
    abstained: int
    dissent: Mapping[str, str] | None
    text: str
    waivers: Mapping[str, str] | None
    version: int | None


def decide(
    store: Store,
    actor: Actor,
    meeting: str,
    proposal: str,
    outcome: str,
    *,
    in_favour: int,
    against: int = 0,
    abstained: int = 0,
    dissent: Mapping[str, str] | None = None,
    text: str = "",
    waivers: Mapping[str, str] | None = None,
    version: int | None = None,
    key: str | None = None,
) -> Decision:
    """Keep the decision of an open meeting on a proposal under review, of which a snapshot has been taken: the
    decision is on the last one. With `version`, change a decision.

    The group agrees only to what can be validated; `waivers` has, by rule, why it agrees although the rule fails.

    Raises Refused, Missing, BadInput, NotNow, Conflict.
    """
    allow_somewhere(actor, "meeting.decide")
    command = Decide(meeting, proposal, outcome, in_favour, against, abstained, dissent, text, waivers, version)

    def work(transaction: Transaction) -> Decision:
        held = transaction.allowed(MEETING, meeting, "meeting.decide")
        if (before := transaction.answered(DECISION)) is not None:
            return before
        session = transaction.session
        made = _clean_decision(held, command)
        snapshot = _last_snapshot(session, held, made.proposal)
        made = replace(made, snapshot=snapshot.id)
        if made.outcome == AGREED:
            vote = before_vote(session, store, build(Proposal, snapshot.content["proposal"]))
            made = replace(made, waivers=_clean_waivers(vote, waivers))
        if version is None and all(d.proposal != made.proposal for d in _decisions(session, held.id)):
            return transaction.add(DECISION, made)
        current = transaction.load(DECISION, made.id)
        if version is None:
            raise Conflict(made, current)
        return transaction.change(DECISION, current, version, lambda _: made)

    return carry_out(store, actor, command, work, key)


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


def decisions(store: Store, actor: Actor, meeting: str) -> tuple[Decision, ...]:
    """Return the decisions of a meeting. Raises Refused."""
    allow(actor, "meeting.read")
    if not history.is_id(meeting):
        return ()
    with store.reading() as session:
        return _decisions(session, meeting)


def _decisions(session: Session, meeting: str) -> tuple[Decision, ...]:
    return history.every(session, DECISION, DecisionRow.meeting == meeting)


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


def _clean_decision(held: Meeting, command: Decide) -> Decision:
    if held.state != OPEN:
        raise NotNow(command.name, (Fault("records.fault.meeting_state", {"meeting_state": held.state}),))
    sent = {name: value for name, value in command.sent().items() if name in DecisionForm.model_fields}
    read = DecisionForm.read(sent, review=held.proposals, present=held.present, most=len(held.present))
    return Decision(f"{held.id}.{read.proposal[:50]}", 0, held.id, snapshot="", **read.values())


def _last_snapshot(session: Session, held: Meeting, proposal: str) -> SnapshotRow:
    query = session.query(SnapshotRow).filter(SnapshotRow.meeting == held.id, SnapshotRow.proposal == proposal)
    found = query.order_by(SnapshotRow.taken_at.desc()).first()
    if found is None:
        raise NotNow("decide", (Fault("records.fault.no_snapshot", {}),))
    return found


def _clean_waivers(vote: Vote, waivers: object) -> Mapping[str, str]:
    """Return the reason for each rule that fails. Raises NotNow with what no vote can heal and each rule without."""
    failing, table = [verdict.rule for verdict in vote.failing], waivers if isinstance(waivers, Mapping) else {}
    given = {rule: table.get(rule, "") for rule in failing}
    reasons = WaiversForm.read({"waivers": given}, rules=failing).waivers
    lacking = [Fault("records.fault.no_waiver", {"rule": rule}) for rule, why in reasons.items() if not why]
    if faults := (*vote.faults, *lacking):
        raise NotNow(Decide.action, faults)
    return reasons


def vote_on(store: Store, actor: Actor, id: str, proposal: str) -> Vote | None:
    """Return what stands between the last copy of a proposal in a meeting and its being validated, before anyone
    votes; None where there is no copy. Raises Refused, Missing."""
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        held = history.load(session, MEETING, id)
        allow(actor, "meeting.read", held.department)
        try:
            content = _last_snapshot(session, held, proposal).content
        except NotNow:
            return None
        return before_vote(session, store, build(Proposal, content["proposal"]))
