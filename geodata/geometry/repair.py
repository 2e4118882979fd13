"""Mend single shapes before they are fitted together: what cannot be a polygon is told, never guessed.

Shapes come in metres. A shape is united with nothing here and moved nowhere; `coverage` does that.
"""

from dataclasses import dataclass

import numpy as np
import shapely

POLYGONAL = (3, 6)  # shapely's type numbers of Polygon and MultiPolygon
COLLECTION = 7
# a piece beside the main one is a sliver when it is smaller than a hectare, or narrower than this
SLIVER_KM2 = 0.01
SLIVER_WIDTH_M = 10.0
# nothing on earth is further than this from the centre of the projection
FARTHEST_M = 20_000_000.0

NULL, NO_PLACE, NOT_AREA, NO_AREA = "null_geometry", "no_place", "not_area", "no_area"


@dataclass(frozen=True, eq=False)
class Mended:
    """Shapes after mending, each in its place; None where nothing is left.

    wrong: why a shape was left out (NULL, NO_PLACE, NOT_AREA, NO_AREA) by its position.
    crossed: positions whose rings crossed themselves or were badly closed.
    slivers: number and km2 of the pieces dropped, by position.
    """

    shapes: np.ndarray
    wrong: dict[int, str]
    crossed: tuple[int, ...]
    slivers: dict[int, tuple[int, float]]


def mend(shapes: np.ndarray) -> Mended:
    """Return polygons without crossing rings, slivers or heights; metres in, metres out."""
    whole = np.array(shapes, dtype=object)
    wrong = _wrong(whole)
    whole[list(wrong)] = None
    flat = shapely.force_2d(whole)
    alone = (shapely.get_type_id(flat) == POLYGONAL[1]) & (shapely.get_num_geometries(flat) == 1)
    flat[alone] = shapely.get_geometry(flat[alone], 0)  # some formats know only polygons of several pieces
    crossed = np.flatnonzero(~shapely.is_valid(flat) & ~shapely.is_missing(flat))
    # a ring that crosses itself encloses all its loops, as a lasso does
    flat[crossed] = shapely.make_valid(flat[crossed], method="linework")
    slivers: dict[int, tuple[int, float]] = {}
    for i in np.flatnonzero(_needs_look(flat)):
        flat[i], number, km2 = _without_slivers(flat[i])
        if flat[i] is None:
            wrong[int(i)] = NO_AREA
        elif number:
            slivers[int(i)] = (number, km2)
    return Mended(flat, wrong, tuple(int(i) for i in crossed if int(i) not in wrong), slivers)


def _wrong(shapes: np.ndarray) -> dict[int, str]:
    kinds, points = shapely.get_type_id(shapes), shapely.get_num_coordinates(shapes)
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    nowhere = np.unique(owners[~(np.abs(coordinates) <= FARTHEST_M).all(axis=1)])
    found = dict.fromkeys(np.flatnonzero(~np.isin(kinds, (*POLYGONAL, COLLECTION))), NOT_AREA)
    found |= dict.fromkeys(np.flatnonzero(points == 0), NULL)
    found |= dict.fromkeys(nowhere, NO_PLACE)
    return {int(i): why for i, why in found.items()}


def _needs_look(shapes: np.ndarray) -> np.ndarray:
    """Tell which shapes have several pieces, are no polygons, or have no area."""
    parts = shapely.get_num_geometries(shapes) > 1
    other = ~np.isin(shapely.get_type_id(shapes), POLYGONAL)
    return ~shapely.is_missing(shapes) & (parts | other | ~(shapely.area(shapes) > 0))


def polygons(shape: shapely.Geometry) -> np.ndarray:
    """Return the polygons that a shape of any kind holds, at any depth."""
    parts = shapely.get_parts(shape)
    while (shapely.get_type_id(parts) >= POLYGONAL[1]).any():
        parts = shapely.get_parts(parts)
    return parts[shapely.get_type_id(parts) == POLYGONAL[0]]


def _without_slivers(shape: shapely.Geometry) -> tuple[shapely.Geometry | None, int, float]:
    """Return the shape without its slivers, how many there were, and their km2; the largest stays."""
    pieces = polygons(shape)
    areas = shapely.area(pieces)
    if not (areas > 0).any():
        return None, 0, 0.0
    # the mean width of a long strip is twice its area over its outline
    widths = np.divide(2 * areas, shapely.length(pieces), out=np.zeros_like(areas), where=areas > 0)
    sliver = (areas < SLIVER_KM2 * 1e6) | (widths < SLIVER_WIDTH_M)
    sliver[areas.argmax()] = False
    parts = pieces[~sliver]
    whole = parts[0] if len(parts) == 1 else shapely.union_all(parts)
    return whole, int(sliver.sum()), float(areas[sliver].sum() / 1e6)
