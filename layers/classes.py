"""Cut a series into classes: quantiles, equal intervals, or natural breaks by mapclassify."""

import warnings

import numpy as np
import pandas as pd

from geodata.shared import precision

METHODS = ("quantiles", "equal", "natural")
DEFAULT_METHOD = "quantiles"
# quick enough to be worked out for every series before anyone asks
READY_METHODS = ("quantiles", "equal")
SAMPLED_ABOVE = 600


def breaks(values: pd.Series, method: str = DEFAULT_METHOD, k: int = 5, decimals: int | None = None) -> list[float]:
    """Return the upper bounds of the classes, ascending, without repeats; a value on one is below it.

    values: any unit, NaN unknown and left out. decimals: those the values are shown with, and so the
    bounds: what a legend prints then sorts what a reader sees. None cuts them as they are. The result
    has at most k bounds: fewer when the values are fewer or tied (half the districts at zero fill one
    class, not three). An empty or unknown series gives []. Raises ValueError on an unknown method.
    """
    if method not in METHODS:
        raise ValueError(f"unknown classification method: {method}")
    known = values.dropna().to_numpy(dtype=float)
    if decimals is not None:
        known = precision.rounded_all(known, decimals)
    distinct = np.unique(known)
    if len(distinct) <= k:
        return [float(v) for v in distinct]
    bounds = [float(b) for b in _bounds(known, method, k)]
    if decimals is not None:
        # no shown value lies between a bound and the one below it that can be shown
        bounds = [precision.cut_down(b, decimals) for b in bounds]
        bounds[-1] = float(distinct[-1])
    return sorted(set(bounds))


def _bounds(known: np.ndarray, method: str, k: int) -> np.ndarray:
    """Return the upper bounds of k classes."""
    if method == "quantiles":
        return np.quantile(known, np.arange(1, k + 1) / k)
    if method == "equal":
        return np.linspace(known.min(), known.max(), k + 1)[1:]
    import mapclassify  # with scikit-learn a second of every start, and only who asks for natural breaks needs it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        if len(known) > SAMPLED_ABOVE:
            return mapclassify.FisherJenksSampled(known, k=k, pct=SAMPLED_ABOVE / len(known)).bins
        return mapclassify.FisherJenks(known, k=k).bins


def ready_breaks(values: pd.Series, counts: tuple[int, ...], decimals: int) -> dict[str, dict[str, list[float]]]:
    """Return the breaks of the quick methods for every class count: method -> count -> bounds."""
    return {m: {str(k): breaks(values, m, k, decimals) for k in counts} for m in READY_METHODS}
