"""Read what the room of a meeting answered, by whom who is in it, without names unless votes are open."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.records.core import AnswerRow, ParticipantRow, RoomRow

MEMBER_ROLE, INVITED_ROLE = ("member", "invited")
JUDGEMENT, WEIGHTS, BALLOT = ("judgement", "weights", "vote")
PRESENT = "in"


@dataclass(frozen=True)
class OneVoice:
    """One answer: `who` tells one participant from another, and `name` who it is where votes are open, else ""."""

    who: str
    role: str
    name: str
    round: int
    kind: str
    subject: str
    content: Mapping[str, Any]  # JSON, of any type


@dataclass(frozen=True)
class Voices:
    """All that is said in a room: `people` counts who is in by role, `vote` is the proposal whose vote is open."""

    round: int
    open_voting: bool
    vote: str
    people: Mapping[str, int]
    said: tuple[OneVoice, ...]


def voices_of(session: Session, meeting: str) -> Voices | None:
    """Return what is said in the room of a meeting; None where it has no room."""
    room = session.get(RoomRow, meeting)
    if room is None:
        return None
    inside = (ParticipantRow.room == meeting, ParticipantRow.state == PRESENT)
    roles = session.scalars(select(ParticipantRow.role).where(*inside)).all()
    rows = session.execute(
        select(AnswerRow, ParticipantRow.role, ParticipantRow.name)
        .join(ParticipantRow, ParticipantRow.id == AnswerRow.participant)
        .where(*inside)
        .order_by(AnswerRow.participant, AnswerRow.round)
    )
    said = tuple(
        OneVoice(
            row.participant, role, name if room.open_voting else "", row.round, row.kind, row.subject, dict(row.content)
        )
        for row, role, name in rows
    )
    return Voices(room.round, room.open_voting, room.vote, dict(Counter(roles)), said)
