"""Compute what is derived from the data set: densities, gap scores, counts of incidents.

Every function is pure and returns a Series or DataFrame indexed by ubigeo, sorted, with every
district of the territory; NaN means unknown and is never turned into a figure.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.model.dataset import SECTORS, Dataset
from geodata.model.smoothing import Prior

COMBINED = "combined"
_THRESHOLDS = tomllib.loads(Path(__file__).with_name("thresholds.toml").read_text("utf-8"))
THIN_BELOW = _THRESHOLDS["thin"]["below"]
SECTORS_NEEDED = _THRESHOLDS["combined"]["sectors"]
MEAN_YEARS = _THRESHOLDS["mean"]["years"]
MEAN_YEARS_NEEDED = _THRESHOLDS["mean"]["needed"]
AS_IS, EMPIRICAL_BAYES, SEVERAL_YEARS = "none", "empirical_bayes", "mean"  # as the catalogue writes them
PERCENT = "%"
SAMPLED = ("sample", "register")  # what a rate of so many cases rests on, and not on everybody
PLACE_COLUMNS = {
    "district": "ubigeo",
    "province": "province",
    "department": "department",
}


def limits_of(table: str, *names: str) -> tuple[float, ...]:
    """Return the named limits of a table of `thresholds.toml`. Raises KeyError."""
    return tuple(_THRESHOLDS[table][name] for name in names)


def areas(dataset: Dataset) -> pd.Series:
    """Return the area in km2 by ubigeo (INEI, as published)."""
    districts = dataset.territory.districts.values()
    return pd.Series([d.area_km2 for d in districts], dataset.ubigeos, name="area_km2")


def density(dataset: Dataset) -> pd.Series:
    """Return people per km2 by ubigeo: census population over the area published by INEI.

    In some twenty districts that area is far from what the limits enclose, and so is the density.
    """
    return (dataset.population() / areas(dataset)).rename("density")


def percentile_rank(values: pd.Series) -> pd.Series:
    """Return 0-100: the share of the other known values that lie below, ties counting a half.

    100 * (r - 1) / (n - 1) for average rank r among n known values: smallest 0, largest 100,
    unless tied. NaN stays NaN; a value known alone has no rank and gives NaN.

    >>> percentile_rank(pd.Series([1.0, 2.0, 2.0, 9.0])).tolist()
    [0.0, 50.0, 50.0, 100.0]
    """
    others = values.notna().sum() - 1
    if others < 1:
        return pd.Series(float("nan"), values.index, name=values.name)
    return 100 * (values.rank(method="average") - 1) / others


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """On what the score of an indicator rests, by ubigeo.

    way: AS_IS (the value of the year), EMPIRICAL_BAYES (the rate steadied by :mod:`geodata.model.smoothing`) or
    SEVERAL_YEARS (the mean of `years`, the first year first). figures: in the unit of the indicator; values: what is
    ranked, divided by km2 where the catalogue says so. prior: of the rates as shares of 1, for EMPIRICAL_BAYES only.
    """

    way: str
    years: tuple[int, ...]
    figures: pd.Series
    values: pd.Series
    prior: Prior | None

    def steadied(self, percents: np.ndarray, cases: np.ndarray) -> np.ndarray:
        """Return what would be ranked of percentages that rest on so many cases."""
        return percents if self.prior is None else 100 * self.prior.steadied(percents / 100, cases)


def smoothing(dataset: Dataset, indicator: str) -> str:
    """Return how the catalogue has an indicator steadied before it is ranked: AS_IS, EMPIRICAL_BAYES or SEVERAL_YEARS.

    Where it does not say (editions and imports of before it did): a percentage whose samples are known by empirical
    Bayes, a figure counted by year and divided by km2 by the mean of several years. Raises KeyError.
    """
    entry = dataset.catalog.loc[indicator]
    if entry["smoothing"]:
        return str(entry["smoothing"])
    own = dataset.indicators["indicator"] == indicator
    if entry["unit"].strip() == PERCENT and dataset.indicators.loc[own, "n_observed"].notna().any():
        return EMPIRICAL_BAYES
    return SEVERAL_YEARS if entry["per_area"] and len(entry["years"]) > 1 else AS_IS


@lru_cache(maxsize=128)
def ground(dataset: Dataset, indicator: str, year: int | None = None, way: str | None = None) -> Ground:
    """Return on what the score of an indicator rests, in the way of the catalogue unless another is given.

    The latest year unless one is given. What cannot be steadied is taken as it is: a rate of which fewer than two
    districts tell the sample, an indicator of a single year. Of a mean a district must have MEAN_YEARS_NEEDED of the
    years (all, of fewer), else it is unknown. Raises KeyError.
    """
    last = dataset.latest_year(indicator) if year is None else year
    way = smoothing(dataset, indicator) if way is None else way
    years: tuple[int, ...] = (last,)
    figures, prior = dataset.value(indicator, last), None
    if way == EMPIRICAL_BAYES:
        cases = dataset.observed(indicator, last).to_numpy(float)
        prior = Prior.of(figures.to_numpy(float) / 100, cases)
        if prior is not None:
            figures = pd.Series(100 * prior.steadied(figures.to_numpy(float) / 100, cases), figures.index)
    elif way == SEVERAL_YEARS:
        by_year = {y: dataset.value(indicator, y) for y in dataset.catalog.loc[indicator, "years"] if y <= last}
        table = pd.DataFrame(by_year).dropna(axis=1, how="all").sort_index(axis=1).iloc[:, -MEAN_YEARS:]
        if table.shape[1] > 1:
            years = tuple(int(y) for y in table.columns)
            figures = table.mean(axis=1).where(table.notna().sum(axis=1) >= min(MEAN_YEARS_NEEDED, len(years)))
    way = EMPIRICAL_BAYES if prior is not None else SEVERAL_YEARS if len(years) > 1 else AS_IS
    values = figures / areas(dataset) if dataset.catalog.loc[indicator, "per_area"] else figures
    return Ground(way, years, figures.rename(indicator), values.rename(indicator), prior)


def indicator_score(dataset: Dataset, indicator: str, year: int | None = None) -> pd.Series:
    """Return 0-100 by ubigeo: worse than this % of the other districts that have a value.

    The latest year unless one is given, steadied as :func:`ground` says. An indicator marked per_area is divided by
    km2 first, so that a large district is not worse only for being large. A rank, not a distance: 100 says that
    nobody is worse, not that the gap is total.
    Raises KeyError for an unknown indicator, ValueError for one with no better or worse side.
    """
    direction = dataset.catalog.loc[indicator, "direction"]
    if direction == "neutral":
        raise ValueError(f"{indicator} has no better or worse side")
    values = ground(dataset, indicator, year).values
    return percentile_rank(values if direction == "higher_is_worse" else -values).rename(indicator)


@lru_cache(maxsize=16)
def gap_parts(dataset: Dataset, sector: str) -> tuple[tuple[str, int, float], ...]:
    """Return (indicator, year, weight) for each that enters the sector's score, in catalogue order.

    Raises ValueError for a sector that has no score.
    """
    if sector not in SECTORS:
        raise ValueError(f"{sector} has no gap score")
    catalog = dataset.catalog
    scored = catalog[(catalog["sector"] == sector) & catalog["scored"]]
    return tuple(
        (indicator, dataset.latest_year(indicator), float(weight)) for indicator, weight in scored["weight"].items()
    )


def sector_score(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Return the weighted mean of the known columns; NaN where fewer than half are known."""
    known = scores.notna()
    mean = (scores * weights).sum(axis=1) / (known * weights).sum(axis=1)
    return mean.where(2 * known.sum(axis=1) >= scores.shape[1])


