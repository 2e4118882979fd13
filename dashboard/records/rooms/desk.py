"""What the secretariat does with a room: open it, let people in or out of it, lead its rounds and votes, close it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from pydantic import field_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.records.core import (
    Actor,
    AnswerRow,
    Command,
    Fault,
    Form,
    Missing,
    NotNow,
    ParticipantRow,
    Store,
    Transaction,
    allow,
    allow_somewhere,
    carry_out,
    history,
    validation,
)
from dashboard.records.meetings import MEETING, OPEN, Meeting
from dashboard.records.rooms.joining import CODE_LETTERS, LETTERS, dead_token, same_person
from dashboard.records.rooms.room import (
    ASKED,
    CLOSED_ROOM,
    IN,
    LAST_ROUND,
    OPEN_ROOM,
    PARTICIPANT,
    REMOVED,
    ROOM,
    VOTE,
    MeetingRoom,
    Participant,
    meeting_of,
    touch,
)

RUN = "room.run"


class RoomContent(Form):
    """What can change of an open room. It is read with the proposals under `review`."""

    round: Annotated[int, validation.whole(1, LAST_ROUND)] = 1
    vote: Annotated[str | None, validation.chosen("review", required=False)] = None
    open_voting: bool = False

    @field_validator("vote", mode="before")
    @classmethod
    def _none(cls, vote: object) -> object:
        return vote or None

    @field_validator("open_voting", mode="before")
    @classmethod
    def _yes_or_no(cls, value: object) -> bool:
        if not isinstance(value, bool):
            raise validation.fault("not_yes_or_no")
        return value


@dataclass(frozen=True)
class OpenRoom(Command):
    """Open the room of an open meeting, for the first time or again."""

    action = "open"
    meeting: str


@dataclass(frozen=True)
class ChangeRoom(Command):
    """Change what is asked in a room: the round, the vote, and whether votes are told."""

    action = "change"
    id: str
    version: int | None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class CloseRoom(Command):
    """Close a room: its code ends, what was answered stays."""

    action = "close"
    id: str
    version: int | None


@dataclass(frozen=True)
class Admit(Command):
    """Let someone in who asks."""

    action = "admit"
    participant: str


@dataclass(frozen=True)
class Remove(Command):
    """Have someone out of the room, or refuse who asks."""

    action = "remove"
    participant: str


def open_room(store: Store, actor: Actor, meeting: str, *, key: str | None = None) -> MeetingRoom:
    """Open the room of a meeting; one that is open stays as it is, one that was closed has a new code.

    Who was in it and what they answered stays. Raises Refused, Missing, NotNow for a meeting that is not open.
    """
    allow_somewhere(actor, RUN)

    def work(transaction: Transaction) -> MeetingRoom:
        session = transaction.session
        held = transaction.allowed(MEETING, meeting, RUN)
        if (before := transaction.answered(ROOM)) is not None:
            return before
        _refuse_unless_open(held)
        try:
            room = transaction.load(ROOM, held.id)
        except Missing:
            new = MeetingRoom(held.id, 0, held.department, new_code())
            return transaction.add(ROOM, new, hidden={"secret": secrets.token_hex(32)})
        if room.state == OPEN_ROOM:
            return room
        again = transaction.change(
            ROOM, room, room.version, lambda r: replace(r, state=OPEN_ROOM, code=new_code(), vote="")
        )
        touch(session, room.id)
        return again

    return carry_out(store, actor, OpenRoom(meeting), work, key)


def change_room(
    store: Store, actor: Actor, id: str, version: int | None, values: Mapping[str, object], *, key: str | None = None
) -> MeetingRoom:
    """Change fields of :class:`RoomContent` of an open room.

    Raises Refused, Missing, BadInput, Conflict; NotNow for one that is not open, or where votes that were given in
    secret would be told.
    """
    allow_somewhere(actor, RUN)

    def work(transaction: Transaction) -> MeetingRoom:
        session = transaction.session
        room = transaction.allowed(ROOM, id, RUN)
        if (before := transaction.answered(ROOM)) is not None:
            return before
        held = meeting_of(session, room)
        changed = RoomContent.read(values, review=held.proposals).given()
        if "vote" in changed:
            changed["vote"] = changed["vote"] or ""
        if version == room.version:
            _refuse_unless_open(held, room)
            _refuse_to_tell(session, room, changed.get("open_voting", room.open_voting))
        done = transaction.change(ROOM, room, version, lambda r: replace(r, **changed))
        touch(session, room.id)
        return done

    return carry_out(store, actor, ChangeRoom(id, version, values), work, key)


def close_room(store: Store, actor: Actor, id: str, version: int | None, *, key: str | None = None) -> MeetingRoom:
    """Close a room. Raises Refused, Missing, NotNow, Conflict."""
    allow_somewhere(actor, RUN)

    def work(transaction: Transaction) -> MeetingRoom:
        room = transaction.allowed(ROOM, id, RUN)
        if (before := transaction.answered(ROOM)) is not None:
            return before
        if version == room.version and room.state != OPEN_ROOM:
            raise NotNow("close", (Fault("records.fault.room_closed"),))
        done = transaction.change(ROOM, room, version, lambda r: replace(r, state=CLOSED_ROOM, vote=""))
        touch(transaction.session, room.id)
        return done

    return carry_out(store, actor, CloseRoom(id, version), work, key)


def admit(store: Store, actor: Actor, participant: str, *, key: str | None = None) -> Participant:
    """Let someone in who asks, and return who is in then.

    Where the name is another device's, the name goes over to the one that asks, with all that was answered under it.
    Someone who is in stays. Raises Refused, Missing.
    """
    allow_somewhere(actor, RUN)

    def work(transaction: Transaction) -> Participant:
        session = transaction.session
        found = _allowed(transaction, participant)
        if (before := transaction.answered(PARTICIPANT)) is not None:
            return before
        if found.state == IN:
            return found
        if (holder := _holder(transaction, found)) is None:
            done = transaction.change(PARTICIPANT, found, found.version, lambda p: replace(p, state=IN))
        else:
            done = _hand_over(transaction, found, holder)
        touch(session, found.room)
        return done

    return carry_out(store, actor, Admit(participant), work, key)


def remove(store: Store, actor: Actor, participant: str, *, key: str | None = None) -> Participant:
    """Have someone out of the room: what they answered stays and no longer counts. Raises Refused, Missing."""
    allow_somewhere(actor, RUN)

    def work(transaction: Transaction) -> Participant:
        found = _allowed(transaction, participant)
        if (before := transaction.answered(PARTICIPANT)) is not None:
            return before
        if found.state == REMOVED:
            return found
        done = transaction.change(PARTICIPANT, found, found.version, lambda p: replace(p, state=REMOVED))
        touch(transaction.session, found.room)
        return done

    return carry_out(store, actor, Remove(participant), work, key)


def room_of(store: Store, actor: Actor, meeting: str) -> MeetingRoom | None:
    """Return the room of a meeting, None where it never had one. Raises Refused, Missing."""
    allow_somewhere(actor, RUN)
    with store.reading() as session:
        held = history.load(session, MEETING, meeting)
        allow(actor, RUN, held.department)
        found = history.every(session, ROOM, ROOM.row.id == held.id)
    return found[0] if found else None


def people(store: Store, actor: Actor, meeting: str) -> tuple[Participant, ...]:
    """Return everybody who ever joined a room, those who ask first, with their names. Raises Refused, Missing."""
    room = room_of(store, actor, meeting)
    if room is None:
        return ()
    with store.reading() as session:
        found = history.every(session, PARTICIPANT, ParticipantRow.room == room.id)
    order = (ASKED, IN, REMOVED)
    return tuple(sorted(found, key=lambda p: (order.index(p.state), p.name, p.id)))


def new_code() -> str:
    """Return a code that nobody can guess from another."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))


