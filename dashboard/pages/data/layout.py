"""Lay the data screen out: what is in use, how to bring a file in, and what the data hold.

What changes while the page is open is filled by the server's answers; the tables of what is known are
of the edition that the page was laid out on.
"""

from dash import dcc, html

from dashboard.pages.data import backdrops, tables
from dashboard.pages.data.backdrops import Backdrops
from dashboard.pages.data.ids import Data
from dashboard.pages.kit import elements, takeaway
from dashboard.pages.kit.elements import dashed
from dashboard.web import request
from dashboard.web.request import say


def layout(**_: str) -> html.Div:
    """Return the screen."""
    dataset, context = request.dataset(), request.context()
    return html.Div(
        className="data-screen",
        children=[
            dcc.Store(id=Data.ASKED),
            dcc.Store(id=Data.ANSWER),
            dcc.Store(id=Backdrops.ASKED),
            dcc.Store(id=Backdrops.ANSWER, data=backdrops.first(context).sent()),
            html.H2(say("data.title")),
            _intake(),
            html.Section(backdrops.part(context), id=Backdrops.ROOT, className="backdrops"),
            html.H3(say("data.resources")),
            tables.resources(dataset),
            html.H3(say("data.lacking_by_name")),
            html.P(say("data.lacking_note"), className="muted"),
            tables.gaps(dataset),
            html.H3(say("data.indicators")),
            html.P(say("map.gap_method_text"), className="muted"),
            html.P(
                html.A(say("sensitivity.see"), href="/sensibilidad", className="data-link", **dashed(data_inside="1"))
            ),
            tables.indicators(dataset),
        ],
    )


def _intake() -> html.Div:
    """Return the places of what is in use, of the file at hand, of what was added and of all editions."""
    steps = [
        html.Div(id=Data.FILE),
        html.Div(id=Data.PROGRESS, className="said"),
        *(html.Div(id=part) for part in (Data.MAPPING, Data.REPORT, Data.RESULT)),
    ]
    return html.Div(
        id=Data.ROOT,
        children=[
            html.Div(id=Data.IN_USE, className="filled"),
            html.Div(steps, className="intake"),
            html.Div(id=Data.LAYERS),
            html.Div(id=Data.LINKS),
            html.H3(say("takeaway.districts")),
            html.P(say("takeaway.districts_about"), className="muted"),
            takeaway.file_links(say("takeaway.all_districts"), takeaway.DISTRICTS),
            html.P(elements.link(say("live.see"), takeaway.LIVE)),
            html.Div(id=Data.EDITIONS),
        ],
    )
