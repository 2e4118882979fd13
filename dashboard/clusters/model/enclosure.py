"""Say which districts an outline drawn by hand means.

A district counts when most of its area is inside, or when its capital is: the reader chooses which,
and is told. A district without limits has no area to compare and counts by its capital either way.
Areas are compared in an equal-area projection, so that a share means the same anywhere; it is one
in which a long level side of a rectangle stays where it was drawn.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import shapely

from geodata.geometry import to_cylinder
from geodata.model import Dataset

MOST = 0.5
MAX_POINTS = 5_000

BY_AREA, BY_CAPITAL = "area", "capital"
Point = tuple[float, float]


class BadOutline(ValueError):
    """An outline that encloses nothing or has numbers that are no place on earth."""


def polygon(points: Sequence[Sequence[float]]) -> shapely.Geometry:
    """Return the area inside a hand-drawn line of (lon, lat) points in degrees.

    A line that crosses itself encloses all that it winds around, as it is tinted while it is drawn. Raises BadOutline.
    """
    if not 3 <= len(points) <= MAX_POINTS:
        raise BadOutline(f"{len(points)} points")
    corners = np.asarray(points, dtype=float)
    if corners.ndim != 2 or corners.shape[1] != 2 or not np.isfinite(corners).all():
        raise BadOutline("not pairs of numbers")
    if (np.abs(corners) > (180, 90)).any():
        raise BadOutline("outside the degrees of the earth")
    area = shapely.Polygon(corners)
    if not area.is_valid:
        area = shapely.union_all([face for face in _faces(corners) if _winds(corners, face)])
    if area.area == 0:
        raise BadOutline("no area")
    return area


def _faces(corners: np.ndarray) -> Sequence[shapely.Geometry]:
    """Return the parts into which a closed line cuts what it encloses."""
    line = shapely.union_all(shapely.LineString([*corners, corners[0]]))
    return shapely.get_parts(shapely.polygonize(shapely.get_parts(line)))


def _winds(corners: np.ndarray, face: shapely.Geometry) -> bool:
    """Tell whether a closed line goes round a face, once or more, in either sense."""
    spot = face.representative_point()
    (x, y), (end_x, end_y) = (corners - (spot.x, spot.y)).T, (np.roll(corners, -1, axis=0) - (spot.x, spot.y)).T
    left = x * end_y - end_x * y
    up, down = (y <= 0) & (end_y > 0) & (left > 0), (y > 0) & (end_y <= 0) & (left < 0)
    return bool(up.sum() != down.sum())


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
    ubigeos, shapes, areas, tree = _index(dataset)
    near = tree.query(area, predicate="intersects")
    shares = shapely.area(to_cylinder(shapely.intersection(shapes[near], area))) / areas[near]
    drawn = ubigeos[near[shares >= MOST]]
    return tuple(sorted((*drawn, *_by_capital(area, dataset, dataset.without_limits))))


def _by_capital(area: shapely.Geometry, dataset: Dataset, among: Iterable[str]) -> tuple[str, ...]:
    districts = (dataset.territory.districts[ubigeo] for ubigeo in among)
    return tuple(sorted(d.ubigeo for d in districts if area.covers(shapely.Point(d.capital_lon, d.capital_lat))))


@lru_cache(maxsize=2)
def _index(dataset: Dataset) -> tuple[np.ndarray, np.ndarray, np.ndarray, shapely.STRtree]:
    known = dataset.limits[dataset.limits.geometry.notna()]
    shapes = known.geometry.to_numpy()
    return known.index.to_numpy(), shapes, shapely.area(to_cylinder(shapes)), shapely.STRtree(shapes)
