"""Hold the colours that every map, legend, screen and paper shares: the one place where a colour is chosen.

Land is calm and marks are legible: classes run through one warm hue from light (low) to dark (high) in even steps of
CIE L*, and never so dark that dark ink is lost on them; what is drawn over them is dark on a white casing. Blue is left
free for what the reader judges. Nothing is told by colour alone: states differ by dash pattern, types by shape, and the
classes are labelled in the legend. Style sheets and the browser read the same colours as the custom properties of
`assets/css/_tokens.css`, a test holds the two equal.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

# the frame of the screens
TEXT = "#1c2430"
MUTED = "#5c6672"
PAPER = "#ffffff"
ACCENT = "#1769d2"  # what the reader judges, and what can be acted on
FAULT = "#b3261e"
# over a fill: dark, and on a casing of paper
INK = "#1c2b3a"  # names, borders, clusters
PROVINCE = "#4a4f57"
CONFLICT = "#5b1a8b"
RISK = "#0f5f5c"
MANCOMUNIDAD = "#8a1f68"
P20 = "#2d6a1f"
PROJECT = "#7a3a00"
# categories of a user's layer, told by their symbol or dash too; levels of hazard from the lowest to the highest
OWN_LAYER = ("#8a1f68", "#0b5d5a", "#7a3a00", "#28407f", "#2d6a1f", "#5b1a8b", "#8c1010", "#3d4450")
_LEVELS = ("#2d6a1f", "#5f6b00", "#8a5a00", "#a63a00", "#7a0f2b")
CASING = PAPER
DISTRICT_LINE = "#1c2b3a59"  # of ink a third: as faint on every class
# districts that no figure fills
NO_DATA, NO_DATA_LINE = "#f0efec", "#8f949b"
BESIDE, BESIDE_LINE = "#efeee8", "#b3b0a8"  # what is not told of, around what is
SEA, HOME, COAST = "#dde7ea", "#f8f6f0", "#c4c0b6"  # the sea, the rest of Peru, and the lines between lands
RIVER = "#1f6a94"  # people travel on them: seen on every class, on a casing
TINT = 0.3  # of the accent, over the fill of what is judged
# fills that are no classes, by what they say: from light to dark in grey too
OWN, JOIN, CUT, CUT_LINE = "#a9c8ee", "#ffffff", "#f6dcae", "#b35900"
SETTLED, MEASURED, MEASURED_LINE, PLANNED = "#dce8f8", "#a9c8ee", "#0f4a96", "#0f4a96"

# every colour that style sheets, drawings and the browser name, by its custom property
TOKENS: Mapping[str, str] = MappingProxyType(
    {
        "ink": TEXT,
        "muted": MUTED,
        "paper": PAPER,
        "line": "#dedcd5",
        "hair": "#ebe9e4",
        "edge": "#858c95",
        "faint": NO_DATA_LINE,
        "ground": "#f5f4f0",
        "strong": "#000000",
        "accent": ACCENT,
        "accent-deep": "#0f4a96",
        "accent-soft": "#e8f0fb",
        "accent-mid": "#6a9fe0",
        "pass": "#1b6e3c",
        "pass-soft": "#edf6f0",
        "warn": "#8a5a00",
        "warn-soft": "#fdf3e1",
        "fail": FAULT,
        "fail-soft": "#fdefed",
        # for a bright room and its last row
        "pass-strong": "#0f5128",
        "warn-strong": "#6b4400",
        "fail-strong": "#8c1010",
        "veil": "#ffffffed",
        "shade": "#1c24302e",
        "dim": "#00000099",
        "map-ink": INK,
        "map-casing": CASING,
        "map-district": DISTRICT_LINE,
        "map-province": PROVINCE,
        "map-beside": BESIDE,
        "map-sea": SEA,
        "map-home": HOME,
        "map-coast": COAST,
        "map-river": RIVER,
        "map-around": MUTED,
        "map-no-data": NO_DATA,
        "map-no-data-line": NO_DATA_LINE,
        "map-pointed": MANCOMUNIDAD,
        "map-own": OWN,
        "map-join": JOIN,
        "map-cut": CUT,
        "map-cut-line": CUT_LINE,
        "map-settled": SETTLED,
        "map-measured": MEASURED,
        "map-measured-line": MEASURED_LINE,
        "map-planned": PLANNED,
        "column-1": ACCENT,
        "column-2": "#a14600",
        "column-3": "#1b6e3c",
        "column-4": "#6b2c91",
    }
)

CLASS_COUNTS = (5, 6, 7)
DEFAULT_CLASS_COUNT = 5
# sand to clay; classes are cut from the line through these, so that their steps of lightness are even
_RAMP = ("#f6f2e4", "#eddfb8", "#e3c68b", "#d5a669", "#bf8550")
# sRGB (IEC 61966-2-1) to XYZ, and its white (D65)
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = _TO_XYZ.sum(axis=1)
_KNEE = 6 / 29  # of CIE L*a*b*: below it the cube root gives way to a line


def fill_colours(k: int) -> list[str]:
    """Return k colours, two or more, from light (low) to dark (high) as `#rrggbb`, in even steps of CIE L*."""
    ramp = np.array([_lab(colour) for colour in _RAMP])[::-1]  # interpolation wants rising numbers
    lightness = np.linspace(ramp[-1, 0], ramp[0, 0], k)
    a, b = (np.interp(lightness, ramp[:, 0], ramp[:, axis]) for axis in (1, 2))
    return [_hex(lab) for lab in np.column_stack([lightness, a, b])]


def all_fill_colours() -> dict[str, list[str]]:
    """Return the colours for every offered number of classes, keyed by that number as text."""
    return {str(k): fill_colours(k) for k in CLASS_COUNTS}


def levels(k: int) -> tuple[str, ...]:
    """Return k colours of levels, from the lowest to the highest: green to dark red."""
    at = np.linspace(0, len(_LEVELS) - 1, max(k, 2)).round().astype(int)
    return tuple(_LEVELS[i] for i in at)


def _lab(colour: str) -> np.ndarray:
    """Return L*, a* and b* of `#rrggbb`."""
    share = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    scaled = _TO_XYZ @ linear / _WHITE
    x, y, z = np.where(scaled > _KNEE**3, np.cbrt(scaled), scaled / (3 * _KNEE**2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def _hex(lab: np.ndarray) -> str:
    """Return `#rrggbb` of L*, a* and b*."""
    y = (lab[0] + 16) / 116
    f = np.array([y + lab[1] / 500, y, y - lab[2] / 200])
    xyz = np.where(f > _KNEE, f**3, 3 * _KNEE**2 * (f - 4 / 29)) * _WHITE
    linear = np.clip(np.linalg.solve(_TO_XYZ, xyz), 0, 1)
    share = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#{:02x}{:02x}{:02x}".format(*np.rint(255 * share).astype(int))
