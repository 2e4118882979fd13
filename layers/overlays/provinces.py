"""Show the provinces: their borders, on a casing that keeps them in sight on dark fills, and their names."""

from geodata.model import Dataset
from layers import marks, palette
from layers.legend import LegendEntry
from layers.overlay import Group, Labels, Need, Outlines, Overlay

COLOUR, WIDTH, CASING = palette.PROVINCE, 1, 0.8


def _rows(dataset: Dataset) -> dict[str, list[Group]]:
    provinces = dataset.territory.provinces.values()
    return {"provinces": [{"members": [p.code], "text": p.name} for p in provinces]}


OVERLAY = Overlay(
    key="provinces",
    place=50,
    at_first=True,
    rows=_rows,
    parts=(
        Outlines(of="provinces", colour=COLOUR, width=WIDTH, casing=CASING, height=10),
        Labels(of="provinces", colour=palette.INK, rank="province", weight=1e4, least=40),
    ),
    legend=(LegendEntry(marks.line(COLOUR, width=WIDTH), "legend.provinces"),),
    needs=(Need.DEPARTMENT,),
)
