"""Hold the colours and line styles that every map, legend and print shares.

Fill classes are taken from lajolla (F. Crameri, Scientific colour maps 8.0, 2023, MIT licence):
perceptually even and legible with any colour vision; light stands for low. Its warm range leaves
blue free for what the user touches. Nothing is told by colour alone: states differ by dash
pattern, types by shape, and the classes are labelled in the legend.
"""

from plotly.colors import sample_colorscale

ACCENT = "#0b5cab"
INK = "#1f2933"
OUTLINE = "#111827"  # of what is drawn over a fill
MUTED = "#5f6b76"
PAPER = "#ffffff"
DISTRICT_LINE = "#b5aca3"
NO_DATA = "#e3e5e8"
FAULT = "#b42318"

CLASS_COUNTS = (5, 6, 7)
DEFAULT_CLASS_COUNT = 5
# eleven even stops of lajolla from light to dark
_LAJOLLA = (
    "#fffecb", "#f9e384", "#f0bd57", "#e99d53", "#e38050", "#d9604e",
    "#b34947", "#7d3b35", "#512d1e", "#31220e", "#191900",
)  # fmt: skip
# the darkest end hides black outlines and labels, so the scale stops before it
_LIGHT, _DARK = 0.02, 0.72


def fill_colours(k: int) -> list[str]:
    """Return k colours from light (low) to dark (high) as `rgb(r, g, b)`."""
    steps = [_LIGHT + (_DARK - _LIGHT) * i / (k - 1) for i in range(k)]
    return [str(c) for c in sample_colorscale(list(_LAJOLLA), steps)]


def all_fill_colours() -> dict[str, list[str]]:
    """Return the colours for every offered number of classes, keyed by that number as text."""
    return {str(k): fill_colours(k) for k in CLASS_COUNTS}
