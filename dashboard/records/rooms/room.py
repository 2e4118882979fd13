"""A room, who is in it and what they answer, as the record keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from dashboard.records.core import AnswerRow, Kind, ParticipantRow, RoomRow, history
from dashboard.records.meetings import MEETING, OPEN, Meeting

CLOSED_ROOM, OPEN_ROOM = "closed", "open"
LAST_ROUND = 2
OF_NO_ROUND = 0

MEMBER_ROLE, INVITED, OBSERVER = OF_THE_ROOM = ("member", "invited", "observer")
IN, ASKED, REMOVED = ("in", "asked", "removed")

JUDGEMENT, WEIGHTS, DRAWING, VOTE = KINDS = ("judgement", "weights", "drawing", "vote")
# what of those one takes a right to give
RIGHTS = {JUDGEMENT: "room.judge", WEIGHTS: "room.weigh", DRAWING: "room.draw", VOTE: "room.vote"}


@dataclass(frozen=True, slots=True)
class MeetingRoom:
    """The room of a meeting, whose id it has.

    code: the six letters by which one joins; each opening has its own. round: 1, or 2 after what came of the first was
    talked over. vote: the proposal that is being voted on, "" for none. open_voting: who voted what is told.
    """

    id: str
    version: int
    department: str
    code: str
    state: str = OPEN_ROOM
    open_voting: bool = False
    round: int = 1
    vote: str = ""

    def is_open(self, meeting: Meeting) -> bool:
        """Tell whether people can join and answer: it ends with its meeting."""
        return self.state == OPEN_ROOM and meeting.state == OPEN


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone in a room: `member` is the id of a member of the group, "" for others.

    state: `in`, `asked` until the secretariat lets them in, `removed`.
    """

    id: str
    version: int
    room: str
    member: str
    name: str
    role: str
    state: str


@dataclass(frozen=True, slots=True)
class RoomAnswer:
    """What a participant answers now to one thing.

    kind, subject and content: `judgement` of a proposal, {"values": {criterion: 1-5 or None for "I do not know"},
    "note"}; `weights`, subject "", {"way": "points" or "ranking", "values": {criterion: number}, "order": [criterion]};
    `drawing`, subject a name that the phone gave it, {"name", "ubigeos", "services"}, taken back where it has no
    districts; `vote` on a proposal, {"vote": "agree", "disagree" or "abstain", "reason"}.
    round: 0 for votes and drawings, which are of none. seq: the phone's own count, of which the highest stands.
    """

    id: str
    version: int
    room: str
    participant: str
    round: int
    kind: str
    subject: str
    content: Mapping[str, Any]  # JSON, of any type
    seq: int
    key: str


ROOM = Kind("room", MeetingRoom, RoomRow)
PARTICIPANT = Kind("participant", Participant, ParticipantRow)
ANSWER = Kind("answer", RoomAnswer, AnswerRow)


def touch(session: Session, room: str) -> None:
    """Note that something in a room changed: last in a transaction, since others wait for it where rows are locked."""
    session.execute(update(RoomRow).where(RoomRow.id == room).values(mark=RoomRow.mark + 1))


def meeting_of(session: Session, room: MeetingRoom) -> Meeting:
    """Return the meeting of a room, within a session."""
    return history.load(session, MEETING, room.id)
