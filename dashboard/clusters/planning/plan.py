"""Choose the clusters of all phases at once, the best there are, and prove it.

A plan takes feasible candidates so that each department has as many clusters as its quotas add up to, no
district is in two, no province has more clusters than it may, what is fixed is in and what is forbidden
is out, and, where conditions, enough distinct district governments are reached. Among all such plans it is one
with the highest objective (clusters settled already stand in it as facts, whatever rule they exceed; they take
their districts, their places and their quota, and what is asked is asked of the others beside them):

- affected: sum of the people lacking in the services (the criterion `affected`: the mean of the services)
- score: sum of the scores of the clusters, on the criteria that no candidate of the territory lacks
- spread: as many provinces as can be, and among those plans the highest sum of scores

No objective depends on the phase, so phases are dealt out afterwards: in each department the clusters
fixed to a phase take it, and the others fill the phases in their order, best first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.clusters.model import SIZES, Candidate, Progress
from dashboard.clusters.planning.conflicts import Explanation, explain
from dashboard.clusters.planning.demands import padded, problem_of, quota_by_department
from dashboard.clusters.planning.ledger import LedgerLine, ledger, municipalities
from dashboard.clusters.planning.model import Blocker, Demand, Problem, Solution, Undecided, maximise, rows_of
from dashboard.clusters.planning.possible import Conditions, Possible
from dashboard.clusters.planning.request import Request, TakenQuotas, contradictions, with_settled
from dashboard.clusters.rules import RULES, Context, judge_groups
from dashboard.clusters.scoring import Pool, Scale, Terms, pool, pool_of
from geodata.model import Dataset

WITHIN = 1e-6  # the absolute gap that HiGHS still calls optimal


class PlanError(ValueError):
    """A plan that was not made: `blockers` say what stands in its way, as text keys and fields.

    `why` sets out the conflicts and the ways out where it is proven that no plan meets all that is asked; it is None
    where the request contradicts itself, or nothing was found in time.
    """

    def __init__(self, blockers: Sequence[Blocker], why: Explanation | None = None):
        self.blockers, self.why = tuple(blockers), why
        super().__init__("; ".join(blocker.message for blocker in self.blockers))


@dataclass(frozen=True)
class PlanCluster:
    """A cluster of a plan.

    `value` is what it adds to the objective, None where it is settled and that is not known; `district` its
    district governments; `settled` ones are fixed, and nobody can let go of them.
    """

    ubigeos: frozenset[str]
    department: str
    province: str
    phase: int
    fixed: bool
    value: float | None
    score: float | None
    affected: float | None
    slots: int
    district: int
    settled: bool = False


@dataclass(frozen=True)
class Plan:
    """The clusters chosen, by phase, department and province, and how good the choice is.

    value: the objective reached; bound: what no plan exceeds; gap: (bound - value) / value, 0 when proven
    optimal. reach: for the widest spread, the provinces that no plan exceeds, where reaching fewer was not proven
    the most. considered: candidates chosen from; unknown: those left out because their figure for the
    objective is not known. The ledger sets slots against distinct governments, by department and phase.
    """

    request: Request
    clusters: tuple[PlanCluster, ...]
    value: float
    bound: float
    gap: float
    proven: bool
    reach: int | None
    considered: int
    unknown: int
    scale: Scale
    ledger: tuple[LedgerLine, ...]

    @property
    def provinces(self) -> int:
        """Distinct provinces reached; a settled cluster may be in several."""
        return len({u[:4] for c in self.clusters for u in c.ubigeos})

    @property
    def governments(self) -> int:
        """Distinct district governments reached."""
        return max((line.district for line in self.ledger if not line.department), default=0)

    @property
    def unvalued(self) -> int:
        """Settled clusters that add nothing to the objective because their figure is not known."""
        return sum(c.value is None for c in self.clusters)

    @property
    def mean(self) -> float | None:
        """The objective by cluster, of those whose figure is known."""
        counted = len(self.clusters) - self.unvalued
        return self.value / counted if counted else None

    @property
    def message(self) -> str:
        """Text key of the sentence that says how good it is."""
        return f"engine.plan.{'proven' if self.proven else 'stopped' if self.reach is None else 'stopped_reach'}"


def make_plan(
    dataset: Dataset,
    request: Request | None = None,
    terms: Terms | None = None,
    context: Context | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Return the best plan that meets a request and holds the settled clusters of the context.

    Raises PlanError with everything that stands in the way, UnknownUbigeo, SearchError, Unusable.
    """
    request, terms = request or Request(), terms or Terms()
    dataset.territory.known(request.ubigeos)
    context = context or Context.of(dataset)
    request = with_settled(request, context)
    feasible = feasible_pool(dataset, terms, context, progress)
    if faults := contradictions(request, feasible):
        raise PlanError(faults)
    objective = _objective(feasible, request.objective)
    known = ~np.isnan(objective)
    problem = problem_of(feasible, request, known)
    _tell(progress, "solve", 0.0)
    undecided = None
    try:
        solution = _best(problem, np.where(known, objective, 0.0), feasible, request)
    except Undecided as error:
        solution, undecided = None, error
    if solution is None:
        raise _no_plan(undecided, feasible, request, context, progress)
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
    of_form = [rule for rule in context.parameters.rules if RULES[rule].of_form]
    fit = judge_groups(everything.groups, everything.candidate(0), context, of_form).unfailed
    return everything if fit.all() else everything.take(fit)


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
        problem = problem.with_demand(Demand("spread", row, np.array([widest.value]), np.array([np.inf])))
        reach = None if widest.proven else int(widest.bound + WITHIN)
        solution = maximise(problem, padded(objective, problem.columns), request.time_limit)
        # the best of the plans that reach so many provinces is proven the best only if none reaches more
        return solution and replace(solution, proven=solution.proven and reach is None, reach=reach)
    return maximise(problem, padded(objective, problem.columns), request.time_limit)


