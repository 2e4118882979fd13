"""Show the limits: districts to be filled, province and department borders, capitals and names."""

import plotly.graph_objects as go

from layers import marks, palette
from layers.legend import Entry
from layers.traces import Trace, lines, points, words

PROVINCE_LINE = {"color": "#4b5563", "width": 1.2}
DEPARTMENT_LINE = {"color": "#111827", "width": 2.6}
CAPITAL = "square"


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


def border_traces() -> list[Trace]:
    """Return province borders, on a casing that keeps them in sight on dark fills, and department ones."""
    return [
        lines("provinces.casing", "provinces", color="rgba(255,255,255,0.8)", width=2.6),
        lines("provinces.lines", "provinces", **PROVINCE_LINE),
        lines("departments.lines", "departments", **DEPARTMENT_LINE),
    ]


def capital_trace() -> Trace:
    """Return district capitals: larger for the seat of a province."""
    marker = {
        "symbol": CAPITAL,
        "size": 5,
        "color": palette.PAPER,
        "line": {"color": palette.INK, "width": 1.2},
    }
    return points("capitals.points", "capitals", marker)


def name_traces() -> list[Trace]:
    """Return the names of districts, provinces and departments, thinned out by the browser."""
    return [
        words("districts.names", "names", size=10, colour=palette.INK),
        words("provinces.names", "names", size=11, colour="#111827"),
        words("departments.names", "names", size=13, colour="#111827"),
    ]


LEGENDS = {
    "provinces": (Entry(marks.line(**{"colour": PROVINCE_LINE["color"], "width": 1.2}), "legend.provinces"),),
    "departments": (Entry(marks.line(DEPARTMENT_LINE["color"], width=2.6), "legend.departments"),),
    "capitals": (Entry(marks.symbol(CAPITAL, hollow=True), "legend.capitals"),),
}
