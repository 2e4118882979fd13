"""Say what is asked of a plan, and what of it cannot be, before anything is solved."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from dashboard.clusters.candidate import Candidate
from dashboard.clusters.ledger import load_plan_parameters, time_limit
from dashboard.clusters.plan_model import Blocker
from dashboard.clusters.pool import Pool
from dashboard.clusters.rules import Context
from dashboard.clusters.standing import outside
from geodata.territory import Territory

OBJECTIVES = ("affected", "score", "spread")


@dataclass(frozen=True)
class Fixed:
    """A cluster that the plan must hold, in a phase where one is given."""

    ubigeos: frozenset[str]
    phase: int | None = None

    def __post_init__(self):
        object.__setattr__(self, "ubigeos", frozenset(self.ubigeos))


@dataclass(frozen=True)
class Request:
    """What is asked of a plan.

    objective: one of :data:`OBJECTIVES`. fixed: clusters that must be in. required: districts that must be
    in some cluster. forbidden: groups of districts that must not be a cluster, though others of the same
    districts may. banned: districts that must be in none. governments: at least so many distinct district
    governments. per_province: most clusters a province may have, None for any number. quotas: clusters by
    (department, phase), those of the data set where None. held: groups among those fixed that are settled as clusters,
    which nobody can let go of. phases: plan only these. time_limit: seconds for
    each solve. Raises ValueError for an unknown objective.
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
    held: frozenset[frozenset[str]] = frozenset()
    time_limit: float = field(default_factory=time_limit)

    def __post_init__(self):
        if self.objective not in OBJECTIVES:
            raise ValueError(f"unknown objective: {self.objective!r}")
        object.__setattr__(self, "fixed", tuple(self.fixed))
        object.__setattr__(self, "required", frozenset(self.required))
        object.__setattr__(self, "forbidden", frozenset(map(frozenset, self.forbidden)))
        object.__setattr__(self, "banned", frozenset(self.banned))

    @property
    def ubigeos(self) -> frozenset[str]:
        """Every district that it names."""
        return frozenset().union(self.required, self.banned, *self.forbidden, *(f.ubigeos for f in self.fixed))

    def quota(self, all_quotas: Mapping[tuple[str, int], int]) -> dict[tuple[str, int], int]:
        """Return its quotas by (department, phase), of the phases it plans."""
        quotas = all_quotas if self.quotas is None else self.quotas
        return {key: n for key, n in sorted(quotas.items()) if self.phases is None or key[1] in self.phases}


def settled(context: Context) -> tuple[Fixed, ...]:
    """Return the clusters that are settled already, to be fixed in a plan, each in its phase."""
    kind = context.parameters.kind
    return tuple(Fixed(p.ubigeos, p.phase) for p in context.proposals if kind(p.state) == "settled")


def with_settled(request: Request, context: Context) -> Request:
    """Return a request that also holds the settled clusters of a context, each in its phase."""
    found = settled(context)
    held = request.held | {item.ubigeos for item in found}
    # a wish for what is settled adds nothing
    wished = tuple(item for item in request.fixed if item.ubigeos not in {own.ubigeos for own in found})
    return replace(request, fixed=(*found, *wished), held=held)


def contradictions(request: Request, feasible: Pool) -> tuple[Blocker, ...]:
    """Return what a request asks for that can never be, each as a blocker."""
    territory = feasible.dataset.territory
    quotas = request.quota(feasible.dataset.quotas)
    found = [b for fixed in request.fixed for b in _of_fixed(fixed, request, feasible)]
    found += _twice(request, territory)
    found += _over_quota(request, quotas, territory)
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
    if fixed.ubigeos & request.banned:
        found.append(
            _blocker("fixed_banned", cluster=cluster, districts=names(fixed.ubigeos & request.banned, territory))
        )
    if fixed.ubigeos in request.forbidden:
        found.append(_blocker("fixed_forbidden", cluster=cluster))
    return found


def _twice(request: Request, territory: Territory) -> list[Blocker]:
    """Districts in two fixed clusters, and provinces with more fixed clusters than they may have."""
    held = Counter(u for fixed in request.fixed for u in fixed.ubigeos)
    shared = [u for u, n in held.items() if n > 1]
    found = [_blocker("fixed_overlap", districts=names(shared, territory))] if shared else []
    if request.per_province is not None:
        provinces = Counter(p for fixed in request.fixed for p in {u[:4] for u in fixed.ubigeos})
        found += [
            _blocker("fixed_province", province=territory.provinces[p].name, n=n, limit=request.per_province)
            for p, n in sorted(provinces.items())
            if n > request.per_province
        ]
    return found


def _over_quota(request: Request, quotas: Mapping[tuple[str, int], int], territory: Territory) -> list[Blocker]:
    """Departments, and phases of departments, with more fixed clusters than their quota."""
    total: Counter[str] = Counter()
    for (department, _), n in quotas.items():
        total[department] += n
    fixed = [(min(f.ubigeos)[:2], f.phase) for f in request.fixed if f.ubigeos]
    found = [
        _blocker("fixed_quota", department=territory.departments[code].name, n=n, quota=total[code])
        for code, n in sorted(Counter(code for code, _ in fixed).items())
        if n > total[code]
    ]
    in_phase = Counter(pair for pair in fixed if pair[1] is not None)
    return found + [
        _blocker(
            "fixed_phase",
            department=territory.departments[code].name,
            phase=phase,
            n=n,
            quota=quotas.get((code, phase), 0),
        )
        for (code, phase), n in sorted(in_phase.items())
        if n > quotas.get((code, phase), 0)
    ]
