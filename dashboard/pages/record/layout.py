"""Lay the register out: the list, one proposal, or the form for a new one. What it holds is drawn by the browser."""

from dash import dcc, html

from dashboard.pages.record import answers
from dashboard.pages.record.ids import Register
from dashboard.web import request


def layout(proposal: str | None = None, **query: str) -> html.Div:
    """Return the screen for its address."""
    context = request.context()
    return html.Div(
        [
            dcc.Store(id=Register.ASKED),
            dcc.Store(id=Register.ANSWER, data=answers.opened(proposal, query, context).sent()),
            # an element that no other screen has in this place: what the browser drew in it goes with it
            html.Article(id=Register.BODY, className="register"),
        ],
        id=Register.ROOT,
        className="record-screen register-screen",
    )
