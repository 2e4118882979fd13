"""Say which districts an outline drawn by hand means.

A district counts when most of its area is inside, or when its capital is: the reader chooses which,
and is told. Areas are compared in an equal-area projection, so that a share means the same anywhere.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import shapely
from pyproj import Transformer

from geodata.dataset import Dataset

EQUAL_AREA = "+proj=laea +lat_0=-8 +lon_0=-74 +datum=WGS84 +units=m"
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
        inside = [
            d.ubigeo
            for d in dataset.territory.districts.values()
            if d.capital_lon is not None and area.covers(shapely.Point(d.capital_lon, d.capital_lat))
        ]
        return tuple(sorted(inside))
    ubigeos, shapes, tree = _index(dataset)
    # far from the country the projection turns sound outlines into unsound ones
    here = area.intersection(shapely.box(*dataset.limits.total_bounds).buffer(1))
    projected = shapely.make_valid(shapely.transform(here, _to_metres, interleaved=False))
    near = tree.query(projected, predicate="intersects")
    shares = shapely.area(shapely.intersection(shapes[near], projected)) / shapely.area(shapes[near])
    return tuple(sorted(ubigeos[near[shares >= MOST]]))


@lru_cache(maxsize=1)
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:4326", EQUAL_AREA, always_xy=True)


def _to_metres(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return _transformer().transform(x, y)


@lru_cache(maxsize=2)
def _index(dataset: Dataset) -> tuple[np.ndarray, np.ndarray, shapely.STRtree]:
    known = dataset.limits[dataset.limits.geometry.notna()]
    shapes = shapely.transform(known.geometry.to_numpy(), _to_metres, interleaved=False)
    return known.index.to_numpy(), shapes, shapely.STRtree(shapes)
