"""Settle in which coordinate system a file of shapes is, and whether its axes stand in the usual order.

What the file states holds when its numbers bear it out: a wrong statement would put every district
somewhere else, so what does not lead to Peru is asked.
"""

from dataclasses import dataclass, field

import numpy as np
import pyproj
import shapely

from geodata.geometry import projection
from geodata.readers.contract import Question
from geodata.words import Fields

KEY = "crs"


@dataclass(frozen=True, slots=True)
class Placing:
    """How a file's numbers become degrees.

    crs: as :func:`geodata.geometry.projection.system` reads it, "" while it is open. assumed: the file states
    none and its numbers are degrees in Peru.
    """

    crs: str = ""
    swapped: bool = False
    assumed: bool = False
    questions: tuple[Question, ...] = field(default=())


def settle(box: projection.Box | None, stated: pyproj.CRS | None, answer: str | None) -> Placing:
    """Return the system of a file whose points lie in `box`; a question where only a person can tell.

    answer: the system that a person named; it goes before what the file states.
    """
    if box is None:  # nothing to place: that no district has a shape is told elsewhere
        return Placing(projection.WGS84)
    crs = stated
    if answer:
        try:
            crs = projection.system(answer)
        except projection.UnknownSystem:
            return Placing(questions=(_ask("limits.ask.crs_unknown", box, {"given": answer[:60]}),))
    usable = crs or (pyproj.CRS(projection.WGS84) if projection.is_degrees(box) else None)
    if usable is None:
        return Placing(questions=(_ask("limits.ask.crs", box),))
    for swapped in (False, True):
        if _leads_to_peru(box, usable, swapped):
            return Placing(projection.name_of(usable), swapped, crs is None)
    message = "limits.ask.crs" if crs is None else "limits.ask.crs_elsewhere"
    return Placing(questions=(_ask(message, box, {} if crs is None else {"given": usable.name}),))


def _leads_to_peru(box: projection.Box, crs: pyproj.CRS, swapped: bool) -> bool:
    corners = np.array([shapely.box(*box)], dtype=object)
    if crs.is_geographic and not projection.is_degrees(box):
        return False
    try:
        moved = to_degrees(corners, crs, swapped)
    except pyproj.exceptions.ProjError:
        return False
    bounds = shapely.bounds(moved[0])
    return bool(np.isfinite(bounds).all()) and projection.meets_peru(tuple(bounds))


def _ask(message: str, box: projection.Box, more: Fields | None = None) -> Question:
    west, south, east, north = (f"{number:.0f}" if abs(number) >= 1000 else f"{number:.6g}" for number in box)
    fields = {"x": f"{west} … {east}", "y": f"{south} … {north}", "systems": ", ".join(projection.fitting(box)) or "–"}
    return Question(KEY, message, fields={**fields, **(more or {})})


def to_degrees(shapes: np.ndarray, crs: pyproj.CRS, swapped: bool) -> np.ndarray:
    """Return shapes of a file in degrees (WGS 84), longitude first."""
    return projection.to_wgs84(projection.swap(shapes) if swapped else shapes, crs)
