"""Outline what is being drawn or judged: the candidate in hand, the others beside it, and districts at fault."""

from layers import marks, palette
from layers.legend import Entry
from layers.traces import Trace, lines

HEIGHT = 40  # among the parts of overlays
DRAFT = {"color": palette.ACCENT, "width": 1.8, "dash": "dot"}
CANDIDATE = {"color": palette.ACCENT, "width": 3.6}
AT_FAULT = {"color": palette.FAULT, "width": 5, "dash": "dash"}

LEGEND = (
    Entry(marks.line(palette.ACCENT, "dot", 1.8), "legend.draft"),
    Entry(marks.line(palette.ACCENT, "solid", 3.6), "legend.in_hand"),
    Entry(marks.line(palette.FAULT, "dash", 5), "legend.at_fault"),
)


def drawing_traces() -> list[Trace]:
    """Return the outlines of the other candidates, of the one in hand, and of districts at fault; always on."""
    casing = {"color": palette.PAPER, "width": CANDIDATE["width"] + 3}
    return [
        lines("drafts.lines", "drawing", visible=True, **DRAFT),
        lines("candidate.casing", "drawing", visible=True, **casing),
        lines("candidate.lines", "drawing", visible=True, **CANDIDATE),
        lines("fault.casing", "drawing", visible=True, color=palette.PAPER, width=8),
        lines("fault.lines", "drawing", visible=True, **AT_FAULT),
    ]
