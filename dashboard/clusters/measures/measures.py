"""Measure candidates: a batch of groups at once, of which one candidate is a batch of one.

The measures are the modules of :mod:`dashboard.clusters.measures.catalogue`. A figure whose data are unknown is None
(NaN in arrays), never zero, and says for how many districts it is known. Means over districts are weighted with the
census population and use only districts where both are known.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np

from dashboard.clusters.measures.measure import CONFLICTS, HAZARDS, Figure, Measure
from dashboard.clusters.measures.selection import Selection
from dashboard.clusters.model import COMPLETE, SERVICES, Candidate, Catalogue, Groups, Period, basis, years_of
from geodata.model import Dataset
from geodata.shared import period_text, years_text

FEW = 6  # measures where there is little room
GROUPS = ("people", "government", "gaps", "women", "projects", "conflict", "risk", "place")
MEASURES: Catalogue[Measure] = Catalogue(
    "dashboard.clusters.measures.catalogue", "MEASURES", order=lambda measure: GROUPS.index(measure.group)
)


def measure_all(
    candidate: Candidate,
    dataset: Dataset,
    conflict_period: Period = None,
    hazard_period: Period = COMPLETE,
    capital_has_municipality: bool = False,
) -> Mapping[str, Figure]:
    """Return every measure of a candidate by key, in the order of :data:`MEASURES`: a batch of one, with details.

    Periods are years, both included; None takes all, and COMPLETE those that the data set calls complete.
    A provincial capital adds no district municipality unless `capital_has_municipality`. Raises UnknownUbigeo.
    """
    if not candidate.ubigeos:
        return MappingProxyType({key: Figure(None) for key in MEASURES})
    dataset.territory.known(candidate.ubigeos)
    groups = Groups.of(basis(dataset).position, [candidate.ubigeos])
    chosen = Selection.of(groups, dataset, conflict_period, hazard_period, capital_has_municipality)
    return MappingProxyType({key: measure.figures(chosen)[0] for key, measure in MEASURES.items()})


def measure_groups(
    groups: Groups,
    dataset: Dataset,
    conflict_period: Period = None,
    hazard_period: Period = COMPLETE,
    capital_has_municipality: bool = False,
) -> Mapping[str, np.ndarray]:
    """Return every measure by key as (n,) floats, NaN unknown: the values of :func:`measure_all` of each group.

    The codes of the groups are all districts of the data set, in their order.
    """
    chosen = Selection.of(groups, dataset, conflict_period, hazard_period, capital_has_municipality)
    return MappingProxyType({key: measure.values(chosen).astype(float) for key, measure in MEASURES.items()})


def year_text(
    measure: Measure, dataset: Dataset, conflict_period: Period = None, hazard_period: Period = COMPLETE
) -> str:
    """Return the years a measure is of, as the data set has them.

    `2017, 2023` names each that its indicators have, `2017–2022` is a period; empty when all reported years count.
    """
    if callable(measure.dated):
        return years_text(measure.dated(dataset))
    period = years_of({CONFLICTS: conflict_period, HAZARDS: hazard_period}[measure.dated], dataset)
    return "" if period is None else period_text(*period)


def key_measures(services: Iterable[str], most: int = FEW) -> tuple[str, ...]:
    """Return the measures that a slide or a phone has room for: people and gaps of the services worked on first."""
    chosen = [service for service in SERVICES if service in set(services)]
    gaps = [f"gap_{service}" for service in chosen] or ["gap_combined"]
    affected = [f"affected_{service}" for service in chosen]
    head = ["population", *gaps, *(affected if len(affected) == 1 else [])]
    tail = ["conflicts_active", "emergencies_per_10000", "farthest_capitals_km", "governments", *affected]
    return tuple(dict.fromkeys([*head, *tail]))[:most]
