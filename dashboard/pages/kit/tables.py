"""Make tables: a caption, heads, rows that their first cell names, figures in line, and a sum below.

Read both on the screen and on pages without Dash: no callback and no inline style.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.pages.kit.elements import dashed

Cell = Any  # what stands in a cell, or a cell of its own making
RECORD, SHEET = "record-table", "sheet-table"  # looks of a table: of what is kept, and of data


def table(
    caption: str,
    head: Sequence[Cell],
    rows: Iterable[Sequence[Cell] | Component],
    numbers: Iterable[int] = (),
    class_name: str = "",
    foot: Sequence[Cell] | html.Tr | None = None,
    *,
    above: Sequence[Cell] = (),
    captioned: bool = False,
    look: str = RECORD,
    named: bool = True,
    sorts: Iterable[int] = (),
) -> html.Table:
    """Return a table; columns in `numbers` are aligned as figures.

    foot: the sums. above: heads over those of the columns, which span several. captioned: the caption is read by all,
    not only by those who hear the page; "" is none. named: the first column names the rows. sorts: the columns by which
    the browser sorts the rows (`assets/js/screens/sorting.js`), by what :func:`by` says, else by their text. A row or a
    cell that is made already (one that spans others) stands as it is.
    """
    right = frozenset(numbers)

    def line(cells: Sequence[Cell] | Component) -> Any:
        if isinstance(cells, html.Tr):
            return cells
        return html.Tr([_cell(n == 0 and named, cell, n in right) for n, cell in enumerate(cells)])

    heads = [html.Tr([_head(c, n in right) for n, c in enumerate(row)]) for row in (above, head) if row]
    title = [html.Caption(caption, className=None if captioned else "visually-hidden")] if caption else []
    parts = [*title, *([html.Thead(heads)] if heads else []), html.Tbody([line(cells) for cells in rows])]
    if foot is not None:
        parts.append(html.Tfoot(line(foot)))
    sorted_by = " ".join(map(str, sorts))
    more = dashed(data_sorts=sorted_by) if sorted_by else {}
    return html.Table(parts, className=f"{look} {class_name}".strip(), **more)


def by(value: object, content: Cell, is_number: bool = False) -> html.Td:
    """Return a cell that is sorted by a value (a number, a date as ISO text, a place in an order; None is unknown)."""
    return html.Td(content, **_kind(is_number), **dashed(data_value="" if value is None else str(value)))


def _cell(is_name: bool, content: Cell, is_number: bool) -> Any:
    if isinstance(content, (html.Td, html.Th)):
        return content
    return html.Th(content, scope="row", **_kind(is_number)) if is_name else html.Td(content, **_kind(is_number))


def _head(content: Cell, is_number: bool) -> html.Th:
    return content if isinstance(content, html.Th) else html.Th(content, scope="col", **_kind(is_number))


def _kind(is_number: bool) -> dict[str, Any]:
    return {"className": "number"} if is_number else {}


def wide(made: Any, name: str, class_name: str = "wide") -> html.Div:
    """Return a table that may be wider than its place, with a room that scrolls and can be reached by keyboard."""
    return html.Div(made, className=class_name, tabIndex="0", role="region", **dashed(aria_label=name))
