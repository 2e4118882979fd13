"""The plain way to show the same data: one callback that returns a whole figure, geometry included.

This is what a Dash application does when nobody thinks about speed. What draws is plotly's map or its geo subplot, as
the server's environment says. It is served like ours, so that the benchmark compares ways of drawing and nothing else.
"""

import math
import os
from functools import lru_cache
from typing import Any

import dash
import flask
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import shapely
from dash import Input, Output, State, dcc, html

from dashboard.web import publish, request
from dashboard.web.view import default_view
from geodata.model import derived
from geodata.model.dataset import Dataset
from layers import series
from layers.overlays import at_first, overlays

# what draws: plotly's map (WebGL), which is what such a callback has today, or its geo subplot (SVG)
DRAWN_VARIABLE = "BENCH_PLAIN"
WEBGL, SVG = "webgl", "svg"
# a geo subplot asks for coast lines before it draws, and for those of another server unless it is told otherwise
COASTS = "/plain/"
NO_COASTS = {"type": "Topology", "objects": {}, "arcs": []}
# width and height of the map in pixels: those of our own map, for a fair comparison
SIZE_VARIABLE = "BENCH_MAP_SIZE"
DEFAULT_SIZE = "820x605"
TILE_PX = 512
PAGE = {
    "fill": "plain-fill",
    "overlays": "plain-overlays",
    "conflict_period": "plain-conflict-period",
    "hazard_period": "plain-hazard-period",
    "graph": "plain-map",
}
CHOSEN = "plain-chosen"
INK, ACCENT = "#111827", "#0b5cab"


def create_server() -> flask.Flask:
    """Return the WSGI application, for gunicorn."""
    # our assets bring a smaller plotly; here it is the one that Dash serves
    app = dash.Dash("plain", compress=True, serve_locally=True, update_title=None, include_assets_files=False)
    app.layout = _layout
    app.callback(
        Output(PAGE["graph"], "figure"),
        Output(CHOSEN, "data"),
        Input(PAGE["fill"], "value"),
        Input(PAGE["overlays"], "value"),
        Input(PAGE["conflict_period"], "value"),
        Input(PAGE["hazard_period"], "value"),
        Input(PAGE["graph"], "clickData"),
        State(CHOSEN, "data"),
    )(_redraw)
    app.server.add_url_rule(f"{COASTS}world_110m.json", "coasts", lambda: NO_COASTS)
    return app.server


def _drawn() -> str:
    return os.environ.get(DRAWN_VARIABLE, WEBGL)


def _layout() -> html.Div:
    dataset = request.dataset()
    first = default_view(dataset)
    width, height = map_size()
    controls = [
        dcc.Dropdown(id=PAGE["fill"], options=_fills(), value=first.fill, clearable=False),
        dcc.Checklist(id=PAGE["overlays"], options=list(overlays()), value=list(at_first())),
        _period(PAGE["conflict_period"], first.conflict_period),
        _period(PAGE["hazard_period"], first.hazard_period),
        dcc.Store(id=CHOSEN, data=[]),
    ]
    graph = dcc.Graph(
        id=PAGE["graph"],
        style={"width": f"{width}px", "height": f"{height}px"},
        config={"displayModeBar": False, "topojsonURL": COASTS},
    )
    return html.Div([html.Div(controls, style={"width": "500px", "padding": "8px"}), graph], style={"display": "flex"})


def _period(id_: str, value: tuple[int, int]) -> dcc.RangeSlider:
    low, high = derived.years_span(request.dataset())
    return dcc.RangeSlider(id=id_, min=low, max=high, step=1, value=list(value), marks={low: str(low), high: str(high)})


def map_size() -> tuple[int, int]:
    """Return width and height of the map in pixels."""
    width, height = os.environ.get(SIZE_VARIABLE, DEFAULT_SIZE).split("x")
    return int(width), int(height)


def _fills() -> list[str]:
    return [*_fixed(), *series.PERIODIC]


@lru_cache(maxsize=1)
def _fixed() -> dict[str, pd.Series]:
    return {key: item.values for key, item in series.fixed_series(request.dataset()).items()}


def _redraw(
    fill: str,
    overlays: list[str],
    conflict_period: list[int],
    hazard_period: list[int],
    click: dict[str, Any] | None,
    chosen: list[str],
) -> tuple[go.Figure, list[str]]:
    if dash.ctx.triggered_id == PAGE["graph"] and click and "location" in click["points"][0]:
        chosen = sorted({*chosen} ^ {click["points"][0]["location"]})
    return figure(request.dataset(), fill, overlays, conflict_period, hazard_period, chosen), chosen


