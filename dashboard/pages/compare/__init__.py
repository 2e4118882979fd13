"""Compare two to four candidates or proposals."""

from dash import html

PATH = "/comparar"
TITLE = "Comparar"


def layout(**_: str) -> html.Div:
    return html.Div("…")
