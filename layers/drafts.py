"""Outline what is being drawn or judged: the candidate in hand, the others beside it, and districts at fault."""

from typing import Any

from layers import marks, palette
from layers.legend import LegendEntry
from layers.overlay import SOLID

HEIGHT = 40  # among the parts of overlays
# width (pixels) and dash
DRAFT, CANDIDATE, AT_FAULT = (2, "2,3"), (3, SOLID), (4, "9,5")
CASING = 1.5  # pixels of paper on either side

LEGEND = (
    LegendEntry(marks.line(palette.ACCENT, DRAFT[1], DRAFT[0]), "legend.draft"),
    LegendEntry(marks.line(palette.ACCENT, CANDIDATE[1], CANDIDATE[0]), "legend.in_hand"),
    LegendEntry(marks.line(palette.FAULT, AT_FAULT[1], AT_FAULT[0]), "legend.at_fault"),
)


def looks() -> dict[str, dict[str, Any]]:  # JSON
    """Return how each outline looks, by the name of its layer: colour, width, dash and casing, and its height."""
    drawn = {
        "drafts.lines": (palette.ACCENT, *DRAFT),
        "candidate.lines": (palette.ACCENT, *CANDIDATE),
        "fault.lines": (palette.FAULT, *AT_FAULT),
    }
    return {
        name: {"colour": colour, "width": width, "dash": dash, "casing": CASING, "height": HEIGHT}
        for name, (colour, width, dash) in drawn.items()
    }
