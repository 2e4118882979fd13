"""Know every coordinate system, alone: degrees for files and screens, metres for areas and tolerances.

Areas are measured in a Lambert azimuthal equal-area projection centred on Peru's Amazon, where a
square metre is one anywhere. Lengths are measured on the ellipsoid itself: a projection that keeps
areas stretches lines, by up to some 0.5 % at the edges of the country.
"""

from functools import lru_cache

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError

WGS84 = "EPSG:4326"
EQUAL_AREA = "+proj=laea +lat_0=-8 +lon_0=-74 +datum=WGS84 +units=m"
# equal areas too, and what is level or upright on a map in degrees stays so, however long
CYLINDER = "+proj=cea +datum=WGS84 +units=m"
# west, south, east, north in degrees, with some room: Peru lies within 81.33-68.65 W, 18.35-0.04 S
PERU = (-82.0, -19.0, -68.0, 0.5)
# what sheets of Peru are drawn in: UTM on WGS 84, and on PSAD56 in older ones
USUAL = ("EPSG:32717", "EPSG:32718", "EPSG:32719", "EPSG:24877", "EPSG:24878", "EPSG:24879")
Box = tuple[float, float, float, float]


class UnknownSystem(ValueError):
    """A text that names no coordinate system."""


def system(text: str) -> pyproj.CRS:
    """Return the coordinate system that a text names: a code ("EPSG:32718", "32718") or WKT.

    Raises UnknownSystem.
    """
    try:
        return pyproj.CRS.from_user_input(int(text) if text.strip().isdigit() else text.strip())
    except (CRSError, ValueError, OverflowError):
        raise UnknownSystem(text) from None


def name_of(crs: pyproj.CRS) -> str:
    """Return a short name that :func:`system` reads back: the authority's code where there is one."""
    authority = crs.to_authority(min_confidence=70)
    return ":".join(authority) if authority else crs.to_wkt()


def is_degrees(box: Box) -> bool:
    """Tell whether numbers can be longitudes and latitudes at all."""
    west, south, east, north = box
    return -180 <= west <= east <= 180 and -90 <= south <= north <= 90


def meets_peru(box: Box) -> bool:
    """Tell whether most of a box of degrees (west, south, east, north) is in Peru: its middle is."""
    west, south, east, north = box
    return PERU[0] <= (west + east) / 2 <= PERU[2] and PERU[1] <= (south + north) / 2 <= PERU[3]


def swap(shapes: np.ndarray) -> np.ndarray:
    """Return shapes with their two axes exchanged."""
    return shapely.transform(shapes, lambda x, y: (y, x), interleaved=False)


def fitting(box: Box) -> tuple[str, ...]:
    """Return which of the systems usual in Peru bring a box of metres into the country."""
    found = []
    for code in USUAL:
        to_degrees = _transformer(code, WGS84)
        corners = to_degrees.transform(np.array([box[0], box[2]]), np.array([box[1], box[3]]))
        moved = (min(corners[0]), min(corners[1]), max(corners[0]), max(corners[1]))
        if np.isfinite(moved).all() and meets_peru(moved):
            found.append(code)
    return tuple(found)


def to_wgs84(shapes: np.ndarray, crs: pyproj.CRS) -> np.ndarray:
    """Return shapes of a system in degrees (WGS 84), longitude first; what lies beyond it is infinite."""
    return shapely.transform(shapes, _transformer(crs, WGS84).transform, interleaved=False)


def to_metres(shapes: np.ndarray) -> np.ndarray:
    """Return shapes given in degrees (WGS 84) in metres of :data:`EQUAL_AREA`."""
    return shapely.transform(shapes, _transformer(WGS84, EQUAL_AREA).transform, interleaved=False)


def to_cylinder(shapes: np.ndarray) -> np.ndarray:
    """Return shapes given in degrees (WGS 84) in metres of :data:`CYLINDER`."""
    return shapely.transform(shapes, _transformer(WGS84, CYLINDER).transform, interleaved=False)


def to_degrees(shapes: np.ndarray) -> np.ndarray:
    """Return shapes given in metres of :data:`EQUAL_AREA` in degrees (WGS 84)."""
    return shapely.transform(shapes, _transformer(EQUAL_AREA, WGS84).transform, interleaved=False)


def area_km2(shapes: np.ndarray) -> np.ndarray:
    """Return the area of shapes given in metres of :data:`EQUAL_AREA`; NaN where there is none."""
    return shapely.area(shapes) / 1e6


def segment_km(ends: np.ndarray) -> np.ndarray:
    """Return the length of straight pieces on the ellipsoid; ends: (n, 4) metres x, y, x, y."""
    transform = _transformer(EQUAL_AREA, WGS84).transform
    start, end = transform(ends[:, 0], ends[:, 1]), transform(ends[:, 2], ends[:, 3])
    _, _, metres = pyproj.Geod(ellps="WGS84").inv(*start, *end)
    return np.asarray(metres) / 1000


@lru_cache(maxsize=32)
def _transformer(source: str | pyproj.CRS, target: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(source, target, always_xy=True)
