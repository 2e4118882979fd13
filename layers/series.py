"""List what the map can be filled with: one Series of figures by district each.

A series is fixed (a gap score, an indicator of a year, density) or periodic (emergencies, conflict
cases), in which case the period and hazard chosen by the reader decide its values.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

import pandas as pd

from geodata.model import Dataset, derived
from geodata.shared import precision, years_text

GAPS = ("combined", "education", "health", "environment")
DENSITY = "density"
EMERGENCIES = "emergencies_per_10000"
CONFLICT_CASES = "conflict_cases"
# unit and decimals of those whose values a period decides
PERIODIC: Mapping[str, tuple[str, int]] = MappingProxyType(
    {EMERGENCIES: ("per_10000", 1), CONFLICT_CASES: ("cases", 0)}
)
DEFAULT_SERIES = "gap_combined"


@dataclass(frozen=True)
class Series:
    """Figures by district that fill the map.

    values: by ubigeo, NaN unknown, as the data have them; what is seen of them, in colours, classes, places
    and texts, are those that are `shown`. The unit is either a text key (`unit`) or, for indicators, the
    words of the catalogue (`unit_es`, `unit_en`). observed: sample sizes or None. `known` and
    `possible`: how many indicators stand behind each score, for gaps only. unsampled: of how many of the
    indicators behind each figure nobody tells how large the sample is. rests: on what the gap score of an indicator
    rests, for a year that is steadied there; None where the score takes the values as they are, or takes none.
    """

    key: str
    group: str
    values: pd.Series
    year: str
    source: str
    unit: str = ""
    unit_es: str = ""
    unit_en: str = ""
    decimals: int = 1
    label_es: str = ""
    label_en: str = ""
    observed: pd.Series | None = None
    known: pd.Series | None = None
    possible: int | None = None
    unsampled: pd.Series | None = None
    rests: derived.Ground | None = None

    @cached_property
    def counted(self) -> pd.Series | None:
        """What counts in the gap score in place of the values, in their unit; of several years told of the last."""
        if self.rests is None or self.year != str(self.rests.years[-1]):
            return None
        return precision.rounded_series(self.rests.figures, self.decimals)

    @cached_property
    def shown(self) -> pd.Series:
        """The values with the decimals of the series: the one precision of all that a reader sees of it."""
        return precision.rounded_series(self.values, self.decimals)

    def unit_in(self, language: str) -> str:
        """Return the catalogue's unit in a language; empty for series with a unit key."""
        return self.unit_es if language == "es" else self.unit_en


def indicator_key(indicator: str, year: int) -> str:
    """Return the key of an indicator's series for a year."""
    return f"{indicator}.{year}"


def decimals(unit: str) -> int:
    """Return with how many decimals figures of a unit of the catalogue are shown."""
    return {"%": 1, "índice 0-1": 3, "personas": 0, "número": 0, "ha": 1}.get(unit, 1)


def gap_series(dataset: Dataset) -> Iterator[Series]:
    """Yield the gap scores, 0-100: combined, education, health and environment."""
    scores, known = derived.gap_scores(dataset), derived.gap_coverage(dataset)
    for sector in GAPS:
        sectors = ("education", "health", "environment") if sector == "combined" else (sector,)
        parts = [part for one in sectors for part in derived.gap_parts(dataset, one)]
        rows = dataset.catalog.loc[[indicator for indicator, _, _ in parts]]
        yield Series(
            key=f"gap_{sector}",
            group="gap",
            unit="points",
            values=scores[sector],
            year=years_text({each for i, year, _ in parts for each in derived.ground(dataset, i, year).years}),
            source="; ".join(dict.fromkeys(rows["source"])),
            known=known[sector],
            possible=3 if sector == "combined" else len(parts),
            unsampled=sum(derived.unsampled(dataset, i, year).astype(int) for i, year, _ in parts),
        )


def indicator_series(dataset: Dataset) -> Iterator[Series]:
    """Yield every indicator of every year, in the catalogue's order and units."""
    pairs = dataset.indicators[["indicator", "year"]].drop_duplicates()
    observed = dataset.indicators.dropna(subset="n_observed")
    for indicator, row in dataset.catalog.iterrows():
        for year in sorted(pairs.loc[pairs["indicator"] == indicator, "year"], reverse=True):
            values = dataset.value(indicator, year)
            samples = observed[(observed["indicator"] == indicator) & (observed["year"] == year)]
            counts = samples.set_index("ubigeo")["n_observed"].reindex(values.index)
            yield Series(
                key=indicator_key(indicator, int(year)),
                group=row["sector"],
                unit_es=row["unit"],
                unit_en=row["unit_en"],
                values=values,
                year=str(year),
                source=row["source"],
                decimals=decimals(row["unit"]),
                label_es=row["label_es"],
                label_en=row["label_en"],
                observed=counts if len(samples) else None,
                unsampled=derived.unsampled(dataset, indicator, int(year)).astype(int),
                rests=_rests(dataset, indicator, int(year)),
            )


def _rests(dataset: Dataset, indicator: str, year: int) -> derived.Ground | None:
    if not dataset.catalog.loc[indicator, "scored"]:
        return None
    ground = derived.ground(dataset, indicator)
    return ground if ground.way != derived.AS_IS and year in ground.years else None


def density_series(dataset: Dataset) -> Series:
    """Return people per km2: the census population over the area of INEI."""
    people = dataset.catalog.loc["population", "source"]
    area = dataset.provenance["districts"].source
    return Series(
        key=DENSITY,
        group="context",
        unit="people_per_km2",
        values=derived.density(dataset),
        year=str(dataset.census_year),
        source="; ".join(dict.fromkeys((people, area))),
    )


@lru_cache(maxsize=4)
def fixed_series(dataset: Dataset) -> Mapping[str, Series]:
    """Return every series whose values depend on no choice of the reader, by key."""
    made = (*gap_series(dataset), density_series(dataset), *indicator_series(dataset))
    return MappingProxyType({item.key: item for item in made})


def periodic_values(dataset: Dataset, key: str, first: int, last: int, hazard: str | None = None) -> pd.Series:
    """Return the values of a periodic series for whole years first..last. Raises ValueError."""
    if key == EMERGENCIES:
        return derived.emergencies_per_10000(dataset, hazard, first, last)
    if key == CONFLICT_CASES:
        return derived.conflict_cases(dataset, first, last).astype(float)
    raise ValueError(f"{key} is not a periodic series")


def standing(values: pd.Series, ubigeo: str, decimals: int, dataset: Dataset) -> tuple[int, int] | None:
    """Return the place of a district inside its department, from the highest value, and how many are known.

    None where its own value is unknown. The browser's `series.rank` does the same.
    """
    value = values[ubigeo]
    if value != value:
        return None
    return precision.place_among(value, values[list(dataset.territory.in_department(ubigeo[:2]))], decimals)