def _no_plan(
    undecided: Undecided | None, feasible: Pool, request: Request, context: Context, progress: Progress | None
) -> PlanError:
    """Return why there is no plan: conflicts where that is proven, else what is known of the search so far.

    Whether there is one is answered without the solver's time limit, so that time is never told as impossible.
    """
    least, most = feasible.terms.sizes
    widest = (min(least, SIZES[0]), max(most, SIZES[1]))
    wide = feasible
    if widest != feasible.terms.sizes:
        wide = feasible_pool(feasible.dataset, replace(feasible.terms, sizes=widest), context)
    possible = Possible(wide, ~np.isnan(_objective(wide, request.objective)), TakenQuotas.of(request, feasible))
    conditions = Conditions.of(request, quota_by_department(feasible, request), (least, most))
    why = explain(conditions, possible, feasible.dataset.territory, progress)
    if why.conflicts:
        # what was wished for this once stands before what the programme sets
        programme = (".quota", ".province")
        return PlanError(sorted(why.blockers, key=lambda blocker: blocker.message.endswith(programme)), why)
    if undecided is None or undecided.reason:
        reason = "" if undecided is None else undecided.reason
        return PlanError([Blocker("engine.plan.blocked.solver", {"reason": reason})])
    fields = {"seconds": request.time_limit, "bound": undecided.bound}
    return PlanError([Blocker(f"engine.plan.blocked.time{'' if undecided.bound is None else '_bound'}", fields)])


def _plan(solution: Solution, objective: np.ndarray, feasible: Pool, request: Request, unknown: int) -> Plan:
    taken = TakenQuotas.of(request, feasible)
    fixed = {f.ubigeos: f.phase for f in request.fixed}
    rows = sorted(solution.chosen, key=lambda row: (-objective[row], sorted(feasible.groups.ubigeos(row))))
    phases = _dealt(rows, feasible, fixed, taken.left)
    figures = {"total": feasible.totals, "affected": feasible.values["affected"], "objective": objective}
    clusters = [
        _cluster(feasible.groups.ubigeos(row), phases[row], {k: v[row] for k, v in figures.items()}, feasible)
        for row in rows
    ]
    clusters = [replace(c, fixed=c.ubigeos in fixed) for c in clusters] + _settled(feasible, request)
    clusters.sort(key=lambda c: (c.phase, c.department, c.province, sorted(c.ubigeos)))
    standing = sum(c.value for c in clusters if c.settled and c.value is not None)
    # what is settled is in every plan: it adds as much to what was reached as to what none exceeds
    whole = replace(solution, value=solution.value + standing, bound=solution.bound + standing)
    return Plan(
        request=request,
        clusters=tuple(clusters),
        value=whole.value,
        bound=whole.bound,
        gap=whole.gap,
        proven=whole.proven,
        reach=None if whole.reach is None else whole.reach + len(taken.provinces),
        considered=len(feasible),
        unknown=unknown,
        scale=feasible.scale,
        ledger=ledger(
            [(c.ubigeos, c.phase) for c in clusters],
            capital_has_municipality=feasible.terms.capital_has_municipality,
            phases={phase for _, phase in taken.quotas},
        ),
    )


def _cluster(ubigeos: frozenset[str], phase: int, figures: Mapping[str, float], feasible: Pool) -> PlanCluster:
    province = Candidate(ubigeos).main_province
    return PlanCluster(
        ubigeos=ubigeos,
        department=province[:2],
        province=province,
        phase=phase,
        fixed=False,
        value=_known(figures["objective"]),
        score=_known(figures["total"]),
        affected=_known(figures["affected"]),
        slots=len(ubigeos),
        district=municipalities(ubigeos, feasible.terms.capital_has_municipality),
    )


def _settled(feasible: Pool, request: Request) -> list[PlanCluster]:
    """Return the settled clusters, feasible or not, measured as the candidates are and scored on their scale."""
    if not request.held:
        return []
    own = pool_of(feasible.dataset, feasible.terms, [f.ubigeos for f in request.held])
    totals, affected = feasible.scale.totals(own.values), own.values["affected"]
    objective = affected if request.objective == "affected" else totals
    figures = ({"total": t, "affected": a, "objective": o} for t, a, o in zip(totals, affected, objective, strict=True))
    pairs = zip(request.held, figures, strict=True)  # what is held has a phase
    clusters = (_cluster(f.ubigeos, f.phase, of, feasible) for f, of in pairs if f.phase is not None)
    return [replace(c, fixed=True, settled=True) for c in clusters]


def _dealt(
    rows: list[int],
    feasible: Pool,
    fixed: Mapping[frozenset[str], int | None],
    quotas: Mapping[tuple[str, int], int],
) -> dict[int, int]:
    """Return the phase of each chosen row: fixed ones theirs, the others (best first) what is left, in order."""
    places = Counter(quotas)
    phases = {}
    for row in rows:
        own = fixed.get(feasible.groups.ubigeos(row))
        if own is not None:
            phases[row] = own
            places[feasible.groups.provinces[row][:2], own] -= 1
    for row in (row for row in rows if row not in phases):
        department = feasible.groups.provinces[row][:2]
        free = next(key for key in sorted(places) if key[0] == department and places[key] > 0)
        places[free] -= 1
        phases[row] = free[1]
    return phases


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
