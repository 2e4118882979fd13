"""Show conflict cases: shape by type, filled when active, hollow otherwise, with their number.

A case known only to its province or department stands there in a badge, never on a district.
"""

from layers import marks, palette
from layers.legend import Entry
from layers.traces import Trace, points

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
COLOUR = "#5b1a8b"


def traces() -> list[Trace]:
    """Return the marks on districts and the badges of wider places."""
    exact = {
        "symbol": [],
        "size": 11,
        "color": COLOUR,
        "line": {"color": COLOUR, "width": 1.6},
    }
    broad = {
        "symbol": [],
        "size": [],
        "color": palette.PAPER,
        "line": {"color": COLOUR, "width": 1.8},
    }
    return [
        points(
            "conflicts.points", "conflicts", exact,
            mode="markers+text", textposition="middle right", colour=COLOUR,
        ),
        points("conflicts.broad", "conflicts", broad, mode="markers+text", colour=COLOUR),
    ]  # fmt: skip


LEGENDS = {
    "conflicts": (
        *(Entry(marks.symbol(shape, COLOUR), f"browser.conflict_type.{kind}") for kind, shape in SYMBOLS.items()),
        Entry(marks.symbol("circle", COLOUR), "legend.conflict_active"),
        Entry(marks.symbol("circle", COLOUR, hollow=True), "legend.conflict_not_active"),
        Entry(marks.badge("square"), "legend.conflict_province"),
        Entry(marks.badge("octagon"), "legend.conflict_department"),
    )
}
