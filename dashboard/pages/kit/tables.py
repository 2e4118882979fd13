"""Make tables: a caption, heads, rows that their first cell names, figures in line, and a sum below.

In a narrow window each row is a card, whose cells say the name of their column (`assets/css/tables.css`). Read both on
the screen and on pages without Dash: no callback and no inline style.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.pages.kit.elements import dashed

Cell = Any  # what stands in a cell, or a cell of its own making
RECORD, SHEET = "record-table", "sheet-table"  # looks of a table: of what is kept, and of data
CARDS = (RECORD, SHEET)  # looks whose rows are cards in a narrow window


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
    # heads in two rows, or none, say nothing of one cell alone
    names = [] if above or look.split()[0] not in CARDS else [_text(cell) for cell in head]

    def line(cells: Sequence[Cell] | Component) -> Any:
        if not isinstance(cells, html.Tr):
            cells = html.Tr([_cell(n == 0 and named, cell, n in right) for n, cell in enumerate(cells)])
        return _labelled(cells, names)

    heads = [html.Tr([_head(c, n in right) for n, c in enumerate(row)]) for row in (above, head) if row]
    title = [html.Caption(caption, className=None if captioned else "visually-hidden")] if caption else []
    parts = [*title, *([html.Thead(heads)] if heads else []), html.Tbody([line(cells) for cells in rows])]
    if foot is not None:
        parts.append(html.Tfoot(line(foot)))
    sorted_by = " ".join(map(str, sorts))
    more = dashed(data_sorts=sorted_by) if sorted_by else {}
    looks = " ".join(filter(None, [look, class_name, "cards" if names else ""]))
    return html.Table(parts, className=looks, **more)


def by(value: object, content: Cell, is_number: bool = False) -> html.Td:
    """Return a cell that is sorted by a value (a number, a date as ISO text, a place in an order; None is unknown)."""
    return html.Td(content, **_kind(is_number), **dashed(data_value="" if value is None else str(value)))


def _cell(is_name: bool, content: Cell, is_number: bool) -> Any:
    if isinstance(content, (html.Td, html.Th)):
        return content
    return html.Th(content, scope="row", **_kind(is_number)) if is_name else html.Td(content, **_kind(is_number))


def _labelled(row: html.Tr, names: Sequence[str]) -> html.Tr:
    """Return a row whose cells of one column say its name; the cell that names the row and a button need none."""
    column = 0
    for cell in _listed(row.children):
        span = getattr(cell, "colSpan", None) or 1
        plain = isinstance(cell, html.Td) and int(span) == 1 and not isinstance(cell.children, html.Button)
        if plain and column < len(names) and names[column]:
            setattr(cell, "data-label", names[column])
        column += int(span)
    return row


def _text(content: Cell) -> str:
    """Return what a head says as plain text."""
    if isinstance(content, Component):
        return " ".join(filter(None, map(_text, _listed(getattr(content, "children", None)))))
    return "" if content is None else str(content)


def _listed(children: Any) -> list[Any]:
    return list(children) if isinstance(children, (list, tuple)) else [children]


def _head(content: Cell, is_number: bool) -> html.Th:
    return content if isinstance(content, html.Th) else html.Th(content, scope="col", **_kind(is_number))


def _kind(is_number: bool) -> dict[str, Any]:
    return {"className": "number"} if is_number else {}


def wide(made: Any, name: str, class_name: str = "wide") -> html.Div:
    """Return a table that may be wider than its place, with a room that scrolls and can be reached by keyboard."""
    return html.Div(made, className=class_name, tabIndex="0", role="region", **dashed(aria_label=name))
