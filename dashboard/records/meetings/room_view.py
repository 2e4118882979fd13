"""Give what a room's answers come to: as they are while its meeting runs, as they were frozen once it closed.

What the group of a closed meeting judged of a proposal is part of that proposal's record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.clusters.group import Judged, judged
from dashboard.clusters.scoring import OwnCriterion
from dashboard.records.core import (
    Actor,
    MeetingRow,
    SnapshotRow,
    Store,
    allow,
    allow_somewhere,
    history,
    may,
)
from dashboard.records.meetings.findings import room_content
from dashboard.records.meetings.meeting import CLOSED, MEETING, Meeting
from dashboard.records.meetings.voices import voices_of
from dashboard.records.proposals import PROPOSAL, Proposal

ROOM_ANSWERS = "room"  # a kind of snapshot


@dataclass(frozen=True)
class RoomFindings:
    """What a room's answers come to (:func:`findings.room_content`), by the data of an edition.

    frozen_at: when it was frozen, None for what still changes.
    """

    content: Mapping[str, Any]  # JSON, of any type
    edition: str
    frozen_at: datetime | None = None


@dataclass(frozen=True)
class GroupJudgement:
    """What the group of a closed meeting, held on a day, judged of a proposal, by criterion."""

    meeting: str
    number: int
    held_on: date
    judged: Mapping[str, Judged]
    own_criteria: tuple[OwnCriterion, ...] = ()  # those of its own that it judged by


def room_findings(store: Store, actor: Actor, meeting: str, follows: bool = True) -> RoomFindings | None:
    """Return what the answers in the room of a meeting come to, None where it had no room.

    follows: with what follows from them, which takes longer. Whoever may not know the members of a group is given
    nobody's vote. Raises Refused, Missing.
    """
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        held = history.load(session, MEETING, meeting)
        allow(actor, "meeting.read", held.department)
        named = may(actor, "group.read", held.department)
        if held.state == CLOSED:
            kept = _frozen(session, meeting)
            return kept if kept is None or named else RoomFindings(_unnamed(kept.content), kept.edition, kept.frozen_at)
        voices, proposals = voices_of(session, meeting), _proposals(session, held)
    if voices is None:
        return None
    content = room_content(voices, proposals, store.dataset, held, follows)
    return RoomFindings(content if named else _unnamed(content), store.dataset.edition)


def freeze_room(session: Session, store: Store, meeting: Meeting) -> None:
    """Freeze what the room of a meeting has answered; nothing where it has no room or nobody said anything."""
    voices = voices_of(session, meeting.id)
    if voices is None or not voices.said:
        return
    row = SnapshotRow(id=history.new_id(), meeting=meeting.id, kind=ROOM_ANSWERS, edition=store.dataset.edition)
    content = room_content(voices, _proposals(session, meeting), store.dataset, meeting)
    row.content, row.taken_at = content, store.now()
    session.add(row)


def group_judgements(store: Store, actor: Actor, id: str) -> tuple[GroupJudgement, ...]:
    """Return what groups judged of a proposal in their closed meetings, the earliest first.

    None for whoever may not read meetings. Raises Refused, Missing.
    """
    allow_somewhere(actor, "proposal.read")
    with store.reading() as session:
        found = history.load(session, PROPOSAL, id)
        allow(actor, "proposal.read", found.department)
        if not may(actor, "meeting.read", found.department):
            return ()
        return judgements_of(session, [id])[id]


def last_judgements(store: Store, actor: Actor, ids: Iterable[str]) -> dict[str, GroupJudgement]:
    """Return by proposal what the group of its last closed meeting with a room judged, where there was any.

    Nothing of a department whose meetings a person may not read. Raises Refused.
    """
    allow_somewhere(actor, "proposal.read")
    with store.reading() as session:
        found = judgements_of(session, ids)
    made = {id: own[-1] for id, own in found.items() if own}
    return {id: own for id, own in made.items() if may(actor, "meeting.read", own.meeting[:2])}


def judgements_of(session: Session, ids: Iterable[str]) -> dict[str, tuple[GroupJudgement, ...]]:
    """Return by proposal what groups judged of it in closed meetings, the earliest first."""
    found: dict[str, list[GroupJudgement]] = {id: [] for id in ids}
    query = (
        select(MeetingRow, SnapshotRow.content)
        .join(SnapshotRow, SnapshotRow.meeting == MeetingRow.id)
        .where(MeetingRow.state == CLOSED, SnapshotRow.kind == ROOM_ANSWERS)
        .order_by(MeetingRow.held_on, MeetingRow.number, SnapshotRow.taken_at)
    )
    last = {meeting.id: (meeting, content) for meeting, content in session.execute(query)}
    for meeting, content in last.values():
        for id in found.keys() & content["judgements"].keys():
            own = {key: judged(given["answers"]) for key, given in content["judgements"][id].items()}
            known = {key: one for key, one in own.items() if one.n or one.unknown}
            if known:
                found[id].append(
                    GroupJudgement(
                        meeting.id, meeting.number, meeting.held_on, known, tuple(content.get("own_criteria", ()))
                    )
                )
    return {id: tuple(made) for id, made in found.items()}


def _proposals(session: Session, meeting: Meeting) -> tuple[Proposal, ...]:
    return tuple(history.load(session, PROPOSAL, id) for id in meeting.proposals)


def _frozen(session: Session, meeting: str) -> RoomFindings | None:
    query = select(SnapshotRow).where(SnapshotRow.meeting == meeting, SnapshotRow.kind == ROOM_ANSWERS)
    row = session.scalars(query.order_by(SnapshotRow.taken_at.desc()).limit(1)).first()
    return None if row is None else RoomFindings(row.content, row.edition, row.taken_at)


# JSON, of any type
def _unnamed(content: Mapping[str, Any]) -> dict[str, Any]:
    votes = {id: {**own, "named": []} for id, own in content["votes"].items()}
    return {**content, "votes": votes}
