"""Lay the screen out: the meetings and the group of a department, or one meeting.

What a person can change is drawn by the browser from the server's answers; the first one comes with the page.
"""

from typing import Any

from dash import dcc, html

from dashboard.pages.kit import outcomes
from dashboard.pages.kit.elements import dashed, link
from dashboard.pages.meetings import answers
from dashboard.pages.meetings.ids import MEETING, OVERVIEW, Meetings, MeetingsPart
from dashboard.pages.meetings.sitting import department_of, period_of
from dashboard.records.core import RecordsError
from dashboard.web import request
from dashboard.web.request import RequestContext, say


def layout(meeting: str | None = None, **query: str) -> html.Div:
    """Return the screen: of one meeting by its id, else the overview that the address asks for."""
    context = request.context()
    if meeting:
        return _screen(context, meeting, [], _one(), say("meetings.back"))
    department, (period, in_one) = department_of(context, query.get("d")), period_of(context, query.get("periodo"))
    head = _head(context, department, period, in_one)
    return _screen(context, f"{department}{answers.APART}{period.key}", head, _all(), "")


def _screen(context: RequestContext, of: str, head: list[Any], places: list[Any], back: str) -> html.Div:
    try:
        shown, problem = answers.first(of, context).sent(), []
    except RecordsError as error:
        sentence, _ = request.sentences(error, context.words)
        ways = [link(back, "/reuniones")] if back else []
        problem = [html.H2(say("meetings.nav")), outcomes.problem(sentence), *ways]
        shown, head, places = {"shown": {}}, [], []
    return html.Div(
        id=Meetings.ROOT,
        className="record-screen meetings-screen",
        children=[
            dcc.Store(id=Meetings.ASKED),
            dcc.Store(id=Meetings.ANSWER, data=shown),
            html.Div(className="unsaved-bar", hidden=True, role="status", **dashed(data_unsaved_bar="yes")),
            html.Div(className="visually-hidden", role="status", **dashed(data_said="yes")),
            *problem,
            *head,
            html.Div(className="form-outcome", **dashed(data_outcome_page="yes")),
            *places,
        ],
        **dashed(data_of=of),
    )


def _place(part: MeetingsPart) -> html.Div:
    return html.Div(**dashed(data_part=str(part)), className=f"part-{part}")


def _all() -> list[Any]:
    years, rules, members = (_place(part) for part in OVERVIEW)
    return [html.Div([years, rules], className="overview"), members]


def _one() -> list[Any]:
    head, lacking, room, people, *rest = (_place(part) for part in MEETING)
    narrow = {
        MeetingsPart.WHEN, MeetingsPart.SESSION, MeetingsPart.PRESENT, MeetingsPart.GUESTS, MeetingsPart.AGENDA,
        MeetingsPart.WEIGHTS,
    }  # fmt: skip
    by_part = dict(zip(MEETING[4:], rest, strict=True))
    side = [by_part[part] for part in by_part if part in narrow]
    main = [by_part[part] for part in by_part if part not in narrow]
    return [
        head,
        lacking,
        html.Div([room, people], className="room-desk"),
        html.Div([html.Div(side), html.Div(main)], className="sitting"),
    ]


def _head(context: RequestContext, department: str, period: Any, in_one: bool) -> list[Any]:
    """The title, and the choice of department and period; links, so that the address tells them."""
    departments = context.dataset.territory.departments
    tabs = [_tab(d.name, d.code, period.key, d.code == department) for d in departments.values()]
    spans = [_tab(p.key, department, p.key, p.key == period.key) for p in context.store.programme.periods]
    outside = (
        []
        if in_one
        else [
            html.P(
                say("meetings.outside", today=context.words.day(context.store.today), period=period.key),
                className="caution",
            )
        ]
    )
    return [
        html.H2(say("meetings.title")),
        html.P(say("meetings.lead"), className="lead"),
        html.Div(
            [
                html.Nav(tabs, className="choice-tabs", **dashed(aria_label=say("meetings.departments"))),
                html.Nav(spans, className="choice-tabs", **dashed(aria_label=say("meetings.periods"))),
            ],
            className="choices",
        ),
        *outside,
    ]


def _tab(name: str, department: str, period: str, now: bool) -> html.Span:
    address = f"/reuniones?d={department}&periodo={period}"
    told = dashed(aria_current="page") if now else {}
    return html.Span(dcc.Link(name, href=address, className="choice-tab"), className="now" if now else "", **told)
