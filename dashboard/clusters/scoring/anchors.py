"""Set the values at which a criterion gives 0 and 100 points by how all feasible candidates of an edition lie.

They are percentiles (`anchors.toml`) of its raw values over every feasible candidate of the whole territory, of the
sizes that a search begins with, with the services and periods of the terms. Neither weights nor the place or the
candidates compared move them, so that one more candidate never turns the order of two others. Unknown values are left
aside. Where the two percentiles are one value (most candidates have nothing of it), and for what a group judges, the
fixed ones of `criteria.toml` hold.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import numpy as np

from dashboard.clusters.measures import MEASURES, Selection
from dashboard.clusters.model import SERVICES, Candidate, Period, contiguous_groups, years_of
from dashboard.clusters.scoring.criteria import Criteria, Criterion, criterion_values, named_measures
from dashboard.clusters.scoring.terms import FIXED, Terms
from geodata.model import Dataset
from geodata.shared import SAME_WITHIN, rounded

ANCHORS_FILE = Path(__file__).with_name("anchors.toml")


@lru_cache(maxsize=1)
def percentiles() -> tuple[float, float]:
    """Return the lower and the upper percentile, 0-100, that are taken for anchors."""
    low, high = tomllib.loads(ANCHORS_FILE.read_text("utf-8"))["percentiles"]
    return float(low), float(high)


def anchored(dataset: Dataset, terms: Terms) -> Criteria:
    """Return the criteria of the terms with the anchors by which an edition is scored. Raises SearchError."""
    if terms.anchors == FIXED:
        return terms.criteria
    services = frozenset() if terms.services == set(SERVICES) else terms.services  # none chosen is all of them
    return _anchored(
        dataset, tuple(terms.criteria.values()), services,
        terms.conflict_period, years_of(terms.hazard_period, dataset), terms.capital_has_municipality,
    )  # fmt: skip


@lru_cache(maxsize=64)  # an edition is never changed while it is used; each choice of services and years once
def _anchored(
    dataset: Dataset,
    criteria: tuple[Criterion, ...],
    services: frozenset[str],
    conflict_period: Period,
    hazard_period: Period,
    capitals: bool,
) -> Criteria:
    groups = contiguous_groups(dataset.territory)
    chosen = Selection.of(groups, dataset, conflict_period, hazard_period, capitals)
    named = {key for item in criteria if item.measure for key in named_measures(item.measure, services)}
    measures = {key: MEASURES[key].values(chosen).astype(float) for key in sorted(named)}
    by_key = {item.key: item for item in criteria}
    measured = {key: item for key, item in by_key.items() if not item.judged}
    values = criterion_values(measures, services, measured) if measured else {}
    return MappingProxyType({k: _spread(item, values[k]) if k in values else item for k, item in by_key.items()})


def _spread(item: Criterion, values: np.ndarray) -> Criterion:
    known = values[~np.isnan(values)]
    if not len(known):
        return item
    low, high = (float(end) for end in np.percentile(known, percentiles()))
    if rounded(low, SAME_WITHIN) == rounded(high, SAME_WITHIN):
        return item
    ends = (low, high) if item.direction == "higher" else (high, low)
    return replace(item, zero_at=ends[0], hundred_at=ends[1], among=len(known))


def anchored_each(dataset: Dataset, terms: Terms, candidates: Sequence[Candidate]) -> tuple[Criteria, ...]:
    """Return the criteria that score each of several candidates, who work each on services of their own."""
    return tuple(anchored(dataset, replace(terms, services=own.services)) for own in candidates)
