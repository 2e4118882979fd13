"""Show the capitals of districts: larger for the seat of a province."""

from geodata.model import Dataset
from layers import marks
from layers.legend import LegendEntry
from layers.overlay import Mark, Marks, Need, Overlay

SYMBOL, SIZE, SIZE_OF_SEAT = "square", 5, 8


def _rows(dataset: Dataset) -> dict[str, list[Mark]]:
    districts = dataset.territory.districts.values()
    seat: Mark = {"size": SIZE_OF_SEAT}
    return {"capitals": [Mark(at=d.ubigeo) | (seat if d.is_provincial_capital else {}) for d in districts]}


OVERLAY = Overlay(
    key="capitals",
    place=40,
    rows=_rows,
    parts=(
        Marks(
            of="capitals",
            symbol=SYMBOL,
            size=SIZE,
            casing=0,
        ),
    ),
    legend=(LegendEntry(marks.symbol(SYMBOL), "legend.capitals"),),
    needs=(Need.DEPARTMENT,),
)
