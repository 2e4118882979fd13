"""Show the known links between capitals, a straight line each: by river, by road, by air.

What is disputed is not drawn, nor is what nobody knows: no line means that no link is known.
"""

from geodata.model import Dataset, travel
from layers import marks, palette
from layers.legend import LegendEntry
from layers.overlay import Need, Overlay, Span, Spans

LOOKS = {"river": (palette.RIVER, "solid"), "road": (palette.PROJECT, "solid"), "air": (palette.INK, "3,4")}
WIDTH = 2.2


def _rows(dataset: Dataset) -> dict[str, list[Span]]:
    known = [link for link in travel.links(dataset) if not link.disputed]
    return {way: [Span(ends=(link.a, link.b)) for link in known if link.way == way] for way in LOOKS}


OVERLAY = Overlay(
    key="links",
    place=66,
    rows=_rows,
    parts=tuple(
        Spans(of=way, name=way, colour=colour, width=WIDTH, dash=dash) for way, (colour, dash) in LOOKS.items()
    ),
    legend=tuple(
        LegendEntry(marks.line(colour, dash, WIDTH), f"legend.links_{way}") for way, (colour, dash) in LOOKS.items()
    ),
    needs=(Need.DEPARTMENT,),
)
