"""Answer for class bounds that were not published beforehand."""

from typing import Any

from dashboard.pages.kit.drafts import period_of
from geodata.model import Dataset
from layers import classes, palette, series


def cut(wanted: Any, dataset: Dataset) -> dict[str, Any] | None:
    """Return the class bounds a view needs, under the key it was asked with; None if it asks amiss."""
    wanted = _record(wanted)
    view = _record(wanted.get("view"))
    fill, method, count = view.get("fill"), view.get("method"), view.get("count")
    if method not in classes.METHODS or count not in palette.CLASS_COUNTS or not isinstance(fill, str):
        return None
    if fill in series.PERIODIC:
        name = "conflictPeriod" if fill == series.CONFLICT_CASES else "hazardPeriod"
        first, last = period_of(view.get(name), dataset)
        values = series.periodic_values(dataset, fill, first, last, _hazard(view.get("hazard"), dataset))
        decimals = series.PERIODIC[fill][1]
    else:
        fixed = series.fixed_series(dataset).get(fill)
        if fixed is None:
            return None
        values, decimals = fixed.values, fixed.decimals
    return {"key": wanted.get("key"), "bounds": classes.breaks(values, method, int(count), decimals)}


def _record(sent: Any) -> dict[str, Any]:
    return sent if isinstance(sent, dict) else {}


def _hazard(sent: Any, dataset: Dataset) -> str | None:
    return sent if isinstance(sent, str) and sent in set(dataset.hazards["hazard"]) else None