def _allowed(transaction: Transaction, id: str) -> Participant:
    found = transaction.load(PARTICIPANT, id)
    room = history.load(transaction.session, ROOM, found.room)
    allow(transaction.actor, RUN, room.department)
    return found


def _holder(transaction: Transaction, asks: Participant) -> Participant | None:
    """Return who is in under the name of one who asks."""
    of = (ParticipantRow.room == asks.room, ParticipantRow.state == IN, ParticipantRow.role == asks.role)
    rows = transaction.session.scalars(select(ParticipantRow).where(*of).order_by(ParticipantRow.id).with_for_update())
    return next((p for p in (history.from_row(PARTICIPANT, row) for row in rows) if same_person(p, asks)), None)


def _hand_over(transaction: Transaction, asks: Participant, holder: Participant) -> Participant:
    """Give a name to the device that asks for it: its token becomes that of the participant who had the name."""
    token = transaction.session.get_one(ParticipantRow, asks.id).token
    out = {"token": dead_token()}
    transaction.change(PARTICIPANT, asks, asks.version, lambda p: replace(p, state=REMOVED), hidden=out)
    return transaction.change(PARTICIPANT, holder, holder.version, lambda p: p, hidden={"token": token})


def _refuse_unless_open(meeting: Meeting, room: MeetingRoom | None = None) -> None:
    if meeting.state != OPEN:
        raise NotNow("room", (Fault("records.fault.meeting_state", {"meeting_state": meeting.state}),))
    if room is not None and room.state != OPEN_ROOM:
        raise NotNow("room", (Fault("records.fault.room_closed"),))


def _refuse_to_tell(session: Session, room: MeetingRoom, openly: bool) -> None:
    if openly and not room.open_voting:
        given = select(AnswerRow.id).where(AnswerRow.room == room.id, AnswerRow.kind == VOTE).limit(1)
        if session.scalar(given) is not None:
            raise NotNow("room", (Fault("records.fault.votes_in_secret"),))
