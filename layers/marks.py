"""Draw the small marks that legends share with the map, as SVG data addresses.

A legend shows the mark itself beside its switch, so a reader never looks a symbol up elsewhere.
"""

from urllib.parse import quote

from layers import palette

# plotly symbol names to SVG shapes inside a 20 x 20 box
_SHAPES = {
    "circle": '<circle cx="10" cy="10" r="6"/>',
    "square": '<rect x="4.5" y="4.5" width="11" height="11"/>',
    "diamond": '<path d="M10 3 17 10 10 17 3 10Z"/>',
    "triangle-up": '<path d="M10 3.5 17 15.5H3Z"/>',
    "triangle-down": '<path d="M10 16.5 17 4.5H3Z"/>',
    "cross": '<path d="M7.5 3h5v4.5H17v5h-4.500V17h-5v-4.500H3v-5h4.500Z"/>',
    "x": '<path d="M5 3 10 8 15 3 17 5 12 10 17 15 15 17 10 12 5 17 3 15 8 10 3 5Z"/>',
    "star": '<path d="M10 2l2.3 5.3 5.7.5-4.3 3.8 1.3 5.600L10 14.2 5 17.200l1.3-5.600L2 7.800l5.7-.5Z"/>',
    "pentagon": '<path d="M10 3l7 5.1-2.7 8.400H5.700L3 8.100Z"/>',
    "hexagon": '<path d="M6.5 4h7L17 10l-3.5 6h-7L3 10Z"/>',
    "octagon": '<path d="M7 3h6l4 4v6l-4 4H7l-4-4V7Z"/>',
}
# plotly dash names to SVG dash lengths
_DASHES = {"solid": "", "dot": "2 3", "dash": "7 4", "longdash": "11 4", "dashdot": "7 3 2 3"}


def _data_address(width: int, body: str) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20">{body}</svg>'
    return "data:image/svg+xml," + quote(svg)


def symbol(name: str, colour: str = palette.INK, *, hollow: bool = False) -> str:
    """Return a plotly marker symbol as a data address; hollow for the `-open` variant."""
    fill = "none" if hollow else colour
    style = f'fill="{fill}" stroke="{colour}" stroke-width="1.5"'
    return _data_address(20, f"<g {style}>{_SHAPES[name]}</g>")


def badge(name: str, number: str = "3") -> str:
    """Return a white badge with a number, for cases known only to a wider place."""
    style = f'fill="#fff" stroke="{palette.INK}" stroke-width="1.5"'
    text = f'<text x="10" y="13.5" font-size="10" text-anchor="middle" fill="{palette.INK}">{number}</text>'
    return _data_address(20, f"<g {style}>{_SHAPES[name]}</g>{text}")


def line(colour: str, dash: str = "solid", width: float = 2.5) -> str:
    """Return a line of a colour, plotly dash name and width in pixels."""
    dashes = f'stroke-dasharray="{_DASHES[dash]}"' if _DASHES[dash] else ""
    return _data_address(
        34,
        f'<path d="M1 10H33" fill="none" stroke="{colour}" stroke-width="{width}" {dashes}/>',
    )


def circles(colour: str) -> str:
    """Return three growing rings, for symbols whose area stands for a count."""
    rings = ((5, 3), (15, 5), (30, 8))
    body = "".join(
        f'<circle cx="{x + 1}" cy="10" r="{r}" fill="none" stroke="{colour}" stroke-width="1.8"/>' for x, r in rings
    )
    return _data_address(42, body)


def plus(colour: str) -> str:
    """Return a thin plus sign."""
    return _data_address(20, f'<path d="M10 3V17M3 10H17" stroke="{colour}" stroke-width="2.2"/>')
