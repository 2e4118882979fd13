"""Join a room by its code, without an account: as a member of the group, someone invited, or an observer.

The code is short so that it can be read out; whoever guesses is slowed down as one who guesses passwords is. A phone
gives a random text of its own (`device`), of which the room makes its token: asked again, the same phone gets the same
token, so that an answer which was lost on its way does no harm. The database knows the hash of the token alone.
"""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.records.core import (
    Actor,
    Command,
    Fault,
    Form,
    NotNow,
    ParticipantRow,
    Refused,
    RoomRow,
    Store,
    Transaction,
    history,
    log,
    validation,
)
from dashboard.records.meetings import Meeting, Member, group_of
from dashboard.records.people import attempts
from dashboard.records.rooms.room import (
    ASKED,
    IN,
    INVITED,
    MEMBER_ROLE,
    OBSERVER,
    OF_THE_ROOM,
    OPEN_ROOM,
    PARTICIPANT,
    REMOVED,
    ROOM,
    MeetingRoom,
    Participant,
    meeting_of,
    touch,
)

LETTERS = "BCDFGHJKMNPQRSTWXYZ"  # none that is taken for another, and no word can come of them
CODE_LETTERS = 6
GUESSES = 20  # of codes from one place that cost no wait: a room of people may share an address
MOST_PEOPLE = 300  # of a room, with those who left
SHORTEST_DEVICE, LONGEST_DEVICE = 16, 100
GUEST = "guest:"  # before the name of someone invited, where one name is chosen of several
GUESSED = "room code"  # under which wrong codes are counted: no login can be called so


class Joining(Form):
    """What a phone sends to join. It is read with the ids of the `members` there are."""

    device: Annotated[str, validation.text(LONGEST_DEVICE, required=True)]
    role: Annotated[str, validation.chosen(OF_THE_ROOM)]
    member: Annotated[str | None, validation.chosen("members", required=False)] = None
    name: Annotated[str, validation.text()] = ""


@dataclass(frozen=True)
class JoinRoom(Command):
    """Come into a room, or ask to."""

    action = "join"
    room: str


def fold_code(code: object) -> str:
    """Return a code as it is kept, whatever someone typed between and around its letters; "" for what is none.

    >>> [fold_code(code) for code in ("bcd-fgh", " BCD FGH ", "BCDFG", "BCDFGA", None)]
    ['BCDFGH', 'BCDFGH', '', '', '']
    """
    text = "".join(c for c in code if not c.isspace() and c != "-").upper() if isinstance(code, str) else ""
    return text if len(text) == CODE_LETTERS and set(text) <= set(LETTERS) else ""


def find(store: Store, code: object, address: str) -> MeetingRoom:
    """Return the open room of a code.

    Raises Refused: `room_locked` while one has to wait after too many wrong codes, `wrong_code` else.
    """
    wanted, place = fold_code(code), attempts.Origin(address)
    with store.reading() as session:
        row = session.scalar(select(RoomRow).where(RoomRow.code == wanted, RoomRow.state == OPEN_ROOM))
        found = None if row is None else history.from_row(ROOM, row)
        if found is not None and not found.is_open(meeting_of(session, found)):
            found = None
        _refuse_waiting(lambda: attempts.refuse_waiting(session, store.now(), GUESSED, place))
    if found is None:
        count = partial(attempts.count, now=store.now(), login=GUESSED, place=place, free=GUESSES)
        _refuse_waiting(lambda: store.write(count))
        log.warning("refused: a code of no room from %r", address)
        raise Refused("wrong_code")
    return found


def _refuse_waiting(look: Callable[[], None]) -> None:
    """Say of codes what `look` raises of logins."""
    try:
        look()
    except Refused as error:
        raise Refused("room_locked", **error.fields) from None


