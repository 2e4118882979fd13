"""Look at all proposals at one moment, as the screens that draw and judge do at every request.

They are read anew only when something of them changed: each change makes one version grow by one and none is ever
taken away, so their number and the sum of their versions are the same only while nothing happened. That holds
across processes, as it is asked of the database.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from dashboard.clusters.rules import load_parameters
from dashboard.records.core import Actor, EntryRow, ProposalRow, Store, history, may, plain
from dashboard.records.proposals.identity import Identity, of_groups
from dashboard.records.proposals.proposal import PROPOSAL, Proposal

APART = "apart"


@dataclass(frozen=True, eq=False)
class Overview:
    """Proposals in every state, in the order in which they came; `numbers` are their places in it, from 1."""

    proposals: tuple[Proposal, ...]
    numbers: tuple[int, ...]

    @cached_property
    def print(self) -> str:
        """A hash of all of it: another as soon as anything of any proposal is."""
        text = json.dumps([plain(p) for p in self.proposals], sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @cached_property
    def standing(self) -> tuple[Proposal, ...]:
        """Those that stand among the others: proposed or settled by `rules.toml`, not apart."""
        kind = load_parameters().kind
        return tuple(p for p in self.proposals if kind(p.state) != APART)

    @cached_property
    def identities(self) -> Mapping[str, Identity]:
        """By what each of them goes, by its id."""
        stand = {p.id for p in self.standing}
        return {
            p.id: Identity(str(number), p.name, p.id, p.state, p.id in stand)
            for p, number in zip(self.proposals, self.numbers, strict=True)
        }

    def identify(self, groups: Sequence[Iterable[str]]) -> list[Identity]:
        """Return by what the clusters of a plan go.

        Of several proposals with the same districts the first that stands among the others is meant, else the first.
        """
        known: dict[frozenset[str], Identity] = {}
        for p in sorted(self.proposals, key=lambda p: not self.identities[p.id].standing):
            known.setdefault(frozenset(p.ubigeos), self.identities[p.id])
        return of_groups(groups, known)

    def seen_by(self, actor: Actor) -> "Overview":
        """Return what a person may read of it: this very one where that is everything."""
        seen = [may(actor, "proposal.read", p.department) for p in self.proposals]
        if all(seen):
            return self
        kept = [pair for pair, own in zip(zip(self.proposals, self.numbers, strict=True), seen, strict=True) if own]
        return Overview(tuple(p for p, _ in kept), tuple(n for _, n in kept))


class Watch:
    """What one process has seen of a record. Looking again costs one small question where nothing changed."""

    def __init__(self, store: Store):
        self._store = store
        self._last: tuple[tuple[int, int], Overview] | None = None  # replaced whole: threads need no lock

    def now(self) -> Overview:
        """Return the proposals as they are now: the same object until something of them changes."""
        with self._store.reading() as session:
            mark = _mark(session)
            last = self._last
            if last is None or last[0] != mark:
                last = self._last = mark, _read(session)
            return last[1]


@lru_cache(maxsize=1)
def watch(store: Store) -> Watch:
    """Return what this process watches a record by."""
    return Watch(store)


def identities(store: Store) -> Mapping[str, Identity]:
    """Return by what every proposal goes, by its id. Whoever asks for one has asked whether it may be read."""
    return watch(store).now().identities


def _mark(session: Session) -> tuple[int, int]:
    number, versions = session.execute(select(func.count(), func.sum(ProposalRow.version))).one()
    return number, versions or 0


def _read(session: Session) -> Overview:
    came = and_(EntryRow.kind == PROPOSAL.name, EntryRow.subject == ProposalRow.id, EntryRow.version == 1)
    rows = session.scalars(select(ProposalRow).join(EntryRow, came).order_by(EntryRow.id))
    proposals = tuple(history.from_row(PROPOSAL, row) for row in rows)
    return Overview(proposals, tuple(range(1, len(proposals) + 1)))
