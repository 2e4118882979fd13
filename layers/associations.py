"""Show what groups districts already: mancomunidades and P20 provinces."""

from layers import marks
from layers.legend import Entry
from layers.traces import Trace, lines, words

MANCOMUNIDAD = {"color": "#7a4b00", "width": 2.2, "dash": "dashdot"}
P20 = {"color": "#2d6a1f", "width": 3, "dash": "longdash"}


def line_traces() -> list[Trace]:
    """Return the outlines of both."""
    return [lines("p20.lines", "p20", **P20), lines("mancomunidades.lines", "mancomunidades", **MANCOMUNIDAD)]


def name_traces() -> list[Trace]:
    """Return the labels of both, to be drawn over every outline."""
    return [
        words("p20.names", "p20", size=12, colour=P20["color"], visible=False),
        words("mancomunidades.names", "mancomunidades", size=12, colour=MANCOMUNIDAD["color"], visible=False),
    ]


LEGENDS = {
    "mancomunidades": (Entry(marks.line(MANCOMUNIDAD["color"], "dashdot", 2.2), "legend.mancomunidades"),),
    "p20": (Entry(marks.line(P20["color"], "longdash", 3), "legend.p20"),),
}
