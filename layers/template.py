"""Put all overlays together into the map template that is published once for all visitors.

The order of the traces is the order of drawing: the fill, then every part by its height.
"""

from typing import Any

import plotly.graph_objects as go

from layers import drafts, limits
from layers.overlays import overlays
from layers.palette import ACCENT, BESIDE
from layers.traces import Trace

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'


def traces() -> list[Trace]:
    """Return every trace of the map, in drawing order."""
    drawn = [(drafts.HEIGHT, drafts.drawing_traces()), (limits.NAMES_HEIGHT, [limits.name_trace()])]
    drawn += [(part.height, part.looks(key)) for key, overlay in overlays().items() for part in overlay.parts]
    return [limits.fill_trace(), *(trace for _, own in sorted(drawn, key=lambda one: one[0]) for trace in own)]


def layout() -> dict[str, Any]:  # JSON
    """Return the layout: one mercator frame with nothing but what the overlays draw."""
    made = go.Layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        paper_bgcolor=BESIDE,
        plot_bgcolor=BESIDE,
        dragmode="pan",
        hovermode="closest",
        showlegend=False,
        uirevision="keep",
        font={"family": FONT},
        newselection={"line": {"color": ACCENT, "width": 2}},
        geo={
            "projection": {"type": "mercator"},
            "visible": False,
            "bgcolor": BESIDE,
            "fitbounds": False,
        },
    )
    return made.to_plotly_json()


def map_template() -> dict[str, Any]:  # JSON
    """Return the figure without geometry, as plain JSON."""
    return {"data": traces(), "layout": layout()}
