"""Read any table file as text: where its heading is, where its rows end, and nothing else decided.

CSV, Excel and DBF come out alike: a frame of texts under the file's own column names, indexed by
the row number that a spreadsheet shows, so that every later sentence can point at a row.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geodata.readers import Question, Unreadable, delimited, spreadsheets
from geodata.readers.grid import Grid
from geodata.readers.numbers import is_number
from geodata.readers.safety import check_shape
from geodata.report import Event

LOOKED_AT = 40  # rows among which the heading must be: titles and notes above it are a few lines
WIDE_ENOUGH = 0.6  # of the table's usual cells must be filled in a heading
COMMON = 0.1  # of the rows must be as wide for a width to be the table's; fewer are broken rows
TOLD_ROWS = 5  # row numbers named in one sentence
SAMPLE_ROWS = 5
SHOWN = 60  # characters of a text quoted in a sentence
_NOTE = re.compile(r"(fuentes?|notas?|elabora|source|note|total|leyenda)\b|[*(]|\d+ ?/", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table as text. frame: columns as the file names them, NaN blank, index = row number as a
    spreadsheet shows it (the heading of a plain file is row 1, its first row 2).

    encoding, separator: of a text file, "" otherwise. sheet: the sheet read, sheets: those that hold
    a table, "" and () where the file has none. heading_row: the (last) row of the heading.
    events: what was set aside on the way (titles, footers, broken rows, formulas).
    questions: which sheet, where several fit and none was named.
    """

    frame: pd.DataFrame
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    heading_row: int = 1
    events: tuple[Event, ...] = ()
    questions: tuple[Question, ...] = field(default=())

    @property
    def sample(self) -> tuple[tuple[str, ...], ...]:
        """Return the first rows as texts, "" blank."""
        rows = self.frame.head(SAMPLE_ROWS).fillna("")
        return tuple(tuple(text[:SHOWN] for text in row) for row in rows.itertuples(index=False))

    @property
    def options(self) -> dict[str, Any]:
        """Return how the file was read, to be read the same way again."""
        told = {"encoding": self.encoding, "separator": self.separator, "sheet": self.sheet}
        return {"heading_row": self.heading_row, **{key: value for key, value in told.items() if value}}


def read_sheet(path: Path, answers: Mapping[str, Any] | None = None) -> Sheet:
    """Read the table of a file. Raises Unreadable.

    answers: encoding, separator, sheet, heading_row (row number), where a person knows better.
    """
    path, answers = Path(path), answers or {}
    if delimited.is_text(path):
        grid = delimited.read(path, answers.get("encoding"), answers.get("separator"))
        return _table(grid, path.name, answers)
    grids = spreadsheets.read(path, answers.get("sheet"))
    tables, broken = [], None
    for grid in grids:
        try:
            tables.append(_table(grid, path.name, answers))
        except Unreadable as error:
            broken = error
    if not tables:
        raise broken or Unreadable("tables.unreadable.no_table", file=path.name)
    names = tuple(table.sheet for table in tables if table.sheet)
    return replace(tables[0], sheets=names, questions=_which_sheet(names, answers))


def _which_sheet(names: tuple[str, ...], answers: Mapping[str, Any]) -> tuple[Question, ...]:
    if len(names) < 2 or answers.get("sheet") in names:
        return ()
    return (Question("sheet", "tables.ask.sheet", dict.fromkeys(names, "tables.choice.as_is")),)


def _table(grid: Grid, file: str, answers: Mapping[str, Any]) -> Sheet:
    """Find heading, body and footer in a grid. Raises Unreadable where it holds no table."""
    filled = {row: cells for row, cells in grid.rows.items() if any(cells)}
    usual = _usual_width(filled)
    if usual < 2:
        raise Unreadable("tables.unreadable.no_table", file=file)
    heading = _heading(filled, usual, answers.get("heading_row"), file)
    names, last = _names(filled, heading, _width(filled, heading, bool(grid.separator)))
    body = {row: cells for row, cells in filled.items() if row > last}
    events = [*grid.events, *_note_titles(filled, heading)]
    body, more = _whole_rows(body, len(names), usual, file)
    if not body:
        raise Unreadable("tables.unreadable.no_rows", file=file)
    check_shape(file, len(body), len(names))
    return Sheet(
        frame=_frame(body, names), encoding=grid.encoding, separator=grid.separator, sheet=grid.sheet,
        heading_row=last, events=(*events, *more),
    )  # fmt: skip


def _count(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell)


def _usual_width(filled: Mapping[int, list[str]]) -> int:
    """Return how many cells most rows fill: the widest of the widths that are common."""
    widths = Counter(_count(cells) for cells in filled.values())
    if not widths:
        return 0
    common = [width for width, times in widths.items() if times >= COMMON * len(filled)]
    return max(common or widths)


def _heading(filled: Mapping[int, list[str]], usual: int, answer: Any, file: str) -> int:
    """Return the row number of the (first) heading row. Raises Unreadable."""
    if answer is not None:
        wanted = int(answer) if str(answer).isascii() and str(answer).isdigit() else -1
        if wanted not in filled:
            raise Unreadable("tables.unreadable.no_heading", file=file)
        return wanted
    for row, cells in list(filled.items())[:LOOKED_AT]:
        known = [cell for cell in cells if cell]
        if len(known) >= max(2, WIDE_ENOUGH * usual) and _is_heading(known):
            return row
    raise Unreadable("tables.unreadable.no_heading", file=file)


