"""Show the limits: districts to be filled, and their names."""

import plotly.graph_objects as go

from layers import palette
from layers.traces import Trace, words

NAMES_HEIGHT = 59  # among the parts of overlays: below their labels


def fill_trace() -> Trace:
    """Return the districts as one trace; the browser adds limits and colours."""
    trace = go.Choropleth(
        name="limits",
        locations=[],
        z=[],
        showscale=False,
        colorscale=[[0, palette.NO_DATA], [1, palette.NO_DATA]],
        marker={"line": {"color": palette.DISTRICT_LINE, "width": 0.7}},
        hoverinfo="none",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        meta={"overlay": "limits"},
    )
    return trace.to_plotly_json()


def name_trace() -> Trace:
    """Return the names of districts, thinned out by the browser."""
    return words("districts.names", "names", size=10, colour=palette.INK)
