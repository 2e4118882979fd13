"""How many governments there are, whether they are among the poorest, and what associations bind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.clusters.measures.kinds import of_resource
from dashboard.clusters.measures.measure import Measure
from dashboard.clusters.measures.selection import Selection
from geodata.model import Dataset


@dataclass(frozen=True, kw_only=True)
class Slots(Measure):
    """The districts, each a slot of the programme."""

    def values(self, chosen: Selection) -> np.ndarray:
        """Return the number of districts."""
        return chosen.groups.sizes

    def detail(self, chosen: Selection, row: int) -> Mapping[str, object]:
        """Return the provincial capitals among them."""
        return {"capitals": chosen.districts(row, chosen.capitals)}


@dataclass(frozen=True, kw_only=True)
class Governments(Measure):
    """Regional + provincial + district governments.

    A provincial capital has no district municipality, unless the selection counts one.
    """

    def _municipalities(self, chosen: Selection) -> np.ndarray:
        """Tell (n, widest) of each district whether it has a government of its own."""
        return chosen.inside if chosen.capital_has_municipality else chosen.inside & ~chosen.capitals

    def values(self, chosen: Selection) -> np.ndarray:
        """Return the number of governments."""
        return chosen.distinct(2) + chosen.distinct(4) + self._municipalities(chosen).sum(axis=1)

    def detail(self, chosen: Selection, row: int) -> Mapping[str, object]:
        """Return how many there are of each kind, and the capitals without a municipality."""
        own = self._municipalities(chosen)
        return {
            "regional": int(chosen.distinct(2)[row]),
            "provincial": int(chosen.distinct(4)[row]),
            "district": int(own[row].sum()),
            "capitals": chosen.districts(row, chosen.inside & ~own),
        }


@dataclass(frozen=True, kw_only=True)
class Poorest(Measure):
    """The share of the districts whose province is among the poorest fifth (P20)."""

    def values(self, chosen: Selection) -> np.ndarray:
        """Return percentages."""
        return np.nansum(chosen.column(self.columns[0]), axis=1) / chosen.groups.sizes


@dataclass(frozen=True, kw_only=True)
class Associations(Measure):
    """Associations of municipalities with two or more members inside.

    One whose members nobody knows cannot be counted.
    """

    def _inside(self, chosen: Selection) -> np.ndarray:
        """Tell (associations, n) of each association whether two of its members are in each group."""
        own = [chosen.picked(members).sum(axis=1) >= 2 for members in _members(chosen.dataset, chosen.groups.codes)]
        return np.array(own, dtype=bool).reshape(len(own), len(chosen))

    def values(self, chosen: Selection) -> np.ndarray:
        """Return the number of associations."""
        return self._inside(chosen).sum(axis=0)

    def detail(self, chosen: Selection, row: int) -> Mapping[str, object]:
        """Return their names."""
        pairs = zip(chosen.dataset.mancomunidades, self._inside(chosen)[:, row], strict=True)
        return {"names": tuple(association.name for association, inside in pairs if inside)}

    def open(self, chosen: Selection) -> Mapping[str, np.ndarray]:
        """Return how many associations have members that nobody knows."""
        return {"members": np.full(len(chosen), sum(not m.members for m in chosen.dataset.mancomunidades))}


@lru_cache(maxsize=4)
def _members(dataset: Dataset, codes: tuple[str, ...]) -> tuple[np.ndarray, ...]:
    """Return of each association which districts are members."""
    return tuple(np.array([code in m.members for code in codes]) for m in dataset.mancomunidades)


MEASURES = (
    Slots(
        key="slots", group="government", unit="districts", decimals=0, resource="districts",
        dated=of_resource("districts"),
    ),
    Governments(
        key="governments", group="government", unit="governments", decimals=0, resource="districts",
        dated=of_resource("districts"),
    ),
    Poorest(
        key="p20", group="government", unit="percent", better="higher", decimals=0, resource="p20",
        dated=of_resource("p20"), columns=("p20",),
    ),
    Associations(
        key="mancomunidades", group="government", unit="associations", better="higher", decimals=0,
        resource="mancomunidades", dated=of_resource("mancomunidades"),
    ),
)  # fmt: skip