def gap_scores(dataset: Dataset) -> pd.DataFrame:
    """Return education, health, environment and combined by ubigeo, 0-100, higher is worse.

    A sector is the weighted mean of its indicators' scores, NaN where fewer than half of them are
    known; combined is the plain mean of the known sectors, NaN where fewer than two are.
    """
    return _gap_scores(dataset).copy()


def gap_coverage(dataset: Dataset) -> pd.DataFrame:
    """Return, by ubigeo, the number of indicators known in each sector.

    For combined, whose parts are the sectors: the number of sectors with a score, of 3.
    """
    return _gap_coverage(dataset).copy()


@lru_cache(maxsize=4)  # a Dataset hashes by identity, and is never changed
def _sector_parts(dataset: Dataset) -> dict[str, pd.DataFrame]:
    return {
        sector: pd.DataFrame({i: indicator_score(dataset, i, year) for i, year, _ in gap_parts(dataset, sector)})
        for sector in SECTORS
    }


@lru_cache(maxsize=4)
def _gap_scores(dataset: Dataset) -> pd.DataFrame:
    weights = dataset.catalog["weight"]
    scores = pd.DataFrame(
        {sector: sector_score(parts, weights[parts.columns]) for sector, parts in _sector_parts(dataset).items()}
    )
    known = scores.notna().sum(axis=1)
    scores[COMBINED] = scores.mean(axis=1).where(known >= SECTORS_NEEDED)
    return scores


