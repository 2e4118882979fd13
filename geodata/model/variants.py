"""Reckon gap scores in other ways, one change at a time, to see how much of an order hangs on the way.

How indicators are put on one scale, by OECD and JRC, "Handbook on Constructing Composite Indicators" (2008):
USUAL, the percentile of :mod:`geodata.model.derived`; Z_SCORE, standard deviations from the mean of the districts;
MIN_MAX, 0 for the best of them to 100 for the worst. GEOMETRIC has the percentiles, from 1 to 100 since of a nought
nothing is left, averaged by multiplying, so that a good figure makes up for less of a bad one. RAW takes every rate
as it was observed, LAST_YEAR the last year where several are averaged, WITHOUT leaves one indicator out. Where too
little is known a score is unknown in every way, as in the usual one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import pandas as pd

from geodata.model import derived
from geodata.model.dataset import SECTORS, Dataset

USUAL, Z_SCORE, MIN_MAX, GEOMETRIC = "usual", "z_score", "min_max", "geometric"
RAW, LAST_YEAR, WITHOUT = "raw", "last_year", "without"
LEAST = 1.0  # of a percentile that is multiplied


@dataclass(frozen=True, slots=True)
class Way:
    """A way of reckoning gap scores; `indicator` is the one left out."""

    kind: str
    indicator: str = ""

    @property
    def decimals(self) -> int:
        """Return with how many decimals its scores are compared: points of 100 with one, deviations with two."""
        return 2 if self.kind == Z_SCORE else 1


def sectors_of(gap: str) -> tuple[str, ...]:
    """Return the sectors that a gap is of: itself, or all for the combined one. Raises ValueError."""
    if gap == derived.COMBINED:
        return SECTORS
    if gap not in SECTORS:
        raise ValueError(f"{gap} has no gap score")
    return (gap,)


def ways(dataset: Dataset, gap: str) -> tuple[Way, ...]:
    """Return the ways that a gap can be reckoned in and that can differ, the usual one first. Raises ValueError."""
    parts = [part for sector in sectors_of(gap) for part in derived.gap_parts(dataset, sector)]
    steadied = {derived.ground(dataset, indicator, year).way for indicator, year, _ in parts}
    found = [Way(USUAL), Way(Z_SCORE), Way(MIN_MAX), Way(GEOMETRIC)]
    found += [Way(RAW)] if derived.EMPIRICAL_BAYES in steadied else []
    found += [Way(LAST_YEAR)] if derived.SEVERAL_YEARS in steadied else []
    return (*found, *(Way(WITHOUT, indicator) for indicator, _, _ in parts if len(parts) > 1))


@lru_cache(maxsize=256)
def scores(dataset: Dataset, gap: str, way: Way) -> pd.Series:
    """Return the scores of a gap by ubigeo in one way, higher is worse, NaN unknown. Raises ValueError."""
    sectors = sectors_of(gap)
    if way.kind == USUAL:
        return derived.gap_scores(dataset)[gap]
    if way.kind not in _SCALES:
        raise ValueError(f"gaps are not reckoned in the way {way.kind!r}")
    found = pd.DataFrame({sector: _sector(dataset, sector, way) for sector in sectors})
    if gap != derived.COMBINED:
        return found[gap].rename(gap)
    known = found.notna().sum(axis=1)
    mean = np.exp(np.log(found).mean(axis=1)) if way.kind == GEOMETRIC else found.mean(axis=1)
    return mean.where(known >= derived.SECTORS_NEEDED).rename(gap)


def _sector(dataset: Dataset, sector: str, way: Way) -> pd.Series:
    parts = [part for part in derived.gap_parts(dataset, sector) if part[0] != way.indicator]
    scaled = {i: _SCALES[way.kind](_worse(dataset, i, year, way)) for i, year, _ in parts}
    table = pd.DataFrame(scaled, index=dataset.ubigeos, dtype=float)
    weights = pd.Series({i: weight for i, _, weight in parts}, dtype=float)
    if way.kind == GEOMETRIC:
        return np.exp(derived.sector_score(np.log(table), weights))
    return derived.sector_score(table, weights)


def _worse(dataset: Dataset, indicator: str, year: int, way: Way) -> pd.Series:
    """Return what is compared of an indicator, larger where it is worse."""
    left = {RAW: derived.EMPIRICAL_BAYES, LAST_YEAR: derived.SEVERAL_YEARS}.get(way.kind)
    ground = derived.ground(dataset, indicator, year)
    if ground.way == left:
        ground = derived.ground(dataset, indicator, year, derived.AS_IS)
    return ground.values if dataset.catalog.loc[indicator, "direction"] == "higher_is_worse" else -ground.values


def _z_score(values: pd.Series) -> pd.Series:
    spread = values.std(ddof=0)
    return (values - values.mean()) / spread if spread > 0 else values * 0.0


def _min_max(values: pd.Series) -> pd.Series:
    low, high = values.min(), values.max()
    return 100 * (values - low) / (high - low) if high > low else values * 0.0 + 50.0


def _raised(values: pd.Series) -> pd.Series:
    return LEAST + (100 - LEAST) / 100 * derived.percentile_rank(values)


_SCALES: Mapping[str, Callable[[pd.Series], pd.Series]] = MappingProxyType(
    dict.fromkeys((RAW, LAST_YEAR, WITHOUT), derived.percentile_rank)
    | {Z_SCORE: _z_score, MIN_MAX: _min_max, GEOMETRIC: _raised}
)
