"""Read what a reader looks at from an address: department, fill, classes, overlays and periods.

What cannot be read is replaced by its default and told; nothing is guessed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from geodata.model import Dataset, derived
from layers import classes, palette, series
from layers.overlays import at_first, overlays

# a problem: the key of a sentence and its fields
Problem = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class View:
    """What the map shows; department "" stands for all, hazard "" for every hazard."""

    department: str = ""
    fill: str = series.DEFAULT_SERIES
    method: str = classes.DEFAULT_METHOD
    count: int = palette.DEFAULT_CLASS_COUNT
    overlays: tuple[str, ...] = field(default_factory=at_first)
    conflict_period: tuple[int, int] = (0, 9999)
    hazard_period: tuple[int, int] = (0, 9999)
    hazard: str = ""
    problems: tuple[Problem, ...] = field(default=(), compare=False)


def default_view(dataset: Dataset) -> View:
    """Return what a first visit shows: all conflicts, and the years whose hazards are complete."""
    return View(conflict_period=derived.years_span(dataset), hazard_period=dataset.hazards_complete_years)


def plain(view: View) -> dict[str, Any]:
    """Return a view as the browser keeps it."""
    return {
        "department": view.department,
        "fill": view.fill,
        "method": view.method,
        "count": view.count,
        "overlays": sorted(view.overlays),
        "conflictPeriod": list(view.conflict_period),
        "hazardPeriod": list(view.hazard_period),
        "hazard": view.hazard,
    }


def read_view(query: Mapping[str, str], dataset: Dataset) -> View:
    """Return the view that an address asks for, with a problem for each part not understood."""
    view, problems = default_view(dataset), []
    for key, reader in _READERS.items():
        raw = query.get(key)
        if raw is None:
            continue
        try:
            view = replace(view, **reader(str(raw), dataset))
        except (ValueError, KeyError):
            problems.append(("address.bad", {"name": key, "value": str(raw)[:60]}))
    return replace(view, problems=tuple(problems))


def _department(raw: str, dataset: Dataset) -> dict[str, Any]:
    return {"department": _one_of(raw, dataset.territory.departments)}


def _fill(raw: str, dataset: Dataset) -> dict[str, Any]:
    return {"fill": _one_of(raw, {*series.fixed_series(dataset), *series.PERIODIC})}


def _classes(raw: str, _: Dataset) -> dict[str, Any]:
    method, count = raw.partition("-")[::2]
    return {
        "method": _one_of(method, classes.METHODS),
        "count": _one_of(int(count), palette.CLASS_COUNTS),
    }


def _overlays(raw: str, _: Dataset) -> dict[str, Any]:
    names = [name for name in raw.split(".") if name]
    return {"overlays": tuple(dict.fromkeys(_one_of(name, overlays()) for name in names))}


def _period(name: str) -> Callable[[str, Dataset], dict[str, Any]]:
    def read(raw: str, dataset: Dataset) -> dict[str, Any]:
        low, high = derived.years_span(dataset)
        first, last = (int(year) for year in raw.split("-"))
        if not low <= first <= last <= high:
            raise ValueError(raw)
        return {name: (first, last)}

    return read


def _hazard(raw: str, dataset: Dataset) -> dict[str, Any]:
    return {"hazard": _one_of(raw, set(dataset.hazards["hazard"]))}


def _one_of(value: Any, known: Any) -> Any:
    if value not in known:
        raise ValueError(value)
    return value


_READERS = {
    "d": _department,
    "f": _fill,
    "m": _classes,
    "o": _overlays,
    "pc": _period("conflict_period"),
    "ph": _period("hazard_period"),
    "hz": _hazard,
}
