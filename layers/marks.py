"""Draw the small marks that legends share with the map, as SVG data addresses.

A legend shows the mark itself beside its switch, so a reader never looks a symbol up elsewhere.
"""

from urllib.parse import quote

from geodata.shared import templates
from layers import palette

SIDE = 20  # of the box of a symbol, in pixels

# symbols by name, as `d` of an SVG path in a box of SIDE by SIDE; a name with "-open" is the same, hollow
SHAPES = {
    "circle": "M4 10a6 6 0 0 1 12 0 6 6 0 0 1-12 0Z",
    "square": "M4.5 4.5h11v11h-11Z",
    "diamond": "M10 3 17 10 10 17 3 10Z",
    "triangle-up": "M10 3.5 17 15.5H3Z",
    "triangle-down": "M10 16.5 17 4.5H3Z",
    "cross": "M7.5 3h5v4.5H17v5h-4.5V17h-5v-4.5H3v-5h4.5Z",
    "x": "M5 3 10 8 15 3 17 5 12 10 17 15 15 17 10 12 5 17 3 15 8 10 3 5Z",
    "star": "M10 2l2.3 5.3 5.7.5-4.3 3.8 1.3 5.6L10 14.2 5 17.2l1.3-5.6L2 7.8l5.7-.5Z",
    "pentagon": "M10 3l7 5.1-2.7 8.4H5.7L3 8.1Z",
    "hexagon": "M6.5 4h7L17 10l-3.5 6h-7L3 10Z",
    "octagon": "M7 3h6l4 4v6l-4 4H7l-4-4V7Z",
    "cross-thin": "M10 3V17M3 10H17",
}
_TEMPLATES = templates(__file__)


def _mark(
    *outlines: str, colour: str, stroke: float, width: int = SIDE, fill: str = "none", dash: str = "", number: str = ""
) -> str:
    """Return outlines of one stroke, and a number in their middle, as a data address."""
    svg = _TEMPLATES.get_template("mark.svg").render(
        outlines=outlines, colour=colour, stroke=stroke, width=width, fill=fill, dash=dash, number=number
    )
    return "data:image/svg+xml," + quote(svg)


def symbol(name: str, colour: str = palette.INK, *, hollow: bool = False) -> str:
    """Return a symbol as a data address; hollow for the `-open` variant."""
    return _mark(SHAPES[name], colour=colour, stroke=1.5, fill="none" if hollow else colour)


def badge(name: str, number: str = "3") -> str:
    """Return a white badge with a number, for cases known only to a wider place."""
    return _mark(SHAPES[name], colour=palette.INK, stroke=1.5, fill=palette.PAPER, number=number)


def line(colour: str, dash: str = "solid", width: float = 2.5) -> str:
    """Return a line of a colour and a width in pixels; dash: its lengths in pixels ("6,4"), or solid."""
    lengths = "" if dash == "solid" else dash.replace(",", " ")
    return _mark("M1 10H41", colour=colour, stroke=width, width=42, dash=lengths)


def circles(colour: str) -> str:
    """Return three growing rings, for symbols whose area stands for a count."""
    rings = (f"M{x + 1 - r} 10a{r} {r} 0 0 1 {2 * r} 0 {r} {r} 0 0 1-{2 * r} 0Z" for x, r in ((5, 3), (15, 5), (30, 8)))
    return _mark(*rings, colour=colour, stroke=1.8, width=42)


def plus(colour: str) -> str:
    """Return a thin plus sign."""
    return _mark(SHAPES["cross-thin"], colour=colour, stroke=2.2)
