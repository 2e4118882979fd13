"""Show disaster risk over the fill: rings whose area stands for emergencies, and declarations."""

from geodata.model import Dataset
from layers import marks, palette
from layers.legend import LegendEntry
from layers.overlay import HAZARDS, Mark, Marks, Need, Overlay, Rings

COLOUR = palette.RISK


def _rows(dataset: Dataset) -> dict[str, list[Mark]]:
    frame = dataset.declarations
    years = frame["date"].str[:4].astype(int)
    declared = zip(frame["ubigeo"], frame["hazard"], years.tolist(), strict=True)
    return {"declared": [{"at": u, "hazard": hazard, "first": year} for u, hazard, year in declared]}


OVERLAY = Overlay(
    key="risk",
    place=30,
    rows=_rows,
    parts=(
        Rings(of=HAZARDS, colour=COLOUR),
        Marks(
            of="declared",
            name="declared",
            symbol="cross-thin",
            size=9,
            stroke=COLOUR,
            width=2.2,
            casing=1.1,
            answers=False,
        ),
    ),
    legend=(LegendEntry(marks.circles(COLOUR), "legend.risk"), LegendEntry(marks.plus(COLOUR), "legend.declared")),
    needs=(Need.HAZARD_PERIOD, Need.HAZARD, Need.DEPARTMENT),
)
