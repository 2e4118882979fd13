"""Say what is asked of a plan, and what of it cannot be, before anything is solved."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from dashboard.clusters.model import Candidate
from dashboard.clusters.planning.ledger import load_plan_parameters, municipalities, time_limit
from dashboard.clusters.planning.model import Blocker
from dashboard.clusters.ranking import outside
from dashboard.clusters.rules import Context
from dashboard.clusters.scoring import Pool
from geodata.model import Territory

OBJECTIVES = ("affected", "score", "spread")


@dataclass(frozen=True)
class Fixed:
    """A cluster that the plan must hold, in a phase where one is given."""

    ubigeos: frozenset[str]
    phase: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "ubigeos", frozenset(self.ubigeos))


@dataclass(frozen=True)
class Request:
    """What is asked of a plan.

    objective: one of :data:`OBJECTIVES`. fixed: clusters that must be in. required: districts that must be
    in some cluster. forbidden: groups of districts that must not be a cluster, though others of the same
    districts may. banned: districts that must be in none. governments: at least so many distinct district
    governments. per_province: most clusters a province may have, None for any number. quotas: clusters by
    (department, phase), those of the data set where None. held: clusters settled already, each in its phase: facts
    that stand in the plan whatever rule or quota they exceed, so that what is asked is asked of the others.
    phases: plan only these. time_limit: seconds for each solve. Raises ValueError for an unknown objective and
    for a held cluster without districts or phase.
    """

    objective: str = "affected"
    fixed: tuple[Fixed, ...] = ()
    required: frozenset[str] = frozenset()
    forbidden: frozenset[frozenset[str]] = frozenset()
    banned: frozenset[str] = frozenset()
    governments: int | None = None
    per_province: int | None = field(default_factory=lambda: load_plan_parameters().per_province)
    quotas: Mapping[tuple[str, int], int] | None = None
    phases: tuple[int, ...] | None = None
    held: tuple[Fixed, ...] = ()
    time_limit: float = field(default_factory=time_limit)

    def __post_init__(self) -> None:
        if self.objective not in OBJECTIVES:
            raise ValueError(f"unknown objective: {self.objective!r}")
        if not all(item.ubigeos and item.phase is not None for item in self.held):
            raise ValueError("a held cluster has districts and a phase")
        object.__setattr__(self, "held", tuple(dict.fromkeys(self.held)))
        groups = {item.ubigeos for item in self.held}
        # a wish for what is settled adds nothing
        object.__setattr__(self, "fixed", tuple(item for item in self.fixed if item.ubigeos not in groups))
        object.__setattr__(self, "required", frozenset(self.required))
        object.__setattr__(self, "forbidden", frozenset(map(frozenset, self.forbidden)))
        object.__setattr__(self, "banned", frozenset(self.banned))

    @property
    def ubigeos(self) -> frozenset[str]:
        """Every district that it names."""
        clusters = (f.ubigeos for f in (*self.fixed, *self.held))
        return frozenset().union(self.required, self.banned, *self.forbidden, *clusters)

    def quota(self, all_quotas: Mapping[tuple[str, int], int]) -> dict[tuple[str, int], int]:
        """Return its quotas by (department, phase), of the phases it plans."""
        quotas = all_quotas if self.quotas is None else self.quotas
        return {key: n for key, n in sorted(quotas.items()) if self.phases is None or key[1] in self.phases}


def settled(context: Context) -> tuple[Fixed, ...]:
    """Return the clusters that are settled already, of districts that there are, each in its phase."""
    kind, known = context.parameters.kind, context.territory.districts.keys()
    own = (p for p in context.proposals if kind(p.state) == "settled")
    return tuple(Fixed(p.ubigeos, p.phase) for p in own if p.ubigeos and p.ubigeos <= known)


def with_settled(request: Request, context: Context) -> Request:
    """Return a request that also holds the settled clusters of a context, each in its phase."""
    return replace(request, held=(*request.held, *settled(context)))


@dataclass(frozen=True)
class TakenQuotas:
    """What the `clusters` settled already have taken of the `quotas` planned, by (department, phase).

    And of the places of each province; `capitals`: whether those have a municipality of their own. Never more than
    there is: the others have what is left, or nothing.
    """

    clusters: tuple[Fixed, ...]
    quotas: Mapping[tuple[str, int], int]
    capitals: bool

    @classmethod
    def of(cls, request: Request, feasible: Pool) -> "TakenQuotas":
        """Return what the held clusters of a request take, in the data and on the terms of a pool."""
        return cls(request.held, request.quota(feasible.dataset.quotas), feasible.terms.capital_has_municipality)

    @cached_property
    def districts(self) -> frozenset[str]:
        """Districts that no other cluster can have."""
        return frozenset().union(*(f.ubigeos for f in self.clusters))

    @cached_property
    def governments(self) -> int:
        """Distinct district governments reached."""
        return municipalities(self.districts, self.capitals)

    @cached_property
    def provinces(self) -> Counter[str]:
        """Clusters by each province that they have a district of."""
        return Counter(p for f in self.clusters for p in {u[:4] for u in f.ubigeos})

    @cached_property
    def places(self) -> Counter[tuple[str, int]]:
        """Clusters by the department that they count for, and phase."""
        return Counter((department_of(f.ubigeos), f.phase) for f in self.clusters if f.phase is not None)

    @property
    def left(self) -> dict[tuple[str, int], int]:
        """Clusters still to be chosen, by (department, phase)."""
        return {key: max(n - self.places[key], 0) for key, n in self.quotas.items()}

    def left_of(self, department: str, quota: int) -> int:
        """Return the clusters still to be chosen if the quotas of a department add up to so many.

        They are changed in the phases where a change counts most.
        """
        phases = {phase for _, phase in self.quotas}
        surplus = [self.places[department, phase] - self.quotas.get((department, phase), 0) for phase in phases]
        used = sum(min(n, self.places[key]) for key, n in self.quotas.items() if key[0] == department)
        return max(quota - used - max(min(surplus, default=0), 0), 0)

    def room(self, province: str, per_province: int) -> int:
        """Return how many clusters more a province may have under a limit."""
        return max(per_province - self.provinces[province], 0)


def department_of(ubigeos: Iterable[str]) -> str:
    """Return the department that a cluster counts for: that of the province of most of its districts."""
    return Candidate(frozenset(ubigeos)).main_province[:2]


def contradictions(request: Request, feasible: Pool) -> tuple[Blocker, ...]:
    """Return what a request asks for that can never be, each as a blocker."""
    territory = feasible.dataset.territory
    taken = TakenQuotas.of(request, feasible)
    found = [b for fixed in request.fixed for b in _of_fixed(fixed, request, feasible)]
    found += [b for item in request.held for b in _of_settled(item, request, territory)]
    found += _twice(request, taken, territory)
    found += _over_quota(request, taken, territory)
    if request.required & request.banned:
        found.append(_blocker("required_banned", districts=names(request.required & request.banned, territory)))
    return tuple(found)


def _blocker(kind: str, **fields: object) -> Blocker:
    return Blocker(f"engine.plan.blocked.{kind}", fields)


def names(ubigeos: Iterable[str], territory: Territory) -> tuple[str, ...]:
    """Return the names of districts in the order of their codes."""
    return tuple(territory.districts[u].name for u in sorted(ubigeos))


def _of_fixed(fixed: Fixed, request: Request, feasible: Pool) -> list[Blocker]:
    territory = feasible.dataset.territory
    cluster = names(fixed.ubigeos, territory)
    found = []
    if feasible.groups.index(fixed.ubigeos) is None:
        reasons = outside(Candidate(fixed.ubigeos), feasible) or ("rules",)
        found += [_blocker(f"fixed_{reason}", cluster=cluster) for reason in reasons]
    for own in (item for item in request.held if item.ubigeos & fixed.ubigeos):
        shared = names(own.ubigeos & fixed.ubigeos, territory)
        found.append(_blocker("fixed_settled", cluster=cluster, districts=shared))
    if fixed.ubigeos & request.banned:
        found.append(
            _blocker("fixed_banned", cluster=cluster, districts=names(fixed.ubigeos & request.banned, territory))
        )
    if fixed.ubigeos in request.forbidden:
        found.append(_blocker("fixed_forbidden", cluster=cluster))
    return found


def _of_settled(item: Fixed, request: Request, territory: Territory) -> list[Blocker]:
    """What is wished against a settled cluster: the wish has to give way."""
    cluster, left_out = names(item.ubigeos, territory), item.ubigeos & request.banned
    found = [_blocker("settled_banned", cluster=cluster, districts=names(left_out, territory))] if left_out else []
    if item.ubigeos in request.forbidden:
        found.append(_blocker("settled_forbidden", cluster=cluster))
    return found


def _twice(request: Request, taken: TakenQuotas, territory: Territory) -> list[Blocker]:
    """Districts in two clusters of which one is a wish, and provinces where wishes exceed what is left of the limit."""
    held = Counter(u for fixed in request.fixed for u in fixed.ubigeos)
    shared = [u for u, n in held.items() if n > 1]
    found = [_blocker("fixed_overlap", districts=names(shared, territory))] if shared else []
    if request.per_province is not None:
        provinces = Counter(p for fixed in request.fixed for p in {u[:4] for u in fixed.ubigeos})
        limit, standing = request.per_province, taken.provinces
        found += [
            _blocker("fixed_province", province=territory.provinces[p].name, n=n + standing[p], limit=limit)
            for p, n in sorted(provinces.items())
            if n > taken.room(p, limit)
        ]
    return found


def _over_quota(request: Request, taken: TakenQuotas, territory: Territory) -> list[Blocker]:
    """Departments, and phases of departments, where fixed clusters exceed what is left of their quota."""
    quotas, left = taken.quotas, taken.left
    total, free, standing = Counter[str](), Counter[str](), Counter[str]()
    for (department, phase), n in quotas.items():
        total[department] += n
        free[department] += left[department, phase]
    for (department, _), n in taken.places.items():
        standing[department] += n
    fixed = [(min(f.ubigeos)[:2], f.phase) for f in request.fixed if f.ubigeos]
    found = [
        _blocker("fixed_quota", department=territory.departments[code].name, n=n + standing[code], quota=total[code])
        for code, n in sorted(Counter(code for code, _ in fixed).items())
        if n > free[code]
    ]
    in_phase = Counter((code, phase) for code, phase in fixed if phase is not None)
    return found + [
        _blocker(
            "fixed_phase",
            department=territory.departments[code].name,
            phase=phase,
            n=n + taken.places[code, phase],
            quota=quotas.get((code, phase), 0),
        )
        for (code, phase), n in sorted(in_phase.items())
        if n > left.get((code, phase), 0)
    ]
