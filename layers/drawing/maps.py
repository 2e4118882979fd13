"""Draw the map of a proposal for paper: its districts among those of its provinces, as SVG and as PNG.

One drawing, by geopandas and matplotlib, in two formats: vectors for pages, and pixels for readers of DOCX that know no
SVG. Districts of the proposal carry numbers, which a table beside the map repeats, and their names where there is room;
the others are pale, with theirs where there is room. The same drawing gives the same bytes, on any thread.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke
from PIL import Image
from shapely.geometry.base import BaseGeometry

from geodata.model import Dataset
from layers import palette
from layers.drawing import labels, vector
from layers.drawing.labels import Label, Room, Style

# for all drawings of a process, once: words stay words, and what is numbered is numbered alike
matplotlib.rcParams["svg.fonttype"] = "none"
matplotlib.rcParams["svg.hashsalt"] = "maps"

WIDTH, HEIGHT, MARGIN = 600, 420, 12
FOOT = 30  # below the map, for the bar of its scale and the arrow to the north
POINTS = 72  # to the inch: a unit of the sheet is a point
SCALE, SHADES = 2, 64  # of the PNG: pixels to the unit, and colours


BARS_KM = (1, 2, 5, 10, 20, 50, 100, 200)
FILLS = {"inside": palette.OWN, "beside": palette.BESIDE}  # apart in grey too
HALOS = {"own": palette.CASING, "other": FILLS["beside"], "area": FILLS["beside"]}
MUTED = palette.PROVINCE
LINES = {"inside": palette.ACCENT, "beside": palette.BESIDE_LINE, "province": MUTED}
RIVER_WIDTHS = (1.8, 1.5, 1.2, 0.9, 0.7)  # by rank
WIDTHS = {"inside": 1.0, "beside": 0.7, "province": 1.5}
AROUND = 2.8  # the line around the whole proposal
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"  # what comes with matplotlib, wherever this runs
PLAIN, BOLD = FONTS / "DejaVuSans.ttf", FONTS / "DejaVuSans-Bold.ttf"
NUMBER_SIZE, NUMBER_RADIUS = 14, 11
OWN, OTHER = Style("own", (14, 13, 12), BOLD), Style("other", (12, 11, 10, 9), PLAIN)
AREA = Style("area", (12, 11), BOLD)  # of a province, in capitals
NAME_GAP = 2  # between a number and the name under it
INKS = {"number": palette.PAPER, "own": palette.INK, "other": MUTED, "area": MUTED}
MIDDLE = 0.36  # of the size: from the middle of a line down to where its letters stand
DRAWINGS = 64  # that a process keeps: some ten kilobytes each


@dataclass(frozen=True, eq=False)
class Drawing:
    """Districts on a sheet of :data:`WIDTH` by :data:`HEIGHT` units, its origin above on the left.

    districts: those with limits by ubigeo; `geometry` on the sheet, `fill` (`inside` or `beside` the proposal),
    `name` and `province`. rivers: `rank` and `geometry` of those on the sheet. numbers: of each
    district inside. A bar of `bar` units stands for `bar_km` kilometres; there is none without districts.
    """

    districts: gpd.GeoDataFrame
    numbers: Mapping[str, int]
    rivers: gpd.GeoDataFrame
    bar_km: int = 0
    bar: float = 0.0

    @property
    def empty(self) -> bool:
        """Whether no limits of its districts are known."""
        return self.districts.empty

    def part(self, fill: str) -> gpd.GeoSeries:
        """Return the districts of a fill."""
        return self.districts.geometry[self.districts["fill"] == fill]

    @cached_property
    def names(self) -> list[Label]:
        """Numbers and names, where there is room for them."""
        return _names(self)

    @cached_property
    def vector(self) -> bytes:
        """The drawing as SVG, as matplotlib writes it."""
        stream = BytesIO()
        # no moment and no program in it, so that the same map is the same file
        _figure(self, halo=False).savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
        return stream.getvalue()

    @cached_property
    def pixels(self) -> bytes:
        """The drawing as PNG."""
        canvas = FigureCanvasAgg(_figure(self, halo=True))
        canvas.draw()
        picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
        stream = BytesIO()
        # few colours and their shades: a fourth of the bytes, and nobody sees it
        picture.quantize(SHADES, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
        return stream.getvalue()


@lru_cache(maxsize=DRAWINGS)
def draw(ubigeos: frozenset[str], dataset: Dataset) -> Drawing:
    """Return the drawing of districts among all of their provinces, those without limits left out.

    Raises UnknownUbigeo.
    """
    territory = dataset.territory
    inside = sorted(territory.known(ubigeos))
    around = sorted({u for code in {u[:4] for u in inside} for u in territory.in_province(code)})
    numbers = {ubigeo: n for n, ubigeo in enumerate(inside, start=1)}
    known = dataset.limits.loc[around, ["geometry"]].dropna(subset="geometry")
    known = known.assign(
        fill=["inside" if code in numbers else "beside" for code in known.index],
        name=[territory.districts[code].name for code in known.index],
        province=[territory.provinces[code[:4]].name for code in known.index],
    )
    if known.empty:
        return Drawing(known, numbers, known.iloc[:0])
    west, south, east, north = known.total_bounds
    plane = f"+proj=laea +lat_0={(south + north) / 2:.6f} +lon_0={(west + east) / 2:.6f} +units=m"
    metres = known.to_crs(plane)
    unit, matrix = _fit(metres.total_bounds)
    rivers = gpd.GeoDataFrame(
        {"rank": [river.rank for river in dataset.rivers]},
        geometry=[river.course for river in dataset.rivers],
        crs=known.crs,
    )
    on_sheet = _placed(rivers.to_crs(plane), matrix).clip_by_rect(0, 0, WIDTH, HEIGHT - FOOT)
    courses = rivers.set_geometry(on_sheet)[~on_sheet.is_empty]
    return Drawing(metres.set_geometry(_placed(metres, matrix)), numbers, courses, *_bar(1000 * unit))


def _placed(frame: gpd.GeoDataFrame, matrix: list[float]) -> gpd.GeoSeries:
    return frame.geometry.affine_transform(matrix).set_crs(None, allow_override=True)


def _fit(bounds: tuple[float, ...]) -> tuple[float, list[float]]:
    """Return the units of the sheet to the metre, and the affine matrix that puts bounds into it, north up."""
    west, south, east, north = bounds
    unit = min((WIDTH - 2 * MARGIN) / (east - west), (HEIGHT - 2 * MARGIN - FOOT) / (north - south))
    left = (WIDTH - (east - west) * unit) / 2
    top = (HEIGHT - FOOT - (north - south) * unit) / 2
    return unit, [unit, 0, 0, -unit, left - west * unit, top + north * unit]


def _bar(unit: float) -> tuple[int, float]:
    """Return the longest round number of kilometres that takes a quarter of the width at most, and its length.

    unit: of the sheet, to the kilometre.
    """
    km = max((km for km in BARS_KM if km * unit <= WIDTH / 4), default=BARS_KM[0])
    return km, km * unit


def svg(drawing: Drawing, title: str) -> str:
    """Return a drawing as SVG; `title` is read aloud. It has no style, script or id, so any page may hold it."""
    return vector.for_a_page(drawing.vector, title, WIDTH, HEIGHT, HALOS)


def png(drawing: Drawing) -> bytes:
    """Return a drawing as PNG of two pixels to the unit."""
    return drawing.pixels


def _figure(drawing: Drawing, halo: bool) -> Figure:
    """Return the drawing as a figure; halo: whether it draws what lies around words, which in SVG is done later."""
    figure = Figure(figsize=(WIDTH / POINTS, HEIGHT / POINTS), dpi=SCALE * POINTS)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    if not drawing.empty:
        _draw_districts(drawing, axes)
        _draw_foot(drawing, axes)
        for label in drawing.names:
            _write(label, axes, halo)
    axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0), aspect="auto")
    return figure


def _draw_districts(drawing: Drawing, axes: Axes) -> None:
    for name, fill in FILLS.items():
        shapes = drawing.part(name)
        if not shapes.empty:
            line = {"edgecolor": LINES[name], "linewidth": WIDTHS[name]}
            shapes.plot(ax=axes, color=fill, aspect=None, gid=name, **line)
    _draw_rivers(drawing, axes)
    every, inside = drawing.districts.geometry, drawing.part("inside")
    provinces = [shapes.union_all() for _, shapes in every.groupby(every.index.str[:4])]
    for name, shapes, colour, width in (
        ("province", provinces, LINES["province"], WIDTHS["province"]),
        ("outline", [inside.union_all()], LINES["inside"], AROUND),
    ):
        gpd.GeoSeries(shapes).boundary.plot(ax=axes, color=colour, linewidth=width, aspect=None, gid=name)


def _draw_rivers(drawing: Drawing, axes: Axes) -> None:
    for rank, courses in drawing.rivers.groupby("rank"):
        width = RIVER_WIDTHS[rank - 1]
        for colour, wide in ((palette.CASING, width + 1.2), (palette.RIVER, width)):
            courses.plot(ax=axes, color=colour, linewidth=wide, aspect=None, gid="river")


def _draw_foot(drawing: Drawing, axes: Axes) -> None:
    """Draw the bar of the scale in two halves, and the arrow to the north."""
    left, low, high = MARGIN, HEIGHT - MARGIN, HEIGHT - MARGIN - 5
    half = drawing.bar / 2
    for start, fill in ((left, palette.INK), (left + half, palette.PAPER)):
        axes.fill(
            [start, start + half, start + half, start], [low, low, high, high],
            facecolor=fill, edgecolor=palette.INK, linewidth=0.8, gid="bar",
        )  # fmt: skip
    _write(Label((f"{drawing.bar_km} km",), left + drawing.bar + 6, low - 2.5, 12, "scale"), axes, halo=False)
    x, top = WIDTH - MARGIN - 7, HEIGHT - MARGIN - 20
    axes.fill(
        [x, x - 5, x, x + 5], [top, top + 15, top + 11, top + 15], facecolor=palette.INK, linewidth=0, gid="north"
    )
    _write(Label(("N",), x, low + 1, 10, "north"), axes, halo=False)


def _names(drawing: Drawing) -> list[Label]:
    """Return a number for each district inside, and what names find room: those of numbered districts first."""
    room, reach = Room(WIDTH, HEIGHT - FOOT), NUMBER_RADIUS + NAME_GAP
    shapes, names = drawing.districts.geometry, drawing.districts["name"]
    inside = [ubigeo for ubigeo in drawing.numbers if ubigeo in shapes.index]
    spots: dict[str, tuple[float, float]] = {}
    named: list[Label | None] = []
    for ubigeo in inside:
        found = labels.with_disc(shapes[ubigeo], names[ubigeo], reach, OWN, room)
        if found is not None:
            spots[ubigeo] = found[0]
            named.append(found[1])
    small = {ubigeo: labels.middle(shapes[ubigeo]) for ubigeo in inside if ubigeo not in spots}
    spots |= {ubigeo: labels.apart(middle, NUMBER_RADIUS, room) for ubigeo, middle in small.items()}
    named += [labels.around(spots[ubigeo], names[ubigeo], reach, OWN, room) for ubigeo in small]
    named += [labels.on(shape, name, AREA, room) for name, shape in _provinces(drawing)]
    others = drawing.part("beside")
    for ubigeo in others.area.sort_values(ascending=False, kind="stable").index:
        named.append(labels.on(others[ubigeo], names[ubigeo], OTHER, room))
    ties = {ubigeo: middle for ubigeo, middle in small.items() if middle != spots[ubigeo]}
    numbers = [Label((f"{drawing.numbers[u]}",), *spots[u], NUMBER_SIZE, "number", ties.get(u)) for u in inside]
    return [*numbers, *(label for label in named if label is not None)]


def _provinces(drawing: Drawing) -> Iterator[tuple[str, BaseGeometry]]:
    """Yield the name of each province, where there are several, with what of it lies beside the proposal."""
    beside = drawing.part("beside")
    if drawing.districts["province"].nunique() > 1:
        for name, shapes in beside.groupby(drawing.districts["province"].loc[beside.index]):
            yield name.upper(), shapes.union_all()


def _write(label: Label, axes: Axes, halo: bool) -> None:
    if label.kind == "number":
        if label.tie is not None:
            x, y = label.tie
            axes.plot([x, label.x], [y, label.y], color=palette.ACCENT, linewidth=1.2, zorder=2.4, gid="tie")
        disc = {"facecolor": palette.ACCENT, "edgecolor": palette.PAPER, "linewidth": 1.2, "zorder": 2.5, "gid": "disc"}
        axes.add_patch(Circle((label.x, label.y), NUMBER_RADIUS, **disc))  # over the lines, under the words
    bold = label.kind not in ("other", "scale")
    font = FontProperties(
        fname=BOLD if bold else PLAIN, weight="bold" if bold else "normal", size=label.size, family="DejaVu Sans"
    )
    for n, line in enumerate(label.lines):
        y = label.y + (n - (len(label.lines) - 1) / 2) * labels.LINE * label.size
        text = axes.text(
            label.x, y + label.size * MIDDLE, line, fontproperties=font, gid=label.kind, parse_math=False,
            color=INKS.get(label.kind, palette.INK), ha="left" if label.kind == "scale" else "center", va="baseline",
        )  # fmt: skip
        if halo and label.kind in HALOS:
            text.set_path_effects([withStroke(linewidth=vector.HALO, foreground=HALOS[label.kind])])
