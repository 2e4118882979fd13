"""Say that there is nothing at an address, and where to go on."""

from dash import dcc, html

from dashboard.web.request import say


def layout(**_query: str) -> html.Div:
    """Return the screen in the reader's language."""
    return html.Div(
        [
            html.H2(say("missing.title")),
            html.P(say("missing.what")),
            dcc.Link(say("missing.map"), href="/", className="to-compare"),
        ],
        className="data-screen",
    )
