"""Keep what people in a room answer, each by the token of their own phone.

A phone sends what it has until it is told that it is kept, in any order and as often as it likes: an answer is known
again by its key, and of several to one thing the one with the highest count (`seq`) stands, whichever came last. What
is told as kept is in the database, or something later is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo, field_validator
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.clusters.model import SERVICES
from dashboard.clusters.scoring import JUDGEMENT_SCALE, with_own
from dashboard.records.core import (
    MOST_NOTE,
    Actor,
    AnswerRow,
    BadInput,
    Command,
    Fault,
    Form,
    MemberRow,
    NotNow,
    ParticipantRow,
    RecordsError,
    Refused,
    Store,
    Transaction,
    allow,
    history,
    plain_value,
    validation,
)
from dashboard.records.meetings import Meeting
from dashboard.records.rooms.joining import of_token, room_of_token
from dashboard.records.rooms.room import (
    ANSWER,
    DRAWING,
    IN,
    JUDGEMENT,
    KINDS,
    LAST_ROUND,
    OF_NO_ROUND,
    RIGHTS,
    VOTE,
    WEIGHTS,
    MeetingRoom,
    Participant,
    RoomAnswer,
    meeting_of,
    touch,
)

MOST_ANSWERS = 200  # in one request
MOST_DRAWINGS = 20  # of one participant
MOST_WEIGHT = 1_000.0
MOST_SEQ = 2.0**53
VALUES, BY_CRITERION = "values", "by_criterion"  # as it is sent, and in a form, which has values of its own
WAYS = ("points", "ranking")
DISAGREE = "disagree"
BALLOTS = ("agree", DISAGREE, "abstain")


class SentAnswer(Form):
    """One answer as a phone sends it."""

    key: Annotated[str, validation.text(validation.MOST_KEY, required=True)]
    seq: Annotated[int, validation.whole(0, MOST_SEQ)]
    round: Annotated[int, validation.whole(OF_NO_ROUND, LAST_ROUND)] = 1
    kind: Annotated[str, validation.chosen(KINDS)]
    subject: Annotated[str, validation.text(validation.MOST_ID)] = ""
    content: Mapping[str, Any]  # of any type until it is read as its kind

    @field_validator("content", mode="before")
    @classmethod
    def _table(cls, content: object) -> object:
        if not isinstance(content, Mapping):
            raise validation.fault("not_a_table")
        return content


def _levels(sent: object, info: ValidationInfo) -> dict[str, int | None]:
    """Read whole numbers of the scale by criteria that a group judges; None where nothing is known."""
    if not isinstance(sent, Mapping):
        raise validation.fault("not_a_table")
    if strange := [str(key)[: validation.MOST_ID] for key in sent if key not in validation.context(info)["judged"]]:
        raise validation.fault("unknown_items", items=tuple(strange[:5]))
    lowest, highest = JUDGEMENT_SCALE
    for level in sent.values():
        if level is not None and not (type(level) is int and lowest <= level <= highest):
            raise validation.fault("not_whole", value=str(level)[: validation.MOST_ID], least=lowest, most=highest)
    return dict(sent)


class JudgementContent(Form):
    """How someone judges a proposal by the criteria that a group judges; None is "I do not know"."""

    by_criterion: Annotated[Mapping[str, int | None], PlainValidator(_levels)]
    note: Annotated[str, validation.text(MOST_NOTE, lines=True)] = ""


class WeightsContent(Form):
    """What the criteria count for to someone; by ranking, `order` has them from first to last."""

    way: Annotated[str, validation.chosen(WAYS)]
    by_criterion: Annotated[Mapping[str, float], validation.numbers("criteria", 0.0, MOST_WEIGHT)]
    order: Annotated[tuple[str, ...], validation.all_chosen("criteria")] = ()

    @field_validator("by_criterion")
    @classmethod
    def _some(cls, weights: Mapping[str, float]) -> Mapping[str, float]:
        if not sum(weights.values()):
            raise validation.whole_fault("no_weight")
        return weights


class DrawingContent(Form):
    """A candidate that someone drew; without districts it is taken back."""

    name: Annotated[str, validation.text(required=True)]
    ubigeos: Annotated[frozenset[str], validation.districts("districts", none=True)]
    services: Annotated[tuple[str, ...], validation.all_chosen(SERVICES)] = ()


class VoteContent(Form):
    """A vote; who does not agree says why."""

    vote: Annotated[str, validation.chosen(BALLOTS)]
    reason: Annotated[str, validation.text(MOST_NOTE, lines=True)] = ""

    @field_validator("reason")
    @classmethod
    def _said(cls, reason: str, info: ValidationInfo) -> str:
        if info.data.get("vote") == DISAGREE and not reason:
            raise validation.fault("empty")
        return reason


CONTENTS: Mapping[str, type[Form]] = {
    JUDGEMENT: JudgementContent, WEIGHTS: WeightsContent, DRAWING: DrawingContent, VOTE: VoteContent,
}  # fmt: skip


@dataclass(frozen=True)
class GiveAnswer(Command):
    """RoomAnswer one thing in a room."""

    action = "answer"
    round: int
    kind: str
    subject: str
    content: Mapping[str, object]
    seq: int


@dataclass(frozen=True)
class Kept:
    """What became of answers that a phone sent: the keys of those kept, and why others never will be."""

    keys: tuple[str, ...]
    refused: tuple[tuple[str, RecordsError], ...]


def keep_answers(store: Store, token: object, sent: object) -> Kept:
    """Keep what a phone answers, all that can be in one transaction; each answer is judged for itself.

    Raises Refused where the token is nobody's or its owner is not in; BadInput where no list was sent; NotNow for a
    room that is closed; CannotSave, and then nothing was kept.
    """
    if not isinstance(sent, list) or len(sent) > MOST_ANSWERS:
        raise BadInput((Fault("records.fault.not_a_list", {"field": "answers"}),))

    def work(session: Session) -> Kept:
        own = of_token(session, token)
        session.get(ParticipantRow, own.id, with_for_update=True)  # what one phone sends at once takes turns
        room = room_of_token(session, own)
        held = meeting_of(session, room)
        if own.state != IN:
            raise Refused("not_in_room")
        if not room.is_open(held):
            raise NotNow("answer", (Fault("records.fault.room_closed"),))
        seen = Asked(session, store, own, room, held)
        keys, refused, changed = [], [], False
        for item in sent:
            try:
                key, new = seen.keep(item)
                keys.append(key)
                changed = changed or new
            except RecordsError as error:
                refused.append((_key_of(item), error))
        if changed:
            touch(session, room.id)
        return Kept(tuple(keys), tuple(refused))

    return store.write(work)


def _key_of(item: object) -> str:
    key = item.get("key") if isinstance(item, Mapping) else None
    return key[: validation.MOST_KEY] if isinstance(key, str) else ""


@dataclass(frozen=True)
class Asked:
    """What one phone sends, in one session: whose it is, in which room of which meeting."""

    session: Session
    store: Store
    own: Participant
    room: MeetingRoom
    held: Meeting

    def keep(self, item: object) -> tuple[str, bool]:
        """Keep one answer; return its key, and whether anything changed. Raises Refused, BadInput, NotNow."""
        read = SentAnswer.read(item)
        # what they vote is nobody's to read beside their name in the history
        actor = Actor(self.own.id, "", self.own.role)
        allow(actor, RIGHTS[read.kind])
        content = self._content(read)
        in_round = OF_NO_ROUND if read.kind in (DRAWING, VOTE) else read.round
        command = GiveAnswer(in_round, read.kind, read.subject, content, read.seq)
        transaction = Transaction(self.session, self.store, actor, command, read.key)
        if transaction.answered(ANSWER) is not None:
            return read.key, False
        row = self.session.scalar(
            select(AnswerRow)
            .where(AnswerRow.participant == self.own.id, AnswerRow.round == in_round)
            .where(AnswerRow.kind == read.kind, AnswerRow.subject == read.subject)
        )
        current = None if row is None else history.from_row(ANSWER, row)
        if current is not None and (current.seq, current.key) >= (read.seq, read.key):
            return read.key, False
        self._refuse_now(read, in_round, current)
        if current is None:
            answer = RoomAnswer(
                history.new_id(), 0, self.room.id, self.own.id, in_round, read.kind, read.subject, content, read.seq,
                read.key,
            )  # fmt: skip
            transaction.add(ANSWER, answer)
        else:
            self.session.expunge(row)  # changed below by a statement of its own
            transaction.change(
                ANSWER, current, current.version, lambda a: replace(a, content=content, seq=read.seq, key=read.key)
            )
        return read.key, True

    # JSON, of any type
    def _content(self, read: SentAnswer) -> dict[str, Any]:
        criteria = with_own(self.held.own_criteria)
        judged = [key for key, criterion in criteria.items() if criterion.judged]
        known = self.store.dataset.territory.districts
        sent = {BY_CRITERION if name == VALUES else name: value for name, value in read.content.items()}
        form = CONTENTS[read.kind].read(sent, judged=judged, criteria=tuple(criteria), districts=known)
        return {VALUES if name == BY_CRITERION else name: plain_value(value) for name, value in form.values().items()}

    def _refuse_now(self, read: SentAnswer, in_round: int, current: RoomAnswer | None) -> None:
        """Raise NotNow for what is not asked: a round to come, what is not under review, a vote that is not open."""
        faults = []
        if read.kind in (JUDGEMENT, WEIGHTS) and not 1 <= in_round <= self.room.round:
            faults.append(Fault("records.fault.no_round", {"round": in_round}))
        if read.kind in (JUDGEMENT, VOTE) and read.subject not in self.held.proposals:
            faults.append(Fault("records.fault.not_under_review"))
        if read.kind == VOTE:
            faults += [Fault(f"records.fault.{why}") for why in why_no_vote(self.session, self.own, self.held)]
            faults += [] if self.room.vote == read.subject else [Fault("records.fault.no_vote_open")]
        if read.kind == DRAWING and current is None and self._drawings() >= MOST_DRAWINGS:
            faults.append(Fault("records.fault.many_drawings", {"most": MOST_DRAWINGS}))
        if faults:
            raise NotNow("answer", tuple(faults))

    def _drawings(self) -> int:
        mine = (AnswerRow.participant == self.own.id, AnswerRow.kind == DRAWING)
        return self.session.scalar(select(func.count()).where(*mine)) or 0


def why_no_vote(session: Session, own: Participant, held: Meeting) -> tuple[str, ...]:
    """Return why someone may not vote in a meeting, by the names of sentences: only who is accredited and present."""
    member = session.get(MemberRow, own.member) if own.member else None
    if member is None:
        return ("votes_members",)
    lacking = {"votes_accredited": not member.accreditation, "votes_present": own.member not in held.present}
    return tuple(why for why, is_so in lacking.items() if is_so)
