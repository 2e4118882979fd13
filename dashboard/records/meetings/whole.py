"""The record of a meeting: all that belongs to it, with the members named or, for whoever may not know them, not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.records.core import (
    Actor,
    DecisionRow,
    EntryRow,
    MeetingRow,
    Store,
    allow,
    allow_somewhere,
    build,
    history,
    may,
)
from dashboard.records.meetings.agreements import Numbered, agreed_content, numbered_of, without_name
from dashboard.records.meetings.composition import Diversity, diversity
from dashboard.records.meetings.corrections import Correction, corrections_of
from dashboard.records.meetings.decisions import DECISION, Decision
from dashboard.records.meetings.frozen import group_content, unnamed, without_names
from dashboard.records.meetings.groups import Member
from dashboard.records.meetings.meeting import CLOSED, MEETING, Meeting
from dashboard.records.meetings.room_view import ROOM_ANSWERS
from dashboard.records.meetings.snapshots import GROUP, LOOKED_AT, ONE, Snapshot, snapshots_of
from dashboard.records.proposals import PROPOSAL, Identity, Proposal, differences, identities

AGREED = ("agreements", "pending")  # of what is frozen: told apart from the group


@dataclass(frozen=True, slots=True)
class ActBefore:
    """The act of the meeting before: its number, and the day on which that was held."""

    meeting: str
    act: str
    held_on: date


@dataclass(frozen=True, slots=True)
class Amended:
    """What the room changed of a proposal while it sat: why, the fields that changed, districts that came and went."""

    proposal: str
    name: str
    note: str
    fields: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class MeetingRecord:
    """A meeting with all that belongs to it.

    `group` is what :func:`frozen.group_content` gives; where the record is `public`, without what names a member.
    `numbers` has those of the proposals that the meeting saw, which are the same for ever. `act` is the number of its
    act, `before` that of the last meeting that was closed before it; `pending` are the agreements of
    earlier meetings that were open when it began. `extraordinary`: it is beyond those that the programme asks for.
    `amended` is what was changed of proposals in it; `room` what its phones answered, as its closing froze it
    (:func:`findings.room_content`).
    """

    meeting: Meeting
    group: Mapping[str, Any]  # JSON, of any type
    snapshots: tuple[Snapshot, ...]
    decisions: tuple[Decision, ...]
    public: bool = False
    numbers: Mapping[str, str] = field(default_factory=dict)
    act: str = ""
    agreements: tuple[Numbered, ...] = ()
    pending: tuple[Numbered, ...] = ()
    corrections: tuple[Correction, ...] = ()
    before: ActBefore | None = None
    extraordinary: bool = False
    amended: tuple[Amended, ...] = ()
    room: Mapping[str, Any] | None = None  # JSON, of any type

    @property
    def members(self) -> tuple[Member, ...]:
        """The members as they were when the meeting closed, or as they are now."""
        return tuple(build(Member, values) for values in self.group["members"])

    @property
    def present(self) -> tuple[Member, ...]:
        """The members who were there."""
        return tuple(m for m in self.members if m.id in self.meeting.present)

    @property
    def absent(self) -> tuple[Member, ...]:
        """The members who were not there."""
        return tuple(m for m in self.members if m.id not in self.meeting.present)

    @property
    def chair(self) -> Member | None:
        """Who presides, where that was said."""
        return next((m for m in self.members if m.id == self.meeting.presides), None)

    @property
    def quorum(self) -> int | None:
        """How many make a quorum; None of a meeting that was closed before that was written down."""
        return self.group.get("quorum")

    @property
    def diversity(self) -> Diversity:
        """The balance of the group."""
        kept = self.group.get("diversity")
        return diversity(self.members) if kept is None else Diversity(**kept)

    def identity(self, proposal: str, name: str) -> Identity:
        """Return by what a proposal goes, with the name under which the meeting saw it."""
        return Identity(self.numbers.get(proposal, ""), name, proposal, standing=True)

    def seen(self, proposal: str) -> Snapshot | None:
        """Return the snapshot of a proposal that was decided on, else its last one."""
        decided = next((d.snapshot for d in self.decisions if d.proposal == proposal), None)
        own = [s for s in self.snapshots if s.kind == ONE and s.proposal == proposal]
        return next((s for s in own if s.id == decided), own[-1] if own else None)

    def agreement_number(self, proposal: str) -> int:
        """Return the number that the decision on a proposal has among the agreements of the act: after the others."""
        decided = [p for p in self.meeting.proposals if any(d.proposal == p for d in self.decisions)]
        return len(self.agreements) + 1 + decided.index(proposal)


def meeting_record(store: Store, actor: Actor, id: str, public: bool = False) -> MeetingRecord:
    """Return the record of a meeting; of one that is not closed, with the group as it is today.

    It is the public one where that is asked for, and for whoever may read the meeting and not its group.
    Raises Refused, Missing.
    """
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        meeting = history.load(session, MEETING, id)
        allow(actor, "meeting.read", meeting.department)
        taken = snapshots_of(session, id)
        frozen = [s.content for s in taken if s.kind == GROUP]
        group = frozen[-1] if frozen else frozen_content(session, store, meeting)
        decided = history.every(session, DECISION, DecisionRow.meeting == id)
        corrections = corrections_of(session, id)
        before = _act_before(session, store, meeting)
        amended = tuple(_amended(session, meeting, meeting.act_number(store.programme.acts)))
    public = public or not may(actor, "group.read", meeting.department)
    own, pending = (numbered_of(group.get(name, ())) for name in AGREED)
    group = {name: value for name, value in group.items() if name not in AGREED}
    if public:
        group, meeting = without_names(group), unnamed(meeting)
        own, pending = (tuple(map(without_name, found)) for found in (own, pending))
    seen = tuple(s for s in taken if s.kind in LOOKED_AT)
    looked_at = {*meeting.proposals, *(id for s in seen for id in s.content.get("proposals", (s.proposal,)))}
    room = next((s.content for s in reversed(taken) if s.kind == ROOM_ANSWERS and meeting.state == CLOSED), None)
    numbers = {id: found.sign for id, found in identities(store).items() if id in looked_at}
    act = meeting.act_number(store.programme.acts)
    more = meeting.number > store.programme.group["meetings_a_year"]
    return MeetingRecord(
        meeting, group, seen, decided, public, numbers, act, own, pending, corrections, before, more, amended, room
    )  # fmt: skip


# JSON, of any type
def frozen_content(session: Session, store: Store, meeting: Meeting) -> dict[str, Any]:
    """Return all that is written down when a meeting is closed: its group, its agreements, those of before."""
    return group_content(session, store, meeting) | agreed_content(session, store, meeting)


def _amended(session: Session, meeting: Meeting, act: str) -> Iterator[Amended]:
    """What was changed in a meeting: the history of the proposals names its act."""
    query = select(EntryRow).where(
        EntryRow.kind == PROPOSAL.name, EntryRow.subject.in_(meeting.proposals), EntryRow.action == "amend",
        EntryRow.document == act,
    )  # fmt: skip
    for row in session.scalars(query.order_by(EntryRow.id)):
        made = differences(build(Proposal, row.before or {}), build(Proposal, row.after))
        moved = next((d for d in made if d.field == "ubigeos"), None)
        came, went = (moved.added, moved.removed) if moved else ((), ())
        yield Amended(row.subject, row.after["name"], row.note, tuple(d.field for d in made), came, went)


def _act_before(session: Session, store: Store, meeting: Meeting) -> ActBefore | None:
    query = select(MeetingRow).where(MeetingRow.department == meeting.department, MeetingRow.state == CLOSED)
    rows = session.scalars(query.order_by(MeetingRow.held_on.desc(), MeetingRow.id.desc()))
    earlier = (history.from_row(MEETING, row) for row in rows)
    found = next((m for m in earlier if (m.held_on, m.id) < (meeting.held_on, meeting.id)), None)
    return None if found is None else ActBefore(found.id, found.act_number(store.programme.acts), found.held_on)
