"""Give each criterion and the score of a candidate the interval that missing and thin data leave open.

District bounds (:mod:`dashboard.clusters.bounds`) go through the formulas of the measures, all at their
lowest and all at their highest; a district left out of a mean because it is unknown enters with its
bounds. Cases of which only the province is known may be in the candidate: they widen the conflicts.
Criteria that rest on nothing of this kind count as exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from dashboard.clusters.basis import basis
from dashboard.clusters.bounds import DistrictBounds, district_bounds
from dashboard.clusters.bulk import FORMULAS, Stack, count_bits, stack_of, union_bits
from dashboard.clusters.candidate import SERVICES
from dashboard.clusters.criteria import Criterion
from dashboard.clusters.pool import Columns, Scale, criterion_values, scale_of
from dashboard.clusters.search import Groups
from dashboard.clusters.terms import Terms
from geodata.dataset import Dataset

ACTIVE = "activo"


@dataclass(frozen=True, slots=True)
class Interval:
    """Between what a figure lies: `value` is the one shown. `missing` districts have no figure of their own,
    `thin` ones a small sample; `cases` may be in the candidate, their district being unknown. All None: unknown."""

    low: float | None
    value: float | None
    high: float | None
    missing: int = 0
    thin: int = 0
    cases: int = 0

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def meets(self, other: "Interval") -> bool:
        """Tell whether two known intervals have a figure in common."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True)
class Uncertain:
    """A candidate's intervals by criterion (raw values) and that of its score; None when it has no score."""

    criteria: Mapping[str, Interval]
    score: Interval | None


def intervals(
    groups: Sequence[frozenset[str]],
    dataset: Dataset,
    terms: Terms | None = None,
    judgements: Sequence[Mapping[str, float]] | None = None,
    scale: Scale | None = None,
) -> tuple[Uncertain, ...]:
    """Return the intervals of groups of districts, none of them empty.

    Scores are on `scale`, or on the criteria that none of the groups lacks. Judgements count as exact.
    """
    terms = terms or Terms()
    rows = Groups.of(basis(dataset).position, groups)
    stack = stack_of(rows, dataset, terms.conflict_period, terms.hazard_period, terms.capital_has_municipality)
    limits = district_bounds(dataset)
    low, shown, high = _criteria(stack, limits, terms)
    given = tuple(judgements) if judgements is not None else ({},) * len(groups)
    low, shown, high = (_with_judgements(table, terms, given) for table in (low, shown, high))
    scale = scale or _scale(shown, terms)
    totals = _totals(scale, low, shown, high)
    why = {key: _reasons(stack, limits, item, terms) for key, item in terms.criteria.items()}
    return tuple(
        Uncertain(
            MappingProxyType(
                {k: _interval(low[k][i], shown[k][i], high[k][i], *(n[i] for n in why[k])) for k in terms.criteria}
            ),
            None if np.isnan(totals[1][i]) else _interval(*(total[i] for total in totals)),
        )
        for i in range(len(groups))
    )


def _interval(low: float, value: float, high: float, missing: int = 0, thin: int = 0, cases: int = 0) -> Interval:
    if np.isnan(value):
        return Interval(None, None, None, int(missing), int(thin), int(cases))
    # a side that nothing bounds is the figure shown
    low, high = np.fmin(low, value), np.fmax(high, value)
    return Interval(float(low), float(value), float(high), int(missing), int(thin), int(cases))


def _criteria(stack: Stack, limits: DistrictBounds, terms: Terms) -> tuple[Columns, Columns, Columns]:
    """Return the criteria with every district at its low, as shown, and at its high."""
    shown = {key: formula(stack).astype(float) for key, formula in FORMULAS.items()}
    found = []
    for columns in (limits.low, limits.high):
        moved = replace(stack, basis=replace(stack.basis, columns={**stack.basis.columns, **columns}))
        changed = {key: FORMULAS[key](moved).astype(float) for key in _MOVED}
        found.append({**shown, **changed})
    found[1]["conflicts_active"] = shown["conflicts_active"] + _unplaced(stack)
    low, high = (
        {key: pick(table[key], shown[key]) for key in shown}
        for pick, table in ((np.fmin, found[0]), (np.fmax, found[1]))
    )
    return tuple(criterion_values(table, terms.services, terms.criteria) for table in (low, shown, high))


_MOVED = (*(f"{kind}_{s}" for kind in ("gap", "affected") for s in SERVICES), "gap_combined", "indigenous_percent")


def _unplaced(stack: Stack) -> np.ndarray:
    """Active cases of the provinces touched of which no district is known."""
    active = stack.marks.states.get(ACTIVE)
    if active is None:
        return np.zeros(len(stack.rows))
    return count_bits(union_bits(stack.marks.by_province, stack.rows) & active)


def _with_judgements(table: Columns, terms: Terms, given: Sequence[Mapping[str, float]]) -> Columns:
    judged = {
        key: np.array([np.nan if of.get(key) is None else float(of[key]) for of in given])
        for key, item in terms.criteria.items()
        if item.judged
    }
    return {**table, **judged}


def _scale(values: Columns, terms: Terms) -> Scale:
    """Return the scale of the criteria that no group lacks; a judged one counts where all are judged."""
    scale = scale_of(values, terms)
    return replace(scale, judged=tuple(key for key in scale.judged if np.isnan(values[key]).any()))


def _totals(scale: Scale, low: Columns, shown: Columns, high: Columns) -> tuple[np.ndarray, ...]:
    worst, best = dict(shown), dict(shown)
    for key in scale.used:
        rising = scale.criteria[key].direction == "higher"
        worst[key], best[key] = (low[key], high[key]) if rising else (high[key], low[key])
    return scale.totals(worst), scale.totals(shown), scale.totals(best)


def _reasons(stack: Stack, limits: DistrictBounds, item: Criterion, terms: Terms) -> tuple[np.ndarray, ...]:
    """Return how many districts of each group are missing or thin in a criterion, and how many cases unplaced."""
    nothing = np.zeros(len(stack.rows), dtype=int)
    if item.measure == "conflicts_active":
        return nothing, nothing, _unplaced(stack).astype(int)
    columns = [c for c in _columns(item.measure, terms) if c in limits.low]
    if not columns:
        return nothing, nothing, nothing
    marks = (np.logical_or.reduce([of[c] for c in columns]) for of in (limits.missing, limits.thin))
    missing, thin = (np.append(mark, False)[stack.rows].sum(axis=1) for mark in marks)
    return missing, thin, nothing


def _columns(measure: str | None, terms: Terms) -> list[str]:
    if measure is None:
        return []
    column = measure.replace("affected_", "lacking_")
    if "*" not in column:
        return [column]
    return [column.replace("*", s) for s in SERVICES if s in (terms.services or SERVICES)]