@lru_cache(maxsize=4)
def _gap_coverage(dataset: Dataset) -> pd.DataFrame:
    known = {s: parts.notna().sum(axis=1) for s, parts in _sector_parts(dataset).items()}
    return pd.DataFrame(known).assign(**{COMBINED: _gap_scores(dataset)[list(SECTORS)].notna().sum(axis=1)})


def thin(dataset: Dataset, minimum: int = THIN_BELOW) -> pd.DataFrame:
    """Return, by ubigeo, whether each rate of its latest year rests on fewer than `minimum` cases.

    Columns: the indicators that carry n_observed. False where the sample is not known.
    """
    carrying = dataset.indicators.dropna(subset=["n_observed"])["indicator"].unique()
    samples = {i: dataset.observed(i, dataset.latest_year(i)) for i in sorted(carrying)}
    return pd.DataFrame(samples, index=dataset.ubigeos).lt(minimum)


def rests_on_sample(dataset: Dataset, indicator: str) -> bool:
    """Tell whether an indicator is a rate of a sample or of the events of a register, whose size matters.

    By the `basis` of the catalogue; where it gives none, every rate is taken for one. Counts, censuses,
    images and models have no sample. Raises KeyError.
    """
    entry = dataset.catalog.loc[indicator]
    if entry["basis"]:
        return entry["basis"] in SAMPLED
    return entry["unit"].strip() == "%" or not {"por", "per"}.isdisjoint(entry["unit"].split())


def unsampled(dataset: Dataset, indicator: str, year: int) -> pd.Series:
    """Return, by ubigeo, whether a value is a rate of a sample whose size nobody tells. Raises KeyError."""
    values = dataset.value(indicator, year)
    if not rests_on_sample(dataset, indicator):
        return pd.Series(False, values.index, name=indicator)
    return values.notna() & dataset.observed(indicator, year).isna()


def _within(years: pd.Series, first: int | None, last: int | None) -> pd.Series:
    """Tell which years lie in first..last, both included; None leaves that side open."""
    inside = pd.Series(True, years.index)
    if first is not None:
        inside &= years >= first
    if last is not None:
        inside &= years <= last
    return inside


def _hazard_total(
    dataset: Dataset,
    columns: list[str],
    hazard: str | None,
    first: int | None,
    last: int | None,
) -> pd.Series:
    """Return the sum of the columns by ubigeo, 0 where nothing is reported. Raises ValueError."""
    rows = dataset.hazards
    if hazard is not None:
        if hazard not in set(rows["hazard"]):
            raise ValueError(f"no emergency of hazard {hazard!r}")
        rows = rows[rows["hazard"] == hazard]
    rows = rows[_within(rows["year"], first, last)]
    total = rows.groupby("ubigeo")[columns].sum().sum(axis=1)
    return total.reindex(dataset.ubigeos, fill_value=0).astype(int)


