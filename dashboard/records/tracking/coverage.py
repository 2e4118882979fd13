"""Coverage for the programme's leadership: how far the clusters have come against what the programme set out to do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import func
from sqlalchemy.orm import Session

from dashboard.clusters.measures import Figure, measure_all
from dashboard.clusters.model import SERVICES, Candidate
from dashboard.clusters.rules import load_parameters
from dashboard.records.core import (
    Actor,
    EntryRow,
    InDepartment,
    PhaseTarget,
    ProposalRow,
    Refused,
    ScoreRow,
    StageRow,
    Store,
    allow,
    governments_of,
    history,
    may,
)
from dashboard.records.meetings import Ruling, last, rulings_of
from dashboard.records.people import open_share
from dashboard.records.proposals import CHAIN, PROPOSAL, Identity, Proposal, identities, path
from dashboard.records.tracking.focas import SCORE, FocasScore
from dashboard.records.tracking.milestone import LATE, AsOf, Milestone, as_of, first_dated, milestones, to_come
from dashboard.records.tracking.qsip import STAGE, Stage
from geodata.model import Dataset

# what clusters reach, each with the service that they must work on: people are reached in a sector by no other
REACHED_MEASURES = MappingProxyType({"population": None, **{f"affected_{s}": s for s in SERVICES}, "slots": None})


@dataclass(frozen=True, slots=True)
class Quota:
    """Clusters of a department in a phase: what was set, what is settled and what is proposed."""

    department: str
    phase: int
    quota: int
    settled: int
    proposed: int

    @property
    def missing(self) -> int:
        """Clusters still to be settled; none when there are more than the quota."""
        return max(self.quota - self.settled, 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """Governments of clusters, each once: a seat of a province adds no municipality of its own.

    `slots` are the districts drawn, seats included and counted again where two clusters share one.
    """

    clusters: int
    regional: int
    provincial: int
    district: int
    slots: int

    @property
    def governments(self) -> int:
        """How many governments there are, of all levels."""
        return self.regional + self.provincial + self.district

    @property
    def with_slots(self) -> int:
        """Governments as the programme counts them when every district drawn counts for one."""
        return self.regional + self.provincial + self.slots


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase and those before it: what was set, what is settled, and what would be with the proposals."""

    target: PhaseTarget
    settled: Tally
    with_proposals: Tally


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one proposal or cluster stands, by what it goes, and what a consultative group ruled on it last."""

    proposal: Proposal
    since: date
    milestones: tuple[Milestone, ...]
    governments: tuple[str, ...]
    scores: tuple[FocasScore, ...]
    stages: tuple[Stage, ...]
    ruling: Ruling | None = None
    identity: Identity = Identity("")

    @property
    def next(self) -> Milestone | None:
        """The first state that is not reached, None at the end or aside."""
        return next((m for m in self.milestones if m.reached is None), None)

    @property
    def dated(self) -> Milestone | None:
        """The first state to come that has a date: how late the whole is, is how late this one is."""
        return first_dated(to_come(self.milestones, self.proposal.state))

    @property
    def late(self) -> tuple[Milestone, ...]:
        """The milestones that are late, in their order."""
        return tuple(m for m in self.milestones if m.status == LATE)


@dataclass(frozen=True, slots=True)
class Reach:
    """A measure of the districts in clusters against that of all districts.

    Of a sector only those districts count that are in a cluster which works on it; `clusters` are how many do, and a
    district in two of them counts once.
    """

    measure: str
    clusters: int
    reached: Figure
    all: Figure

    @property
    def percent(self) -> float | None:
        """0-100; None where either is unknown."""
        if self.reached.value is None or not self.all.value:
            return None
        return 100 * self.reached.value / self.all.value


@dataclass(frozen=True)
class Coverage:
    """Everything at once, of one department or of all (`department` None).

    `districts` has the state of the cluster or proposal that each district is in, the most advanced one: the map of
    coverage. It is of `day`; lateness counts up to the day of `as_of`.
    """

    department: str | None
    day: date
    as_of: AsOf
    edition: str
    quotas: tuple[Quota, ...]
    phases: tuple[Phase, ...]
    standings: tuple[Standing, ...]
    reach: tuple[Reach, ...]
    districts: Mapping[str, str]


def coverage(store: Store, actor: Actor, department: str | None = None, until: object = None) -> Coverage:
    """Return the coverage of a department or of all.

    Targets by phase are of the whole programme; `until` is the day up to which lateness is counted, the usual one where
    it is empty.

    Raises Refused, BadInput.
    """
    allow(actor, "coverage.read", department)
    InDepartment.read({"department": department}, departments=store.dataset.territory.departments)
    return _coverage(store, department, as_of(store, until), may(actor, "meeting.read", department))


def shared_coverage(store: Store, token: str, until: object = None, scope: str = "coverage") -> Coverage:
    """Return what a share shows: nothing of meetings. Raises Refused when it has ended or never was; BadInput."""
    page = open_share(store, token)
    if page is None or page.scope != scope:
        raise Refused("share_ended")
    return _coverage(store, page.department, as_of(store, until), False)


def standing_of(store: Store) -> tuple[str, str, int]:
    """Return what the coverage depends on: the edition of the data, the day, and the last entry of the history."""
    with store.reading() as session:
        return store.dataset.edition, store.today.isoformat(), session.query(func.max(EntryRow.id)).scalar() or 0


def _coverage(store: Store, department: str | None, counted: AsOf, ruled: bool) -> Coverage:
    """ruled: with what groups ruled."""
    conditions = () if department is None else (ProposalRow.department == department,)
    with store.reading() as session:
        proposals = history.every(session, PROPOSAL, *conditions)
        reached = paths(session, [p.id for p in proposals])
        scores = history.every(session, SCORE, order=(ScoreRow.government, ScoreRow.round, ScoreRow.area))
        made = rulings_of(session, [p.id for p in proposals]) if ruled else {}
        stages = history.every(session, STAGE, order=(StageRow.proposal, StageRow.cycle, StageRow.stage))
    kinds, named = load_parameters().states, identities(store)
    settled = [p for p in proposals if kinds[p.state] == "settled"]
    proposed = [p for p in proposals if kinds[p.state] == "proposed"]
    standings = [
        replace(
            _standing(store, p, reached[p.id], scores, stages, counted.day),
            ruling=last(made.get(p.id, ())), identity=replace(named[p.id], name=p.name),
        )
        for p in (*settled, *proposed)
    ]  # fmt: skip
    return Coverage(
        department=department,
        day=store.today,
        as_of=counted,
        edition=store.dataset.edition,
        quotas=tuple(_quotas(store, settled, proposed, department)),
        phases=tuple(_phase(store, target, settled, proposed) for target in store.programme.phases),
        standings=tuple(sorted(standings, key=lambda s: (s.proposal.phase, s.proposal.department, s.proposal.name))),
        reach=reach(settled, store.dataset, department),
        districts=MappingProxyType(_districts([*proposed, *settled])),
    )


def paths(session: Session, ids: Iterable[str]) -> dict[str, list[tuple[str, date]]]:
    """Return by proposal the states it came through, each with its day."""
    columns = (EntryRow.subject, EntryRow.action, EntryRow.before, EntryRow.after, EntryRow.happened_on)
    query = session.query(*columns).filter(EntryRow.kind == "proposal", EntryRow.action != "edit")
    # of any type: a row of the columns above
    found: dict[str, list[Any]] = {id: [] for id in ids}
    for row in query.order_by(EntryRow.version):
        if row.subject in found:
            found[row.subject].append(row)
    return {id: path(rows) for id, rows in found.items()}


def tally(proposals: Iterable[Proposal], store: Store) -> Tally:
    """Count the governments of proposals, each once, and their slots."""
    proposals = list(proposals)
    union = frozenset().union(*(p.ubigeos for p in proposals))
    slots = sum(len(p.ubigeos) for p in proposals)
    if not union:
        return Tally(0, 0, 0, 0, 0)
    detail = cast(Mapping[str, int], measure_all(Candidate(union), store.dataset)["governments"].detail)
    return Tally(len(proposals), detail["regional"], detail["provincial"], detail["district"], slots)


def _phase(store: Store, target: PhaseTarget, settled: list[Proposal], proposed: list[Proposal]) -> Phase:
    until = [p for p in settled if p.phase <= target.number]
    more = [p for p in proposed if p.phase <= target.number]
    return Phase(target, tally(until, store), tally([*until, *more], store))


def _quotas(store: Store, settled: list[Proposal], proposed: list[Proposal], department: str | None) -> Iterator[Quota]:
    def count(proposals: list[Proposal], code: str, phase: int) -> int:
        return sum(p.department == code and p.phase == phase for p in proposals)

    for (code, phase), quota in sorted(store.dataset.quotas.items()):
        if department in (None, code):
            yield Quota(code, phase, quota, count(settled, code, phase), count(proposed, code, phase))


def _standing(
    store: Store,
    proposal: Proposal,
    stood: list[tuple[str, date]],
    scores: tuple[FocasScore, ...],
    stages: tuple[Stage, ...],
    until: date,
) -> Standing:
    governments = governments_of(proposal.ubigeos, store.dataset.territory)
    return Standing(
        proposal=proposal,
        since=stood[-1][1],
        milestones=milestones(store.programme, proposal, dict(stood), until),
        governments=governments,
        scores=tuple(s for s in scores if s.government in governments),
        stages=tuple(s for s in stages if s.proposal == proposal.id),
    )


def reach(settled: Iterable[Proposal], dataset: Dataset, department: str | None = None) -> tuple[Reach, ...]:
    """Return what clusters reach of a department or of all; a district that several of them have counts once."""
    territory, settled = dataset.territory, tuple(settled)
    codes = territory.districts if department is None else territory.in_department(department)
    everyone = measure_all(Candidate(frozenset(codes)), dataset)
    found, nothing = [], Figure(0.0)  # no cluster: nobody reached, which is known
    for key, service in REACHED_MEASURES.items():
        working = [p for p in settled if service is None or service in p.services]
        union = frozenset().union(*(p.ubigeos for p in working))
        reached = measure_all(Candidate(union), dataset)[key] if union else nothing
        found.append(Reach(key, len(working), reached, everyone[key]))
    return tuple(found)


def _districts(proposals: list[Proposal]) -> dict[str, str]:
    found: dict[str, str] = {}
    for proposal in sorted(proposals, key=lambda p: CHAIN.index(p.state)):
        found |= dict.fromkeys(sorted(proposal.ubigeos), proposal.state)
    return found