def _is_heading(known: list[str]) -> bool:
    """Tell whether texts can name columns: no figures but years, and hardly any twice."""
    figures = [cell for cell in known if is_number(cell) and not _YEAR.fullmatch(cell)]
    named = [cell for cell in known if not is_number(cell)]
    return not figures and bool(named) and len(set(known)) >= WIDE_ENOUGH * len(known)


def _names(filled: Mapping[int, list[str]], heading: int, width: int) -> tuple[list[str], int]:
    """Return the column names and the last row of the heading.

    Merged headings come as a row with gaps over a row that fills them ("Población" over "Urbana",
    "Rural"): the two are put together, the upper text carried on to the right.
    """
    rows = list(filled)
    after = rows[rows.index(heading) + 1 :][:1]
    both = max(width, _reach(filled[after[0]])) if after else width
    upper = [*filled[heading], *[""] * both][:both]
    lower = [*filled[after[0]], *[""] * both][:both] if after else []
    gaps = [i for i, cell in enumerate(lower) if cell and not upper[i]]
    if gaps and all(not is_number(cell) or _YEAR.fullmatch(cell) for cell in lower if cell):
        carried = ""
        joined = []
        for top, below in zip(upper, lower, strict=True):
            carried = top or (carried if below else "")
            joined.append(" ".join(part for part in (carried, below) if part))
        return _distinct(joined), after[0]
    return _distinct(upper[:width]), heading


def _reach(cells: list[str]) -> int:
    """Return how many cells there are up to the last filled one."""
    return max((i for i, cell in enumerate(cells, 1) if cell), default=0)


def _width(filled: Mapping[int, list[str]], heading: int, is_text: bool) -> int:
    """Return how many columns there are: those named, and unnamed ones that are filled.

    In a text file a separator within a value ("35,868" without quotes) makes a row longer than its
    heading: there, only the cells of the heading are columns, even where it leaves one of them blank.
    """
    below = max((_reach(cells) for row, cells in filled.items() if row > heading), default=0)
    if is_text:
        below = min(below, len(filled[heading]))
    return max(_reach(filled[heading]), below)


def _distinct(names: list[str]) -> list[str]:
    """Return one line a name, the spreadsheet's letter added where a name is blank or repeated."""
    plain = [re.sub(r"\s+", " ", name).strip() for name in names]
    times = Counter(plain)
    return [
        name if name and times[name] == 1 else f"{name} [{_letter(i)}]".strip() for i, name in enumerate(plain)
    ]


def _letter(index: int) -> str:
    """Return the letters that a spreadsheet shows over a column: A, B ... Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _note_titles(filled: Mapping[int, list[str]], heading: int) -> list[Event]:
    above = {row: cells for row, cells in filled.items() if row < heading}
    return [Event("note", "tables.note.title", {"text": _quote(cells)}, row) for row, cells in above.items()]


def _quote(cells: list[str]) -> str:
    text = " ".join(cell for cell in cells if cell)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _whole_rows(
    body: Mapping[int, list[str]], width: int, usual: int, file: str
) -> tuple[dict[int, list[str]], list[Event]]:
    """Return the rows that belong to the table, and what became of the others.

    The last rows that fill one or two cells of many are notes under the table. A row with more
    cells than there are columns has its values out of place, and cannot be trusted; where such rows
    are common, neither can the others. Raises Unreadable.
    """
    rows, events = dict(body), []
    for row in reversed(list(rows)):
        if not _is_note(rows[row], usual):
            break
        events.insert(0, Event("note", "tables.note.footer", {"text": _quote(rows.pop(row))}, row))
    longer = [row for row, cells in rows.items() if _count(cells[width:])]
    if len(longer) > 1 and len(longer) >= COMMON * len(rows):
        told = ", ".join(map(str, longer[:TOLD_ROWS])) + ("…" if len(longer) > TOLD_ROWS else "")
        raise Unreadable("tables.unreadable.longer_rows", file=file, count=len(longer), columns=width, rows=told)
    for row in longer:
        fields = {"cells": len(rows.pop(row)), "columns": width}
        events.append(Event("left_out", "tables.left_out.ragged", fields, row))
    return rows, events


def _is_note(cells: list[str], usual: int) -> bool:
    """Tell whether a last row is a note; in a narrow table a short row may be a district without figures."""
    filled = _count(cells)
    if usual >= 4:
        return filled <= 2
    return filled == 1 and (usual == 3 or bool(_NOTE.match("".join(cells))))


def _frame(body: Mapping[int, list[str]], names: list[str]) -> pd.DataFrame:
    width = len(names)
    cells = [[*row[:width], *[""] * (width - len(row))] for row in body.values()]
    frame = pd.DataFrame(cells, columns=pd.Index(names, dtype="str"), index=list(body), dtype="str")
    frame = frame.mask(frame == "")
    named = [not re.fullmatch(r"\[[A-Z]+\]", name) for name in names]
    return frame.loc[:, frame.notna().any().to_numpy() | np.array(named, dtype=bool)]
