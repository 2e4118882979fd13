"""Time the engine on the default data set and on every district of Peru, against the bars it is held to."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dashboard.clusters.measures.measures import measure_all
from dashboard.clusters.model import search
from dashboard.clusters.model.arrays import basis
from dashboard.clusters.model.candidate import from_proposal
from dashboard.clusters.planning.plan import make_plan
from dashboard.clusters.planning.request import Request
from dashboard.clusters.ranking.changes import single_changes, smallest_mends
from dashboard.clusters.ranking.intervals import intervals
from dashboard.clusters.ranking.pareto import frontier
from dashboard.clusters.ranking.robustness import robustness, weightings
from dashboard.clusters.ranking.standing import rankings
from dashboard.clusters.rules.rules import Context, judge
from dashboard.clusters.scoring import pool as pools
from dashboard.clusters.scoring.criteria import values_for
from dashboard.clusters.scoring.pools import pool
from dashboard.clusters.scoring.terms import Terms
from geodata.model.dataset import Dataset

PLANS = (
    ("people affected", Request()),
    ("score", Request(objective="score")),
    ("score, 59 district governments", Request(objective="score", governments=59)),
    ("spread", Request(objective="spread")),
    ("score, any number a province", Request(objective="score", per_province=None)),
    ("spread, any number a province", Request(objective="spread", per_province=None)),
)


@dataclass(frozen=True)
class Timed:
    """One line: what was done, to how many, how long it took (seconds, each repetition), the bar, and a note."""

    what: str
    n: int
    seconds: tuple[float, ...]
    most: float | None = None
    note: str = ""


def repeated(do: Callable[[], object], times: int, before: Callable[[], object] = lambda: None) -> tuple[float, ...]:
    """Return how long each repetition took, after one that does not count; `before` is not timed."""
    taken = []
    for turn in range(times + 1):
        before()
        start = time.perf_counter()
        do()
        if turn:
            taken.append(time.perf_counter() - start)
    return tuple(taken)


def forget() -> None:
    """Forget every answer kept: groups, their measures and weightings, but not the arrays of the data set."""
    search._kept.cache_clear()
    pools._measured.cache_clear()
    weightings.cache_clear()


def forget_all() -> None:
    """Forget the arrays of the data set too, as right after it was loaded."""
    forget()
    basis.cache_clear()


def default_lines(dataset: Dataset, times: int) -> Iterator[Timed]:
    """Time what the issue asks for on the default data set."""
    five, six = Terms((3, 5)), Terms((3, 6))
    n = len(pool(dataset, five))
    yield Timed("enumerate and score 3-5, arrays of the data set made too", n, _cold(dataset, five, times), 0.5)
    yield Timed("enumerate and score 3-5", n, repeated(lambda: pool(dataset, five), times, forget), 0.5)
    yield Timed("enumerate and score 3-6", len(pool(dataset, six)), repeated(lambda: pool(dataset, six), times, forget))
    groups = repeated(lambda: search.contiguous_groups(dataset.territory), times, forget)
    yield Timed("enumerate 3-6 alone", len(pool(dataset, six)), groups)
    yield from _candidates(dataset, times)
    rows = _rows(dataset, 10)
    yield Timed("10,000 weightings of 10 candidates", 10, repeated(lambda: robustness(rows), times, forget), 1.0)
    sets = [from_proposal(p).ubigeos for p in dataset.proposals]
    yield Timed("intervals of the seven first proposals", 7, repeated(lambda: intervals(sets, dataset), times))
    everything = pool(dataset, six, "01")
    front = repeated(lambda: frontier(everything), times)
    yield Timed("frontier of Amazonas", len(everything), front, note=f"{len(frontier(everything).rows)} on it")
    yield from _plans(dataset, max(1, times // 4))


def _cold(dataset: Dataset, terms: Terms, times: int) -> tuple[float, ...]:
    return repeated(lambda: pool(dataset, terms), times, forget_all)


def _candidates(dataset: Dataset, times: int) -> Iterator[Timed]:
    """Time a candidate with its rules, ranking and changes, for each first proposal and some others."""
    context = Context.of(dataset)
    among = pool(dataset, Terms())
    some = np.linspace(0, len(among) - 1, 13).astype(int)
    candidates = [*map(from_proposal, dataset.proposals), *(among.candidate(int(row)) for row in some)]

    def judged(candidate) -> None:
        terms = Terms(services=candidate.services)
        judge(candidate, context)
        rankings(candidate, dataset, terms)
        single_changes(candidate, dataset, context, terms)

    for name, before in (("kept pools", lambda: None), ("nothing kept", forget)):
        taken = [t for c in candidates for t in repeated(lambda c=c: judged(c), max(1, times // 4), before)]
        yield Timed(f"one candidate: rules, rank, single changes ({name})", len(candidates), tuple(taken), 0.05)
    broken = [from_proposal(p) for p in dataset.proposals if not dataset.territory.is_contiguous(p.ubigeos)]
    mends = [t for c in broken for t in repeated(lambda c=c: smallest_mends(c, dataset, context), times)]
    yield Timed("smallest mend of a broken proposal", len(broken), tuple(mends))


def _rows(dataset: Dataset, n: int) -> list[dict[str, float | None]]:
    among = pool(dataset, Terms())
    best = [among.candidate(int(row)) for row in among.order[:n]]
    return [values_for(c, measure_all(c, dataset)) for c in best]


def _plans(dataset: Dataset, times: int) -> Iterator[Timed]:
    for name, request in PLANS:
        found = make_plan(dataset, request)
        note = (
            f"value {found.value:,.1f}, gap {found.gap:.2%}, {found.provinces} provinces, {found.governments} districts"
        )
        taken = repeated(lambda request=request: make_plan(dataset, request), times)
        yield Timed(f"plan of sixteen: {name}", found.considered, taken, 10.0, note)


def peru_lines(dataset: Dataset, times: int) -> Iterator[Timed]:
    """Time the same search over all provinces of Peru as sizes grow; figures there are computed for timing only."""
    for most in range(3, 9):
        terms = Terms((3, most))
        n = len(search.contiguous_groups(dataset.territory, sizes=terms.sizes))
        alone = repeated(
            lambda terms=terms: search.contiguous_groups(dataset.territory, sizes=terms.sizes), times, forget
        )
        yield Timed(f"enumerate 3-{most}", n, alone)
        scored = repeated(lambda terms=terms: pool(dataset, terms), times, forget)
        yield Timed(f"enumerate and score 3-{most}", n, scored)


def table(lines: list[Timed]) -> str:
    """Return the lines as one table, times in milliseconds."""
    head = ("what", "n", "p50 ms", "most ms", "asked for", "met", "note")
    rows = [head, *map(_cells, lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    rule = [":" + "-" * (widths[0] - 1), *("-" * (w - 1) + ":" for w in widths[1:-1]), ":" + "-" * (widths[-1] - 1)]
    return "\n".join(_line(row, widths) for row in (head, rule, *rows[1:]))


def _line(row, widths: list[int]) -> str:
    cells = [
        c.rjust(w) if 0 < i < len(widths) - 1 else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
    ]
    return "| " + " | ".join(cells) + " |"


def _cells(line: Timed) -> tuple[str, ...]:
    middle, most = float(np.median(line.seconds)), max(line.seconds)
    asked = "-" if line.most is None else f"< {1000 * line.most:,.0f}"
    met = "-" if line.most is None else "yes" if most < line.most else "NO"
    return line.what, f"{line.n:,}", f"{1000 * middle:,.1f}", f"{1000 * most:,.1f}", asked, met, line.note


def read_peru(folder: Path) -> Dataset:
    """Return the data set of Peru, made in an existing folder."""
    from geodata.model import dataset as datasets
    from tests.benchmarks import peru

    peru.write(peru.read(), folder)
    return datasets.load(folder)
