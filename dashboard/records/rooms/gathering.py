"""Look at a room: as one phone sees it, and at what all have answered, for whoever may read the meeting."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.records.core import (
    Actor,
    AnswerRow,
    MeetingRow,
    MemberRow,
    Missing,
    ParticipantRow,
    Refused,
    RoomRow,
    Store,
    allow,
    allow_somewhere,
    history,
)
from dashboard.records.meetings import MEETING, Meeting
from dashboard.records.rooms.answers import why_no_vote
from dashboard.records.rooms.joining import GUEST, find, guests_of, hash_of, members_of, of_token, room_of_token, taken
from dashboard.records.rooms.room import (
    ANSWER,
    IN,
    OPEN_ROOM,
    PARTICIPANT,
    ROOM,
    MeetingRoom,
    Participant,
    RoomAnswer,
    meeting_of,
)


@dataclass(frozen=True)
class Seat:
    """What one phone sees of its room: `answers` are its own. no_vote: why it may not vote, empty where it may."""

    room: MeetingRoom
    meeting: Meeting
    own: Participant
    answers: tuple[RoomAnswer, ...]
    no_vote: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.room.is_open(self.meeting)


@dataclass(frozen=True)
class Gathered:
    """What a room has answered: its `people` who are in, and their `answers`; nobody is named unless votes are open.

    mark: another once anything of it has changed.
    """

    room: MeetingRoom
    mark: str
    people: tuple[Participant, ...]
    answers: tuple[RoomAnswer, ...]


@dataclass(frozen=True)
class NameTag:
    """A member or a guest by whose name one can join. taken: a phone has it."""

    id: str
    name: str
    taken: bool


def seat_mark(store: Store, token: object) -> str:
    """Return a mark that is another once anything that a phone sees of its room has changed, by one small question.

    Raises Refused where the token is nobody's, or no longer.
    """
    given = (AnswerRow.participant == ParticipantRow.id,)
    wanted = (
        select(
            RoomRow.version,
            MeetingRow.version,
            ParticipantRow.version,
            func.coalesce(MemberRow.version, 0),
            select(func.count()).where(*given).scalar_subquery(),
            select(func.coalesce(func.sum(AnswerRow.version), 0)).where(*given).scalar_subquery(),
        )
        .join(RoomRow, RoomRow.id == ParticipantRow.room)
        .join(MeetingRow, MeetingRow.id == RoomRow.id)
        .outerjoin(MemberRow, MemberRow.id == ParticipantRow.member)
        .where(ParticipantRow.token == hash_of(token))
    )
    with store.reading() as session:
        found = session.execute(wanted).first()
    if found is None:
        raise Refused("no_seat")
    return ".".join(map(str, found))


def seat(store: Store, token: object) -> Seat:
    """Return what a phone sees of its room. Raises Refused where the token is nobody's, or no longer."""
    with store.reading() as session:
        own = of_token(session, token)
        room = room_of_token(session, own)
        held = meeting_of(session, room)
        mine = history.every(session, ANSWER, AnswerRow.participant == own.id)
        return Seat(room, held, own, mine, why_no_vote(session, own, held))


def names_of(store: Store, code: object, address: str) -> tuple[MeetingRoom, Meeting, tuple[NameTag, ...]]:
    """Return the open room of a code, its meeting, and by whose names one can join. Raises Refused."""
    room = find(store, code, address)
    with store.reading() as session:
        had = taken(session, room.id)
        held = meeting_of(session, room)
        members = [NameTag(m.id, m.name or m.institution, (m.id, "") in had) for m in members_of(session, room)]
        guests = [NameTag(f"{GUEST}{name}", name, ("", key) in had) for key, name in guests_of(held).items()]
        return room, held, (*members, *guests)


def mark(store: Store, actor: Actor, meeting: str) -> str:
    """Return a mark that is another once anything in the room of a meeting has changed, "" where there is none.

    Raises Refused, Missing.
    """
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        held = history.load(session, MEETING, meeting)
        allow(actor, "meeting.read", held.department)
        return _mark(session, held)


def gathered(store: Store, actor: Actor, meeting: str) -> Gathered | None:
    """Return what the room of a meeting has answered, None where it never had one. Raises Refused, Missing."""
    allow_somewhere(actor, "meeting.read")
    with store.reading() as session:
        held = history.load(session, MEETING, meeting)
        allow(actor, "meeting.read", held.department)
        try:
            room = history.load(session, ROOM, held.id)
        except Missing:
            return None
        here = (ParticipantRow.room == room.id, ParticipantRow.state == IN)
        people = history.every(session, PARTICIPANT, *here)
        given = history.every(session, ANSWER, AnswerRow.room == room.id)
        told = _mark(session, held)
    there = {person.id for person in people}
    named = people if room.open_voting else tuple(replace(p, name="", member="") for p in people)
    return Gathered(room, told, named, tuple(answer for answer in given if answer.participant in there))


def counted(store: Store, room: MeetingRoom) -> Mapping[tuple[int, str, str], int]:
    """Return how many who are in have answered, by round, kind and subject."""
    with store.reading() as session:
        rows = session.execute(
            select(AnswerRow.round, AnswerRow.kind, AnswerRow.subject, func.count())
            .join(ParticipantRow, ParticipantRow.id == AnswerRow.participant)
            .where(AnswerRow.room == room.id, ParticipantRow.state == IN)
            .group_by(AnswerRow.round, AnswerRow.kind, AnswerRow.subject)
        )
        return {(round_, kind, subject): n for round_, kind, subject, n in rows}


def _mark(session: Session, held: Meeting) -> str:
    row = session.execute(select(RoomRow.version, RoomRow.mark, RoomRow.state).where(RoomRow.id == held.id)).first()
    return "" if row is None else f"{held.version}.{row[0]}.{row[1]}.{int(row[2] == OPEN_ROOM)}"
