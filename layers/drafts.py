"""Outline what is being drawn or judged: the candidate in hand, the others beside it, and districts at fault."""

from layers import marks, palette
from layers.legend import LegendEntry
from layers.traces import Trace, lines

HEIGHT = 40  # among the parts of overlays
# width (pixels) and dash
DRAFT, CANDIDATE, AT_FAULT = (2, "2px,3px"), (3, "solid"), (4, "9px,5px")
CASING_WIDER = 3  # in all: one and a half pixels on either side

LEGEND = (
    LegendEntry(marks.line(palette.ACCENT, DRAFT[1], DRAFT[0]), "legend.draft"),
    LegendEntry(marks.line(palette.ACCENT, CANDIDATE[1], CANDIDATE[0]), "legend.in_hand"),
    LegendEntry(marks.line(palette.FAULT, AT_FAULT[1], AT_FAULT[0]), "legend.at_fault"),
)


def drawing_traces() -> list[Trace]:
    """Return the outlines of the other candidates, of the one in hand, and of districts at fault; always on."""
    return [
        _line("drafts.casing", palette.CASING, DRAFT[0] + CASING_WIDER),
        _line("drafts.lines", palette.ACCENT, *DRAFT),
        _line("candidate.casing", palette.CASING, CANDIDATE[0] + CASING_WIDER),
        _line("candidate.lines", palette.ACCENT, *CANDIDATE),
        _line("fault.casing", palette.CASING, AT_FAULT[0] + CASING_WIDER),
        _line("fault.lines", palette.FAULT, *AT_FAULT),
    ]


def _line(name: str, colour: str, width: float, dash: str = "solid") -> Trace:
    return lines(name, "drawing", visible=True, color=colour, width=width, dash=dash)
