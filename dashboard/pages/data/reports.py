"""Show the report of a check: faults together at the top, then what happened to the rows, by kind."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.pages.data.parts import part
from dashboard.pages.kit import elements
from dashboard.pages.kit.elements import dashed
from dashboard.pages.kit.tables import SHEET, table, wide
from dashboard.texts import number
from dashboard.web.access import UPLOADS
from dashboard.web.request import language, say
from dashboard.web.uploads import Seen
from geodata.reports import COUNTED_ONLY, MOST_SPANS, ORDER, Event, ordered, sentence
from geodata.shared import whole

MOST_ROWS = 100  # of one kind on the screen; the files have all
FAULT = "fault"
KINDS = (*(kind for kind in ORDER if kind != FAULT), *COUNTED_ONLY)


def report(seen: Seen, token: str) -> html.Section:
    """Return the report; files of it stand under the upload's token."""
    told = seen.report.counts()
    kinds = [kind for kind in KINDS if told[kind]]
    parts: list[Any] = [html.P(say("report.rows_read", rows=number(seen.report.rows_read, language())))]
    if faults := faults_of(seen):
        parts.append(_faults(faults))
    if kinds:
        parts.append(_kinds(kinds, told))
        parts.append(_table(kinds, seen))
    links = [elements.link(say(f"editions.report_{kind}"), f"/{UPLOADS}/{token}/report.{kind}", target="_blank")
             for kind in ("html", "csv")]  # fmt: skip
    return part("intake.report", [*parts, html.Div(links, className="data-links")], "report")


def is_worth_reading(seen: Seen) -> bool:
    """Tell whether a report has anything but the questions that stand in the form."""
    return bool(seen.report.rows_read or faults_of(seen) or len(seen.report.events) > len(seen.report.faults))


def faults_of(seen: Seen) -> list[Event]:
    """Return why the file cannot be imported, but for the questions, which stand in the form."""
    asked = {question.message for question in seen.questions}
    return [event for event in seen.report.faults if event.message not in asked]


def _faults(faults: Sequence[Event]) -> html.Div:
    shown = [html.Li(_line(event)) for event in faults[:MOST_ROWS]]
    more = [html.Li(_more(len(faults)))] if len(faults) > MOST_ROWS else []
    return html.Div(
        [html.P(say("intake.faults", n=len(faults))), html.Ul([*shown, *more])], className="error", role="alert"
    )


def _line(event: Event) -> str:
    row = "" if event.row is None else say("report.row", row=event.row) + " "
    return row + sentence(event, language(), MOST_SPANS)


def _more(count: int) -> str:
    return say("intake.more", n=number(count - MOST_ROWS, language()))


def _kinds(kinds: Sequence[str], told: dict[str, int]) -> html.Div:
    buttons = [
        html.Button(
            [say(f"report.kind.{kind}"), " ", html.B(number(told[kind], language()))],
            type="button", className="button kind-button",
            **dashed(data_kind=kind, aria_pressed=str(n == 0).lower()),
        )
        for n, kind in enumerate(kinds)
    ]  # fmt: skip
    return html.Div(buttons, className="kind-buttons", role="group", **dashed(aria_label=say("intake.kinds")))


def _table(kinds: Sequence[str], seen: Seen) -> html.Div:
    columns = ("row", "ubigeo", "sentence", "score")
    head = [say(f"report.column.{name}") for name in columns]
    rows = [row for n, kind in enumerate(kinds) for row in _rows(kind, ordered(seen.report.of(kind)), hidden=n > 0)]
    made = table("", head, rows, class_name="report-table", look=SHEET)
    return wide(made, say("intake.report"), "report-room")


def _rows(kind: str, events: Sequence[Event], hidden: bool) -> list[html.Tr]:
    told = dashed(data_of=kind, hidden=hidden)
    rows = [
        html.Tr(
            [
                html.Td("" if event.row is None else str(event.row)),
                html.Td(event.ubigeo or ""),
                html.Td(sentence(event, language(), MOST_SPANS)),
                html.Td("" if event.score is None else str(whole(event.score))),
            ],
            **told,
        )
        for event in events[:MOST_ROWS]
    ]
    if len(events) > MOST_ROWS:
        rows.append(html.Tr(html.Td(_more(len(events)), colSpan=4, className="muted"), **told))
    return rows
