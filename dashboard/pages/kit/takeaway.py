"""Offer what can be taken away as a file: a link for each format, or a list of formats with a button."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.documents import FORMATS
from dashboard.pages.kit.controls import one_of
from dashboard.pages.kit.elements import dashed, link
from dashboard.web.request import say

FOR_TABLES, FOR_MAPS = "xlsx", "gpkg"  # the format that is offered first
DISTRICTS, PROPOSALS = "/datos/distritos", "/registro/propuestas"  # addresses of files, without their ending
LIVE = "/datos-vivos"


def file_links(title: str, address: str) -> html.P:
    """Return a line of links to a file in every format; `address` is without its ending."""
    links: list[Any] = []
    for kind in FORMATS:
        name = say(f"format.{kind}")
        links += [link(name, f"{address}.{kind}", download="", **dashed(aria_label=f"{title}: {name}")), " "]
    return html.P([html.Span(title, className="takeaway-title"), " ", *links], className="takeaway")


def file_choice(label: str, format_id: str, button_id: str, first: str) -> html.Div:
    """Return a list of formats and the button that asks for a file in the one chosen."""
    options: Sequence[dict[str, str]] = [{"value": kind, "label": say(f"format.{kind}")} for kind in FORMATS]
    field = html.Div([html.Label(label), one_of(format_id, options, first)], className="field")
    button = html.Button(say("map.download_button"), id=button_id, n_clicks=0, className="button")
    return html.Div([field, button], className="downloads")
