"""Lay the screen out."""

from dash import html

from dashboard.current import say


def layout(**_: str) -> html.Div:
    """Return the screen."""
    return html.Div(html.H2(say("present.nav")), className="record-screen")
