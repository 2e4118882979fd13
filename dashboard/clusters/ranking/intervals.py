"""Give each criterion and the score of a candidate the interval that missing and thin data leave open.

District bounds (:mod:`dashboard.clusters.measures.bounds`) go through the formulas of the measures, all at their
lowest and all at their highest; a district left out of a mean because it is unknown enters with its
bounds. Cases of which only the province or the department is known may be in the candidate: they widen the
conflicts. What is open without bounds is counted: a criterion is exact only where nothing of it is open.
Two intervals say nothing of the order of two candidates, who may share what is not known: see
:mod:`dashboard.clusters.ranking.fillings`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from dashboard.clusters.measures import (
    CASE_STATES,
    FORMULAS,
    DistrictBounds,
    Stack,
    count_bits,
    district_bounds,
    emergency_range,
    stack_of,
    union_bits,
)
from dashboard.clusters.model import SERVICES, Groups, Period, basis, unsampled, years_of
from dashboard.clusters.scoring import Columns, Criterion, Scale, Terms, criterion_values, named_measures, scale_of
from geodata.model import Dataset

EMERGENCIES = ("emergencies", "emergencies_per_10000")
UNBOUNDED = ("samples", "members", "years")
REASONS = ("missing", "thin", "cases", *UNBOUNDED)


@dataclass(frozen=True, slots=True)
class Interval:
    """Between what a figure lies: `value` is the one shown. All None: unknown.

    Why it is open: `missing` districts have no figure of their own, `thin` ones a small sample; `cases` may be in
    the candidate, their district being unknown; of `samples` indicators nobody knows how many cases are behind
    them; of `members` associations nobody knows the members; `years` of the period have no complete record. The
    last three have no bounds: low and high leave them aside.
    """

    low: float | None
    value: float | None
    high: float | None
    missing: int = 0
    thin: int = 0
    cases: int = 0
    samples: int = 0
    members: int = 0
    years: int = 0

    @property
    def why(self) -> Mapping[str, int]:
        """Return what leaves it open, by reason; nothing where it is exact."""
        return {name: n for name in REASONS if (n := getattr(self, name))}

    @property
    def exact(self) -> bool:
        """Tell whether nothing is open."""
        return self.low == self.high and not self.why


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
    why = {key: reasons(stack, limits, item, terms) for key, item in terms.criteria.items()}
    nothing = np.zeros(len(groups), dtype=int)
    most = {name: np.max([nothing, *(why[key][name] for key in scale.used)], axis=0) for name in REASONS}
    return tuple(
        Uncertain(
            MappingProxyType({k: _interval(low[k][i], shown[k][i], high[k][i], why[k], i) for k in terms.criteria}),
            None if np.isnan(totals[1][i]) else _interval(*(total[i] for total in totals), most, i),
        )
        for i in range(len(groups))
    )


def _interval(low: float, value: float, high: float, why: Mapping[str, np.ndarray], i: int) -> Interval:
    counts = {name: int(n[i]) for name, n in why.items()}
    if np.isnan(value):
        return Interval(None, None, None, **counts)
    # a side that nothing bounds is the figure shown
    return Interval(float(np.fmin(low, value)), float(value), float(np.fmax(high, value)), **counts)


def _criteria(stack: Stack, limits: DistrictBounds, terms: Terms) -> tuple[Columns, Columns, Columns]:
    """Return the criteria with every district at its low, as shown, and at its high."""
    shown = {key: formula(stack).astype(float) for key, formula in FORMULAS.items()}
    found = []
    counts = emergency_range(stack.dataset, terms.hazard_period)
    for columns in (limits.low, limits.high):
        moved = replace(
            stack,
            basis=replace(stack.basis, columns={**stack.basis.columns, **columns}),
            emergencies=counts.low if columns is limits.low else counts.high,
        )
        changed = {key: FORMULAS[key](moved).astype(float) for key in _MOVED}
        found.append({**shown, **changed})
    for key in CASE_STATES:
        found[1][key] = shown[key] + _unplaced(stack, key)
    low, high = (
        {key: pick(table[key], shown[key]) for key in shown}
        for pick, table in ((np.fmin, found[0]), (np.fmax, found[1]))
    )
    return tuple(criterion_values(table, terms.services, terms.criteria) for table in (low, shown, high))


_GAPS = (*(f"{kind}_{s}" for kind in ("gap", "affected") for s in SERVICES), "gap_combined")
_MOVED = (*_GAPS, "indigenous_percent", *EMERGENCIES)


def _unplaced(stack: Stack, measure: str) -> np.ndarray:
    """Cases of a measure's states that may be in a group: those of its provinces and departments of which no
    district is known, and that none of its districts is known to have."""
    states = stack.marks.states
    wanted = [states[state] for state in CASE_STATES[measure] if state in states]
    if not wanted:
        return np.zeros(len(stack.rows), dtype=int)
    around = union_bits(stack.marks.cases[4], stack.rows) | union_bits(stack.marks.cases[2], stack.rows)
    return count_bits(around & ~stack.touched & np.bitwise_or.reduce(wanted))


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


def reasons(stack: Stack, limits: DistrictBounds, item: Criterion, terms: Terms) -> Mapping[str, np.ndarray]:
    """Return why a criterion of each group is open: a count for each of :data:`REASONS`, 0 where it is not."""
    nothing = np.zeros(len(stack.rows), dtype=int)
    found = dict.fromkeys(REASONS, nothing)
    names = [] if item.measure is None else named_measures(item.measure, terms.services)
    marks = [stack.picked(_open(stack, name)) == 1 for name in names]
    if marks:
        found["missing"] = np.logical_or.reduce(marks).sum(axis=1)
    thin = [limits.thin[c] for c in map(_column, names) if c in limits.thin]
    if thin:
        found["thin"] = np.append(np.logical_or.reduce(thin), False)[stack.rows].sum(axis=1)
    marks = [unsampled(stack.dataset, _column(name)) for name in names]
    found["samples"] = sum(
        (np.append(row, False)[stack.rows].any(axis=1).astype(int) for own in marks for row in own), nothing
    )
    for name in names:
        if name in CASE_STATES:
            found["cases"] = found["cases"] + _unplaced(stack, name)
    if set(names) & set(EMERGENCIES):
        found["years"] = nothing + incomplete_years(stack.dataset, terms.hazard_period)
    if "mancomunidades" in names:
        found["members"] = nothing + sum(not m.members for m in stack.dataset.mancomunidades)
    return MappingProxyType(found)


def incomplete_years(dataset: Dataset, period: Period) -> int:
    """Return how many years of a period (None: all on screen) have no complete record of emergencies."""
    first, last = years_of(period, dataset) or dataset.screen_years
    complete_from, complete_to = dataset.hazards_complete_years
    return sum(not complete_from <= year <= complete_to for year in range(first, last + 1))


def _open(stack: Stack, measure: str) -> np.ndarray:
    """Mark (1.0) the districts that lack something a measure is made of."""
    columns, column = stack.basis.columns, _column(measure)
    people = measure in (*_GAPS, "indigenous_percent", "density", "population", "emergencies_per_10000")
    needed = [columns[c] for c in (column, *(["population"] if people else [])) if c in columns]
    needed += [columns["area_km2"]] if measure == "density" else []
    needed += [stack.emergencies] if measure in EMERGENCIES else []
    missing = district_bounds(stack.dataset).missing.get(column, np.zeros(len(stack.basis.position), dtype=bool))
    return np.logical_or.reduce([missing, *map(np.isnan, needed)]).astype(float)


def _column(measure: str) -> str:
    return measure.replace("affected_", "lacking_")
