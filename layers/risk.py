"""Show disaster risk over the fill: rings whose area stands for emergencies, and declarations."""

from layers import marks
from layers.legend import Entry
from layers.traces import Trace, points

COLOUR = "#0f5f5c"
DECLARED = "cross"


def traces() -> list[Trace]:
    """Return hollow rings, which leave the fill in sight, and a mark for declared emergencies."""
    ring = {
        "symbol": "circle-open",
        "size": [],
        "sizemode": "diameter",
        "color": COLOUR,
        "line": {"color": COLOUR, "width": 2},
    }
    declared = {"symbol": f"{DECLARED}-thin", "size": 9, "line": {"color": COLOUR, "width": 2.2}}
    # a ring is wide: a click inside it means the district under the pointer
    return [
        points("risk.circles", "risk", ring, answers=False),
        points("risk.declared", "risk", declared, answers=False),
    ]


LEGENDS = {
    "risk": (
        Entry(marks.circles(COLOUR), "legend.risk"),
        Entry(marks.plus(COLOUR), "legend.declared"),
    )
}
