"""Find room on a map for numbers and names, so that none lies over another.

Everything is in units of the sheet, from its upper left corner.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
import shapely
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from shapely.geometry.base import BaseGeometry

LINE = 1.12  # from line to line, of the size
PAD = 1.5  # that stays free around words
STEPS = 7  # of a grid over a district where words are tried, to each side of its middle
REACHES = (24, 36, 50, 66, 84)  # how far a disc may stand off its district
MEASURED_AT = 100  # size at which words are measured
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of words around a middle (x, y), of a size; `kind` says how they are written.

    tie: the place that they belong to, where they had to stand off it.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    size: float
    kind: str
    tie: Point | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """The room that words need: half of its width and half of its height."""

    half: float
    rise: float

    def at(self, spots: np.ndarray, pad: float = 0.0) -> np.ndarray:
        """Return west, north, east and south around each spot (n x 2): n x 4."""
        reach = np.array([self.half + pad, self.rise + pad])
        return np.hstack([spots - reach, spots + reach])


@dataclass(slots=True)
class Room:
    """A sheet of a width and height, and the boxes on it that are taken already."""

    width: float
    height: float
    taken: list[np.ndarray] = field(default_factory=list)

    def free(self, boxes: np.ndarray) -> np.ndarray:
        """Tell of each box (n x 4) whether it is on the sheet with nothing in it."""
        west, north, east, south = boxes.T
        found = (west >= 0) & (north >= 0) & (east <= self.width) & (south <= self.height)
        for t in self.taken:
            found &= (east <= t[0]) | (west >= t[2]) | (south <= t[1]) | (north >= t[3])
        return found

    def take(self, box: np.ndarray) -> None:
        """Keep a box from what comes later."""
        self.taken.append(box)


@dataclass(frozen=True, slots=True)
class Style:
    """How names of a kind are written: the sizes tried, from the largest, and the file of the font."""

    kind: str
    sizes: Sequence[float]
    font: Path


def middle(shape: BaseGeometry) -> Point:
    """Return the point of a district that is farthest from its border."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    point = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=1), 0)
    return point.x, point.y


@lru_cache(maxsize=4096)
def _width(line: str, font: Path) -> float:
    """Return the width of a line at size 1."""
    written = FontProperties(fname=font, size=MEASURED_AT)
    return text_to_path.get_text_width_height_descent(line, written, False)[0] / MEASURED_AT


def box_of(lines: Sequence[str], size: float, font: Path) -> Box:
    """Return the room that lines of words need."""
    return Box(max(_width(line, font) for line in lines) * size / 2, len(lines) * LINE * size / 2)


def ways(name: str) -> Iterator[tuple[str, ...]]:
    """Yield a name in one line, and in two, the most even first."""
    yield (name,)
    words = name.split(" ")
    cuts = range(1, len(words))
    for cut in sorted(cuts, key=lambda n: abs(len(" ".join(words[:n])) - len(" ".join(words[n:])))):
        yield " ".join(words[:cut]), " ".join(words[cut:])


def on(shape: BaseGeometry, name: str, style: Style, room: Room) -> Label | None:
    """Return a name on its own district where there is room for it, as large and as near to the middle as can be."""
    for size, lines in _sized(name, style):
        spot = _fitting(box_of(lines, size, style.font), shape, room)
        if spot is not None:
            return Label(lines, *spot, size, style.kind)
    return None


def with_disc(shape: BaseGeometry, name: str, reach: float, style: Style, room: Room) -> tuple[Point, Label] | None:
    """Return the middle of a disc of a radius and its name, under or beside it, where both are on their district."""
    for size, lines in _sized(name, style):
        box = box_of(lines, size, style.font)
        spot = _fitting(Box(max(box.half, reach), box.rise + reach), shape, room)
        if spot is not None:
            x, y = spot
            return (x, y - box.rise), Label(lines, x, y + reach, size, style.kind)
        spot = _fitting(Box(box.half + reach, max(box.rise, reach)), shape, room)
        if spot is not None:
            x, y = spot
            return (x - box.half, y), Label(lines, x + reach, y, size, style.kind)
    return None


def apart(at: Point, reach: float, room: Room) -> Point:
    """Return the middle of a disc of a radius, as near to a place as there is room; the place where there is none."""
    turns = np.arange(12) * np.pi / 6
    circle = np.column_stack([np.cos(turns), np.sin(turns)])
    spots = np.vstack([np.array([at]), *(np.array(at) + away * circle for away in REACHES)])
    disc = Box(reach, reach)
    return _taken(spots, disc, room, room.free(disc.at(spots, PAD))) or at


def around(at: Point, name: str, reach: float, style: Style, room: Room) -> Label | None:
    """Return a name beside, under or over a disc of a radius, wherever that is on the sheet."""
    for size, lines in _sized(name, style):
        box = box_of(lines, size, style.font)
        down, across = reach + box.rise, reach + box.half + PAD
        spots = np.array(at) + np.array([(0, down), (across, 0), (-across, 0), (0, -down)])
        if (spot := _taken(spots, box, room, room.free(box.at(spots, PAD)))) is not None:
            return Label(lines, *spot, size, style.kind)
    return None


def _sized(name: str, style: Style) -> Iterator[tuple[float, tuple[str, ...]]]:
    return ((size, lines) for size in style.sizes for lines in ways(name))


def _fitting(box: Box, shape: BaseGeometry, room: Room) -> Point | None:
    """Take the room for a box that lies on a district, nearest to its middle; None where there is none."""
    spots = _spots(shape)
    boxes = box.at(spots, PAD)
    good = room.free(boxes)
    good[good] = shapely.covers(shape, shapely.box(*boxes[good].T))
    return _taken(spots, box, room, good)


def _taken(spots: np.ndarray, box: Box, room: Room, good: np.ndarray) -> Point | None:
    if not good.any():
        return None
    spot = spots[int(good.argmax())]
    room.take(box.at(spot[None], PAD)[0])
    return float(spot[0]), float(spot[1])


@lru_cache(maxsize=256)
def _spots(shape: BaseGeometry) -> np.ndarray:
    """Return points of a district, from its middle outwards."""
    shapely.prepare(shape)
    here = np.array(middle(shape))
    west, north, east, south = shape.bounds
    steps = np.arange(-STEPS, STEPS + 1) / STEPS
    steps = steps * np.abs(steps) / 2  # close together in the middle, where there is most room
    grid = here + np.stack(np.meshgrid(steps * (east - west), steps * (south - north)), axis=-1).reshape(-1, 2)
    away = ((grid - here) ** 2).sum(axis=1)
    grid = grid[np.argsort(away, kind="stable")]
    return grid[shapely.contains_xy(shape, grid)]
