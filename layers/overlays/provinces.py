"""Show the provinces: their borders, on a casing that keeps them in sight on dark fills, and their names."""

from geodata.model import Dataset
from layers import marks, palette
from layers.legend import LegendEntry
from layers.overlay import Group, Labels, Need, Outlines, Overlay

COLOUR, WIDTH = "#4b5563", 1.2


def _rows(dataset: Dataset) -> dict[str, list[Group]]:
    provinces = dataset.territory.provinces.values()
    return {"provinces": [{"members": [p.code], "text": p.name} for p in provinces]}


OVERLAY = Overlay(
    key="provinces",
    place=50,
    at_first=True,
    rows=_rows,
    parts=(
        Outlines(of="provinces", colour=COLOUR, width=WIDTH, casing=("rgba(255,255,255,0.8)", 2.6), height=10),
        Labels(of="provinces", colour=palette.OUTLINE, size=11, weight=1e4, least=40),
    ),
    legend=(LegendEntry(marks.line(COLOUR, width=WIDTH), "legend.provinces"),),
    needs=(Need.DEPARTMENT,),
)
