"""Fit districts together without gaps or overlaps, draw them with fewer points, and find who borders whom.

Shapes come in metres (:data:`geodata.geometry.projection.EQUAL_AREA`), already mended one by one
(:mod:`geodata.geometry.repair`). In a clean coverage two districts share every point of their common border,
so a border is the set of edges that both have: it is found exactly, without tolerance.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from geodata.geometry import projection

# gaps narrower than this are drawing errors and are closed; wider ones are lakes or missing districts
GAP_WIDTH_M = 100.0
# an overlap below this is noise of drawing and is not told one by one
OVERLAP_TOLD_KM2 = 0.01
# where closing those does not make the districts fit, edges that stand further apart are closed too, each told
WIDER_M = (GAP_WIDTH_M, 150.0, 200.0, 300.0)
# an edge that moved by less than this is noise of drawing and is not told one by one
EDGE_TOLD_M = 20.0
# points nearer than this are joined where borders gape; the least that closes them (-1: rounding only)
SNAPS_M = (-1.0, 1.0, 5.0, 20.0)
# districts without a common edge gape where they run side by side for longer than this, and for more
# than this share of the smaller one's outline; what is less is a corner
GAPING_KM = 1.0
GAPING_SHARE = 0.05
# districts that share less border than this touch at a point, as four fields at a crossing do
SHORTEST_BORDER_M = 50.0
TOLERANCE_M = 100.0
MOST_TOLERANCE_M = 10_000.0  # chosen where a person has not said
# the file for the browser: about 1.7 kB a district, so that 238 weigh at most some 400 kB
BYTES_A_DISTRICT = 1_700
DECIMALS = (5, 6, 7)
_BYTES_A_POINT = 22  # "[-77.12345,-6.12345],"


@dataclass(frozen=True, slots=True)
class Edge:
    """Two shapes (positions) whose edges stood apart, or overlapped: by how many metres at most, and where (x, y)."""

    one: int
    other: int
    metres: float
    x: float
    y: float


class Unfitting(ValueError):
    """Shapes that cannot be made to fit together; `edges` are where they do not."""

    def __init__(self, message: str, edges: tuple[Edge, ...] = ()):
        super().__init__(message)
        self.edges = edges


@dataclass(frozen=True, eq=False)
class Clean:
    """A coverage without gaps or overlaps.

    overlaps: positions of two shapes and the km2 that both claimed, now of one of them.
    closed_gaps_km2: what nobody claimed and now belongs to a neighbour. snapped_m: how near points
    had to be to be joined, 0 where none were. gaping: positions of two shapes that still run side
    by side without touching, and for how many km. gap_width_m: the widest gap that was closed. edges:
    those that were brought together where more than drawing errors had to be closed.
    """

    shapes: np.ndarray
    overlaps: tuple[tuple[int, int, float], ...] = ()
    closed_gaps_km2: float = 0.0
    snapped_m: float = 0.0
    gaping: tuple[tuple[int, int, float], ...] = ()
    gap_width_m: float = GAP_WIDTH_M
    edges: tuple[Edge, ...] = ()


def clean(shapes: np.ndarray, gap_width_m: float = GAP_WIDTH_M) -> Clean:
    """Return shapes that share their borders point by point; None is kept. Raises Unfitting.

    What two shapes claim goes to the one with the longer border on it; a gap narrower than
    `gap_width_m` to the neighbour with the longer border. Every wider gap stays, unless the shapes fit
    only where it is closed too (:data:`WIDER_M`): `edges` tells each.
    """
    known = np.flatnonzero(~shapely.is_missing(shapes))
    polygons = np.asarray(shapes[known])
    if shapely.coverage_is_valid(polygons, gap_width=gap_width_m) and not _gaping(polygons):
        return Clean(shapes.copy())
    edges: tuple[Edge, ...] = ()
    for width in (gap_width_m, *(wider for wider in WIDER_M if wider > gap_width_m)):
        if (found := _fitted(polygons, width)) is not None:
            break
    else:
        raise Unfitting("still overlapping", _edges_apart(polygons, known))
    fitted, snapped, gaping = found
    if width > gap_width_m:
        edges = _edges_apart(polygons, known)
    overlaps = _overlaps(polygons)
    whole = shapes.copy()
    whole[known] = np.where(shapely.is_empty(fitted), np.array(None, dtype=object), fitted)
    gained = float(shapely.area(fitted).sum() - shapely.area(polygons).sum()) / 1e6
    shared = sum(km2 for _, _, km2 in overlaps)

    def named(pairs: list[tuple[int, int, float]], least: float) -> tuple[tuple[int, int, float], ...]:
        return tuple((int(known[i]), int(known[j]), size) for i, j, size in pairs if size >= least)

    notable = named(overlaps, OVERLAP_TOLD_KM2), named(gaping, GAPING_KM)
    return Clean(whole, notable[0], max(gained + shared, 0.0), max(snapped, 0.0), notable[1], width, edges)


def _edges_apart(polygons: np.ndarray, known: np.ndarray) -> tuple[Edge, ...]:
    """Return, for each pair of shapes whose edges do not meet, where they are furthest apart or overlap most.

    known: the position of each shape. The width of what lies between is that of the largest circle in it.
    """
    suspect = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(polygons, gap_width=WIDER_M[-1])))
    shapes = polygons[suspect]
    near = shapely.buffer(shapely.union_all(shapes), WIDER_M[-1] / 2, join_style="mitre")
    holes = shapely.difference(shapely.buffer(near, -WIDER_M[-1] / 2, join_style="mitre"), shapely.union_all(shapes))
    a, b = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    overlaps = shapely.intersection(shapes[a[a < b]], shapes[b[a < b]])
    pieces = shapely.get_parts(np.concatenate([[holes], overlaps]))
    pieces = pieces[(shapely.get_dimensions(pieces) == 2) & (shapely.area(pieces) > EDGE_TOLD_M**2)]
    widest: dict[tuple[int, int], Edge] = {}
    tree = shapely.STRtree(shapes)
    for piece in pieces:
        circle = shapely.maximum_inscribed_circle(piece, tolerance=1.0)
        metres, (x, y) = 2 * float(shapely.length(circle)), shapely.get_coordinates(circle)[0]
        beside = tree.query(piece, predicate="dwithin", distance=1.0)
        if metres < EDGE_TOLD_M or len(beside) < 2:
            continue
        shared = shapely.length(shapely.intersection(shapely.boundary(piece), shapely.buffer(shapes[beside], 1.0)))
        one, other = sorted(int(known[suspect[n]]) for n in beside[np.argsort(-shared, kind="stable")[:2]])
        if (one, other) not in widest or widest[one, other].metres < metres:
            widest[one, other] = Edge(one, other, metres, float(x), float(y))
    return tuple(widest[pair] for pair in sorted(widest))


def _fitted(polygons: np.ndarray, gap_width_m: float) -> tuple[np.ndarray, float, list[tuple[int, int, float]]] | None:
    """Return shapes fitted with the least snapping that leaves fewest gaping, that snapping, and those gaping.

    None where no snapping makes them fit.
    """
    best = None
    for snap in SNAPS_M:
        try:
            fitted = shapely.coverage_clean(polygons, gap_width=gap_width_m, snapping_distance=snap)
        except shapely.errors.GEOSException:
            continue
        if not is_clean(fitted):
            continue
        gaping = _gaping(fitted)
        if best is None or len(gaping) < len(best[2]):
            best = fitted, snap, gaping
        if not gaping:
            break
    return best


def _gaping(shapes: np.ndarray, within_m: float = GAP_WIDTH_M) -> list[tuple[int, int, float]]:
    """Return the pairs that run side by side, nearer than a drawing error, without a common edge; and the km."""
    a, b = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=within_m)
    beside = touching(shapes)
    apart = np.array([i < j and (i, j) not in beside for i, j in zip(a, b, strict=True)], dtype=bool)
    a, b = a[apart], b[apart]
    facing = shapely.intersection(shapely.boundary(shapes[a]), shapely.buffer(shapes[b], within_m))
    km = shapely.length(facing) / 1000
    outline = np.minimum(shapely.length(shapes[a]), shapely.length(shapes[b])) / 1000
    gaping = (km > GAPING_KM) & (km > GAPING_SHARE * outline)
    return [(int(i), int(j), float(k)) for i, j, k in zip(a[gaping], b[gaping], km[gaping], strict=True)]


def _overlaps(shapes: np.ndarray) -> list[tuple[int, int, float]]:
    """Return which shapes lie on one another, and the km2 of it."""
    suspect = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    a, b = shapely.STRtree(shapes[suspect]).query(shapes[suspect], predicate="intersects")
    a, b = suspect[a[a < b]], suspect[b[a < b]]
    areas = projection.area_km2(shapely.intersection(shapes[a], shapes[b]))
    return [(int(i), int(j), float(km2)) for i, j, km2 in zip(a, b, areas, strict=True) if km2 > 0]


def borders(shapes: np.ndarray) -> dict[tuple[int, int], float]:
    """Return the km of border that each pair of positions shares in a clean coverage.

    km are measured on the ellipsoid. Pairs that touch at points only are not there; those with
    less than :data:`SHORTEST_BORDER_M` are, and it is for the caller to set them apart.
    """
    ends, pair = _shared(shapes)
    pairs, which = np.unique(pair, axis=0, return_inverse=True)
    sums = np.bincount(which.ravel(), weights=projection.segment_km(ends), minlength=len(pairs))
    return {(int(i), int(j)): float(km) for (i, j), km in zip(pairs, sums, strict=True)}


def touching(shapes: np.ndarray) -> set[tuple[int, int]]:
    """Return the pairs of positions that have an edge in common, in any unit."""
    _, pair = _shared(shapes)
    return {(int(i), int(j)) for i, j in np.unique(pair, axis=0)}


def _shared(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the edges that two shapes have, as (n, 4), and the positions of the two, as (n, 2)."""
    ends, owner = _edges(shapes)
    # sorting one number an edge is several times quicker than sorting four; equality is seen to after
    order = np.argsort(_key(ends), kind="stable")
    ends, owner = ends[order], owner[order]
    same = np.flatnonzero((ends[1:] == ends[:-1]).all(axis=1) & (owner[1:] != owner[:-1]))
    return ends[same], np.sort(np.stack([owner[same], owner[same + 1]], axis=1), axis=1)


