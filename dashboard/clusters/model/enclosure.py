"""Say which districts an outline drawn by hand means.

A district counts when most of its area is inside, or when its capital is: the reader chooses which,
and is told. A district without limits has no area to compare and counts by its capital either way.
Areas are compared in an equal-area projection, so that a share means the same anywhere.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import shapely

from geodata.geometry import to_metres
from geodata.model import Dataset

MOST = 0.5
MAX_POINTS = 5_000

BY_AREA, BY_CAPITAL = "area", "capital"
Point = tuple[float, float]


class BadOutline(ValueError):
    """An outline that encloses nothing or has numbers that are no place on earth."""


def polygon(points: Sequence[Sequence[float]]) -> shapely.Geometry:
    """Return the area inside a hand-drawn line of (lon, lat) points in degrees.

    A line that crosses itself encloses all its loops. Raises BadOutline.
    """
    if not 3 <= len(points) <= MAX_POINTS:
        raise BadOutline(f"{len(points)} points")
    corners = np.asarray(points, dtype=float)
    if corners.ndim != 2 or corners.shape[1] != 2 or not np.isfinite(corners).all():
        raise BadOutline("not pairs of numbers")
    if (np.abs(corners) > (180, 90)).any():
        raise BadOutline("outside the degrees of the earth")
    area = shapely.make_valid(shapely.Polygon(corners))
    if area.area == 0:
        raise BadOutline("no area")
    return area


def rectangle(corners: Sequence[Sequence[float]]) -> shapely.Geometry:
    """Return the rectangle between two opposite (lon, lat) corners. Raises BadOutline."""
    if len(corners) != 2:
        raise BadOutline(f"{len(corners)} corners")
    (west, north), (east, south) = corners
    return polygon([(west, north), (east, north), (east, south), (west, south)])


def enclosed(area: shapely.Geometry, dataset: Dataset, counts_by: str = BY_AREA) -> tuple[str, ...]:
    """Return the districts inside an area, sorted; by most of their area, or by their capital."""
    if counts_by == BY_CAPITAL:
        return _by_capital(area, dataset, dataset.territory.districts)
    ubigeos, shapes, tree = _index(dataset)
    # far from the country the projection turns sound outlines into unsound ones
    here = area.intersection(shapely.box(*dataset.limits.total_bounds).buffer(1))
    projected = shapely.make_valid(to_metres(here))
    near = tree.query(projected, predicate="intersects")
    shares = shapely.area(shapely.intersection(shapes[near], projected)) / shapely.area(shapes[near])
    drawn = ubigeos[near[shares >= MOST]]
    return tuple(sorted((*drawn, *_by_capital(area, dataset, dataset.without_limits))))


def _by_capital(area: shapely.Geometry, dataset: Dataset, among: Iterable[str]) -> tuple[str, ...]:
    districts = (dataset.territory.districts[ubigeo] for ubigeo in among)
    return tuple(sorted(d.ubigeo for d in districts if area.covers(shapely.Point(d.capital_lon, d.capital_lat))))


@lru_cache(maxsize=2)
def _index(dataset: Dataset) -> tuple[np.ndarray, np.ndarray, shapely.STRtree]:
    known = dataset.limits[dataset.limits.geometry.notna()]
    shapes = to_metres(known.geometry.to_numpy())
    return known.index.to_numpy(), shapes, shapely.STRtree(shapes)
