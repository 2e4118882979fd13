"""Show the mancomunidades that districts have formed already: an outline and a tag each, and whose tag it is."""

from geodata.model import Dataset
from layers import marks, palette
from layers.legend import LegendEntry
from layers.overlay import Group, Labels, Outlines, Overlay

COLOUR, WIDTH, DASH = palette.MANCOMUNIDAD, 2.2, "10,3,2,3"


def _rows(dataset: Dataset) -> dict[str, list[Group]]:
    numbered = enumerate(dataset.mancomunidades, start=1)
    rows: list[Group] = [
        {"members": sorted(m.members), "text": f"M{n}", "name": m.name} for n, m in numbered if m.members
    ]
    return {"mancomunidades": rows}


OVERLAY = Overlay(
    key="mancomunidades",
    place=70,
    rows=_rows,
    parts=(
        Outlines(of="mancomunidades", colour=COLOUR, width=WIDTH, dash=DASH, height=22),
        Labels(of="mancomunidades", colour=COLOUR, tag=True, weight=1e7, height=62),
    ),
    legend=(LegendEntry(marks.line(COLOUR, DASH, WIDTH), "legend.mancomunidades"),),
)
