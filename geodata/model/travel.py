"""Find how one travels between the capitals of districts by the links that are known, and how far it is.

A link joins two capitals by river, road or air, both ways. What nobody knows is unknown, never unconnected: a pair of
capitals without a way over known links has no figure. A disputed link carries nothing until it is settled.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

import numpy as np
import pandas as pd
from scipy.sparse.csgraph import csgraph_from_dense, dijkstra

from geodata.model.courses import links_along_rivers
from geodata.model.dataset import Dataset
from geodata.shared import rounded

RIVER = "river"


@dataclass(frozen=True, slots=True)
class Link:
    """A known link between two capitals, `a` and `b` in the order of their codes.

    km, hours: None where not known. season: all_year, wet, dry, or "" where not known. name: of the river or road, "".
    """

    a: str
    b: str
    way: str
    name: str
    km: float | None
    hours: float | None
    season: str
    disputed: bool
    source: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a journey by one way, of one name, from one capital to another."""

    start: str
    end: str
    way: str
    name: str
    km: float


@dataclass(frozen=True, slots=True)
class Journey:
    """The shortest way between two capitals: its km, hours where every link of it tells them, and its stretches."""

    km: float
    hours: float | None
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, eq=False)
class Network:
    """What is known of travel between all capitals of a data set, in the order of their codes.

    km (n, n): of the shortest way, infinite where none is known, 0 from each to itself. linked (n, n): a link is
    known, undisputed, whether or not its km are. disputed (n, n): one is known that is disputed.
    """

    position: Mapping[str, int]
    codes: tuple[str, ...]
    km: np.ndarray
    linked: np.ndarray
    disputed: np.ndarray
    _before: np.ndarray
    _best: Mapping[tuple[int, int], Link]

    def journey(self, start: str, end: str) -> Journey | None:
        """Return the shortest known way between two capitals, None where none is known. Raises KeyError."""
        i, j = self.position[start], self.position[end]
        if not np.isfinite(self.km[i, j]):
            return None
        nodes = [j]
        while nodes[-1] != i:
            nodes.append(int(self._before[i, nodes[-1]]))
        steps = [(a, b, self._best[min(a, b), max(a, b)]) for a, b in pairwise(reversed(nodes))]
        hours = [link.hours for _, _, link in steps]
        stretches = []
        for (way, name), run in groupby(steps, key=lambda step: (step[2].way, step[2].name)):
            parts = list(run)
            km = sum(link.km or 0.0 for _, _, link in parts)
            stretches.append(Stretch(self.codes[parts[0][0]], self.codes[parts[-1][1]], way, name, km))
        known = [each for each in hours if each is not None]
        return Journey(float(self.km[i, j]), sum(known) if len(known) == len(hours) else None, tuple(stretches))


def links(dataset: Dataset) -> tuple[Link, ...]:
    """Return the known links of a data set, in the order of its table; none where it has no table of them."""
    return tuple(
        Link(
            row.district, row.other, row.way, row.name, _known(row.km), _known(row.hours), row.season, row.disputed,
            row.source,
        )
        for row in dataset.links.rename_axis(None).itertuples(index=False, name="Row")
    )  # fmt: skip


def _known(number: float) -> float | None:
    return None if pd.isna(number) else float(number)


@lru_cache(maxsize=4)
def network(dataset: Dataset) -> Network:
    """Return what is known of travel between the capitals of a data set, worked out on the first call for it."""
    codes = tuple(dataset.ubigeos)
    position = {code: i for i, code in enumerate(codes)}
    shape = (len(codes), len(codes))
    linked, disputed, direct = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool), np.full(shape, np.inf)
    best: dict[tuple[int, int], Link] = {}
    for link in links(dataset):
        i, j = sorted((position[link.a], position[link.b]))
        table = disputed if link.disputed else linked
        table[i, j] = table[j, i] = True
        if not link.disputed and link.km is not None and link.km < direct[i, j]:
            direct[i, j] = direct[j, i] = link.km
            best[i, j] = link
    km, before = dijkstra(csgraph_from_dense(direct, null_value=np.inf), directed=False, return_predecessors=True)
    return Network(position, codes, km, linked, disputed, before, best)


def from_rivers(dataset: Dataset) -> pd.DataFrame:
    """Return the links that the rivers of a data set support, as rows of its table `links`."""
    origin = dataset.provenance.get("rivers")
    found = sorted(links_along_rivers(dataset.rivers, dataset.territory.districts), key=lambda link: (link.a, link.b))
    return pd.DataFrame({
        "district": [link.a for link in found],
        "other": [link.b for link in found],
        "way": RIVER,
        "name": [link.river for link in found],
        "km": [rounded(link.km, 1) for link in found],
        "hours": float("nan"),
        "season": "",
        "disputed": False,
        "source": "" if origin is None else origin.source,
    })  # fmt: skip
