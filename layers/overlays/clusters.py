"""Show which districts belong to proposals and clusters: an outline by state, with a number.

States differ by dash pattern and weight, so that they are told apart without colour. Proposals that nobody has
agreed on are dashed, longer once they were reviewed; clusters that are settled have one unbroken line.
"""

from layers import drafts, marks, palette
from layers.legend import LegendEntry
from layers.overlay import PROPOSALS, SOLID, Marks, Outlines, Overlay

# width (pixels) and dash
STATES = {"proposed": (2.2, "6,4"), "reviewed": (2.4, "15,4"), "validated": (2.6, SOLID)}
# how each kind of state looks that has no outline of its own
LOOKS = {"proposed": "proposed", "settled": "validated"}


def look(state: str, kind: str) -> str | None:
    """Return which of :data:`STATES` outlines a proposal of a state and its kind; None for those apart."""
    return state if state in STATES else LOOKS.get(kind)


def _line(state: str) -> str:
    width, dash = STATES[state]
    return marks.line(palette.INK, dash, width)


OVERLAY = Overlay(
    key="clusters",
    place=10,
    at_first=True,
    parts=(
        *(
            Outlines(
                of=PROPOSALS,
                name=state,
                look=state,
                colour=palette.INK,
                width=width,
                dash=dash,
                height=30,
            )
            for state, (width, dash) in STATES.items()
        ),
        Marks(
            of=PROPOSALS,
            name="names",
            size=18,
            width=1.8,
            casing=0,
            colour=palette.PAPER,
            room=11,
            height=80,
        ),
    ),
    legend=(
        LegendEntry(_line("proposed"), "legend.proposed"),
        LegendEntry(_line("reviewed"), "legend.reviewed", look="reviewed"),
        LegendEntry(_line("validated"), "legend.validated"),
        *drafts.LEGEND,
    ),
)
