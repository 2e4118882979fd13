"""Show conflict cases: shape by type, filled when active, hollow otherwise, with their number.

A case known only to its province or department stands there in a badge, never on a district.
"""

from geodata.model import Dataset, derived
from layers import marks, palette
from layers.legend import LegendEntry
from layers.overlay import Mark, Marks, Need, Overlay

SYMBOLS = {
    "socioambiental": "triangle-up",
    "gobierno_nacional": "square",
    "gobierno_local": "circle",
    "gobierno_regional": "diamond",
    "comunal": "pentagon",
    "electoral": "star",
    "laboral": "cross",
    "cultivo_ilegal_coca": "x",
    "demarcacion_territorial": "hexagon",
    "otros": "triangle-down",
}
ACTIVE = "activo"
COLOUR = palette.CONFLICT
# by how wide the place is that a case is known to: symbol, size and how far below the middle of the place, in pixels
BADGES = {"province": ("square", 17, 20), "department": ("octagon", 22, -24)}


def _rows(dataset: Dataset) -> dict[str, list[Mark]]:
    rows: dict[str, list[Mark]] = {"exact": [], "wide": []}
    for n, case in enumerate(derived.conflict_places(dataset).itertuples(index=False)):
        if case.level == "district":
            symbol = SYMBOLS[case.type] + ("" if case.state == ACTIVE else "-open")
            rows["exact"].append(Mark(case=n, symbol=symbol))
        else:
            symbol, size, lift = BADGES[case.level]
            rows["wide"].append(Mark(case=n, symbol=symbol, size=size, lift=lift))
    return rows


OVERLAY = Overlay(
    key="conflicts",
    place=20,
    rows=_rows,
    parts=(
        Marks(
            of="exact",
            size=11,
            fill=COLOUR,
            stroke=COLOUR,
            width=1.6,
            colour=COLOUR,
            beside=True,
            room=8,
            row=15,
            lift=-9,
            counted="several",
            height=70,
        ),
        Marks(
            of="wide",
            name="broad",
            fill=palette.PAPER,
            stroke=COLOUR,
            width=1.8,
            colour=COLOUR,
            room=11,
            counted="all",
            height=70,
        ),
    ),
    legend=(
        *(LegendEntry(marks.symbol(shape, COLOUR), f"browser.conflict_type.{kind}") for kind, shape in SYMBOLS.items()),
        LegendEntry(marks.symbol("circle", COLOUR), "legend.conflict_active"),
        LegendEntry(marks.symbol("circle", COLOUR, hollow=True), "legend.conflict_not_active"),
        LegendEntry(marks.badge(BADGES["province"][0]), "legend.conflict_province"),
        LegendEntry(marks.badge(BADGES["department"][0]), "legend.conflict_department"),
    ),
    needs=(Need.CONFLICT_PERIOD, Need.DEPARTMENT),
)
