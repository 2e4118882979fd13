"""Gather what is presented, of a meeting or of any proposals, through the domain with the rights of who asks.

Of a meeting that is closed, what was frozen is shown; of any other, what is so now.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from dashboard.clusters.ranking import LETTERS, compare
from dashboard.clusters.rules import Context, load_parameters
from dashboard.records.core import Actor, Missing, Store
from dashboard.records.meetings import (
    CLOSED,
    SEVERAL,
    Decision,
    Meeting,
    MeetingRecord,
    ProposalView,
    RoomFindings,
    Snapshot,
    decisions,
    frozen_view,
    has_votes,
    live_view,
    meeting_record,
    meetings,
    room_findings,
    snapshots,
)
from dashboard.records.proposals import STATES, Proposal, candidate, identities, proposals
from geodata.model import Dataset, UnknownUbigeo

FEWEST_COMPARED, MOST_COMPARED = 2, len(LETTERS)
MOST_PRESENTED = 24  # proposals that are named in an address


@dataclass(frozen=True)
class Compared:
    """A comparison of proposals.

    `content` is that of a snapshot of several (:mod:`records.meetings`), empty where their districts are no longer
    those of the data; `numbers` has their numbers in the record, by id; `frozen` is the snapshot it comes
    from, if any.
    """

    content: Mapping[str, Any]
    numbers: Mapping[str, int]
    frozen: Snapshot | None = None


@dataclass(frozen=True)
class Show:
    """Everything that is stepped through.

    `meeting` is None for proposals outside of any; `people` counts who is present and who belongs to the group;
    `missing` are ids that were asked for in vain; `room` is what the room of the meeting came to, if it had one.
    """

    meeting: Meeting | None
    seen: tuple[ProposalView, ...]
    comparisons: tuple[Compared, ...]
    decisions: Mapping[str, Decision]
    people: tuple[int, int]
    edition: str
    mark: str
    missing: tuple[str, ...] = ()
    room: RoomFindings | None = None

    @property
    def closed(self) -> bool:
        """Whether it is of a meeting that has ended, and frozen with it."""
        return self.meeting is not None and self.meeting.state == CLOSED


def of_meeting(store: Store, actor: Actor, id: str, chosen: Sequence[str] = ()) -> Show:
    """Return what a meeting looks at, its proposals as they were when it closed if it has.

    chosen: ids of proposals to compare. Raises Refused, Missing.
    """
    record = meeting_record(store, actor, id)
    others = context(store, actor)
    seen = tuple(_of_record(record, proposal, store, actor, others) for proposal in record.meeting.proposals)
    return Show(
        meeting=record.meeting,
        seen=seen,
        comparisons=_comparisons(seen, record, chosen, store, others),
        decisions={decision.proposal: decision for decision in record.decisions},
        people=(len(record.present), len(record.members)),
        edition=store.dataset.edition,
        mark=mark_of_meeting(store, actor, id),
        room=room_findings(store, actor, id),
    )


def of_proposals(store: Store, actor: Actor, ids: Iterable[str], chosen: Sequence[str] = ()) -> Show:
    """Return proposals outside of any meeting, as they are now. Raises Refused; Missing where there is none of them."""
    found, missing = _found(store, actor, ids)
    if not found:
        raise Missing("proposal")
    others = context(store, actor)
    seen = tuple(_live(proposal, store, others) for proposal in found)
    return Show(
        meeting=None,
        seen=seen,
        comparisons=_comparisons(seen, None, chosen, store, others),
        decisions={},
        people=(0, 0),
        edition=store.dataset.edition,
        mark=mark_of_proposals(store, actor, ids),
        missing=missing,
    )


def context(store: Store, actor: Actor) -> tuple[Proposal, ...]:
    """Return the proposals that the rules look at beside one. Raises Refused."""
    kinds = load_parameters().states
    return proposals.listing(store, actor, states=[state for state in STATES if kinds[state] != "apart"])


def mark_of_meeting(store: Store, actor: Actor, id: str) -> str:
    """Return a mark that is another once anything shown of a meeting may be. Raises Refused, Missing."""
    meeting = meetings.get_meeting(store, actor, id)
    taken = [snapshot.id for snapshot in snapshots.snapshots(store, actor, id)]
    decided = [(decision.id, decision.version) for decision in decisions.decisions(store, actor, id)]
    of_department = proposals.listing(store, actor, department=meeting.department)
    room = room_findings(store, actor, id, follows=False)
    # what the room answers comes by itself; of which kinds there are slides does not
    asked = None if room is None else (room.content["round"], has_votes(room.content))
    return _mark(meeting.version, taken, decided, _versions(of_department), store.dataset.edition, asked)


def mark_of_proposals(store: Store, actor: Actor, ids: Iterable[str]) -> str:
    """Return a mark that is another once anything shown of proposals may be. Raises Refused."""
    wanted = set(listed(ids))
    departments = {p.department for p in proposals.listing(store, actor) if p.id in wanted}
    beside = [proposals.listing(store, actor, department=department) for department in sorted(departments)]
    return _mark([_versions(found) for found in beside], store.dataset.edition)


def listed(sent: object) -> tuple[str, ...]:
    """Return what an address names once or several times under one key, each once and no more than so many."""
    items = [sent] if isinstance(sent, str) else sent if isinstance(sent, (list, tuple)) else []
    return tuple(dict.fromkeys(item for item in items if isinstance(item, str) and item))[:MOST_PRESENTED]


def in_groups(items: Sequence, most: int = MOST_COMPARED) -> list[tuple]:
    """Return items in as few groups as hold them, of two to `most` each and of almost the same size.

    There is none for fewer than two.
    """
    if len(items) < FEWEST_COMPARED:
        return []
    n = ceil(len(items) / most)
    ends = [round(len(items) * i / n) for i in range(n + 1)]
    return [tuple(items[first:last]) for first, last in zip(ends, ends[1:], strict=False)]


def _mark(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _versions(found: Iterable[Proposal]) -> list[tuple[str, int]]:
    return sorted((proposal.id, proposal.version) for proposal in found)


def _found(store: Store, actor: Actor, ids: Iterable[str]) -> tuple[list[Proposal], tuple[str, ...]]:
    found, missing = [], []
    for id in listed(ids):
        try:
            found.append(proposals.get(store, actor, id))
        except Missing:
            missing.append(id)
    return found, tuple(missing)


def _of_record(record: MeetingRecord, id: str, store: Store, actor: Actor, others: Iterable[Proposal]) -> ProposalView:
    snapshot = record.seen(id) if record.meeting.state == CLOSED else None
    if snapshot is not None:
        return frozen_view(snapshot, _number(store, id))
    return _live(proposals.get(store, actor, id), store, others)


def _number(store: Store, id: str) -> int:
    return int(identities(store)[id].sign)


def _live(proposal: Proposal, store: Store, others: Iterable[Proposal]) -> ProposalView:
    """A proposal kept on a former division may hold districts that are no more: those that are left are measured."""
    dataset = store.dataset
    left = frozenset(u for u in proposal.ubigeos if u in dataset.territory.districts)
    shown = live_view(
        replace(proposal, ubigeos=left), dataset, Context.of(dataset, others), _number(store, proposal.id)
    )
    return replace(shown, proposal=proposal)


def _comparisons(
    seen: Sequence[ProposalView],
    record: MeetingRecord | None,
    chosen: Sequence[str],
    store: Store,
    others: Iterable[Proposal],
) -> tuple[Compared, ...]:
    """Those chosen; else those that a closed meeting froze; else all, in groups."""
    by_id, dataset = {item.proposal.id: item for item in seen}, store.dataset
    wanted = [by_id[id] for id in chosen if id in by_id]
    weights = dict(record.meeting.weights) if record is not None else {}
    if FEWEST_COMPARED <= len(wanted) <= MOST_COMPARED:
        return (_compared(wanted, weights, dataset, others),)
    if record is not None and record.meeting.state == CLOSED:
        kept = [snapshot for snapshot in record.snapshots if snapshot.kind == SEVERAL]
        if kept:
            return tuple(_frozen_comparison(snapshot, store) for snapshot in kept)
    return tuple(_compared(group, weights, dataset, others) for group in in_groups(seen))


def _frozen_comparison(snapshot: Snapshot, store: Store) -> Compared:
    numbers = {id: _number(store, id) for id in snapshot.content["proposals"]}
    return Compared(snapshot.content, numbers, snapshot)


def _compared(
    seen: Sequence[ProposalView], weights: Mapping[str, float], dataset: Dataset, others: Iterable[Proposal]
) -> Compared:
    numbers = {item.proposal.id: item.number for item in seen}
    try:
        made = compare(
            [candidate(item.proposal) for item in seen],
            dataset,
            weights=weights,
            judgements=[dict(item.proposal.judgements) for item in seen],
            context=Context.of(dataset, others),
        )
    except UnknownUbigeo:
        return Compared({}, numbers)
    return Compared(made.to_dict() | {"proposals": list(numbers)}, numbers)
