"""Draw the map of a proposal: its districts among those of its provinces, as SVG and as PNG.

One drawing, two hands: paths in SVG, and pixels for readers of DOCX that know no SVG. Districts carry numbers; a table
beside the map says whose they are. Coordinates are scaled by the cosine of the middle latitude, which near the equator
is true enough for a sketch of limits.
"""

import math
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from geodata.model import Dataset

WIDTH, HEIGHT, MARGIN = 600, 420, 12
FOOT = 20  # below the map, for the bar of its scale
KM_OF_A_DEGREE = 111.2  # of latitude
BARS_KM = (1, 2, 5, 10, 20, 50, 100, 200)
FILLS = {"inside": (176, 206, 184), "beside": (246, 246, 243)}  # apart in grey too
LINE, INK, PAPER = (60, 60, 60), (20, 20, 20), (255, 255, 255)
DIGITS = (  # 3 x 5 pixels each, row by row
    "111101101101111", "010110010010111", "111001111100111", "111001111001111", "101101111001001",
    "111100111001111", "111100111101111", "111001001001001", "111101111101111", "111101111001111",
)  # fmt: skip
DIGIT_SCALE = 3


@dataclass(frozen=True)
class Shape:
    """A district in pixels: its outline, `inside` or `beside` the proposal, and its number if it has one."""

    outline: BaseGeometry
    fill: str
    number: int | None


@dataclass(frozen=True)
class Drawing:
    """Shapes on a sheet of :data:`WIDTH` by :data:`HEIGHT`; `numbers` has the number of each district inside.
    A bar of `bar` units stands for `bar_km` kilometres; there is none without shapes."""

    shapes: tuple[Shape, ...]
    numbers: Mapping[str, int]
    bar_km: int = 0
    bar: float = 0.0


def draw(ubigeos: frozenset[str], dataset: Dataset) -> Drawing:
    """Return the drawing of districts among all of their provinces, those without limits left out.

    Raises UnknownUbigeo."""
    territory = dataset.territory
    inside = sorted(territory.known(ubigeos))
    around = sorted({u for code in {u[:4] for u in inside} for u in territory.in_province(code)})
    numbers = {ubigeo: n for n, ubigeo in enumerate(inside, start=1)}
    limits = dict(zip(around, dataset.limits.loc[around, "geometry"], strict=True))
    limits = {code: shape for code, shape in limits.items() if shape is not None}
    if not limits:
        return Drawing((), numbers)
    matrix = _fit(shapely.total_bounds(list(limits.values())))
    return Drawing(
        tuple(
            Shape(affine_transform(shape, matrix), "inside" if code in numbers else "beside", numbers.get(code))
            for code, shape in limits.items()
        ),
        numbers,
        *_bar(-matrix[3] / KM_OF_A_DEGREE),
    )


def _bar(unit: float) -> tuple[int, float]:
    """Return the longest round number of kilometres that takes a quarter of the width at most, and its length;
    unit: of the sheet, to the kilometre."""
    km = max((km for km in BARS_KM if km * unit <= WIDTH / 4), default=BARS_KM[0])
    return km, km * unit


