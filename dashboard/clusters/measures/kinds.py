"""The ways in which measures are made of the figures of districts, so that a catalogue reads as a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.clusters.measures.measure import Measure, Years
from dashboard.clusters.measures.missing import Sum, Unknowns, total
from dashboard.clusters.measures.selection import Selection
from geodata.model import Dataset

PEOPLE = "population"


@dataclass(frozen=True, kw_only=True)
class Total(Measure):
    """The sum of its column over the districts that have it; unknown when none has."""

    def values(self, chosen: Selection) -> np.ndarray:
        """Return the sums."""
        return sum_known(chosen.column(self.columns[0]))

    def filled(self, known: Unknowns, ubigeos: Sequence[str]) -> Sum | None:
        """Return the sum of what each district brings; None where its column has nothing that is not known."""
        own = known.columns.get(self.columns[0])
        found = [part for u in ubigeos if (part := own[u])] if own else []
        return total(found) if found else None


@dataclass(frozen=True, kw_only=True)
class PeopleMean(Measure):
    """The mean of its first column, weighted with the population.

    Sum(people x value) / sum(people), where both are known.
    """

    def values(self, chosen: Selection) -> np.ndarray:
        """Return the means."""
        people, values = chosen.people, chosen.column(self.columns[0])
        return share(values * people, np.where(np.isnan(values), np.nan, people))

    def filled(self, known: Unknowns, ubigeos: Sequence[str]) -> Sum | None:
        """Return the mean of what each district brings."""
        return shared_out(known, self.columns[0], ubigeos)


def sum_known(values: np.ndarray) -> np.ndarray:
    """Return the sum (n,) over the known values of each group (n, widest); NaN where none is known."""
    known = ~np.isnan(values)
    return np.where(known.any(axis=1), np.where(known, values, 0.0).sum(axis=1), np.nan)


def share(parts: np.ndarray, wholes: np.ndarray) -> np.ndarray:
    """Return (n,) the sum of parts over that of wholes, of the districts (n, widest) where both are known.

    NaN where that is no number.
    """
    known = ~np.isnan(parts) & ~np.isnan(wholes)
    above = np.where(known, parts, 0.0).sum(axis=1)
    below = np.where(known, wholes, 0.0).sum(axis=1)
    return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)


def shared_out(known: Unknowns, column: str, ubigeos: Sequence[str], per: float | None = None) -> Sum | None:
    """Return what the districts with people bring of a column, each weighted with its people over those of all.

    With `per`, the sum over all people times it. None where its column has nothing that is not known.
    """
    own = known.columns.get(column)
    if own is None:
        return None
    used = [(part, people) for u in ubigeos if (part := own[u]) and not np.isnan(people := known.people(u))]
    everyone = sum(people for _, people in used)
    if not everyone > 0:
        return None
    return total([part.times((people if per is None else per) / everyone) for part, people in used])


def census_and(*names: str) -> Years:
    """Return the years of the census, and of the latest figures of some indicators."""
    return lambda dataset: years_with_census(dataset, ((name, (dataset.latest_year(name),)) for name in names))


def years_with_census(dataset: Dataset, indicators: Iterable[tuple[str, Iterable[int]]]) -> set[int]:
    """Return the years of some indicators, and of the people that weigh the districts."""
    return {dataset.census_year, *(year for _, years in indicators for year in years)}


def of_resource(name: str) -> Years:
    """Return the years of a resource of the data set, none where an edition has it not."""
    return lambda dataset: dataset.provenance[name].years if name in dataset.provenance else ()
