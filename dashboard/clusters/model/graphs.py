"""Give the territory to users of PySAL as a `libpysal` graph, and take groups of theirs back.

libpysal is no dependency of the application: it is imported where it is asked for, and its absence is
said with what to install.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.clusters.model.arrays import basis
from geodata.model import Dataset, Territory

if TYPE_CHECKING:
    from libpysal.graph import Graph

WEIGHTS: Mapping[str, Callable[[Territory, str, str], float]] = {
    "binary": lambda territory, a, b: 1.0,
    "border_km": lambda territory, a, b: territory.border_km[a][b],
    "distance_km": lambda territory, a, b: territory.distance_km(a, b),
}


class LibpysalMissing(ImportError):
    """libpysal is not installed; `message` is a text key."""

    message = "engine.graphs.missing"
    fields: Mapping[str, object] = {}

    def __init__(self) -> None:
        super().__init__("libpysal is not installed: python -m pip install 'libpysal>=4.12'")


def to_libpysal(
    territory: Territory, place: str = "", weight: str = "binary", across_provinces: bool = True
) -> "Graph":
    """Return who borders whom as a `libpysal.graph.Graph` over ubigeos, from the table of real borders.

    place: a department or province code, or "" for all. weight: binary, border_km (km of border shared)
    or distance_km (between capitals); a border of unknown length 0 has weight 0 under border_km. With
    `across_provinces` false, only borders within a province count, as for clusters. Districts without a
    neighbour are isolates. Raises LibpysalMissing, and KeyError for an unknown weight.
    """
    measure = WEIGHTS[weight]
    try:
        from libpysal.graph import Graph
    except ImportError:
        raise LibpysalMissing from None
    districts = [u for u in territory.districts if u.startswith(place)]
    inside = set(districts)
    rows = []
    for own in districts:
        near = [n for n in sorted(territory.neighbours(own)) if n in inside]
        near = [n for n in near if across_provinces or n[:4] == own[:4]]
        # an isolate is written as its own neighbour with weight zero
        rows += [(own, other, measure(territory, own, other)) for other in near] or [(own, own, 0.0)]
    return Graph.from_adjacency(pd.DataFrame(rows, columns=["focal", "neighbor", "weight"]))


def to_frame(dataset: Dataset, place: str = "") -> pd.DataFrame:
    """Return limits and figures of districts as a GeoDataFrame by ubigeo, in the order of the graph.

    Columns: geometry (EPSG:4326), the name, every indicator in its unit and latest year, and those of
    :class:`dashboard.clusters.model.arrays.Basis` (gap scores, population, area, ...). NaN is unknown.
    """
    codes = dataset.ubigeos
    latest = {i: dataset.value(i, dataset.latest_year(i)) for i in dataset.catalog.index}
    named = {"district": [dataset.territory.districts[u].name for u in codes]}
    frame = dataset.limits.loc[codes, ["geometry"]].assign(**named, **{**latest, **basis(dataset).columns})
    return frame[frame.index.str.startswith(place)]


def from_labels(
    labels: Mapping[str, Hashable] | pd.Series, drop: Iterable[Hashable] = ()
) -> tuple[frozenset[str], ...]:
    """Return the groups of districts that a regionalisation gives by label, largest first, then by code.

    Labels in `drop`, and missing ones, stand for no group.
    """
    series = pd.Series(labels).dropna()
    series = series[~series.isin(list(drop))]
    groups = [frozenset(map(str, members)) for members in series.groupby(series).groups.values()]
    return tuple(sorted(groups, key=lambda group: (-len(group), min(group))))
