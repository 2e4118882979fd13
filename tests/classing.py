"""Find the class of a value apart from the browser, which colours by it: what tests hold it against."""

import numpy as np
import pandas as pd


def class_of(values: pd.Series, bounds: list[float]) -> pd.Series:
    """Return the class number (0 lowest) of each value; -1 where it is unknown, or where there is no class."""
    numbers = np.searchsorted(np.asarray(bounds), values.to_numpy(dtype=float), side="left")
    numbers = np.minimum(numbers, len(bounds) - 1)
    return pd.Series(np.where(values.isna(), -1, numbers), index=values.index)
