"""Lay a data set out once as aligned arrays, so that measuring a candidate is picking and adding.

Every array follows the districts sorted by code; NaN is unknown. What depends on a period is made
once for each period. A data set is never changed, so it is itself the key of what is kept of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd

from dashboard.clusters.model.candidate import SERVICES
from geodata.model import EARTH_RADIUS_KM, Dataset, derived

INDIGENOUS = "indigenous_mother_tongue"
# columns of rates of women, each the indicator of a service
WOMEN = {"women_education": "illiteracy_women_15plus", "women_health": "adolescent_mothers_12_19"}
EVERYONE = "illiteracy_15plus"  # what the illiteracy of women is set against
COMPLETE: Literal["complete"] = "complete"  # the years in which the data set's emergencies are complete
Period = tuple[int, int] | Literal["complete"] | None


def years_of(period: Period, dataset: Dataset) -> tuple[int, int] | None:
    """Return the first and last year that a period stands for in a data set; None is all years."""
    return dataset.hazards_complete_years if period == COMPLETE else period


@dataclass(frozen=True, eq=False)
class Basis:
    """Arrays over all districts: `columns` float by name, `thin` bool by sector, `distance_km` square."""

    position: Mapping[str, int]
    columns: Mapping[str, np.ndarray]
    thin: Mapping[str, np.ndarray]
    distance_km: np.ndarray


@dataclass(frozen=True, eq=False)
class Cases:
    """Conflict cases of a period.

    `by_place` lists case ids by the code of the district, province or department that is known of them; `places`
    the codes of each case.
    """

    by_place: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, Mapping[str, object]]
    places: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Hazards:
    """Hazards of a period: `emergencies` over all districts, `decrees` by district code."""

    emergencies: np.ndarray
    decrees: Mapping[str, frozenset[str]]


@lru_cache(maxsize=4)
def basis(dataset: Dataset) -> Basis:
    """Return the arrays of a data set, made on the first call for it."""
    codes = tuple(sorted(dataset.territory.districts))
    gaps = derived.gap_scores(dataset).reindex(codes)
    columns = {
        "population": _aligned(dataset.population(), codes),
        "area_km2": np.array([dataset.territory.districts[c].area_km2 for c in codes], dtype=float),
        "indigenous_percent": _latest(dataset, INDIGENOUS, codes),
        **{column: _latest(dataset, indicator, codes) for column, indicator in WOMEN.items()},
        "women_education_distance": _distance_from_everyone(dataset, codes),
        "p20": np.array([100.0 if c[:4] in dataset.p20 else 0.0 for c in codes]),
        **{f"gap_{sector}": gaps[sector].to_numpy(float) for sector in gaps.columns},
        **{f"lacking_{sector}": lacking_percent(dataset, sector, codes) for sector in SERVICES},
    }
    return Basis(
        position=MappingProxyType({code: i for i, code in enumerate(codes)}),
        columns=MappingProxyType(columns),
        thin=MappingProxyType(_thin(dataset, codes)),
        distance_km=_distances(dataset, codes),
    )


def percentage_indicators(dataset: Dataset, sector: str) -> tuple[str, ...]:
    """Return the indicators of a sector that are a percentage of people, homes or births lacking something."""
    catalog = dataset.catalog
    chosen = (catalog["sector"] == sector) & (catalog["unit"] == "%") & catalog["scored"]
    return tuple(catalog.index[chosen & (catalog["direction"] == "higher_is_worse")])


@lru_cache(maxsize=64)  # asked for every measure of every answer, and pandas takes its time to look years up
def indicators_behind(dataset: Dataset, column: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the indicators, each with its years, that a column of :class:`Basis` is made of; () for other figures."""
    kind, _, sector = column.partition("_")
    if column == "gap_combined":
        return tuple(pair for s in SERVICES for pair in indicators_behind(dataset, f"gap_{s}"))
    if kind == "gap":
        parts = derived.gap_parts(dataset, sector)
        return tuple((indicator, derived.ground(dataset, indicator, year).years) for indicator, year, _ in parts)
    if kind == "lacking":
        return tuple((name, (dataset.latest_year(name),)) for name in percentage_indicators(dataset, sector))
    if column == "women_education_distance":
        year = _year_of_both(dataset)
        return ((WOMEN["women_education"], (year,)), (EVERYONE, (year,)))
    own = {"indigenous_percent": INDIGENOUS, "population": "population", **WOMEN}.get(column)
    return () if own is None else ((own, (dataset.latest_year(own),)),)


