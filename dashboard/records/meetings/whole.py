"""The record of a meeting: all that belongs to it, with the members named or, for whoever may not know them, not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.records.core import Actor, DecisionRow, Store, allow, allow_somewhere, build, history, may
from dashboard.records.meetings.decisions import DECISION, Decision
from dashboard.records.meetings.frozen import group_content, without_names
from dashboard.records.meetings.groups import Member
from dashboard.records.meetings.meeting import MEETING, Meeting
from dashboard.records.meetings.snapshots import GROUP, ONE, Snapshot, snapshots_of
from dashboard.records.proposals import Identity, identities


@dataclass(frozen=True)
class MeetingRecord:
    """A meeting with all that belongs to it.

    `group` is what :func:`frozen.group_content` gives; where the record is `public`, without what names a member.
    `numbers` has those of the proposals that the meeting saw, which are the same for ever.
    """

    meeting: Meeting
    group: Mapping[str, Any]  # JSON, of any type
    snapshots: tuple[Snapshot, ...]
    decisions: tuple[Decision, ...]
    public: bool = False
    numbers: Mapping[str, str] = field(default_factory=dict)

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

    def identity(self, proposal: str, name: str) -> Identity:
        """Return by what a proposal goes, with the name under which the meeting saw it."""
        return Identity(self.numbers.get(proposal, ""), name, proposal, standing=True)

    def seen(self, proposal: str) -> Snapshot | None:
        """Return the snapshot of a proposal that was decided on, else its last one."""
        decided = next((d.snapshot for d in self.decisions if d.proposal == proposal), None)
        own = [s for s in self.snapshots if s.kind == ONE and s.proposal == proposal]
        return next((s for s in own if s.id == decided), own[-1] if own else None)


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
        group = frozen[-1] if frozen else group_content(session, store, meeting)
        decided = history.every(session, DECISION, DecisionRow.meeting == id)
    public = public or not may(actor, "group.read", meeting.department)
    group = without_names(group) if public else group
    seen = tuple(s for s in taken if s.kind != GROUP)
    looked_at = {*meeting.proposals, *(id for s in seen for id in s.content.get("proposals", (s.proposal,)))}
    numbers = {id: found.sign for id, found in identities(store).items() if id in looked_at}
    return MeetingRecord(meeting, group, seen, decided, public, numbers)
