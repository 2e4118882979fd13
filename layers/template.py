"""Put the overlays together into the map template that is published once for all visitors.

The order of the traces is the order of drawing: fill, borders, groups, outlines, marks, names.
"""

from typing import Any

import plotly.graph_objects as go

from layers import associations, clusters, conflicts, limits, risk
from layers.legend import Entry
from layers.palette import PAPER

# every overlay with a switch, in the order of the panel; `names` go with their borders
OVERLAYS = (
    "clusters", "conflicts", "risk", "capitals",
    "provinces", "departments", "mancomunidades", "p20",
)  # fmt: skip
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'
DEFAULT_OVERLAYS = ("clusters", "departments", "provinces")

LEGENDS: dict[str, tuple[Entry, ...]] = {
    **clusters.LEGENDS,
    **conflicts.LEGENDS,
    **risk.LEGENDS,
    **limits.LEGENDS,
    **associations.LEGENDS,
}


def traces() -> list[dict[str, Any]]:
    """Return every trace of the map, in drawing order."""
    return [
        limits.fill_trace(),
        *limits.border_traces(),
        *associations.line_traces(),
        *clusters.cluster_traces(),
        *clusters.drawing_traces(),
        *risk.traces(),
        limits.capital_trace(),
        *limits.name_traces(),
        *associations.name_traces(),
        *conflicts.traces(),
        clusters.number_trace(),
    ]


def layout() -> dict[str, Any]:
    """Return the layout: one mercator frame with nothing but what the overlays draw."""
    made = go.Layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        dragmode="pan",
        hovermode="closest",
        showlegend=False,
        uirevision="keep",
        font={"family": FONT},
        newselection={"line": {"color": "#0b5cab", "width": 2}},
        geo={
            "projection": {"type": "mercator"},
            "visible": False,
            "bgcolor": PAPER,
            "fitbounds": False,
        },
    )
    return made.to_plotly_json()


def map_template() -> dict[str, Any]:
    """Return the figure without geometry, as plain JSON."""
    return {"data": traces(), "layout": layout()}
