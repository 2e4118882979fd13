"""Snapshots: frozen copies of what a meeting looks at, one proposal with its figures or a comparison of several."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy.orm import Session

from dashboard.clusters.ranking import LETTERS, compare
from dashboard.clusters.rules import Context, load_parameters
from dashboard.records.core import (
    Actor,
    Command,
    Fault,
    Form,
    NotNow,
    ProposalRow,
    SnapshotRow,
    Store,
    Subject,
    Transaction,
    allow,
    allow_somewhere,
    carry_out,
    history,
    may,
    validation,
)
from dashboard.records.meetings.meeting import CLOSED, MEETING, Meeting
from dashboard.records.meetings.room_view import freeze_room
from dashboard.records.meetings.view import ProposalView, content_of, live_view, view_of
from dashboard.records.proposals import PROPOSAL, Proposal, candidate

ONE, SEVERAL, GROUP = "proposal", "comparison", "group"
LOOKED_AT = (ONE, SEVERAL)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a meeting looked at, as it was then: never changed after.

    `content` is plain data: of a proposal its view, as `content_of` writes it down; of a comparison what
    :meth:`Comparison.to_dict` gives and the ids of its `proposals`; of a group what
    :func:`dashboard.records.meetings.frozen.group_content` gives, taken when the meeting closes.
    """

    id: str
    meeting: str
    kind: str
    proposal: str | None
    proposal_version: int | None
    content: Mapping[str, Any]  # JSON, of any type
    edition: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """What the history says of a snapshot: that it was taken; its content stands in the snapshot."""

    id: str
    version: int
    meeting: str
    kind: str
    proposals: tuple[str, ...]


TAKEN = Subject("snapshot", Taken)


Frozen = tuple[list[Proposal], dict[str, object]]  # what was looked at, and its content


@dataclass(frozen=True)
class TakeSnapshot(Command):
    """Freeze a proposal, or a comparison of several, in a meeting that is not closed."""

    action = "take"
    meeting: str
    kind: str
    proposals: Sequence[str]


def take(store: Store, actor: Actor, meeting: str, proposal: str, *, key: str | None = None) -> Snapshot:
    """Freeze a proposal under review in a meeting that is not closed, as it is now.

    The copy has its measures, and what the rules say of it beside the other proposals. Raises Refused, Missing,
    BadInput, NotNow.
    """

    def freeze(session: Session, held: Meeting) -> Frozen:
        (chosen,) = _under_review(session, held, [proposal])
        now = live_view(chosen, store.dataset, Context.of(store.dataset, _others(session)))
        return [chosen], content_of(now)

    return _take(store, actor, TakeSnapshot(meeting, ONE, [proposal]), freeze, key)


def take_comparison(
    store: Store, actor: Actor, meeting: str, proposals: Sequence[str], *, key: str | None = None
) -> Snapshot:
    """Freeze a comparison of two to four proposals under review, by the weights of the meeting.

    It has the judgements of each proposal. Raises Refused, Missing, BadInput, NotNow; ComparisonError for another
    number.
    """

    def freeze(session: Session, held: Meeting) -> Frozen:
        chosen = _under_review(session, held, proposals)
        context = Context.of(store.dataset, _others(session))
        judgements = [dict(p.judgements) for p in chosen]
        drawn = [candidate(p) for p in chosen]
        made = compare(drawn, store.dataset, weights=dict(held.weights), judgements=judgements, context=context)
        return chosen, made.to_dict() | {"proposals": [p.id for p in chosen]}

    return _take(store, actor, TakeSnapshot(meeting, SEVERAL, list(proposals)[: len(LETTERS) + 1]), freeze, key)


def _take(
    store: Store,
    actor: Actor,
    command: TakeSnapshot,
    freeze: Callable[[Session, Meeting], Frozen],
    key: str | None,
) -> Snapshot:
    allow_somewhere(actor, "meeting.change")

    def work(transaction: Transaction) -> Snapshot:
        session = transaction.session
        held = transaction.allowed(MEETING, command.meeting, "meeting.change")
        if (before := transaction.answered(TAKEN)) is not None:
            return _snapshot(session.get_one(SnapshotRow, before.id))
        if held.state == CLOSED:
            raise NotNow(command.name, (Fault("records.fault.meeting_state", {"meeting_state": held.state}),))
        proposals, content = freeze(session, held)
        one = proposals[0] if command.kind == ONE else None
        row = SnapshotRow(
            id=history.new_id(),
            meeting=held.id,
            kind=command.kind,
            proposal=None if one is None else one.id,
            proposal_version=None if one is None else one.version,
            content=content,
            edition=store.dataset.edition,
            taken_at=store.now(),
        )
        session.add(row)
        if command.kind == SEVERAL:
            freeze_room(session, store, held)  # what the group said of it goes with it
        transaction.enter(TAKEN, None, Taken(row.id, 1, held.id, command.kind, tuple(p.id for p in proposals)))
        return _snapshot(row)

    return carry_out(store, actor, command, work, key)


def frozen_view(snapshot: Snapshot, number: int = 0) -> ProposalView:
    """Return a proposal as a snapshot kept it."""
    return view_of(snapshot.content, snapshot.edition, snapshot.taken_at, number)


def snapshots(store: Store, actor: Actor, meeting: str) -> tuple[Snapshot, ...]:
    """Return what a meeting looked at, oldest first; and its group, only to whoever may read its members.

    Raises Refused.
    """
    allow(actor, "meeting.read")
    if not history.is_id(meeting):
        return ()
    with store.reading() as session:
        taken = snapshots_of(session, meeting)
    named = may(actor, "group.read", meeting[:2])  # the id of a meeting begins with its department
    return tuple(s for s in taken if s.kind in LOOKED_AT or (named and s.kind == GROUP))


def snapshots_of(session: Session, meeting: str) -> tuple[Snapshot, ...]:
    """Return the snapshots of a meeting, within a session."""
    rows = session.query(SnapshotRow).filter(SnapshotRow.meeting == meeting)
    return tuple(_snapshot(row) for row in rows.order_by(SnapshotRow.taken_at, SnapshotRow.id))


def _snapshot(row: SnapshotRow) -> Snapshot:
    return Snapshot(**{name: getattr(row, name) for name in Snapshot.__dataclass_fields__})


class UnderReview(Form):
    """What is to be frozen: read with the ids of the proposals under `review`."""

    proposals: Annotated[tuple[str, ...], validation.all_chosen("review")]


def _under_review(session: Session, held: Meeting, sent: Sequence[str]) -> list[Proposal]:
    chosen = UnderReview.read({"proposals": sent}, review=held.proposals).proposals
    return [history.load(session, PROPOSAL, id) for id in chosen]


def _others(session: Session) -> tuple[Proposal, ...]:
    """All proposals that the rules look at beside one."""
    kinds = load_parameters().states
    states = [state for state, kind in kinds.items() if kind != "apart"]
    return history.every(session, PROPOSAL, ProposalRow.state.in_(states))
