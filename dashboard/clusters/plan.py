"""Choose the clusters of all phases at once, the best there are, and prove it.

A plan takes feasible candidates so that each department has as many clusters as its quotas add up to, no
district is in two, no province has more clusters than it may, what is fixed is in and what is forbidden
is out, and, where asked, enough distinct district governments are reached. Among all such plans it is one
with the highest objective:

- affected: sum of the people lacking in the services (the criterion `affected`: the mean of the services)
- score: sum of the scores of the clusters, on the criteria that no candidate of the territory lacks
- spread: as many provinces as can be, and among those plans the highest sum of scores

No objective depends on the phase, so phases are dealt out afterwards: in each department the clusters
fixed to a phase take it, and the others fill the phases in their order, best first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.clusters.ledger import Line, ledger
from dashboard.clusters.plan_demands import district_governments, padded, problem_of
from dashboard.clusters.plan_model import Blocker, Demand, Problem, Solution, blockers, maximise, rows_of
from dashboard.clusters.plan_request import Fixed, Request, contradictions
from dashboard.clusters.pool import Pool, Scale, pool
from dashboard.clusters.rules import Context
from dashboard.clusters.search import Progress
from dashboard.clusters.statuses import FAIL, FORM, statuses
from dashboard.clusters.terms import Terms
from geodata.dataset import Dataset


class PlanError(ValueError):
    """A plan that cannot be made: `blockers` say what stands in its way, as text keys and fields."""

    def __init__(self, blockers: Sequence[Blocker]):
        self.blockers = tuple(blockers)
        super().__init__("; ".join(blocker.message for blocker in self.blockers))


@dataclass(frozen=True)
class PlanCluster:
    """A cluster of a plan. `value` is what it adds to the objective; `district` its district governments."""

    ubigeos: frozenset[str]
    department: str
    province: str
    phase: int
    fixed: bool
    value: float
    score: float | None
    affected: float | None
    slots: int
    district: int


@dataclass(frozen=True)
class Plan:
    """The clusters chosen, by phase, department and province, and how good the choice is.

    value: the objective reached; bound: what no plan exceeds; gap: (bound - value) / value, 0 when proven
    optimal. considered: candidates chosen from; unknown: those left out because their figure for the
    objective is not known. The ledger sets slots against distinct governments, by department and phase.
    """

    request: Request
    clusters: tuple[PlanCluster, ...]
    value: float
    bound: float
    gap: float
    proven: bool
    considered: int
    unknown: int
    scale: Scale
    ledger: tuple[Line, ...]

    @property
    def provinces(self) -> int:
        """Distinct provinces reached."""
        return len({c.province for c in self.clusters})

    @property
    def governments(self) -> int:
        """Distinct district governments reached; no district is in two clusters."""
        return sum(c.district for c in self.clusters)

    @property
    def message(self) -> str:
        """Text key of the sentence that says how good it is."""
        return f"engine.plan.{'proven' if self.proven else 'stopped'}"


@dataclass(frozen=True)
class PlanDifference:
    """Two plans side by side: clusters in both, only in one, or in both at another phase; values are b minus a
    and None when the plans have different objectives."""

    both: tuple[PlanCluster, ...]
    only_a: tuple[PlanCluster, ...]
    only_b: tuple[PlanCluster, ...]
    moved: tuple[tuple[PlanCluster, PlanCluster], ...]
    value: float | None
    score: float
    affected: float
    governments: int
    provinces: int


def make_plan(
    dataset: Dataset,
    request: Request | None = None,
    terms: Terms | None = None,
    context: Context | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Return the best plan that meets a request.

    Raises PlanError with everything that stands in the way, UnknownUbigeo, SearchError, WeightsError.
    """
    request, terms = request or Request(), terms or Terms()
    dataset.territory.known(request.ubigeos)
    feasible = feasible_pool(dataset, terms, context or Context.of(dataset), progress)
    if faults := contradictions(request, feasible):
        raise PlanError(faults)
    objective = _objective(feasible, request.objective)
    known = ~np.isnan(objective)
    problem = problem_of(feasible, request, known)
    _tell(progress, "solve", 0.0)
    try:
        solution = _best(problem, np.where(known, objective, 0.0), feasible, request)
        if solution is None:
            raise PlanError(_explained(problem, feasible, request, progress))
    except TimeoutError:
        raise PlanError([Blocker("engine.plan.blocked.time", {"seconds": request.time_limit})]) from None
    _tell(progress, "solve", 1.0)
    return _plan(solution, objective, feasible, request, int((~known).sum()))


def _tell(progress: Progress | None, doing: str, share: float) -> None:
    if progress is not None:
        progress(doing, share)


def feasible_pool(dataset: Dataset, terms: Terms, context: Context, progress: Progress | None = None) -> Pool:
    """Return all candidates of the territory whose form no rule fails (size, capitals, borders, province)."""
    everything = pool(dataset, terms, "", progress)
    if not len(everything):
        return everything
    judged = statuses(everything.groups, everything.candidate(0), context)
    fit = np.logical_and.reduce([judged[rule] != FAIL for rule in FORM if rule in judged])
    return everything if fit.all() else everything.take(fit)


