"""Show the departments: their borders, and their names while all of them are in sight."""

from geodata.model import Dataset
from layers import marks, palette
from layers.legend import LegendEntry
from layers.overlay import Group, Labels, Outlines, Overlay

WIDTH, CASING = 2, 1


def _rows(dataset: Dataset) -> dict[str, list[Group]]:
    departments = dataset.territory.departments.values()
    return {"departments": [{"members": [d.code], "text": d.name.upper()} for d in departments]}


OVERLAY = Overlay(
    key="departments",
    place=60,
    at_first=True,
    rows=_rows,
    parts=(
        Outlines(of="departments", colour=palette.INK, width=WIDTH, casing=CASING, height=12),
        Labels(of="departments", colour=palette.INK, rank="department", weight=1e6, whole=True),
    ),
    legend=(LegendEntry(marks.line(palette.INK, width=WIDTH), "legend.departments"),),
)
