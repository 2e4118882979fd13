"""Cut what lies around the territory out of Natural Earth as npm's `world-atlas` has it (TopoJSON).

Lines are thinned as arcs, which neighbours share, so that no gap opens between two countries: a little in a box around
Peru, where maps look, and much beyond it, where only who zooms out comes.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

NEAR = (-87.0, -23.0, -58.0, 7.0)  # degrees: west, south, east, north
NEAR_TOLERANCE, FAR_TOLERANCE = 0.025, 0.6  # degrees
NEAR_LEAST, FAR_LEAST = 0.01, 12.0  # square degrees of an island that is kept
HIGHEST = 80.0  # degrees of latitude: mercator has no pole
HOME = "604"  # ISO 3166-1, as world-atlas has it
NAMES = {
    "604": ("", ""),
    "218": ("Ecuador", "Ecuador"),
    "170": ("Colombia", "Colombia"),
    "076": ("Brasil", "Brazil"),
    "068": ("Bolivia", "Bolivia"),
    "152": ("Chile", "Chile"),
}
APART = ("862", "328", "740", "032", "600", "858")  # of the same continent: drawn each, not named
SEA = {"es": "Océano Pacífico", "en": "Pacific Ocean", "within": [-120, -56, -70, 6]}  # where it is no other

Points = list[tuple[float, float]]


def cut(topology: Mapping[str, Any]) -> dict[str, Any]:  # JSON
    """Return the lands of a TopoJSON of countries (`lands`, see there). Raises KeyError where it is none."""
    arcs = [_thinned(arc) for arc in _arcs(topology)]
    found = topology["objects"]["countries"]["geometries"]
    alone, others = [], []
    for country in found:
        code = country.get("id")
        rings = _polygons(country, arcs)
        if code in NAMES:
            es, en = NAMES[code]
            alone.append({"home": code == HOME, "es": es, "en": en, "rings": _written(rings)})
        elif code in APART:
            alone.append({"home": False, "es": "", "en": "", "rings": _written(rings)})
        else:
            others.append(rings)
    rest = shapely.union_all([shapely.make_valid(shapely.MultiPolygon(each)) for each in others if each])
    whole = [part for part in shapely.get_parts(rest) if part.geom_type == "Polygon"]
    lands = [{"home": False, "es": "", "en": "", "rings": _written(whole)}, *alone]
    return {"lands": lands, "sea": SEA}


def _arcs(topology: Mapping[str, Any]) -> list[np.ndarray]:  # JSON
    """Return each arc as degrees: TopoJSON keeps whole steps from one point to the next."""
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]


def _near(points: np.ndarray) -> np.ndarray:
    west, south, east, north = NEAR
    x, y = points.T
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


def _thinned(arc: np.ndarray) -> Points:
    """Return the points that are kept of an arc, its ends among them: run by run inside and outside the box."""
    near = _near(arc)
    ends = [0, *(np.flatnonzero(near[1:] != near[:-1]) + 1), len(arc) - 1]
    kept: Points = []
    for start, end in zip(ends, ends[1:], strict=False):
        if end == start:
            continue
        tolerance = NEAR_TOLERANCE if near[start] else FAR_TOLERANCE
        kept += _line(arc[start : end + 1], tolerance)[1 if kept else 0 :]
    return kept


def _line(points: np.ndarray, tolerance: float) -> Points:
    if len(points) < 3:
        return [_rounded(point) for point in points]
    # one that is closed would shrink to its ends
    if np.array_equal(points[0], points[-1]):
        half = len(points) // 2
        return [*_line(points[: half + 1], tolerance), *_line(points[half:], tolerance)[1:]]
    return [_rounded(point) for point in LineString(points).simplify(tolerance, preserve_topology=False).coords]


def _rounded(point: np.ndarray | Sequence[float]) -> tuple[float, float]:
    x, y = np.clip(point, (-180, -HIGHEST), (180, HIGHEST)).tolist()
    decimals = 2 if _near(np.array([[x, y]]))[0] else 1
    return round(x, decimals), round(y, decimals)


def _polygons(country: Mapping[str, Any], arcs: Sequence[Points]) -> list[Polygon]:  # JSON
    shapes = {"Polygon": lambda: [country["arcs"]], "MultiPolygon": lambda: country["arcs"]}
    made = shapes[country["type"]]() if country["type"] in shapes else []
    rings = [[_ring(ring, arcs) for ring in polygon] for polygon in made]
    whole = [Polygon(outer, [hole for hole in holes if len(hole) > 3]) for outer, *holes in rings if len(outer) > 3]
    return [shape for shape in whole if shape.area >= (NEAR_LEAST if _is_near(shape) else FAR_LEAST)]


def _ring(numbers: Iterable[int], arcs: Sequence[Points]) -> Points:
    """Return a ring made of arcs; `~n` is arc n backwards."""
    points: Points = []
    for n in numbers:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        points += arc[1 if points else 0 :]
    return [point for i, point in enumerate(points) if not i or point != points[i - 1]]


def _is_near(shape: Polygon) -> bool:
    return bool(shape.intersects(shapely.box(*NEAR)))


def _written(polygons: Iterable[Polygon]) -> list[list[list[float]]]:
    """Return every ring without its last point, which is its first."""
    rings = [ring for shape in polygons for ring in (shape.exterior, *shape.interiors)]
    return [[[round(x, 2), round(y, 2)] for x, y in ring.coords[:-1]] for ring in rings]