def emergencies(
    dataset: Dataset,
    hazard: str | None = None,
    first: int | None = None,
    last: int | None = None,
) -> pd.Series:
    """Return emergencies by ubigeo in the years first..last (INDECI).

    Where none is reported: 0 if all those years are among `dataset.hazards_complete_years`, else NaN,
    since reports of the other years are scattered. Raises ValueError for a hazard that no emergency has.
    """
    counts = _hazard_total(dataset, ["events"], hazard, first, last).rename("emergencies")
    complete_from, complete_to = dataset.hazards_complete_years
    is_complete = first is not None and last is not None and complete_from <= first and last <= complete_to
    return counts if is_complete else counts.where(counts > 0)


def emergencies_per_10000(
    dataset: Dataset,
    hazard: str | None = None,
    first: int | None = None,
    last: int | None = None,
) -> pd.Series:
    """Return emergencies for every 10,000 people of the census, by ubigeo; see emergencies."""
    counts = emergencies(dataset, hazard, first, last)
    return (10_000 * counts / dataset.population()).rename("emergencies_per_10000")


def _conflict_rows(dataset: Dataset, first: int | None, last: int | None, states: Iterable[str] | None) -> pd.DataFrame:
    """Return the conflict rows of the period and states.

    A case runs from the year first reported to the year last reported; where one is missing the
    other stands for both, since nothing says that it went on. Undated cases have no period.
    """
    rows = dataset.conflicts
    if states is not None:
        rows = rows[rows["state"].isin(list(states))]
    if first is None and last is None:
        return rows
    begin, end = (rows[c].str[:4].astype(float) for c in ("first_reported", "last_reported"))
    begin, end = begin.fillna(end), end.fillna(begin)
    overlaps = begin.notna()
    if last is not None:
        overlaps &= begin <= last
    if first is not None:
        overlaps &= end >= first
    return rows[overlaps]


def conflict_cases(
    dataset: Dataset,
    first: int | None = None,
    last: int | None = None,
    states: Iterable[str] | None = None,
) -> pd.Series:
    """Return the number of distinct cases known to be in each district, in the years first..last.

    0 says "no case in this sample", never "no conflict": see conflict_places for the cases known
    only for their province or department (Defensoría del Pueblo).
    """
    rows = _conflict_rows(dataset, first, last, states).dropna(subset=["ubigeo"])
    counts = rows.groupby("ubigeo")["case_id"].nunique()
    return counts.reindex(dataset.ubigeos, fill_value=0).astype(int).rename("conflict_cases")


def conflict_places(
    dataset: Dataset,
    first: int | None = None,
    last: int | None = None,
    states: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return a row for each case and place, at the precision known, in the years first..last.

    Columns: level (district, province, department), place (its code), case_id, type, state, name,
    first, last ("YYYY-MM", NaN unknown). Indexed 0, 1, ... in the order of level and place.
    """
    rows = _conflict_rows(dataset, first, last, states)
    place = rows["department"].astype(object)
    for level in ("province", "district"):
        place = place.where(rows["precision"] != level, rows[PLACE_COLUMNS[level]])
    named = rows.assign(level=rows["precision"], place=place.astype("str")).rename(
        columns={"first_reported": "first", "last_reported": "last"}
    )
    columns = ["level", "place", "case_id", "type", "state", "name", "first", "last"]
    return named[columns].sort_values(["level", "place", "case_id"], ignore_index=True)


def years_span(dataset: Dataset) -> tuple[int, int]:
    """Return the first and last year of conflicts and hazards offered on screen."""
    return dataset.screen_years
