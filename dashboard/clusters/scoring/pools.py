"""Hold all feasible candidates of a place with their measures, criteria and scores, as arrays.

The score is that of :mod:`dashboard.clusters.scoring.scores`: a criterion that any candidate of the pool lacks is
left out for all of them, so that like is compared with like. Judgements of a group are of one candidate;
nobody has judged the others, so in a pool the judged criteria are always left out, and it says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from types import MappingProxyType

import numpy as np

from dashboard.clusters.measures import measure_groups
from dashboard.clusters.model import Candidate, Groups, Period, Progress, basis, contiguous_groups
from dashboard.clusters.scoring.criteria import Columns, Criterion, criterion_values
from dashboard.clusters.scoring.scores import full_weights
from dashboard.clusters.scoring.terms import Terms
from geodata.model import Dataset
from geodata.shared import precision


@dataclass(frozen=True, eq=False)
class Scale:
    """How the candidates of a pool are scored: a weight (all together 1) for each criterion in use.

    `judged` are left out because nobody has judged the candidates, `lacking` because some candidate has no
    value; it says how many. Without a weight above zero among those in use there is no score.
    """

    criteria: Mapping[str, Criterion]
    weights: Mapping[str, float]
    judged: tuple[str, ...]
    lacking: Mapping[str, int]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return the criteria that are not in use, in their order."""
        return tuple(key for key in self.criteria if key in self.judged or key in self.lacking)

    @cached_property
    def used(self) -> Mapping[str, float]:
        """Weight of each criterion in use over the sum of them; empty when none weighs anything."""
        full = {key: self.weights[key] for key in self.criteria if key not in self.left_out}
        largest = max(full.values(), default=0.0)
        if largest <= 0:
            return {}
        relative = {key: weight / largest for key, weight in full.items()}
        return {key: weight / sum(relative.values()) for key, weight in relative.items()}

    def totals(self, values: Columns) -> np.ndarray:
        """Return the score of each row, NaN where there is none or where it lacks a criterion in use."""
        rows = len(next(iter(values.values())))
        if not self.used:
            return np.full(rows, np.nan)
        parts = [weight * self.criteria[key].points_of(values[key]) for key, weight in self.used.items()]
        return sum(parts[1:], parts[0])

    def without(self, keys: Iterable[str]) -> "Scale":
        """Return the scale with some more criteria left out, each lacked by one candidate more."""
        more = {k: self.lacking.get(k, 0) + 1 for k in keys if k not in self.judged}
        return replace(self, lacking=MappingProxyType({**self.lacking, **more}))


@dataclass(frozen=True, eq=False)
class Pool:
    """Candidates of a place: `measures` by key and `values` of the criteria by key, as (n,) floats, NaN unknown."""

    dataset: Dataset
    terms: Terms
    place: str
    groups: Groups
    measures: Columns
    values: Columns
    scale: Scale
    totals: np.ndarray = field(repr=False)

    def __len__(self) -> int:
        return len(self.groups)

    def candidate(self, index: int, phase: int = 1) -> Candidate:
        """Return one of the candidates, in a phase."""
        return Candidate(self.groups.ubigeos(index), services=self.terms.services, phase=phase)

    @cached_property
    def order(self) -> np.ndarray:
        """Positions from the best score to the worst; equal ones by province, size and districts."""
        return np.argsort(-self.totals, kind="stable")

    @cached_property
    def places(self) -> np.ndarray:
        """Place of each by score, 1 for the best; equal ones share it, and 0 stands for no score."""
        return precision.places(self.totals, precision.SAME_WITHIN)

    def take(self, rows: np.ndarray) -> "Pool":
        """Return a pool of some of the candidates, scored anew among themselves."""
        measures, values = ({k: v[rows] for k, v in table.items()} for table in (self.measures, self.values))
        return _scored(self.dataset, self.terms, self.place, self.groups.take(rows), measures, values)

    def within(self, place: str) -> "Pool":
        """Return the candidates of a province or department alone."""
        inside = np.char.startswith(self.groups.provinces.astype(str), place)
        return replace(self.take(inside), place=place)


def pool(dataset: Dataset, terms: Terms | None = None, place: str = "", progress: Progress | None = None) -> Pool:
    """Return all feasible candidates of a province, a department or ("") the territory.

    Feasible by their form: one province, contiguous, of the size asked for. What depends on the moment
    (other proposals, quotas) is for :func:`dashboard.clusters.rules.judge_groups`. Raises SearchError, Unusable.
    """
    terms = terms or Terms()
    groups = contiguous_groups(dataset.territory, place, terms.sizes, progress)
    if progress is not None:
        progress("measure", 0.0)
    measures = _measured(dataset, groups, terms.conflict_period, terms.hazard_period, terms.capital_has_municipality)
    values = criterion_values(measures, terms.services, terms.criteria)
    if progress is not None:
        progress("measure", 1.0)
    return _scored(dataset, terms, place, groups, measures, values)


def pool_of(dataset: Dataset, terms: Terms, groups: Iterable[Iterable[str]], place: str = "") -> Pool:
    """Return given groups of districts, feasible or not, measured and scored like a pool."""
    rows = Groups.of(basis(dataset).position, groups)
    measures = measure_groups(rows, dataset, terms.conflict_period, terms.hazard_period, terms.capital_has_municipality)
    return _scored(dataset, terms, place, rows, measures, criterion_values(measures, terms.services, terms.criteria))


@lru_cache(maxsize=32)  # a data set and its groups are never changed, and are kept once for the same search
def _measured(
    dataset: Dataset, groups: Groups, conflict_period: Period, hazard_period: Period, capitals: bool
) -> Columns:
    return measure_groups(groups, dataset, conflict_period, hazard_period, capitals)


def scale_of(values: Columns, terms: Terms) -> Scale:
    """Return the scale on which all rows can be scored. Raises Unusable."""
    judged = tuple(key for key, item in terms.criteria.items() if item.judged)
    missing = {key: int(np.isnan(values[key]).sum()) for key in terms.criteria if key not in judged}
    return Scale(
        terms.criteria,
        full_weights(terms.weights, terms.criteria),
        judged,
        MappingProxyType({key: n for key, n in missing.items() if n}),
    )


def _scored(dataset: Dataset, terms: Terms, place: str, groups: Groups, measures: Columns, values: Columns) -> Pool:
    scale = scale_of(values, terms)
    return Pool(dataset, terms, place, groups, measures, values, scale, scale.totals(values))