def figure(
    dataset: Dataset,
    fill: str,
    overlays: list[str],
    conflict_period: list[int],
    hazard_period: list[int],
    chosen: list[str],
) -> go.Figure:
    """Return the whole map: every district with its geometry, and a trace for each overlay."""
    geometry = _geometry()
    shown = [feature["id"] for feature in geometry["features"]]
    period = conflict_period if fill == series.CONFLICT_CASES else hazard_period
    values = series.periodic_values(dataset, fill, *period) if fill in series.PERIODIC else _fixed()[fill]
    frame = pd.DataFrame({"ubigeo": shown, "value": values.reindex(shown).to_numpy()})
    frame["name"] = [dataset.territory.districts[u].name for u in shown]
    of_districts = {
        "geojson": geometry, "locations": "ubigeo", "featureidkey": "id", "color": "value", "hover_name": "name",
    }  # fmt: skip
    if _drawn() == SVG:
        made = px.choropleth(frame, **of_districts, projection="mercator", fitbounds="locations", basemap_visible=False)
    else:
        center, zoom = _view()
        made = px.choropleth_map(frame, **of_districts, center=center, zoom=zoom, map_style="white-bg")
    marked = {*chosen}
    made.update_traces(
        marker_line_width=[3 if u in marked else 0.7 for u in shown],
        marker_line_color=[ACCENT if u in marked else "#ffffff" for u in shown],
    )
    makers = {
        "conflicts": lambda: _conflict_points(dataset, conflict_period),
        "risk": lambda: _risk_circles(dataset, hazard_period),
        "capitals": lambda: _points([*dataset.territory.districts], 5, INK),
        "clusters": lambda: _lines("clusters", INK, 2.4),
        "provinces": lambda: _lines("provinces", "#4b5563", 1.2),
        "departments": lambda: _lines("departments", INK, 2.6),
        "mancomunidades": lambda: _lines("mancomunidades", "#7a4b00", 2.2),
        "p20": lambda: _lines("p20", "#2d6a1f", 3),
    }
    made.add_traces([makers[overlay]() for overlay in overlays])
    made.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, showlegend=False)
    return made


@lru_cache(maxsize=1)
def _geometry() -> dict[str, Any]:
    return publish.limits(request.dataset())


@lru_cache(maxsize=1)
def _view() -> tuple[dict[str, float], float]:
    """Return the centre and zoom that show every district: this kind of map does not fit itself."""
    west, south, east, north = request.dataset().limits.total_bounds
    width, height = map_size()
    low, high = (math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) for lat in (south, north))
    across = width * 360 / (TILE_PX * (east - west))
    down = height * 2 * math.pi / (TILE_PX * (high - low))
    middle = math.degrees(2 * math.atan(math.exp((low + high) / 2)) - math.pi / 2)
    return {"lon": (west + east) / 2, "lat": middle}, math.log2(0.94 * min(across, down))


def _scatter(**looks: Any) -> go.Scattermap | go.Scattergeo:
    return (go.Scattergeo if _drawn() == SVG else go.Scattermap)(**looks)


def _points(ubigeos: list[str], size: Any, colour: str) -> go.Scattermap | go.Scattergeo:
    districts = request.dataset().territory.districts
    return _scatter(
        lon=[districts[u].capital_lon for u in ubigeos],
        lat=[districts[u].capital_lat for u in ubigeos],
        mode="markers",
        marker={"size": size, "color": colour},
    )


def _conflict_points(dataset: Dataset, period: list[int]) -> go.Scattermap | go.Scattergeo:
    places = derived.conflict_places(dataset, *period)
    return _points(list(places.loc[places["level"] == "district", "place"]), 11, "#5b1a8b")


def _risk_circles(dataset: Dataset, period: list[int]) -> go.Scattermap | go.Scattergeo:
    counts = derived.emergencies(dataset, None, *period)
    hit = counts[counts > 0]
    return _points(list(hit.index), list(34 * (hit / max(hit.max(), 1)) ** 0.5), "rgba(15,95,92,0.5)")


def _groups(overlay: str) -> list[list[str]]:
    dataset = request.dataset()
    if overlay == "clusters":
        return [sorted(p.ubigeos) for p in dataset.proposals]
    if overlay == "mancomunidades":
        return [sorted(m.members) for m in dataset.mancomunidades if m.members]
    territory = dataset.territory
    if overlay == "departments":
        return [list(territory.in_department(code)) for code in territory.departments]
    return [list(territory.in_province(code)) for code in (dataset.p20 if overlay == "p20" else territory.provinces)]


@lru_cache(maxsize=8)
def _outlines(overlay: str) -> tuple[list[float | None], list[float | None]]:
    """Return the outlines of an overlay's groups as longitudes and latitudes, a None after each."""
    shapes = request.dataset().limits.geometry
    lon: list[float | None] = []
    lat: list[float | None] = []
    for group in _groups(overlay):
        border = shapely.union_all(shapes.reindex(group).dropna().to_numpy()).boundary
        for line in getattr(border, "geoms", [border]):
            lon += [*(round(x, 4) for x, _ in line.coords), None]
            lat += [*(round(y, 4) for _, y in line.coords), None]
    return lon, lat


def _lines(overlay: str, colour: str, width: float) -> go.Scattermap | go.Scattergeo:
    lon, lat = _outlines(overlay)
    return _scatter(lon=lon, lat=lat, mode="lines", line={"color": colour, "width": width}, hoverinfo="skip")
