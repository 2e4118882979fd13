"""Show the provinces of the programme «Crecer para incluir» (P20): an outline and a tag each."""

from geodata.model import Dataset
from layers import marks, palette
from layers.legend import LegendEntry
from layers.overlay import Group, Labels, Outlines, Overlay

COLOUR, WIDTH, DASH = palette.P20, 2.6, "18,5"


def _rows(dataset: Dataset) -> dict[str, list[Group]]:
    return {"p20": [{"members": [code], "text": "P20"} for code in sorted(dataset.p20)]}


OVERLAY = Overlay(
    key="p20",
    place=80,
    rows=_rows,
    parts=(
        Outlines(of="p20", colour=COLOUR, width=WIDTH, dash=DASH, height=20),
        Labels(of="p20", colour=COLOUR, tag=True, weight=1.1e7, height=61),
    ),
    legend=(LegendEntry(marks.line(COLOUR, DASH, WIDTH), "legend.p20"),),
)
