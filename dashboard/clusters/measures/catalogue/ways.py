"""How far one travels between the capitals by the links that are known, and of how many pairs nobody knows a way."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from dashboard.clusters.measures.kinds import of_resource
from dashboard.clusters.measures.measure import Measure
from dashboard.clusters.measures.selection import Selection
from geodata.model import travel


@dataclass(frozen=True, kw_only=True)
class BetweenCapitals(Measure):
    """What is made of the shortest known ways between all pairs of capitals of a group."""

    def pairs(self, chosen: Selection) -> tuple[np.ndarray, np.ndarray]:
        """Return (n, pairs) km of each pair of capitals, infinite where no way is known, and which are pairs."""
        members, km = chosen.groups.members, travel.network(chosen.dataset).km
        i, j = np.array(list(combinations(range(members.shape[1]), 2)), dtype=int).reshape(-1, 2).T
        real = (members[:, i] >= 0) & (members[:, j] >= 0)
        return np.where(real, km[members[:, i], members[:, j]], 0.0), real


@dataclass(frozen=True, kw_only=True)
class LongestJourney(BetweenCapitals):
    """The longest of the shortest known ways between two capitals; unknown where any pair has none, 0 for one alone."""

    def values(self, chosen: Selection) -> np.ndarray:
        """Return km."""
        km, _ = self.pairs(chosen)
        longest = km.max(axis=1, initial=0.0)
        return np.where(np.isfinite(longest), longest, np.nan)

    def known(self, chosen: Selection) -> np.ndarray:
        """Tell (n, widest) of each district whether a way from its capital to any other of the group is known."""
        members, km = chosen.groups.members, travel.network(chosen.dataset).km
        found = np.zeros(members.shape, dtype=bool)
        for i, j in combinations(range(members.shape[1]), 2):
            both = (members[:, j] >= 0) & np.isfinite(km[members[:, i], members[:, j]])
            found[:, i] |= both
            found[:, j] |= both
        return found | (chosen.inside & (chosen.groups.sizes == 1)[:, None])

    def detail(self, chosen: Selection, row: int) -> Mapping[str, object]:
        """Return the longest journey of which a way is known (km, None for none), and the pairs known of how many."""
        km, real = (part[row] for part in self.pairs(chosen))
        known = km[real & np.isfinite(km)]
        return {"km": float(known.max()) if len(known) else None, "known": len(known), "pairs": int(real.sum())}


@dataclass(frozen=True, kw_only=True)
class KnownWays(BetweenCapitals):
    """The share of the pairs of capitals between which a way is known; unknown for one district, which has no pair."""

    def values(self, chosen: Selection) -> np.ndarray:
        """Return percentages."""
        km, real = self.pairs(chosen)
        of = real.sum(axis=1)
        known = (real & np.isfinite(km)).sum(axis=1)
        return np.where(of > 0, 100.0 * known / np.maximum(of, 1), np.nan)


MEASURES = (
    LongestJourney(
        key="longest_journey_km", group="place", unit="km", better="lower", decimals=0, resource="links",
        dated=of_resource("links"),
    ),
    KnownWays(
        key="known_ways_percent", group="place", unit="percent", better="higher", decimals=0, resource="links",
        dated=of_resource("links"),
    ),
)  # fmt: skip
