"""Say how firm an order of districts by a gap is: how it changes with the way in which the gap is reckoned.

Places are counted as everywhere: 1 is the widest gap, districts that are level as shown share the better place.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from geodata.model import derived, variants
from geodata.model.dataset import SECTORS, Dataset
from geodata.model.variants import Way
from geodata.shared import precision

TOP, MOST_OF_PLACE = derived.limits_of("top", "districts", "most")
AGAINST, ONE = derived.limits_of("remarks", "against", "one")


@dataclass(frozen=True, eq=False)
class Reckoned:
    """The order of the districts of a place in one way, beside the usual one.

    places: by ubigeo, NaN where there is no score. correlation: Spearman's, of the scores of both ways where both are
    known; None where it is no number. kept: how many of the usual top are in the top. moved: places minus usual ones.
    """

    way: Way
    places: pd.Series
    correlation: float | None
    kept: int
    moved: pd.Series

    @property
    def median_move(self) -> float:
        """Return by how many places the districts move, half of them less and half more; NaN where none is known."""
        return float(self.moved.abs().median())

    def largest(self, most: int) -> list[str]:
        """Return the districts that move the most, the widest move first; those that stay are none."""
        far = self.moved.abs()
        moved = far[far > 0]
        order = pd.DataFrame({"far": -moved, "place": self.places[moved.index]}).sort_values(["far", "place"])
        return [str(ubigeo) for ubigeo in order.index[:most]]


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """A gap among the districts of a place (a department, or "" for all), in the usual way and in every other.

    usual: places by ubigeo, NaN unknown. top: the `size` districts with the widest gaps, more where some are level.
    """

    gap: str
    department: str
    size: int
    usual: pd.Series
    top: frozenset[str]
    others: tuple[Reckoned, ...]

    @cached_property
    def places(self) -> pd.DataFrame:
        """Places by ubigeo in every way, the usual one first."""
        return pd.DataFrame({Way(variants.USUAL): self.usual, **{each.way: each.places for each in self.others}})

    @cached_property
    def first(self) -> pd.Series:
        """The best place of each district, that of the widest gap, in any way."""
        return self.places.min(axis=1)

    @cached_property
    def last(self) -> pd.Series:
        """The last place of each district in any way."""
        return self.places.max(axis=1)

    @cached_property
    def times(self) -> pd.Series:
        """In how many of the ways, the usual one among them, each district is in the top."""
        return self.places.le(self.size).sum(axis=1)

    @cached_property
    def always(self) -> frozenset[str]:
        """The districts that are in the top in every way."""
        return frozenset(self.times.index[self.times == self.places.shape[1]])

    @cached_property
    def ever(self) -> tuple[str, ...]:
        """The districts that are in the top in some way, by their usual place."""
        found = self.usual[self.times > 0]
        return tuple(map(str, found.sort_values(kind="stable", na_position="last").index))


@lru_cache(maxsize=64)
def sensitivity(dataset: Dataset, gap: str, department: str = "") -> Sensitivity:
    """Return how firm the order by a gap is. Raises ValueError for a gap or a department that there is none of."""
    if department and department not in dataset.territory.departments:
        raise ValueError(f"no department {department!r}")
    own = [u for u in dataset.ubigeos if u.startswith(department)]
    usual_way, *others = variants.ways(dataset, gap)
    scores = variants.scores(dataset, gap, usual_way)[own]
    usual = _places(scores, usual_way)
    size = int(min(TOP, np.floor(MOST_OF_PLACE * usual.notna().sum())))
    top = frozenset(map(str, usual.index[usual <= size]))
    found = []
    for way in others:
        theirs = variants.scores(dataset, gap, way)[own]
        places = _places(theirs, way)
        kept = sum(bool(places[u] <= size) for u in top)
        found.append(Reckoned(way, places, _spearman(scores, theirs), kept, places - usual))
    return Sensitivity(gap, department, size, usual, top, tuple(found))


def _places(scores: pd.Series, way: Way) -> pd.Series:
    found = precision.places(scores.to_numpy(float), way.decimals).astype(float)
    return pd.Series(np.where(found > 0, found, np.nan), scores.index)


def _spearman(some: pd.Series, others: pd.Series) -> float | None:
    both = pd.DataFrame({"a": some, "b": others}).dropna()
    if len(both) < 3 or both["a"].nunique() < 2 or both["b"].nunique() < 2:
        return None
    return float(both["a"].rank().corr(both["b"].rank()))


@dataclass(frozen=True, slots=True)
class Against:
    """An indicator that runs against its fellows: of its sector together, and against `fellow` the most."""

    indicator: str
    correlation: float
    fellow: str
    with_fellow: float


@dataclass(frozen=True, slots=True)
class Alike:
    """Two indicators that say nearly the same."""

    first: str
    second: str
    correlation: float


@lru_cache(maxsize=4)
def against(dataset: Dataset) -> tuple[Against, ...]:
    """Return the scored indicators whose scores run against the mean of the others of their sector (Spearman)."""
    found = []
    for sector in SECTORS:
        table = _scores(dataset, (sector,))
        for indicator in table:
            others = table.drop(columns=indicator)
            together = _spearman(table[indicator], others.mean(axis=1))
            alone = {
                fellow: rho for fellow in others if (rho := _spearman(table[indicator], others[fellow])) is not None
            }
            if together is not None and together < AGAINST and alone:
                fellow = min(alone, key=lambda name: alone[name])
                found.append(Against(str(indicator), together, str(fellow), alone[fellow]))
    return tuple(found)


@lru_cache(maxsize=4)
def alike(dataset: Dataset) -> tuple[Alike, ...]:
    """Return the pairs of scored indicators, of any sector, that rank districts nearly the same, or the other way."""
    table = _scores(dataset, SECTORS)
    names = [str(name) for name in table]
    pairs = [(a, b, _spearman(table[a], table[b])) for n, a in enumerate(names) for b in names[n + 1 :]]
    return tuple(Alike(a, b, rho) for a, b, rho in pairs if rho is not None and abs(rho) >= ONE)


def _scores(dataset: Dataset, sectors: tuple[str, ...]) -> pd.DataFrame:
    parts = [part for sector in sectors for part in derived.gap_parts(dataset, sector)]
    return pd.DataFrame({i: derived.indicator_score(dataset, i, year) for i, year, _ in parts}, index=dataset.ubigeos)
