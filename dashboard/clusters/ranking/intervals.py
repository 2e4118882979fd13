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
    EMERGENCIES,
    MEASURES,
    DistrictBounds,
    Measure,
    Selection,
    district_bounds,
    emergency_range,
)
from dashboard.clusters.model import Groups, basis, unsampled
from dashboard.clusters.scoring import (
    Columns,
    Criterion,
    Judgements,
    Scale,
    Terms,
    criterion_values,
    named_measures,
    scale_of,
)
from geodata.model import Dataset

UNBOUNDED = ("samples", "members", "projects", "years")
REASONS = ("missing", "thin", "cases", *UNBOUNDED)


@dataclass(frozen=True, slots=True)
class Interval:
    """Between what a figure lies: `value` is the one shown. All None: unknown.

    Why it is open: `missing` districts have no figure of their own, `thin` ones a small sample; `cases` may be in
    the candidate, their district being unknown; of `samples` indicators nobody knows how many cases are behind
    them; of `members` associations nobody knows the members, of `projects` the districts; `years` of the period have no
    complete record. The last four have no bounds: low and high leave them aside.
    """

    low: float | None
    value: float | None
    high: float | None
    missing: int = 0
    thin: int = 0
    cases: int = 0
    samples: int = 0
    members: int = 0
    projects: int = 0
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
    judgements: Sequence[Judgements] | None = None,
    scale: Scale | None = None,
) -> tuple[Uncertain, ...]:
    """Return the intervals of groups of districts, none of them empty.

    Scores are on `scale`, or on the criteria that none of the groups lacks. Judgements count as exact.
    """
    terms = terms or Terms()
    rows = Groups.of(basis(dataset).position, groups)
    chosen = Selection.of(rows, dataset, terms.conflict_period, terms.hazard_period, terms.capital_has_municipality)
    limits = district_bounds(dataset)
    low, shown, high = _criteria(chosen, limits, terms, judgements)
    scale = scale or _scale(dataset, shown, terms)
    totals = _totals(scale, low, shown, high)
    why = {key: reasons(chosen, limits, item, terms) for key, item in terms.criteria.items()}
    nothing = np.zeros(len(groups), dtype=int)
    most = {name: np.max([nothing, *(why[key][name] for key in scale.used)], axis=0) for name in REASONS}
    return tuple(
        Uncertain(
            MappingProxyType({k: _interval(low[k][i], shown[k][i], high[k][i], why[k], i) for k in terms.criteria}),
            None if np.isnan(totals[1][i]) else _interval(totals[0][i], totals[1][i], totals[2][i], most, i),
        )
        for i in range(len(groups))
    )


def _interval(low: float, value: float, high: float, why: Mapping[str, np.ndarray], i: int) -> Interval:
    counts = {name: int(n[i]) for name, n in why.items()}
    if np.isnan(value):
        return Interval(None, None, None, **counts)
    # a side that nothing bounds is the figure shown
    return Interval(float(np.fmin(low, value)), float(value), float(np.fmax(high, value)), **counts)


def _criteria(
    chosen: Selection, limits: DistrictBounds, terms: Terms, judgements: Sequence[Judgements] | None
) -> tuple[Columns, Columns, Columns]:
    """Return the criteria with every district at its low, as shown, and at its high."""
    shown = {key: measure.values(chosen).astype(float) for key, measure in MEASURES.items()}
    counts = emergency_range(chosen.dataset, terms.hazard_period)
    low, high = dict(shown), dict(shown)
    for table, columns, pick in (
        (low, {**limits.low, EMERGENCIES: counts.low}, np.fmin),
        (high, {**limits.high, EMERGENCIES: counts.high}, np.fmax),
    ):
        moved = chosen.moved(columns)
        for key, measure in MEASURES.items():
            if not columns.keys().isdisjoint(measure.columns):
                table[key] = pick(measure.values(moved).astype(float), shown[key])
    for key, measure in MEASURES.items():
        cases = measure.open(chosen).get("cases")
        if cases is not None:
            high[key] = shown[key] + cases
    lowest, as_shown, highest = (
        criterion_values(table, terms.services, terms.criteria, judgements) for table in (low, shown, high)
    )
    return lowest, as_shown, highest


def _scale(dataset: Dataset, values: Columns, terms: Terms) -> Scale:
    """Return the scale of the criteria that no group lacks; a judged one counts where all are judged."""
    scale = scale_of(dataset, values, terms)
    return replace(scale, judged=tuple(key for key in scale.judged if np.isnan(values[key]).any()))


def _totals(scale: Scale, low: Columns, shown: Columns, high: Columns) -> tuple[np.ndarray, ...]:
    worst, best = dict(shown), dict(shown)
    for key in scale.used:
        rising = scale.criteria[key].direction == "higher"
        worst[key], best[key] = (low[key], high[key]) if rising else (high[key], low[key])
    return scale.totals(worst), scale.totals(shown), scale.totals(best)


def reasons(chosen: Selection, limits: DistrictBounds, item: Criterion, terms: Terms) -> Mapping[str, np.ndarray]:
    """Return why a criterion of each group is open: a count for each of :data:`REASONS`, 0 where it is not."""
    found = dict.fromkeys(REASONS, np.zeros(len(chosen), dtype=int))
    measures = [] if item.measure is None else [MEASURES[key] for key in named_measures(item.measure, terms.services)]
    missing = [_missing(chosen, limits, measure) for measure in measures]
    thin = [limits.thin[column] for measure in measures for column in measure.columns if column in limits.thin]
    for name, marks in (("missing", missing), ("thin", thin)):
        if marks:
            found[name] = chosen.picked(np.logical_or.reduce(marks)).sum(axis=1)
    for measure in measures:
        for mark in unsampled(chosen.dataset, measure.sampled) if measure.sampled else ():
            found["samples"] = found["samples"] + chosen.picked(mark).any(axis=1)
        for name, n in measure.open(chosen).items():
            found[name] = np.maximum(found[name], n)
    return MappingProxyType(found)


def _missing(chosen: Selection, limits: DistrictBounds, measure: Measure) -> np.ndarray:
    """Mark the districts (all of them) that lack something a measure is made of."""
    unknown = [np.isnan(chosen.columns[column]) for column in measure.columns]
    bounded = [limits.missing[column] for column in measure.columns if column in limits.missing]
    return np.logical_or.reduce([np.zeros(len(chosen.groups.codes), dtype=bool), *unknown, *bounded])
