"""Lay out what stands over the map at first: three steps, and the way to official limits; each can be put away."""

from dash import dcc, html

from dashboard.pages.kit.elements import dashed
from dashboard.pages.map.ids import Map
from dashboard.records.core import may
from dashboard.web import editions, request
from dashboard.web.request import say
from geodata.model import Dataset


def layout(dataset: Dataset) -> html.Div:
    """Return the room over the map, filled once the map is there."""
    return html.Div([_offer(dataset), _first_steps()], className="first-room")


def _first_steps() -> html.Section:
    told = dashed(aria_label=say("map.first_steps"), data_over_map="")
    return html.Section(id=Map.FIRST_STEPS, className="first-steps", hidden=True, **told)


def _offer(dataset: Dataset) -> html.Aside | None:
    """Return the way to official limits, for whoever may bring them in, as long as a sketch is in use."""
    if dataset.limits_official or editions.store() is None or not may(request.actor(), "data.change"):
        return None
    away = say("fetching.away")
    return html.Aside(
        [
            html.P([say("fetching.notice"), " ", dcc.Link(say("fetching.notice_link"), href="/datos")]),
            html.Button("×", type="button", className="fold limits-offer-away", title=away, **dashed(aria_label=away)),
        ],
        id=Map.LIMITS_OFFER,
        className="limits-offer",
        hidden=True,
        **dashed(data_over_map=""),
    )
