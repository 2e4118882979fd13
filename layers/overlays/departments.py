"""Show the departments: their borders, and their names while all of them are in sight."""

from geodata.model import Dataset
from layers import marks, palette
from layers.legend import LegendEntry
from layers.overlay import Group, Labels, Outlines, Overlay

WIDTH = 2.6


def _rows(dataset: Dataset) -> dict[str, list[Group]]:
    departments = dataset.territory.departments.values()
    return {"departments": [{"members": [d.code], "text": d.name.upper()} for d in departments]}


OVERLAY = Overlay(
    key="departments",
    place=60,
    at_first=True,
    rows=_rows,
    parts=(
        Outlines(of="departments", colour=palette.OUTLINE, width=WIDTH, height=12),
        Labels(of="departments", colour=palette.OUTLINE, size=13, weight=1e6, whole=True),
    ),
    legend=(LegendEntry(marks.line(palette.OUTLINE, width=WIDTH), "legend.departments"),),
)