def join(store: Store, code: object, who: object, device: object, address: str = "") -> tuple[str, Participant]:
    """Return a token and who its phone is in a room: `in`, or `asked` where the secretariat has to let them in.

    who: the id of a member, `guest:` and the name of someone invited, or {"role": "invited" or "observer", "name"}.
    The name of a member or a guest of the meeting that nobody has had is theirs at once, as is watching; a name that
    another device has or had, and any other that is typed, is asked for. A phone that joins under another name leaves
    the one before. Raises Refused, BadInput, NotNow.
    """
    room = find(store, code, address)
    with store.reading() as session:
        members = {member.id: member for member in members_of(session, room)}
        guests = guests_of(meeting_of(session, room))
    if isinstance(who, str) and who.startswith(GUEST):
        who = {"role": INVITED, "name": who.removeprefix(GUEST)}
    asked = who if isinstance(who, dict) else {"role": MEMBER_ROLE, "member": who}
    read = Joining.read({**asked, "device": device}, members=members)
    _refuse_nobody(read)
    name = members[read.member].name if read.member else read.name
    wanted = Participant(history.new_id(), 0, room.id, read.member or "", name, read.role, IN)

    def work(session: Session) -> tuple[str, Participant]:
        secret = session.get_one(RoomRow, room.id).secret
        token = hmac.new(secret.encode(), read.device.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
        mine = _of_token(session, token)
        actor = Actor((mine or wanted).id, wanted.name, wanted.role)
        transaction = Transaction(session, store, actor, JoinRoom(room.id))
        if mine is not None and same_person(mine, wanted):
            done = _again(transaction, mine)
        else:
            if mine is not None:
                leave = {"token": dead_token()}
                transaction.change(PARTICIPANT, mine, mine.version, lambda p: replace(p, state=REMOVED), hidden=leave)
            done = _new(transaction, wanted, token, guests)
        touch(session, room.id)
        return token, done

    return store.write(work)


def members_of(session: Session, room: MeetingRoom) -> tuple[Member, ...]:
    """Return who can join a room as a member: the group on the day of the meeting."""
    held = meeting_of(session, room)
    return group_of(session, held.department, held.period, held.held_on)


def guests_of(held: Meeting) -> dict[str, str]:
    """Return the names of those whom a meeting invited, by the name as it is compared."""
    names = [str(guest.get("name") or "") for guest in held.guests]
    return {_folded(name): name for name in names if name}


def taken(session: Session, room: str) -> frozenset[tuple[str, str]]:
    """Return whose names are some device's: ids of members, or names as they are compared."""
    rows = session.execute(
        select(ParticipantRow.member, ParticipantRow.name).where(
            ParticipantRow.room == room, ParticipantRow.state == IN
        )
    )
    return frozenset((member, "") if member else ("", _folded(name)) for member, name in rows)


def token_hash(token: str) -> str:
    """Return what the database knows of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def dead_token() -> str:
    """Return the hash of a token that no phone has."""
    return token_hash(secrets.token_hex(32))


def _refuse_nobody(read: Joining) -> None:
    """Raise NotNow for a phone, a member or a guest that names nothing."""
    faults = []
    if len(read.device) < SHORTEST_DEVICE:
        faults.append(Fault("records.fault.short_device", {"least": SHORTEST_DEVICE}))
    if read.role == MEMBER_ROLE and read.member is None:
        faults.append(Fault("records.fault.empty", {"field": "member"}))
    if read.role == INVITED and not read.name:
        faults.append(Fault("records.fault.empty", {"field": "name"}))
    if faults:
        raise NotNow("join", tuple(faults))


def _of_token(session: Session, token: str) -> Participant | None:
    row = session.scalar(select(ParticipantRow).where(ParticipantRow.token == token_hash(token)).with_for_update())
    return None if row is None else history.from_row(PARTICIPANT, row)


def same_person(one: Participant, other: Participant) -> bool:
    """Tell whether two of a room are one person, by what they called themselves."""
    same = (one.member, one.role) == (other.member, other.role)
    return same and (bool(one.member) or _folded(one.name) == _folded(other.name))


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _again(transaction: Transaction, mine: Participant) -> Participant:
    """A phone that is known: as it is, but for one that was removed, which asks."""
    if mine.state != REMOVED:
        return mine
    return transaction.change(PARTICIPANT, mine, mine.version, lambda p: replace(p, state=ASKED))


def _new(transaction: Transaction, wanted: Participant, token: str, guests: Mapping[str, str]) -> Participant:
    session, of = transaction.session, ParticipantRow.room == wanted.room
    if (session.scalar(select(func.count()).where(of)) or 0) >= MOST_PEOPLE:
        raise Refused("room_full")
    expected = wanted.role != INVITED or _folded(wanted.name) in guests
    state = IN if wanted.role == OBSERVER or (expected and not _was_had(session, wanted)) else ASKED
    name = wanted.name or ("" if wanted.role == OBSERVER else wanted.member)
    made = replace(wanted, state=state, name=name)
    return transaction.add(PARTICIPANT, made, hidden={"token": token_hash(token)})


def _was_had(session: Session, wanted: Participant) -> bool:
    of = (
        ParticipantRow.room == wanted.room,
        ParticipantRow.member == wanted.member,
        ParticipantRow.role == wanted.role,
    )
    rows = session.scalars(select(ParticipantRow).where(*of))
    return any(same_person(history.from_row(PARTICIPANT, row), wanted) for row in rows)


def of_token(session: Session, token: object) -> Participant:
    """Return whose phone a token is, within a session. Raises Refused where it is nobody's, or no longer."""
    row = session.scalar(select(ParticipantRow).where(ParticipantRow.token == hash_of(token)))
    if row is None:
        raise Refused("no_seat")
    return history.from_row(PARTICIPANT, row)


def hash_of(token: object) -> str:
    """Return what the database knows of what was sent as a token; "", which is nobody's, for what can be none."""
    return token_hash(token) if isinstance(token, str) and 0 < len(token) <= LONGEST_DEVICE else ""


def room_of_token(session: Session, found: Participant) -> MeetingRoom:
    """Return the room of a participant, within a session. Raises Missing."""
    return history.load(session, ROOM, found.room)
