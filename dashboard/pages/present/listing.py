"""List what can be presented: the meetings, and the proposals of each department outside of any."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from dash import dcc, html

from dashboard.pages.kit import table
from dashboard.pages.kit.tables import by
from dashboard.pages.present.answers import MOST_PRESENTED
from dashboard.records.core import Words
from dashboard.records.meetings import CLOSED, OPEN, PLANNED, Meeting
from dashboard.records.proposals import Identity, Proposal
from geodata.model import Dataset

Known = Mapping[str, Identity]
ORDER = (OPEN, PLANNED, CLOSED)


def shown(
    meetings: Sequence[Meeting], proposals: Sequence[Proposal], known: Known, dataset: Dataset, words: Words
) -> list[Any]:
    """Return the list: meetings that go on first, then those to come, then those that are over, newest first.

    known: by what the proposals go.
    """
    say = words.say
    return [
        html.H2(say("present.nav")),
        html.P(say("present.lead"), className="lead"),
        html.H3(say("present.meetings")),
        _meetings(meetings, dataset, words),
        html.H3(say("present.without_meeting")),
        html.P(say("present.without_meeting_lead"), className="lead"),
        _departments(proposals, known, dataset, words),
    ]


def in_order(meetings: Sequence[Meeting]) -> list[Meeting]:
    """Return meetings by state, and within it by day: those to come from the next on, those that are over backwards.

    What was cancelled is not presented.
    """
    return sorted(
        (m for m in meetings if m.state in ORDER),
        key=lambda m: (ORDER.index(m.state), (-1 if m.state == CLOSED else 1) * m.held_on.toordinal(), m.id),
    )


def _meetings(meetings: Sequence[Meeting], dataset: Dataset, words: Words) -> Any:
    say = words.say
    if not meetings:
        to_plan = dcc.Link(say("present.plan_one"), href="/reuniones")
        return html.P([say("present.no_meetings"), " ", to_plan], className="empty")
    rows = [
        (
            dataset.territory.departments[m.department].name,
            say("present.meeting", number=m.number, year=m.held_on.year),
            by(m.held_on, words.day(m.held_on)),
            say(f"records.meeting_state.{m.state}"),
            by(len(m.proposals), say("present.n_proposals", n=len(m.proposals))),
            _open(f"/presentar/{m.id}", m.id, words),
        )
        for m in in_order(meetings)
    ]
    head = [say(f"present.list.{name}") for name in ("department", "meeting", "day", "state", "proposals", "open")]
    return table(say("present.meetings"), head, rows, class_name="present-meetings", sorts=range(5))


def _departments(proposals: Sequence[Proposal], known: Known, dataset: Dataset, words: Words) -> Any:
    say, rows = words.say, []
    for code, department in dataset.territory.departments.items():
        own = [p for p in proposals if p.department == code][:MOST_PRESENTED]
        if own:
            names = html.Span(", ".join(known[p.id].title for p in own), dir="auto")
            query = urlencode([("p", p.id) for p in own])
            rows.append((department.name, names, _open(f"/presentar?{query}", department.name, words)))
    if not rows:
        return html.P(say("present.no_proposals"), className="empty")
    head = [say(f"present.list.{name}") for name in ("department", "proposals", "open")]
    return table(say("present.without_meeting"), head, rows, class_name="present-meetings")


def _open(href: str, what: str, words: Words) -> dcc.Link:
    return dcc.Link(
        words.say("present.open"), href=href, className="button", title=words.say("present.open_this", what=what)
    )
