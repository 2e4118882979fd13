"""Lay out the screen of what waits: what one is to do, and beside it what others did."""

from dash import dcc, html

from dashboard.pages.desk import answers
from dashboard.pages.desk.ids import Desk, DeskPart
from dashboard.pages.kit.elements import dashed
from dashboard.records.core import LOCAL
from dashboard.web import request


def layout(**_: str) -> html.Div:
    """Return the screen."""
    context = request.context()
    say, actor = context.say, context.actor
    lead = say("desk.lead_local") if actor.role == LOCAL else say("desk.lead", role=say(f"records.role.{actor.role}"))
    return html.Div(
        id=Desk.ROOT,
        className="record-screen desk-screen",
        children=[
            dcc.Store(id=Desk.ASKED),
            dcc.Store(id=Desk.ANSWER, data=answers.first(context).sent()),
            html.H2(say("desk.nav")),
            html.P(lead, className="lead"),
            html.Div(
                [
                    html.Div(className="desk-waiting", **dashed(data_part=str(DeskPart.WAITING))),
                    html.Section(className="desk-news", **dashed(data_part=str(DeskPart.NEWS))),
                ],
                className="desk-columns",
            ),
        ],
        **dashed(data_of="/pendientes"),
    )
