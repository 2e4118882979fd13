"""Set the exact plan beside a greedy one and one made with spopt, on the same objective.

spopt divides all districts into regions instead of choosing some, so it is given its best chance: each
province is divided by max-p or SKATER into regions of three districts or more, over and over, and from
all its regions that are feasible the best plan is then chosen by our own model. A province of fewer than six
districts cannot be divided in two such regions and is taken as one: there max-p would search without end.
"""

import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from dashboard.clusters.model.graphs import from_labels, to_frame, to_libpysal
from dashboard.clusters.planning.demands import district_governments, problem_of
from dashboard.clusters.planning.model import maximise
from dashboard.clusters.planning.plan import feasible_pool, make_plan
from dashboard.clusters.planning.request import Request
from dashboard.clusters.rules.rules import Context
from dashboard.clusters.scoring.pools import Pool
from dashboard.clusters.scoring.terms import Terms
from geodata.model.dataset import Dataset

LEAST, TYPICAL = 3, 4
ATTRIBUTES = ["gap_education", "gap_health", "gap_environment"]


SCENARIOS = (
    ("score", Request(objective="score")),
    ("score, 59 district governments", Request(objective="score", governments=59)),
    ("score, any number of clusters a province", Request(objective="score", per_province=None)),
    ("people affected", Request()),
)


@dataclass(frozen=True)
class Reached:
    """What one way reached: its objective (None: no plan), the district governments, from how many candidates,
    and in how many seconds."""

    way: str
    value: float | None
    governments: int
    candidates: int
    seconds: float


def objective_values(candidates: Pool, request: Request) -> np.ndarray:
    """Return what each candidate adds to the objective."""
    return candidates.values["affected"] if request.objective == "affected" else candidates.totals


def greedy(dataset: Dataset, candidates: Pool, request: Request) -> tuple[float | None, int]:
    """Take, one after the other, the best candidate that still fits; return the objective and the governments.

    Where governments are asked for, one fits only if the provinces left can still make up the number.
    """
    values, counts = objective_values(candidates, request), district_governments(candidates)
    left = _quotas(dataset)
    most = {p: int(counts[candidates.groups.provinces == p].max()) for p in set(candidates.groups.provinces)}
    used, taken, total, governments = set(), set(), 0.0, 0
    for row in np.argsort(-values, kind="stable"):
        province, ubigeos = str(candidates.groups.provinces[row]), candidates.groups.ubigeos(row)
        if not left[province[:2]] or ubigeos & taken or (request.per_province == 1 and province in used):
            continue
        after = left - Counter([province[:2]])
        reachable = governments + int(counts[row]) + _reachable(after, most, used | {province})
        if request.governments is not None and reachable < request.governments:
            continue
        left, total, governments = after, total + float(values[row]), governments + int(counts[row])
        used.add(province)
        taken |= ubigeos
    return (None if left.total() else total), governments


def _quotas(dataset: Dataset) -> Counter[str]:
    left: Counter[str] = Counter()
    for (department, _), n in dataset.quotas.items():
        left[department] += n
    return left


def _reachable(left: Counter[str], most: dict[str, int], used: set[str]) -> int:
    """Return the most governments that the provinces not used can add."""
    return sum(
        sum(sorted((m for p, m in most.items() if p[:2] == code and p not in used), reverse=True)[:n])
        for code, n in left.items()
    )


def rivals(dataset: Dataset, request: Request, seeds: int, with_spopt: bool) -> Iterable[Reached]:
    """Return what each way reaches."""
    terms = Terms()
    start = time.perf_counter()
    plan = make_plan(dataset, request, terms)
    yield Reached("exact (HiGHS)", plan.value, plan.governments, plan.considered, time.perf_counter() - start)
    start = time.perf_counter()
    candidates = feasible_pool(dataset, terms, Context.of(dataset))
    value, governments = greedy(dataset, candidates, request)
    yield Reached("greedy", value, governments, len(candidates), time.perf_counter() - start)
    if not with_spopt:
        return
    for way, divide in (("spopt max-p", _max_p), ("spopt SKATER", _skater)):
        yield _by_regions(f"{way}, {seeds} runs a province", dataset, candidates, request, divide, seeds)


def _by_regions(
    way: str, dataset: Dataset, candidates: Pool, request: Request, divide: Callable, seeds: int
) -> Reached:
    start = time.perf_counter()
    rows = set()
    for province in dataset.territory.provinces:
        if len(dataset.territory.in_province(province)) < LEAST:
            continue
        frame = to_frame(dataset, province).assign(one=1)
        graph = _numbered(to_libpysal(dataset.territory, province))
        for seed in range(seeds):
            labels = _divided(divide, frame, graph, seed)
            found = (
                candidates.groups.index(group) for group in from_labels(dict(zip(frame.index, labels, strict=True)))
            )
            rows |= {row for row in found if row is not None}
    value, governments = _best(candidates, np.array(sorted(rows), dtype=int), request)
    return Reached(way, value, governments, len(rows), time.perf_counter() - start)


def _divided(divide: Callable, frame, graph, seed: int) -> list[int]:
    if len(frame) < 2 * LEAST:
        return [0] * len(frame)
    np.random.seed(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return divide(frame, graph, seed)


def _numbered(graph):
    """Return a graph as the older `W` over 0, 1, ..., which is what spopt counts on."""
    from libpysal.weights import W

    place = {ubigeo: i for i, ubigeo in enumerate(graph.unique_ids)}
    return W({place[u]: [place[n] for n in graph[u].index] for u in graph.unique_ids}, silence_warnings=True)


def _best(candidates: Pool, rows: np.ndarray, request: Request) -> tuple[float | None, int]:
    """Return the best plan out of some of the candidates, by forbidding all others in the exact model."""
    values, counts = objective_values(candidates, request), district_governments(candidates)
    known = np.zeros(len(candidates), dtype=bool)
    known[rows] = True
    solution = maximise(problem_of(candidates, request, known), values, request.time_limit)
    if solution is None:
        return None, 0
    return solution.value, int(counts[list(solution.chosen)].sum())


def _max_p(frame, graph, seed: int) -> list[int]:
    from spopt.region import MaxPHeuristic

    model = MaxPHeuristic(frame, graph, ATTRIBUTES, "one", LEAST, top_n=2 + seed % 3)
    model.solve()
    return list(model.labels_)


def _skater(frame, graph, seed: int) -> list[int]:
    from spopt.region import Skater

    regions = max(1, len(frame) // (TYPICAL + seed % 3))
    model = Skater(frame, graph, ATTRIBUTES, n_clusters=regions, floor=LEAST)
    model.solve()
    return list(model.labels_)


def table(found: list[Reached]) -> str:
    """Return what was reached side by side, as a share of the exact plan."""
    exact = found[0].value
    lines = ["| way | objective | of exact | districts | candidates | seconds |", "|:---|---:|---:|---:|---:|---:|"]
    for one in found:
        value = "no plan" if one.value is None else f"{one.value:,.1f}"
        share = "-" if one.value is None else f"{100 * one.value / exact:.1f} %"
        cells = (one.way, value, share, str(one.governments), f"{one.candidates:,}", f"{one.seconds:.2f}")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
