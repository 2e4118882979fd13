"""Hold all feasible candidates of a place with their measures, criteria and scores, as arrays.

The score is that of :mod:`dashboard.clusters.scoring.scale`: a criterion that any candidate of the pool lacks is
left out for all of them, so that like is compared with like. Judgements of a group are of one candidate;
nobody has judged the others, so in a pool the judged criteria are always left out, and it says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from types import MappingProxyType

import numpy as np

from dashboard.clusters.measures import measure_groups
from dashboard.clusters.model import Candidate, Groups, Period, Progress, basis, contiguous_groups
from dashboard.clusters.scoring.anchors import anchored
from dashboard.clusters.scoring.criteria import Columns, criterion_values
from dashboard.clusters.scoring.scale import Scale, full_weights
from dashboard.clusters.scoring.terms import Terms
from geodata.model import Dataset
from geodata.shared import precision


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


def scale_of(dataset: Dataset, values: Columns, terms: Terms) -> Scale:
    """Return the scale on which all rows can be scored. Raises Unusable."""
    criteria = anchored(dataset, terms)
    judged = tuple(key for key, item in terms.criteria.items() if item.judged)
    missing = {key: int(np.isnan(values[key]).sum()) for key in terms.criteria if key not in judged}
    return Scale(
        criteria,
        full_weights(terms.weights, criteria),
        judged,
        MappingProxyType({key: n for key, n in missing.items() if n}),
    )


def _scored(dataset: Dataset, terms: Terms, place: str, groups: Groups, measures: Columns, values: Columns) -> Pool:
    scale = scale_of(dataset, values, terms)
    return Pool(dataset, terms, place, groups, measures, values, scale, scale.totals(values))
