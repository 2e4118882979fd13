"""Make the small pieces that the tables of the coverage are put together from: marks, dates, drawings, addresses.

Everything here is read both on the screen and on pages without Dash, so it knows no callback and no inline style.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from dash import html

from dashboard.records.core import Words

PATH = "/cobertura"
PARTS = SUMMARY, FOCAS, QSIP, SHARING = ("resumen", "focas", "qsip", "compartir")
DEPARTMENT, PART, CLUSTER, UNTIL = "departamento", "parte", "conglomerado", "al"  # names in the address
DRAWING = "data-svg"  # an attribute with a drawing that the browser, or a page, puts in its place

Cell = Any


def address(
    department: str | None = None, part: str = SUMMARY, cluster: str | None = None, path: str = PATH,
    until: date | None = None,
) -> str:  # fmt: skip
    """Return the address of a part of the screen; what is as it begins is left out. until: the day up to which
    lateness is counted, where a reader chose it."""
    fields = {DEPARTMENT: department, PART: None if part == SUMMARY else part, CLUSTER: cluster, UNTIL: until}
    query = urlencode({name: value for name, value in fields.items() if value})
    return f"{path}?{query}" if query else path


def short_day(day: date | None, words: Words) -> str:
    """Return a date as a table has room for; unknown is said."""
    return words.short_day(day)


def hidden(text: str) -> html.Span:
    """Return words for those who hear the page."""
    return html.Span(text, className="visually-hidden")


def marked(mark: str, meaning: str, text: Any = "", class_name: str = "") -> html.Span:
    """Return a mark that is seen, its meaning that is heard, and what stands beside it."""
    sign = html.Span(mark, className="sign", **{"aria-hidden": "true"})
    return html.Span([sign, hidden(f"{meaning} "), html.Span(text)], className=f"mark {class_name}".strip())


def drawing(svg: str, class_name: str = "drawing") -> html.Div:
    """Return a place for a drawing of our own making."""
    return html.Div(className=class_name, **{DRAWING: svg})


def theirs(text: str) -> html.Span:
    """Return text that a person wrote, in whichever direction it runs."""
    return html.Span(text, dir="auto")


def table(
    caption: str,
    head: Sequence[Cell],
    rows: Iterable[Sequence[Cell]],
    numbers: Iterable[int] = (),
    class_name: str = "",
    foot: Sequence[Cell] | None = None,
) -> html.Table:
    """Return a table whose first column names the rows; columns in `numbers` are aligned as figures."""
    right = frozenset(numbers)

    def line(cells: Sequence[Cell]) -> html.Tr:
        made = [_cell(html.Td, cell, n in right) for n, cell in enumerate(cells)][1:]
        return html.Tr([html.Th(cells[0], scope="row"), *made])

    heads = [_cell(html.Th, text, n in right, scope="col") for n, text in enumerate(head)]
    parts = [html.Caption(caption), html.Thead(html.Tr(heads)), html.Tbody([line(cells) for cells in rows])]
    if foot is not None:
        parts.append(html.Tfoot(line(foot)))
    return html.Table(parts, className=f"record-table coverage-table {class_name}".strip())


def _cell(kind: type, content: Cell, is_number: bool, **more: str):
    return kind(content, **({"className": "number"} if is_number else {}), **more)


def wide(made: html.Table, name: str) -> html.Div:
    """Return a table that may be wider than its place, with a room that scrolls and can be reached by keyboard."""
    return html.Div(made, className="wide", tabIndex="0", role="region", **{"aria-label": name})


def section(title: str, *content: Any, note: str = "", id: str | None = None) -> html.Section:
    """Return a part of a page under its heading."""
    notes = [html.P(note, className="muted")] if note else []
    named = {"id": id} if id else {}
    return html.Section([html.H3(title), *notes, *content], className="coverage-section", **named)


def empty(text: str) -> html.P:
    """Return that there is nothing yet, and what to do."""
    return html.P(text, className="empty")
