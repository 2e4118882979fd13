"""Components are written as Dash writes them."""

import json

from dash import dcc, html
from plotly.utils import PlotlyJSONEncoder

from dashboard.pages.kit import as_json, elements


def test_components_are_written_as_dash_writes_them():
    parts = {
        "one": html.Div([html.B("ñ", className="a", **elements.dashed(aria_label="b", data_c="d")), None, 1.5, [True]]),
        "two": [dcc.Dropdown(options=[{"label": "x", "value": 1}], value=None), dcc.Store(id="s", data={"a": [1]})],
        3: elements.status_sign("pass"),
    }  # fmt: skip
    for _ in range(2):  # the first of its class and a later one
        assert json.loads(as_json(parts)) == json.loads(json.dumps(parts, cls=PlotlyJSONEncoder))
