"""Round a figure, and give it a place among others: the one definition, for whatever shows a number.

A figure is rounded as people do it and as spreadsheets show it: half goes away from zero, judged on the
decimal number that is read (fifteen digits) and not on the binary one behind it, so that 2.675 is 2.68
and 12.35 is 12.4. `assets/js/model/numbers.js` does the same in the browser; tests/cases/numbers.json holds both to it.
"""

import math
from collections.abc import Iterable
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd

DIGITS = 15  # what a double holds for certain, and what a spreadsheet looks at
FILE_DECIMALS = 6  # of a figure in a file for machines
SAME_WITHIN = 9  # decimals that count when two scores, which nobody rounds, are called equal
THIN_SPACE, MINUS = "\u202f", "\u2212"
_TOO_LARGE = 1e15  # has no decimals left to round


def rounded(value: float, decimals: int = 0) -> float:
    """Return a figure with so many decimals; NaN and infinity as they are.

    >>> rounded(0.5), rounded(2.5), rounded(-2.675, 2), rounded(12.35, 1)
    (1.0, 3.0, -2.68, 12.4)
    """
    return _quantized(value, decimals, ROUND_HALF_UP)


def whole(value: float) -> int:
    """Return a figure without decimals, as :func:`rounded` makes it.

    >>> whole(87.5), whole(0.5), whole(-2.5)
    (88, 1, -3)
    """
    return int(rounded(value))


def cut_down(value: float, decimals: int = 0) -> float:
    """Return the highest figure of so many decimals that is not above a value.

    >>> cut_down(38.96), cut_down(0.3, 1), cut_down(0.1 + 0.2, 1)
    (38.0, 0.3, 0.3)
    """
    return _quantized(value, decimals, ROUND_FLOOR)


def _quantized(value: float, decimals: int, how: str) -> float:
    value = float(value)
    if not math.isfinite(value) or abs(value) >= _TOO_LARGE:
        return value
    return float(Decimal(f"{value:.{DIGITS - 1}e}").quantize(Decimal(1).scaleb(-decimals), how)) + 0.0  # no -0.0


def rounded_all(values: np.ndarray, decimals: int = 0) -> np.ndarray:
    """Return :func:`rounded` of every value of an array of any shape, NaN where one is unknown."""
    values = np.asarray(values, dtype=float)
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = np.abs(values) * 10.0**decimals
        made = np.copysign(np.floor(scaled + 0.5) / 10.0**decimals, values) + 0.0
        # where the binary number behind a figure could decide, the decimal one does
        doubtful = np.isfinite(values) & (np.abs(scaled - np.floor(scaled) - 0.5) <= 1e-12 * np.maximum(scaled, 1.0))
    doubtful |= ~np.isfinite(made) | (scaled >= _TOO_LARGE / 10)
    for at in zip(*np.nonzero(doubtful), strict=True):
        made[at] = rounded(values[at], decimals)
    return made


def rounded_series(values: pd.Series, decimals: int = 0) -> pd.Series:
    """Return a series of figures with so many decimals, NaN where one is unknown."""
    made = rounded_all(values.to_numpy(dtype=float, na_value=np.nan), decimals)
    return pd.Series(made, values.index, name=values.name)


def place_among(value: float, others: Iterable[float], decimals: int) -> tuple[int, int]:
    """Return the place of a known value from the highest, and how many of the others are known.

    Figures that are equal as they are shown share the better place.

    >>> place_among(40.04, [90.0, 40.0, 40.0, float("nan"), 3.0], 1)
    (2, 4)
    """
    others = rounded_all(np.fromiter(others, dtype=float), decimals)
    known = others[~np.isnan(others)]
    return 1 + int((known > rounded(value, decimals)).sum()), len(known)


def places(values: np.ndarray, decimals: int) -> np.ndarray:
    """Return the place of every value from the highest, as :func:`place_among` does; 0 where unknown.

    >>> places(np.array([3.0, 9.0, np.nan, 3.04]), 1).tolist()
    [2, 1, 0, 2]
    """
    shown = rounded_all(values, decimals)
    known = np.sort(shown[~np.isnan(shown)])
    return np.where(np.isnan(shown), 0, 1 + len(known) - np.searchsorted(known, shown, "right"))


def written(value: float | None, decimals: int, comma: bool, unknown: str) -> str:
    """Return a number as a reader sees it: thin-space thousands, a true minus, a decimal comma or point.

    >>> written(-1234.25, 1, True, "s/d"), written(-0.04, 1, True, "s/d"), written(None, 1, True, "s/d")
    ('−1\u202f234,3', '0,0', 's/d')
    """
    if value is None or value != value:
        return unknown
    shown = rounded(value, decimals)
    text = f"{abs(shown):,.{decimals}f}".replace(",", THIN_SPACE)
    if comma:
        text = text.replace(".", ",")
    return f"{MINUS}{text}" if shown < 0 else text
