"""Write how a layer looks for other programs: QGIS (QML), map servers (SLD), Google Earth (KML).

A look is the legend of a map: one part after another, each with its label, the rows that it is of and how they are
drawn. The parts of figures are classes, each up to its bound, as on the screens; those not known are hatched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.shared import templates
from layers import palette
from layers.overlays import STATES

OPAQUE = 255
MM_PER_PIXEL = 25.4 / 96
HAIR = 0.6  # width of a line between districts, in pixels
_TEMPLATES = templates(__file__)


@dataclass(frozen=True, slots=True)
class Symbol:
    """How an area is drawn: `fill` and `line` as `#rrggbb`, "" for none; `width` and `dash` of its line in pixels.

    opacity: of the fill, 0 to 1. hatched: lines across it, of the colour of its line.
    """

    fill: str
    line: str
    width: float = HAIR
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    hatched: bool = False

    @property
    def width_mm(self) -> str:
        """Return the width of its line in millimetres, as a GIS has it."""
        return f"{self.width * MM_PER_PIXEL:.3f}"

    @property
    def dash_mm(self) -> str:
        """Return the lengths of its dashes in millimetres, parted by semicolons."""
        return ";".join(f"{length * MM_PER_PIXEL:.2f}" for length in self.dash)


@dataclass(frozen=True, slots=True)
class MapPart:
    """One entry of a legend: the rows whose figure is above `above` and up to `upto` (None: no end), or is not known.

    `equals` tells the rows by a text instead. A part without any of these is of all rows.
    """

    label: str
    symbol: Symbol
    above: float | None = None
    upto: float | None = None
    equals: str | None = None
    is_unknown: bool = False

    def has(self, value: object) -> bool:
        """Tell whether a row with this value is of the part; None and NaN are not known."""
        unknown = value is None or value != value
        if self.is_unknown or unknown:
            return self.is_unknown and unknown
        if self.equals is not None:
            return value == self.equals
        return (self.above is None or value > self.above) and (self.upto is None or value <= self.upto)  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class MapLook:
    """How a layer is drawn by one of its columns. name: at most 30 letters; labels: the column that names the rows."""

    name: str
    column: str
    parts: tuple[MapPart, ...]
    labels: str = ""
    title: str = ""

    def of(self, value: object) -> int | None:
        """Return the place of the part that a row with this value is of, None where it is of none."""
        return next((n for n, part in enumerate(self.parts) if part.has(value)), None)

    def named(self, names: Mapping[str, str]) -> "MapLook":
        """Return the same look of a file in which columns have other names."""
        return replace(self, column=names[self.column], labels=names.get(self.labels, ""))


def graduated(
    name: str, column: str, bounds: Sequence[float], labels: Sequence[str], unknown: str, title: str = ""
) -> MapLook:
    """Return a look by classes, from light (low) to dark (high).

    bounds: their upper ends, ascending. labels: a text for each. unknown: the text of districts without a figure.
    """
    line = palette.DISTRICT_LINE[:7]
    colours = palette.fill_colours(max(2, len(bounds)))
    parts = [
        MapPart(label, Symbol(colour, line), above=lower, upto=upper)
        for label, colour, lower, upper in zip(labels, colours, (None, *bounds), (*bounds[:-1], None), strict=False)
    ]
    nothing = MapPart(unknown, Symbol(palette.NO_DATA, palette.NO_DATA_LINE, hatched=True), is_unknown=True)
    return MapLook(name, column, (*parts, nothing), title=title)


def outlined(name: str, column: str, looks: Mapping[str, str | None], labels: str) -> MapLook:
    """Return a look of clusters: an outline by state as on the map, over a tint.

    looks: by the text of each state, the outline that it has (:func:`layers.overlays.look`).
    """
    parts = []
    for text, look in looks.items():
        width, dash = STATES.get(look or "", (1.4, "2,3"))
        dashes = tuple(float(length) for length in dash.split(",")) if dash[0].isdigit() else ()
        symbol = Symbol(palette.ACCENT, palette.INK, width, dashes, opacity=palette.TINT)
        parts.append(MapPart(text, symbol, equals=text))
    return MapLook(name, column, tuple(parts), labels=labels)


def borders(name: str, column: str, labels: str) -> MapLook:
    """Return a look of thin lines alone, for what stands beside a layer that is filled."""
    return MapLook(name, column, (MapPart(name, Symbol(palette.PAPER, palette.INK, opacity=0.0)),), labels=labels)


def qml(look: MapLook) -> str:
    """Return a look as QGIS keeps it: rules, so that rows without a figure are drawn too."""
    return _TEMPLATES.get_template("style.qml").render(look=look, rgba=rgba, quoted=_quoted, ink=palette.INK)


def sld(look: MapLook) -> str:
    """Return a look as map servers read it (OGC Symbology Encoding 1.1)."""
    return _TEMPLATES.get_template("style.sld").render(look=look)


def rgba(colour: str, opacity: float = 1.0) -> str:
    """Return a colour as QGIS writes it.

    >>> rgba(palette.PAPER), rgba(palette.ACCENT, 0.3)
    ('255,255,255,255', '23,105,210,76')
    """
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return ",".join(map(str, [*parts, int(OPAQUE * opacity)]))


def kml_colour(colour: str, opacity: float = 1.0) -> str:
    """Return a colour as Google Earth reads it: opacity, blue, green, red.

    >>> kml_colour(palette.PAPER), kml_colour(palette.ACCENT, 0.3)
    ('ffffffff', '4cd26917')
    """
    red, green, blue = (colour[i : i + 2] for i in (1, 3, 5))
    return f"{int(OPAQUE * opacity):02x}{blue}{green}{red}"


def _quoted(part: MapPart, column: str) -> str:
    """Return the condition of a part as an expression of QGIS; nothing for one of all rows."""
    name = '"' + column.replace('"', '""') + '"'
    if part.is_unknown:
        return f"{name} IS NULL"
    if part.equals is not None:
        return f"{name} = '" + part.equals.replace("'", "''") + "'"
    ends = [f"{name} > {part.above!r}"] if part.above is not None else []
    ends += [f"{name} <= {part.upto!r}"] if part.upto is not None else []
    return " AND ".join(ends) or f"{name} IS NOT NULL"
