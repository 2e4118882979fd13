"""Say how the layers that users brought are drawn: a switch and a legend each, a symbol by category from a fixed set.

The browser fetches the shapes of one when it is switched on. Points go as whole numbers in the order of a curve that
keeps neighbours together, so that differences are small; lines and polygons with fewer bends than would be seen.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from geodata.model import CATEGORY, LABEL, POINTS, POLYGONS, Dataset, OwnLayer
from layers import marks, palette

SYMBOLS = ("circle", "triangle-up", "square", "diamond", "pentagon", "star", "hexagon", "triangle-down")
DASHES = ("solid", "8,3", "2,3", "8,3,2,3", "12,4", "4,4", "1,4", "12,3,3,3")
OTHERS, BLANK = "others", "blank"  # shapes of further categories, and of none
SYMBOL_OF = {OTHERS: "x", BLANK: "octagon"}
PER_DEGREE = 100_000  # steps of a place: a metre
FEWEST_BENDS = 0.002  # degrees, below which no bend of a line is seen where many lie
MOST_POINTS = 60_000  # of all lines or polygons of a layer
WIDTH = 1.8  # pixels of a line


@dataclass(frozen=True, slots=True)
class CategoryLook:
    """How a category is drawn. name: as the file has it, :data:`OTHERS`, :data:`BLANK`, or "" for all of a layer."""

    name: str
    symbol: str
    colour: str
    dash: str
    count: int


def looks(layer: OwnLayer) -> tuple[CategoryLook, ...]:
    """Return how each category of a layer is drawn, in the order of its legend."""
    if not layer.column:
        return (CategoryLook("", SYMBOLS[0], palette.OWN_LAYER[0], DASHES[0], layer.count),)
    colours = palette.levels(len(layer.categories)) if layer.ordered else palette.OWN_LAYER
    told = [
        CategoryLook(name, SYMBOLS[n % len(SYMBOLS)], colours[n % len(colours)], DASHES[n % len(DASHES)], count)
        for n, (name, count) in enumerate(layer.categories)
    ]
    rest = ((OTHERS, layer.others), (BLANK, layer.blank))
    return (*told, *(CategoryLook(key, SYMBOL_OF[key], palette.MUTED, "1,3", count) for key, count in rest if count))


def mark(layer: OwnLayer, look: CategoryLook) -> str:
    """Return the mark of a category for a legend, as an image address."""
    return marks.symbol(look.symbol, look.colour) if layer.shape == POINTS else marks.line(look.colour, look.dash, 2.5)


# JSON
def facts(layer: OwnLayer, dataset: Dataset, file: str) -> dict[str, Any]:
    """Return what the browser has to know of a layer before its shapes. file: the address of those."""
    origin = dataset.provenance[layer.key]
    part = {
        "kind": "own", "layer": f"{layer.key}.shapes", "height": 48, "style": {"width": WIDTH, "casing": 1.2},
        "file": file, "shape": layer.shape, "title": {"es": layer.title_es, "en": layer.title_en},
        "source": f"{origin.source} ({origin.years_text})",
        "looks": [{"name": k.name, "symbol": k.symbol, "colour": k.colour, "dash": k.dash} for k in looks(layer)],
    }  # fmt: skip
    return {"needs": [], "parts": [part], "rows": {}}


# JSON
def shapes(layer: OwnLayer) -> dict[str, Any]:
    """Return the shapes of a layer for the browser: `looks` is the place of each among :func:`looks`.

    Of points `x` and `y` are the differences from the one before, in steps of 1 / :data:`PER_DEGREE` degree, of others
    `lines` are lists of such differences (x, y, x, y ...), the first a place. `labels`: "" for none; [] where none has.
    """
    frame = layer.shapes()
    drawn = frame.geometry.to_numpy(dtype=object)
    places = {look.name: n for n, look in enumerate(looks(layer))}
    names = frame[CATEGORY].to_numpy(dtype=object)
    rest = places.get(OTHERS, 0)
    own = np.array([places.get(name, rest) if name else places.get(BLANK, 0) for name in names], dtype=int)
    labels = frame[LABEL].to_numpy(dtype=object)
    if layer.shape != POINTS:
        return {"looks": own.tolist(), "lines": _lines(drawn, layer.shape), "labels": _labels(labels)}
    steps = np.round(shapely.get_coordinates(drawn) * PER_DEGREE).astype(np.int64)
    order = np.argsort(_curve(steps), kind="stable")
    away = np.diff(steps[order], axis=0, prepend=0)
    return {"looks": own[order].tolist(), "x": away[:, 0].tolist(), "y": away[:, 1].tolist(),
            "labels": _labels(labels[order])}  # fmt: skip


def _labels(labels: np.ndarray) -> list[str]:
    return labels.tolist() if (labels != "").any() else []


def _curve(steps: np.ndarray) -> np.ndarray:
    """Return the place of each point along a Z-order curve."""
    x, y = (steps - steps.min(axis=0)).T.astype(np.uint64) >> np.uint64(6)
    found = np.zeros(len(steps), dtype=np.uint64)
    for bit in range(16):
        one = np.uint64(1)
        found |= ((x >> np.uint64(bit)) & one) << np.uint64(2 * bit)
        found |= ((y >> np.uint64(bit)) & one) << np.uint64(2 * bit + 1)
    return found


def _lines(drawn: np.ndarray, shape: str) -> list[list[list[int]]]:
    """Return for each shape its lines or rings, with bends of less than what is seen straightened."""
    tolerance = FEWEST_BENDS
    simple = shapely.simplify(drawn, tolerance)
    while shapely.get_num_coordinates(simple).sum() > MOST_POINTS and tolerance < 1:
        tolerance *= 2
        simple = shapely.simplify(drawn, tolerance)
    parts, of = shapely.get_parts(simple, return_index=True)
    if shape == POLYGONS:
        rings, owners = shapely.get_rings(parts, return_index=True)
        parts, of = rings, of[owners]
    made: list[list[list[int]]] = [[] for _ in drawn]
    for part, owner in zip(parts, of, strict=True):
        steps = np.round(shapely.get_coordinates(part) * PER_DEGREE).astype(np.int64)
        made[owner].append(np.diff(steps, axis=0, prepend=0).ravel().tolist())
    return made
