"""Say between what figures a district lies where data are missing or rest on a small sample.

- Missing: the indicator may be anywhere between the least and the most that is observed in the other
  districts of the province; where fewer than two are, of the department; else of the territory.
- Emergencies of a year that is not complete: from none to the most that is counted around, likewise.
- Thin: a percentage observed in fewer than 30 cases has the Wilson score interval at 95 % (E. B. Wilson,
  "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22, 1927).
- Everything else counts as exact, though a census and a registry have errors of their own.

A gap score is then bounded by the place that the least and the most would take among the other districts
as they are. Where its indicator is steadied (:func:`geodata.model.derived.ground`) the least and the most are too:
a rate by the mean and spread of the others as they are, which few cases draw far, and the mean of several years is
what may be missing. The bounds hold all unknowns at their worst or best at once, so they are wide rather than
narrow, and they always contain the figure shown.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import numpy as np

from dashboard.clusters.model import WOMEN, Period, basis, hazards, percentage_indicators
from geodata.model import SECTORS, Dataset, derived

Z_95 = 1.959963984540054  # two-sided 95 % of the normal distribution
OBSERVED_NEEDED = 2


@dataclass(frozen=True, eq=False)
class DistrictBounds:
    """Low and high of the districts' figures, by column of :class:`dashboard.clusters.model.Basis`.

    Arrays are (districts,), NaN where nothing bounds a figure; `missing` and `thin` mark by column the districts whose
    figures are not exact.
    """

    low: dict[str, np.ndarray]
    high: dict[str, np.ndarray]
    missing: dict[str, np.ndarray]
    thin: dict[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Range:
    """One indicator by district.

    Its value, between what it lies (NaN where nothing bounds it), and why it is not exact.
    """

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    missing: np.ndarray
    thin: np.ndarray


def wilson(share: float, n: float, z: float = Z_95) -> tuple[float, float]:
    """Return the Wilson score interval (0-1) of a share observed in n cases.

    >>> [round(x, 3) for x in wilson(0.5, 10)]
    [0.237, 0.763]
    """
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


@lru_cache(maxsize=4)
def district_bounds(dataset: Dataset) -> DistrictBounds:
    """Return the bounds of every column that rests on indicators which may be missing or thin."""
    arrays = basis(dataset)
    found = DistrictBounds({}, {}, {}, {})
    gaps = []
    for sector in SECTORS:
        parts = derived.gap_parts(dataset, sector)
        weights = [weight for _, _, weight in parts]
        scores = [score_of(dataset, indicator, year) for indicator, year, _ in parts]
        gaps.append(_mean(scores, weights, arrays.columns[f"gap_{sector}"]))
        _keep(found, f"gap_{sector}", gaps[-1])
        rates = [range_of(dataset, name, dataset.latest_year(name)) for name in percentage_indicators(dataset, sector)]
        _keep(found, f"lacking_{sector}", _mean(rates, [1.0] * len(rates), arrays.columns[f"lacking_{sector}"]))
    _keep(found, "gap_combined", _mean(gaps, [1.0] * len(gaps), arrays.columns["gap_combined"]))
    indigenous = range_of(dataset, "indigenous_mother_tongue", dataset.latest_year("indigenous_mother_tongue"))
    _keep(found, "indigenous_percent", indigenous)
    for column, indicator in WOMEN.items():
        _keep(found, column, range_of(dataset, indicator, dataset.latest_year(indicator)))
    return found


def _keep(found: DistrictBounds, column: str, own: Range) -> None:
    found.low[column], found.high[column] = own.low, own.high
    found.missing[column], found.thin[column] = own.missing, own.thin


@lru_cache(maxsize=64)
def range_of(dataset: Dataset, indicator: str, year: int, scored: bool = False) -> Range:
    """Return between what an indicator lies in each district, per km2 where the catalogue says so.

    The value of the year; where it is to be `scored`, the mean of several years if its score rests on that. A rate
    that is steadied stays raw here, as it was observed.
    """
    codes = tuple(basis(dataset).position)
    several = is_several(dataset, indicator, year, scored)
    figures = derived.ground(dataset, indicator, year).figures if several else dataset.value(indicator, year)
    values, cases = figures.reindex(codes).to_numpy(float), _cases(dataset, indicator, year)
    low, high = values.copy(), values.copy()
    thin = ~np.isnan(values) & (cases < derived.THIN_BELOW) & (cases > 0)
    thin &= (dataset.catalog.loc[indicator, "unit"] == "%") & (not several)
    for i in np.flatnonzero(thin):
        low[i], high[i] = (100 * share for share in wilson(values[i] / 100, cases[i]))
    if dataset.catalog.loc[indicator, "per_area"]:
        area = basis(dataset).columns["area_km2"]
        values, low, high = values / area, low / area, high / area
    missing = np.isnan(values)
    for i in np.flatnonzero(missing):
        low[i], high[i] = _observed(values, codes, codes[i])
    return Range(values, low, high, missing, thin)


def is_several(dataset: Dataset, indicator: str, year: int, scored: bool) -> bool:
    """Tell whether what counts of an indicator is a mean of years and not the value of one."""
    return scored and derived.ground(dataset, indicator, year).way == derived.SEVERAL_YEARS


def _cases(dataset: Dataset, indicator: str, year: int) -> np.ndarray:
    return dataset.observed(indicator, year).reindex(tuple(basis(dataset).position)).to_numpy(float)


@lru_cache(maxsize=64)
def emergency_range(dataset: Dataset, period: Period) -> Range:
    """Return between what the emergencies of a period lie: unknown ones from none to the most counted around."""
    codes = tuple(basis(dataset).position)
    values = hazards(dataset, period).emergencies
    low, high, missing = values.copy(), values.copy(), np.isnan(values)
    for i in np.flatnonzero(missing):
        low[i], high[i] = 0.0, _observed(values, codes, codes[i])[1]
    return Range(values, np.where(np.isnan(high), np.nan, low), high, missing, np.zeros(len(values), dtype=bool))


def _observed(values: np.ndarray, codes: tuple[str, ...], code: str) -> tuple[float, float]:
    """Return the least and most observed around a district: its province, else department, else all."""
    for digits in (4, 2, 0):
        near = np.array([other.startswith(code[:digits]) for other in codes]) & ~np.isnan(values)
        if near.sum() >= OBSERVED_NEEDED:
            return float(values[near].min()), float(values[near].max())
    return np.nan, np.nan


@lru_cache(maxsize=64)
def score_of(dataset: Dataset, indicator: str, year: int) -> Range:
    """Return between what the score of an indicator lies: its place, 0-100, among the other districts."""
    own, sign = range_of(dataset, indicator, year, True), _worse(dataset, indicator)
    ground, cases = derived.ground(dataset, indicator, year), _cases(dataset, indicator, year)
    ranked = sign * _ranked(dataset, indicator, year)
    ends = np.sort(np.stack([sign * ground.steadied(own.low, cases), sign * ground.steadied(own.high, cases)]), axis=0)
    known = ranked[~np.isnan(ranked)]
    low, high = (place_among(end, ranked, known) for end in ends)
    return Range(place_among(ranked, ranked, known), low, high, own.missing, own.thin)


def scores_at(dataset: Dataset, indicator: str, year: int, row: int, values: np.ndarray) -> np.ndarray:
    """Return the score that the district in a row would have with each of `values`, the others being as they are."""
    ranked, sign = _ranked(dataset, indicator, year), _worse(dataset, indicator)
    ground, cases = derived.ground(dataset, indicator, year), _cases(dataset, indicator, year)
    return place_among(
        sign * ground.steadied(values, np.full(len(values), cases[row])),
        sign * ranked[row],
        sign * ranked[~np.isnan(ranked)],
    )


def level_with(dataset: Dataset, indicator: str, year: int, row: int) -> np.ndarray:
    """Return the values with which the district in a row would rank level with each of the others that are known."""
    others = np.delete(_ranked(dataset, indicator, year), row)
    prior = derived.ground(dataset, indicator, year).prior
    if prior is not None:
        cases = np.full(len(others), _cases(dataset, indicator, year)[row])
        others = 100 * prior.raw(others / 100, cases)
    return others[~np.isnan(others)]


def _ranked(dataset: Dataset, indicator: str, year: int) -> np.ndarray:
    """Return what is ranked of an indicator, as far as it is known."""
    return derived.ground(dataset, indicator, year).values.reindex(tuple(basis(dataset).position)).to_numpy(float)


def _worse(dataset: Dataset, indicator: str) -> float:
    """Return the sign that makes a larger figure a worse one."""
    return 1.0 if dataset.catalog.loc[indicator, "direction"] == "higher_is_worse" else -1.0


def place_among(places: np.ndarray, own: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return 0-100 for each of `places`, the share of the other known values below it, ties a half."""
    ordered = np.sort(known)
    below = np.searchsorted(ordered, places, "left").astype(float)
    same = np.searchsorted(ordered, places, "right") - below
    below -= own < places  # a district does not count itself; an unknown one is not among the known
    same -= own == places
    others = len(known) - ~np.isnan(own)
    share = 100 * (below + same / 2) / np.maximum(others, 1)
    return np.where(np.isnan(places) | (others < 1), np.nan, share)


def _mean(parts: list[Range], weights: list[float], shown: np.ndarray) -> Range:
    """Return the bounds of a weighted mean of parts, widened to contain the figure shown where there is one."""
    if not parts:
        nothing = np.zeros(len(shown), dtype=bool)
        return Range(shown, shown, shown, nothing, nothing)
    total = sum(weights)
    low = sum(w * part.low for w, part in zip(weights, parts, strict=True)) / total
    high = sum(w * part.high for w, part in zip(weights, parts, strict=True)) / total
    return Range(
        shown,
        np.fmin(low, shown),
        np.fmax(high, shown),
        np.logical_or.reduce([part.missing for part in parts]),
        np.logical_or.reduce([part.thin for part in parts]),
    )
