"""Show the rivers that the data set knows, by which people travel: a line by rank, and its name along it.

Every map has them as quiet context; the switch makes them strong and names all that find room.
"""

from layers import marks, palette
from layers.legend import LegendEntry
from layers.overlay import RIVERS, Courses, Overlay

WIDTHS = (2.8, 2.3, 1.8, 1.4, 1.1)  # pixels by rank

OVERLAY = Overlay(
    key="rivers",
    place=65,
    parts=(Courses(of=RIVERS, colour=palette.RIVER, widths=WIDTHS),),
    legend=(
        LegendEntry(marks.line(palette.RIVER, width=WIDTHS[0]), "legend.rivers"),
        LegendEntry(marks.line(palette.RIVER, width=WIDTHS[-1]), "legend.rivers_small"),
    ),
)