def svg(drawing: Drawing, title: str) -> str:
    """Return a drawing as SVG; `title` is read aloud. It has no style or script, so any page may hold it."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" aria-label={quoteattr(title)}><title>{escape(title)}</title>'
    ]
    for shape in sorted(drawing.shapes, key=lambda s: s.number is not None):
        width = 1.6 if shape.number else 0.6
        parts.append(
            f'<path d="{path(shape.outline)}" fill="{_hex(FILLS[shape.fill])}" fill-rule="evenodd"'
            f' stroke="{_hex(LINE)}" stroke-width="{width}" stroke-linejoin="round"/>'
        )
    for shape in drawing.shapes:
        if shape.number is not None:
            x, y = _middle(shape.outline)
            parts.append(
                f'<text x="{x:.1f}" y="{y + 6:.1f}" font-family="sans-serif" font-size="17" font-weight="bold"'
                f' text-anchor="middle" fill="{_hex(INK)}">{shape.number}</text>'
            )
    return "".join([*parts, _bar_svg(drawing) if drawing.shapes else "", "</svg>"])


def _bar_svg(drawing: Drawing) -> str:
    y = HEIGHT - MARGIN / 2
    return (
        f'<path d="M{MARGIN},{y - 6} V{y} H{MARGIN + drawing.bar:.1f} V{y - 6}" fill="none" stroke="{_hex(INK)}"'
        f' stroke-width="1.4"/><text x="{MARGIN + drawing.bar + 6:.1f}" y="{y}" font-family="sans-serif"'
        f' font-size="13" fill="{_hex(INK)}">{drawing.bar_km} km</text>'
    )


def path(geometry: BaseGeometry) -> str:
    """Return the outline of a polygon or of several as the `d` of an SVG path, holes included."""
    pieces = []
    for polygon in shapely.get_parts(geometry):
        for ring in (polygon.exterior, *polygon.interiors):
            points = [f"{x:.1f},{y:.1f}" for x, y in ring.coords[:-1]]
            pieces.append(f"M{' '.join(points)}Z")
    return "".join(pieces)


def png(drawing: Drawing, scale: int = 2) -> bytes:
    """Return a drawing as PNG of `scale` pixels to the unit."""
    height, width = HEIGHT * scale, WIDTH * scale
    owner = np.zeros((height, width), dtype=np.int32)
    for n, shape in enumerate(drawing.shapes, start=1):
        _fill(owner, shape.outline, n, scale)
    colours = np.array([PAPER, *(FILLS[shape.fill] for shape in drawing.shapes)], dtype=np.uint8)
    pixels = colours[owner]
    pixels[_edges(owner)] = LINE
    inside = np.array([False, *(shape.number is not None for shape in drawing.shapes)])
    pixels[_thick(_edges(owner, inside))] = LINE
    for shape in drawing.shapes:
        if shape.number is not None:
            _write(pixels, shape.number, *_middle(shape.outline), scale)
    if drawing.shapes:
        _write_bar(pixels, drawing, scale)
    return _encode(pixels)


def _fit(bounds: np.ndarray) -> tuple[float, ...]:
    """Return the affine matrix that puts bounds in degrees into the sheet, north up."""
    west, south, east, north = bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    unit = min((WIDTH - 2 * MARGIN) / ((east - west) * squeeze), (HEIGHT - 2 * MARGIN - FOOT) / (north - south))
    left = (WIDTH - (east - west) * squeeze * unit) / 2
    top = (HEIGHT - FOOT - (north - south) * unit) / 2
    return (squeeze * unit, 0, 0, -unit, left - west * squeeze * unit, top + north * unit)


def _middle(outline: BaseGeometry) -> tuple[float, float]:
    parts = shapely.get_parts(outline)
    point = max(parts, key=lambda part: part.area).representative_point()
    return point.x, point.y


def _fill(owner: np.ndarray, outline: BaseGeometry, number: int, scale: int) -> None:
    left, top, right, bottom = (int(math.floor(v * scale)) for v in outline.bounds)
    columns = np.arange(max(left, 0), min(right + 2, owner.shape[1]))
    rows = np.arange(max(top, 0), min(bottom + 2, owner.shape[0]))
    x, y = np.meshgrid((columns + 0.5) / scale, (rows + 0.5) / scale)
    shapely.prepare(outline)
    window = owner[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    window[shapely.contains_xy(outline, x, y)] = number


def _edges(owner: np.ndarray, of: np.ndarray | None = None) -> np.ndarray:
    """Return where a pixel belongs to another district than the one to its right or below it; `of`: by owner,
    whether its edges are meant."""
    edges = np.zeros(owner.shape, dtype=bool)
    meant = np.ones(owner.shape, dtype=bool) if of is None else of[owner]
    edges[:, :-1] |= (owner[:, :-1] != owner[:, 1:]) & (meant[:, :-1] | meant[:, 1:])
    edges[:-1, :] |= (owner[:-1, :] != owner[1:, :]) & (meant[:-1, :] | meant[1:, :])
    return edges


def _thick(edges: np.ndarray) -> np.ndarray:
    """Return edges a pixel wider to every side."""
    wide = edges.copy()
    for rows, columns in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        wide |= np.roll(edges, (rows, columns), axis=(0, 1))
    return wide


def _write_bar(pixels: np.ndarray, drawing: Drawing, scale: int) -> None:
    """Draw the bar of the scale; the caption says how long it is, for there are no letters here."""
    left, bottom = MARGIN * scale, HEIGHT * scale - MARGIN * scale // 2
    right, height = left + round(drawing.bar * scale), 6 * scale
    pixels[bottom - scale : bottom, left:right] = INK
    for x in (left, right - scale):
        pixels[bottom - height : bottom, x : x + scale] = INK


def _write(pixels: np.ndarray, number: int, x: float, y: float, scale: int) -> None:
    rows = [np.array([int(bit) for bit in DIGITS[int(d)]], dtype=bool).reshape(5, 3) for d in str(number)]
    word = np.hstack([part for row in rows for part in (row, np.zeros((5, 1), dtype=bool))])[:, :-1]
    word = np.kron(word, np.ones((DIGIT_SCALE * scale,) * 2, dtype=bool)).astype(bool)
    top, left = int(y * scale) - word.shape[0] // 2, int(x * scale) - word.shape[1] // 2
    top = min(max(top, 0), pixels.shape[0] - word.shape[0])
    left = min(max(left, 0), pixels.shape[1] - word.shape[1])
    pixels[top : top + word.shape[0], left : left + word.shape[1]][word] = INK


def _encode(pixels: np.ndarray) -> bytes:
    height, width, _ = pixels.shape
    lines = np.hstack([np.zeros((height, 1), dtype=np.uint8), pixels.reshape(height, width * 3)])

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(lines.tobytes(), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _hex(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
