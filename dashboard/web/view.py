"""Read what a reader looks at from an address: department, fill, classes, overlays and periods.

What cannot be read is replaced by its default and told; nothing is guessed.
"""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, TypeVar

from pydantic import Field

from dashboard.clusters.scoring import ANCHORS, SPREAD
from dashboard.web.sent import Address, Problem, part
from geodata.model import Dataset, derived
from layers import classes, palette, series
from layers.overlays import at_first, overlays

T = TypeVar("T")
_BACKDROP = re.compile(r"[0-9a-f]{32}")  # an id of the record


@dataclass(frozen=True)
class View:
    """What the map shows; department "" is all, hazard "" every hazard, backdrop "" none; scores rest on `anchors`."""

    department: str = ""
    fill: str = series.DEFAULT_SERIES
    method: str = classes.DEFAULT_METHOD
    count: int = palette.DEFAULT_CLASS_COUNT
    overlays: tuple[str, ...] = field(default_factory=at_first)
    conflict_period: tuple[int, int] = (0, 9999)
    hazard_period: tuple[int, int] = (0, 9999)
    hazard: str = ""
    backdrop: str = ""
    anchors: str = SPREAD
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
        "backdrop": view.backdrop,
        "anchors": view.anchors,
    }


def read_view(query: Mapping[str, str], dataset: Dataset) -> View:
    """Return the view that an address asks for, with a problem for each part not understood."""
    address, problems = _ViewAddress.read(query, dataset)
    said = address.said()
    if classed := said.pop("classed", None):
        said |= {"method": classed[0], "count": classed[1]}
    return replace(default_view(dataset), **said, problems=problems)


def _department(raw: str, dataset: Dataset) -> str:
    return _one_of(raw, dataset.territory.departments)


def _fill(raw: str, dataset: Dataset) -> str:
    return _one_of(raw, {*series.fixed_series(dataset), *series.PERIODIC})


def _classed(raw: str, _: Dataset) -> tuple[str, int]:
    method, count = raw.partition("-")[::2]
    return _one_of(method, classes.METHODS), _one_of(int(count), palette.CLASS_COUNTS)


def _overlays(raw: str, dataset: Dataset) -> tuple[str, ...]:
    names = [name for name in raw.split(".") if name]
    return tuple(dict.fromkeys(_one_of(name, {*overlays(), *dataset.layers}) for name in names))


def _period(raw: str, dataset: Dataset) -> tuple[int, int]:
    low, high = derived.years_span(dataset)
    first, last = (int(year) for year in raw.split("-"))
    if not low <= first <= last <= high:
        raise ValueError(raw)
    return first, last


def _hazard(raw: str, dataset: Dataset) -> str:
    return _one_of(raw, set(dataset.hazards["hazard"]))


def _backdrop(raw: str, _: Dataset) -> str:
    if not _BACKDROP.fullmatch(raw):
        raise ValueError(raw)
    return raw  # whether it is offered is for the map to see


def _anchors(raw: str, _: Dataset) -> str:
    return _one_of(raw, ANCHORS)


def _one_of(value: T, known: Container[T]) -> T:
    if value not in known:
        raise ValueError(value)
    return value


class _ViewAddress(Address):
    """The parts of an address that say what a reader looks at; what is not said is as on a first visit."""

    department: Annotated[str, part(_department)] = Field("", validation_alias="d")
    fill: Annotated[str, part(_fill)] = Field("", validation_alias="f")
    classed: Annotated[tuple[str, int], part(_classed)] = Field(("", 0), validation_alias="m")
    overlays: Annotated[tuple[str, ...], part(_overlays)] = Field((), validation_alias="o")
    conflict_period: Annotated[tuple[int, int], part(_period)] = Field((0, 0), validation_alias="pc")
    hazard_period: Annotated[tuple[int, int], part(_period)] = Field((0, 0), validation_alias="ph")
    hazard: Annotated[str, part(_hazard)] = Field("", validation_alias="hz")
    backdrop: Annotated[str, part(_backdrop)] = Field("", validation_alias="b")
    anchors: Annotated[str, part(_anchors)] = Field("", validation_alias="an")
