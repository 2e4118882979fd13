"""Find which capitals lie by the same river, and how far apart along it: what the data support of how people travel.

A river counts as one only under one name. It may be drawn in several lines, whose ends meet within `join_km`, and in
two banks: a line that comes back to within `banks_km` of where it began; of two banks the shorter way counts. A
capital belongs to a river that passes within `reach_km`; the km are those along the drawing, between the points of it
nearest to both, and never fewer than the straight line. Whether boats go there the data do not say; of capitals that
lie higher than `highest_m` none is taken to, since a river of the mountains is no way, however near it passes.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from pathlib import Path

import numpy as np
import pyproj
from scipy.sparse.csgraph import csgraph_from_dense, dijkstra

from geodata.model.rivers import River
from geodata.model.territory import District

GEOD = pyproj.Geod(ellps="WGS84")
_LIMITS = tomllib.loads(Path(__file__).with_name("thresholds.toml").read_text("utf-8"))["links"]
REACH_KM: float = _LIMITS["reach_km"]
JOIN_KM: float = _LIMITS["join_km"]
BANKS_KM: float = _LIMITS["banks_km"]
HIGHEST_M: float = _LIMITS["highest_m"]
BANKS_LONGER = 5  # a line is two banks where it is so many times longer than the space between its ends

Point = tuple[float, float]  # lon, lat in degrees, WGS 84


@dataclass(frozen=True, slots=True)
class AlongRiver:
    """Two capitals that follow each other on a river, `a` before `b` by code, with the km between them along it."""

    a: str
    b: str
    river: str
    km: float


@dataclass(frozen=True, eq=False)
class RiverLine:
    """A line of a river: `points` (n, 2) lon, lat; `km` (n,) along it from its first point on the ellipsoid."""

    points: np.ndarray
    km: np.ndarray

    @classmethod
    def of(cls, points: np.ndarray) -> "RiverLine":
        """Return a line of two points or more."""
        lengths = GEOD.line_lengths(points[:, 0], points[:, 1])
        return cls(points, np.concatenate([[0.0], np.cumsum(lengths) / 1000]))

    def nearest(self, point: Point) -> tuple[float, float]:
        """Return where along the line (km) it passes nearest to a point, and how far from it (km)."""
        scale = np.array([np.cos(np.radians(point[1])), 1.0])  # degrees as they measure there
        start, run = self.points[:-1] * scale, np.diff(self.points * scale, axis=0)
        length = (run**2).sum(axis=1)
        share = ((np.array(point) * scale - start) * run).sum(axis=1) / np.where(length > 0, length, 1.0)
        share = np.clip(share, 0.0, 1.0)
        foot = start + share[:, None] * run
        i = int(((foot - np.array(point) * scale) ** 2).sum(axis=1).argmin())
        lon, lat = foot[i] / scale
        along = GEOD.inv(self.points[i, 0], self.points[i, 1], lon, lat)[2] / 1000
        return float(self.km[i] + along), float(GEOD.inv(*point, lon, lat)[2] / 1000)


def links_along_rivers(rivers: Iterable[River], districts: Mapping[str, District]) -> list[AlongRiver]:
    """Return the capitals that follow each other on each named river, sorted by river and codes."""
    courses: dict[str, list[np.ndarray]] = {}
    for river in rivers:
        if river.name:
            parts = getattr(river.course, "geoms", (river.course,))
            courses.setdefault(river.name, []).extend(np.asarray(part.coords)[:, :2] for part in parts)
    found = [link for name, drawn in sorted(courses.items()) for link in _along(name, drawn, districts)]
    return sorted(found, key=lambda link: (link.river, link.a, link.b))


def _along(name: str, drawn: Sequence[np.ndarray], districts: Mapping[str, District]) -> list[AlongRiver]:
    lines, twins = banks(drawn)
    near = capitals_near(lines, twins, districts)
    codes = sorted(near)
    km = distances(lines, [near[code] for code in codes])
    links = []
    for i, j in tree(km):
        straight = _straight_km(districts[codes[i]], districts[codes[j]])
        links.append(AlongRiver(codes[i], codes[j], name, max(float(km[i, j]), straight)))
    return links


def banks(drawn: Sequence[np.ndarray]) -> tuple[list[RiverLine], dict[int, int]]:
    """Return the lines of a river, one drawn in two banks as two, and which are the banks of which."""
    lines: list[RiverLine] = []
    twins: dict[int, int] = {}
    for points in drawn:
        line = RiverLine.of(points)
        between = GEOD.inv(*points[0], *points[-1])[2] / 1000
        if between > BANKS_KM or line.km[-1] < BANKS_LONGER * BANKS_KM:
            lines.append(line)
            continue
        start = np.broadcast_to(points[0], points.shape)
        _, _, away = GEOD.inv(start[:, 0], start[:, 1], points[:, 0], points[:, 1])
        turn = int(np.argmax(away))
        twins |= {len(lines): len(lines) + 1, len(lines) + 1: len(lines)}
        lines += [RiverLine.of(points[: turn + 1]), RiverLine.of(points[turn:])]
    return lines, twins


def capitals_near(
    lines: Sequence[RiverLine], twins: Mapping[int, int], districts: Mapping[str, District]
) -> dict[str, dict[int, float]]:
    """Return, of each low capital that a river passes within reach, where (km) on which of its lines: the nearest."""
    found: dict[str, dict[int, float]] = {}
    for code, district in districts.items():
        if district.capital_altitude_m is not None and district.capital_altitude_m > HIGHEST_M:
            continue
        point = district.capital_lon, district.capital_lat
        off, i = min((line.nearest(point)[1], i) for i, line in enumerate(lines))
        if off <= REACH_KM:
            on = [i, twins[i]] if i in twins else [i]
            found[code] = {i: lines[i].nearest(point)[0] for i in on}
    return found


def distances(lines: Sequence[RiverLine], places: Sequence[Mapping[int, float]]) -> np.ndarray:
    """Return (n, n) km along a river between places on its lines, infinite where no line joins them."""
    if not places:
        return np.zeros((0, 0))
    joints = _joints(lines)
    count = len(places) + 2 * len(joints)
    stations: list[list[tuple[float, int]]] = [[] for _ in lines]  # where on each line, and what stands there
    for node, on in enumerate(places):
        for i, km in on.items():
            stations[i].append((km, node))
    dense = np.full((count, count), np.inf)
    for n, (i, km_i, j, km_j, apart) in enumerate(joints):
        node = len(places) + 2 * n
        stations[i].append((km_i, node))
        stations[j].append((km_j, node + 1))
        dense[node, node + 1] = apart
    for on_line in map(sorted, stations):
        for (before, a), (after, b) in pairwise(on_line):
            dense[a, b] = min(dense[a, b], after - before)
    graph = csgraph_from_dense(np.minimum(dense, dense.T), null_value=np.inf)  # 0 km apart is a way, none is infinite
    return dijkstra(graph, directed=False, indices=range(len(places)))[:, : len(places)]


def _joints(lines: Sequence[RiverLine]) -> list[tuple[int, float, int, float, float]]:
    """Return where lines meet: a line and the km of its end, another and the km there, and the km between them."""
    found = []
    for (i, line), (j, other) in permutations(enumerate(lines), 2):
        for end in (0, -1):
            km, apart = other.nearest((float(line.points[end, 0]), float(line.points[end, 1])))
            if apart <= JOIN_KM:
                found.append((i, float(line.km[end]), j, km, apart))
    return found


def tree(km: np.ndarray) -> list[tuple[int, int]]:
    """Return the pairs (i < j) that join all that can be joined with the fewest km: neighbours along the river."""
    left, pairs = set(range(len(km))), []
    while left:
        joined = {left.pop()}
        while reach := [(km[i, j], min(i, j), max(i, j), j) for i in joined for j in left if np.isfinite(km[i, j])]:
            _, i, j, new = min(reach)
            pairs.append((i, j))
            joined.add(new)
            left.remove(new)
    return pairs


def _straight_km(one: District, other: District) -> float:
    ends = one.capital_lon, one.capital_lat, other.capital_lon, other.capital_lat
    return float(GEOD.inv(*ends)[2] / 1000)
