"""Show which districts belong to proposals and clusters: an outline by state, with a number.

States differ by dash pattern and weight, so that they are told apart without colour. Proposals that nobody has
agreed on are dashed, longer once they were reviewed; clusters that are settled have one unbroken line.
"""

from layers import marks, palette
from layers.legend import Entry
from layers.traces import Trace, lines, points

STATES = {
    "proposed": {"color": "#111827", "width": 2.4, "dash": "dash"},
    "reviewed": {"color": "#111827", "width": 2.8, "dash": "longdash"},
    "validated": {"color": "#111827", "width": 3.4, "dash": "solid"},
}
DRAFT = {"color": palette.ACCENT, "width": 1.8, "dash": "dot"}
CANDIDATE = {"color": palette.ACCENT, "width": 3.6}
AT_FAULT = {"color": palette.FAULT, "width": 5, "dash": "dash"}


# how each kind of state looks that has no outline of its own
LOOKS = {"proposed": "proposed", "settled": "validated"}


def look(state: str, kind: str) -> str | None:
    """Return which of :data:`STATES` outlines a proposal of a state and its kind; None for those apart."""
    return state if state in STATES else LOOKS.get(kind)


def cluster_traces() -> list[Trace]:
    """Return an outline for each state over a light casing that keeps it readable on dark fills."""
    traces = []
    for state, line in STATES.items():
        casing = {"color": "rgba(255,255,255,0.85)", "width": line["width"] + 2.6}
        traces.append(lines(f"clusters.{state}.casing", "clusters", **casing))
        traces.append(lines(f"clusters.{state}", "clusters", **line))
    return traces


def number_trace() -> Trace:
    """Return the numbered labels of proposals and clusters."""
    marker = {
        "symbol": "circle",
        "size": 18,
        "color": "#111827",
        "line": {"color": palette.PAPER, "width": 1.5},
    }
    return points("clusters.names", "clusters", marker, mode="markers+text", size=11, colour=palette.PAPER)


def drawing_traces() -> list[Trace]:
    """Return the outlines of the other candidates, of the one in hand, and of districts at fault."""
    casing = {"color": palette.PAPER, "width": CANDIDATE["width"] + 3}
    return [
        lines("drafts.lines", "drawing", visible=True, **DRAFT),
        lines("candidate.casing", "drawing", visible=True, **casing),
        lines("candidate.lines", "drawing", visible=True, **CANDIDATE),
        lines("fault.casing", "drawing", visible=True, color=palette.PAPER, width=8),
        lines("fault.lines", "drawing", visible=True, **AT_FAULT),
    ]


LEGENDS = {
    "clusters": (
        Entry(marks.line("#111827", "dash", 2.4), "legend.proposed"),
        Entry(marks.line("#111827", "longdash", 2.8), "legend.reviewed", look="reviewed"),
        Entry(marks.line("#111827", "solid", 3.4), "legend.validated"),
        Entry(marks.line(palette.ACCENT, "dot", 1.8), "legend.draft"),
        Entry(marks.line(palette.ACCENT, "solid", 3.6), "legend.in_hand"),
        Entry(marks.line(palette.FAULT, "dash", 5), "legend.at_fault"),
    )
}
