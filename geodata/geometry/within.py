"""Say what of some shapes lies in each of some areas: how many points, km of lines, km2 of polygons, and how near.

All shapes come in degrees (WGS 84), longitude first; areas may be None, where nobody has their limits. Lengths are
measured on the ellipsoid, areas in the equal-area projection.
"""

import numpy as np
import pyproj
import shapely

from geodata.geometry import projection
from geodata.geometry.repair import POLYGONAL

SHORTEST_DEGREE_M = 110_000.0  # of latitude anywhere; one of longitude is shorter by the cosine of the latitude
LONGEST_EDGE = 0.1  # degrees
_LINES = (1, 2, 5)  # shapely's type numbers of LineString, LinearRing and MultiLineString
_EARTH = pyproj.Geod(ellps="WGS84")


def holder_of(points: np.ndarray, areas: np.ndarray) -> np.ndarray:
    """Return (n,) which area holds each point, -1 for none; one on a border is of the first area that it touches."""
    found = np.full(len(points), -1)
    owners, held = shapely.STRtree(points).query(areas, predicate="intersects")
    last_first = np.argsort(-owners, kind="stable")
    found[held[last_first]] = owners[last_first]
    return found


def km_inside(lines: np.ndarray, areas: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return for each pair of a line and an area that it passes: place of the line, of the area, and km inside."""
    owners, passing = shapely.STRtree(lines).query(areas, predicate="intersects")
    return passing, owners, length_km(shapely.intersection(lines[passing], areas[owners]))


def length_km(shapes: np.ndarray) -> np.ndarray:
    """Return (n,) the length of lines on the ellipsoid; 0 for what is no line."""
    parts, owners = shapely.get_parts(shapes, return_index=True)
    while (inner := shapely.get_type_id(parts) > POLYGONAL[0] + 1).any():  # collections and lines of several pieces
        more, of = shapely.get_parts(parts[inner], return_index=True)
        parts, owners = np.r_[parts[~inner], more], np.r_[owners[~inner], owners[inner][of]]
    drawn = np.isin(shapely.get_type_id(parts), _LINES)
    points, of = shapely.get_coordinates(parts[drawn], return_index=True)
    joined = of[1:] == of[:-1]
    start, end = points[:-1][joined], points[1:][joined]
    _, _, metres = _EARTH.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    return np.bincount(owners[drawn][of[1:][joined]], np.asarray(metres) / 1000, minlength=len(shapes))


def share_covered(polygons: np.ndarray, areas: np.ndarray) -> np.ndarray:
    """Return (n,) the share (0-1) of each area that any of the polygons covers; NaN where an area is None."""
    ground, laid = projection.to_metres(areas), _laid(polygons)
    whole = projection.area_km2(ground)
    owners, over = shapely.STRtree(laid).query(ground, predicate="intersects")
    pieces = shapely.intersection(laid[over], ground[owners])
    covered = np.where(np.isnan(whole), np.nan, 0.0)
    for owner in np.unique(owners):
        # what two polygons cover counts once
        covered[owner] = shapely.area(shapely.union_all(pieces[owners == owner])) / 1e6
    return np.minimum(covered / whole, 1.0)


def nearest_km(places: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Return (n,) km on the ellipsoid from each place (lon, lat) to the nearest of some shapes; NaN without any.

    Which point of a line or an area is the nearest is found in the equal-area projection.
    """
    if not len(shapes):
        return np.full(len(places), np.nan)
    if (shapely.get_type_id(shapes) == 0).all():
        return _to_points(places, shapely.get_coordinates(shapes))
    own = projection.to_metres(shapely.points(places))
    others = _laid(shapes)
    asked, nearest = shapely.STRtree(others).query_nearest(own, all_matches=False)
    ends = shapely.get_point(shapely.shortest_line(own[asked], others[nearest]), -1)
    to = shapely.get_coordinates(projection.to_degrees(ends))
    _, _, metres = _EARTH.inv(places[:, 0], places[:, 1], to[:, 0], to[:, 1])
    return np.where(shapely.intersects(own, others[nearest]), 0.0, np.asarray(metres) / 1000)


def _laid(shapes: np.ndarray) -> np.ndarray:
    """Return shapes in metres; long edges, which are straight in degrees, bend as they should."""
    return projection.to_metres(shapely.segmentize(shapes, LONGEST_EDGE))


def _to_points(places: np.ndarray, points: np.ndarray) -> np.ndarray:
    tree = shapely.STRtree(shapely.points(points))
    best = np.full(len(places), np.inf)
    # one near by in degrees bounds how far the nearest can be: a box of that reach holds it
    _, first = tree.query_nearest(shapely.points(places), all_matches=False)
    _, _, bound = _EARTH.inv(*places.T, *points[first].T)
    for i, (place, metres) in enumerate(zip(places, np.asarray(bound), strict=True)):
        high = metres / SHORTEST_DEGREE_M + 1e-9
        wide = high / np.cos(np.radians(min(89.0, abs(place[1]) + high)))
        near = points[tree.query(shapely.box(place[0] - wide, place[1] - high, place[0] + wide, place[1] + high))]
        _, _, found = _EARTH.inv(np.full(len(near), place[0]), np.full(len(near), place[1]), *near.T)
        best[i] = np.min(found)
    return best / 1000
