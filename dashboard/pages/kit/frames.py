"""Make the frame of a map that is one part of a screen: its place, what moves it, and the card of what is pointed at.

The browser draws into it and wires what moves it (`assets/js/map/plain.js`).
"""

from typing import Any

from dash import html

from dashboard.clusters.writing import Say
from dashboard.pages.kit.elements import dashed

_TOOLS = (("in", "map.zoom_in", "+"), ("out", "map.zoom_out", "−"), ("home", "map.zoom_home", "⤢"))


def frame(label: str, say: Say, class_name: str, kind: str = "", **place: Any) -> html.Div:
    """Return the frame of a map, called by its label.

    kind and place: class and attributes of the place that it is drawn in.
    """
    told = dashed(aria_label=label, aria_description=say("map.by_keys"))
    tools = [_tool(say(name), way, sign) for way, name, sign in _TOOLS]
    return html.Div(
        [
            html.Div(className=f"map-place {kind}".strip(), role="application", **told, **place),
            html.Div(tools, className="map-tools"),
            html.Div(className="hover-card", hidden=True),
        ],
        className=f"map-part {class_name}",
    )


def _tool(name: str, way: str, sign: str) -> html.Button:
    return html.Button(sign, type="button", className="tool", title=name, **dashed(aria_label=name, data_zoom=way))