def _most_governments(problem: Problem, feasible: Pool, seconds: float) -> int:
    """Return the most distinct district governments that a plan can reach, 0 when there is no plan."""
    counts = district_governments(feasible).astype(float)
    solution = maximise(problem, padded(counts, problem.columns), seconds)
    return 0 if solution is None else round(solution.value)


def _objective(feasible: Pool, name: str) -> np.ndarray:
    return feasible.values["affected"] if name == "affected" else feasible.totals


def _best(problem: Problem, objective: np.ndarray, feasible: Pool, request: Request) -> Solution | None:
    """Return the best solution; for the widest spread, first fix how many provinces can be reached."""
    reached = problem.columns - problem.candidates
    if reached:
        provinces = np.concatenate([np.zeros(problem.candidates), np.ones(reached)])
        widest = maximise(problem, provinces, request.time_limit)
        if widest is None:
            return None
        row = rows_of([np.arange(problem.candidates, problem.columns)], problem.columns)
        problem = problem.with_demand(Demand("spread", row, np.array([widest.value]), np.array([np.inf]), firm=True))
    return maximise(problem, padded(objective, problem.columns), request.time_limit)


def _explained(problem: Problem, feasible: Pool, request: Request, progress: Progress | None) -> tuple[Blocker, ...]:
    """Return what stands in the way; for governments also how many could be reached."""
    found = []
    for blocker in blockers(problem, request.time_limit, progress):
        fields: Mapping[str, object] = blocker.fields
        if blocker.message.endswith(".governments"):
            demand = next(d for d in problem.demands if d.kind == "governments")
            most = _most_governments(problem.without(demand), feasible, request.time_limit)
            fields = {**fields, "most": most}
        found.append(Blocker(blocker.message, fields, blocker.alone))
    # what was wished for this once stands before what the programme sets
    return tuple(sorted(found, key=lambda blocker: blocker.message.endswith((".quota", ".province"))))


def _plan(solution: Solution, objective: np.ndarray, feasible: Pool, request: Request, unknown: int) -> Plan:
    fixed = {f.ubigeos: f for f in request.fixed}
    governments = district_governments(feasible)
    rows = sorted(solution.chosen, key=lambda row: (-objective[row], sorted(feasible.groups.ubigeos(row))))
    phases = _dealt(rows, feasible, fixed, request.quota(feasible.dataset.quotas))
    clusters = []
    for row in rows:
        ubigeos = feasible.groups.ubigeos(row)
        clusters.append(
            PlanCluster(
                ubigeos=ubigeos,
                department=min(ubigeos)[:2],
                province=min(ubigeos)[:4],
                phase=phases[row],
                fixed=ubigeos in fixed,
                value=float(objective[row]),
                score=_known(feasible.totals[row]),
                affected=_known(feasible.values["affected"][row]),
                slots=len(ubigeos),
                district=int(governments[row]),
            )
        )
    clusters.sort(key=lambda c: (c.phase, c.department, c.province, sorted(c.ubigeos)))
    return Plan(
        request=request,
        clusters=tuple(clusters),
        value=solution.value,
        bound=solution.bound,
        gap=solution.gap,
        proven=solution.proven,
        considered=len(feasible),
        unknown=unknown,
        scale=feasible.scale,
        ledger=ledger(
            [(c.ubigeos, c.phase) for c in clusters],
            capital_has_municipality=feasible.terms.capital_has_municipality,
            phases={phase for _, phase in request.quota(feasible.dataset.quotas)},
        ),
    )


def _dealt(
    rows: list[int], feasible: Pool, fixed: Mapping[frozenset[str], Fixed], quotas: Mapping[tuple[str, int], int]
) -> dict[int, int]:
    """Return the phase of each chosen row: fixed ones theirs, the others (best first) what is left, in order."""
    places = Counter(quotas)
    phases = {}
    for row in rows:
        own = fixed.get(feasible.groups.ubigeos(row))
        if own is not None and own.phase is not None:
            phases[row] = own.phase
            places[feasible.groups.provinces[row][:2], own.phase] -= 1
    for row in (row for row in rows if row not in phases):
        department = feasible.groups.provinces[row][:2]
        free = next(key for key in sorted(places) if key[0] == department and places[key] > 0)
        places[free] -= 1
        phases[row] = free[1]
    return phases


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def compare_plans(a: Plan, b: Plan) -> PlanDifference:
    """Return what plan b changes of plan a."""
    of_a, of_b = ({c.ubigeos: c for c in plan.clusters} for plan in (a, b))
    same = [(own, of_b[key]) for key, own in of_a.items() if key in of_b]
    return PlanDifference(
        both=tuple(own for own, other in same if own.phase == other.phase),
        only_a=tuple(c for key, c in of_a.items() if key not in of_b),
        only_b=tuple(c for key, c in of_b.items() if key not in of_a),
        moved=tuple((own, other) for own, other in same if own.phase != other.phase),
        value=b.value - a.value if a.request.objective == b.request.objective else None,
        score=_sum_known(b, "score") - _sum_known(a, "score"),
        affected=_sum_known(b, "affected") - _sum_known(a, "affected"),
        governments=b.governments - a.governments,
        provinces=b.provinces - a.provinces,
    )


def _sum_known(plan: Plan, name: str) -> float:
    return sum(value for c in plan.clusters if (value := getattr(c, name)) is not None)