def _key(ends: np.ndarray) -> np.ndarray:
    """Return a whole number for each row of four numbers, the same for the same row."""
    bits = np.ascontiguousarray(ends + 0.0).view(np.uint64)  # adding makes -0.0 the same as 0.0
    key = np.zeros(len(ends), dtype=np.uint64)
    for column in range(bits.shape[1]):
        key = (key ^ bits[:, column]) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    return key


def _edges(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return every edge as (n, 4) x, y, x, y, its lower end first, and the position of its shape."""
    parts, of_part = shapely.get_parts(shapes, return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[1:] == ring[:-1]
    start, end = points[:-1][inside], points[1:][inside]
    backwards = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    start[backwards], end[backwards] = end[backwards].copy(), start[backwards].copy()
    some = (start != end).any(axis=1)
    owner = of_part[of_ring[ring[:-1][inside]]]
    return np.hstack([start, end])[some], owner[some]


@dataclass(frozen=True, eq=False)
class Drawn:
    """Shapes for the browser, in degrees; `tolerance_m` and `decimals` say how they were made."""

    shapes: np.ndarray
    tolerance_m: float
    decimals: int | None


def draw(shapes: np.ndarray, tolerance_m: float | None = None) -> Drawn:
    """Return a clean coverage with fewer points, in degrees: the same borders, no gaps or overlaps.

    Bends smaller than a square of `tolerance_m` are straightened (Visvalingam and Whyatt, on the
    borders that districts share). None: as little as a file for the browser allows, beginning at
    :data:`TOLERANCE_M`. Where straightening would part neighbours, less is done. Raises Unfitting.
    """
    known = np.flatnonzero(~shapely.is_missing(shapes))
    polygons = np.asarray(shapes[known])
    if not len(polygons):
        return Drawn(shapes.copy(), tolerance_m or 0.0, None)
    beside = touching(polygons)
    for tolerance, fewer in _simplified(polygons, tolerance_m):
        for rounded, decimals in _in_degrees(fewer):
            if is_clean(rounded) and touching(rounded) == beside:
                whole = shapes.copy()
                whole[known] = rounded
                return Drawn(whole, tolerance, decimals)
    raise Unfitting("no drawing keeps the borders")


def _simplified(shapes: np.ndarray, tolerance_m: float | None) -> Iterator[tuple[float, np.ndarray]]:
    """Yield tolerances with what they leave of the shapes: first as asked, then less and less."""
    most = BYTES_A_DISTRICT * len(shapes)
    tolerance = TOLERANCE_M if tolerance_m is None else tolerance_m
    fewer = shapely.coverage_simplify(shapes, tolerance) if tolerance > 0 else shapes
    while tolerance_m is None and tolerance < MOST_TOLERANCE_M:
        if shapely.get_num_coordinates(fewer).sum() * _BYTES_A_POINT <= most:
            break
        tolerance *= 2
        # of the shapes as they are, not of what is left of them: a tolerance means the same always
        fewer = shapely.coverage_simplify(shapes, tolerance)
    yield tolerance, fewer
    for part in (2, 4) if tolerance > 0 else ():
        yield tolerance / part, shapely.coverage_simplify(shapes, tolerance / part)
    if tolerance > 0:
        yield 0.0, shapes


def _in_degrees(shapes: np.ndarray) -> Iterator[tuple[np.ndarray, int | None]]:
    """Yield the shapes in degrees, rounded to more and more decimals and at last not at all."""
    exact = projection.to_degrees(shapes)
    for decimals in DECIMALS:
        yield shapely.transform(exact, lambda xy, d=decimals: xy.round(d)), decimals
    yield exact, None


def is_clean(shapes: np.ndarray) -> bool:
    """Tell whether shapes are valid and neither overlap nor miss each other's points."""
    return bool(shapely.is_valid(shapes).all()) and bool(shapely.coverage_is_valid(shapes))
