"""How much ground there is, and how far apart the capitals lie."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.clusters.measures.kinds import Total, of_resource
from dashboard.clusters.measures.measure import Measure
from dashboard.clusters.measures.selection import Selection


@dataclass(frozen=True, kw_only=True)
class Farthest(Measure):
    """The longest great-circle distance between two district capitals; 0 for a single district."""

    def values(self, chosen: Selection) -> np.ndarray:
        """Return km."""
        members, km = chosen.groups.members, chosen.basis.distance_km
        farthest = np.zeros(len(chosen))
        for i in range(members.shape[1] - 1):
            rows = np.flatnonzero(members[:, i + 1] >= 0)
            own, others = members[rows, i], members[rows, i + 1 :].T
            # a district is no distance from itself: it stands for nobody
            farthest[rows] = np.maximum(farthest[rows], km[own, np.where(others >= 0, others, own)].max(axis=0))
        return farthest

    def detail(self, chosen: Selection, row: int) -> Mapping[str, object]:
        """Return the codes of the two districts; none for a single one."""
        own = chosen.groups.members[row][chosen.inside[row]]
        km = chosen.basis.distance_km[np.ix_(own, own)]
        i, j = np.unravel_index(np.argmax(km), km.shape)
        return {"pair": tuple(sorted((chosen.groups.codes[own[i]], chosen.groups.codes[own[j]]))) if i != j else ()}


MEASURES = (
    Total(
        key="area_km2", group="place", unit="km2", decimals=0, resource="districts", dated=of_resource("districts"),
        columns=("area_km2",),
    ),
    Farthest(
        key="farthest_capitals_km", group="place", unit="km", better="lower", decimals=0, resource="districts",
        dated=of_resource("districts"),
    ),
)  # fmt: skip