@lru_cache(maxsize=32)
def unsampled(dataset: Dataset, column: str) -> np.ndarray:
    """Mark (indicators, districts) the known figures whose sample nobody knows the size of.

    Of the indicators behind a column, those that have any.
    """
    codes = tuple(sorted(dataset.territory.districts))
    marks = [
        derived.unsampled(dataset, indicator, years[-1]).reindex(codes).to_numpy(bool)
        for indicator, years in indicators_behind(dataset, column)
    ]
    found = [mark for mark in marks if mark.any()]
    return np.array(found, dtype=bool).reshape(len(found), len(codes))


def lacking_percent(dataset: Dataset, sector: str, codes: tuple[str, ...]) -> np.ndarray:
    """Return the mean of a sector's latest percentages by district, 0-100; NaN where under half are known."""
    names = percentage_indicators(dataset, sector)
    if not names:
        return np.full(len(codes), np.nan)
    table = np.column_stack([_latest(dataset, name, codes) for name in names])
    known = (~np.isnan(table)).sum(axis=1)
    total = np.nansum(table, axis=1)
    return np.where(2 * known >= len(names), total / np.maximum(known, 1), np.nan)


def _distance_from_everyone(dataset: Dataset, codes: tuple[str, ...]) -> np.ndarray:
    """Return by how many points of percentage more women than people of both sexes cannot read, of one year."""
    year = _year_of_both(dataset)
    of_women, of_all = (_aligned(dataset.value(name, year), codes) for name in (WOMEN["women_education"], EVERYONE))
    return of_women - of_all


def _year_of_both(dataset: Dataset) -> int:
    """Return the last year of which both are announced, else the last of women's."""
    own = WOMEN["women_education"]
    shared = set(dataset.catalog.loc[own, "years"]).intersection(dataset.catalog.loc[EVERYONE, "years"])
    return max(map(int, shared), default=dataset.latest_year(own))


def _latest(dataset: Dataset, indicator: str, codes: tuple[str, ...]) -> np.ndarray:
    return _aligned(dataset.value(indicator, dataset.latest_year(indicator)), codes)


def _aligned(series: pd.Series, codes: tuple[str, ...]) -> np.ndarray:
    return series.reindex(codes).to_numpy(dtype=float, na_value=np.nan)


def _thin(dataset: Dataset, codes: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Mark districts where any indicator of a sector rests on a small sample."""
    marks = derived.thin(dataset).reindex(codes).fillna(False).astype(bool)
    sectors = dataset.catalog["sector"].reindex(marks.columns)
    by_sector = {s: marks.loc[:, (sectors == s).to_numpy()].any(axis=1).to_numpy() for s in SERVICES}
    return by_sector | {"combined": np.logical_or.reduce(list(by_sector.values()))}


def _distances(dataset: Dataset, codes: tuple[str, ...]) -> np.ndarray:
    """Return great-circle km between all capitals (haversine), as `Territory.distance_km` does for two."""
    places = [dataset.territory.districts[code] for code in codes]
    lon = np.radians([float(d.capital_lon) for d in places])
    lat = np.radians([float(d.capital_lat) for d in places])
    half_lat, half_lon = (lat[:, None] - lat) / 2, (lon[:, None] - lon) / 2
    chord = np.sin(half_lat) ** 2 + np.cos(lat)[:, None] * np.cos(lat) * np.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord)))


@lru_cache(maxsize=64)
def cases(dataset: Dataset, period: Period) -> Cases:
    """Return the conflict cases of a period of years, both included; None is every case, dated or not."""
    first, last = years_of(period, dataset) or (None, None)
    table = derived.conflict_places(dataset, first=first, last=last)
    by_place: dict[str, list[str]] = {}
    facts: dict[str, dict[str, object]] = {}
    for row in table.to_dict("records"):
        by_place.setdefault(row["place"], []).append(row["case_id"])
        keep = ("case_id", "name", "type", "state", "first", "last")
        facts[row["case_id"]] = {key: None if pd.isna(row[key]) else row[key] for key in keep}
    places = {case: tuple(of) for case, of in table.groupby("case_id")["place"]}
    return Cases({place: tuple(ids) for place, ids in by_place.items()}, facts, places)


@lru_cache(maxsize=64)
def hazards(dataset: Dataset, period: Period) -> Hazards:
    """Return emergencies and decrees of a period of years, both included; None is all years."""
    period = years_of(period, dataset)
    first, last = period or (None, None)
    codes = tuple(sorted(dataset.territory.districts))
    declared = dataset.declarations
    years = pd.to_numeric(declared["date"].astype(str).str[:4], errors="coerce")
    if period is not None:
        declared = declared[years.between(first, last)]
    decrees = declared.groupby("ubigeo")["decree"].agg(frozenset).to_dict()
    return Hazards(_aligned(derived.emergencies(dataset, first=first, last=last), codes), decrees)
