"""Read any table file as text: where its heading is, where its rows end, and nothing else decided.

CSV, Excel and DBF come out alike: a frame of texts under the file's own column names, indexed by
the row number that a spreadsheet shows, so that every later sentence can point at a row.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.readers.cells import is_number, letters
from geodata.readers.contract import Answers, Question, UnreadableFile
from geodata.readers.formats import delimited, spreadsheets
from geodata.readers.formats.grid import Grid
from geodata.readers.formats.safety import check_shape
from geodata.reports import Event

LOOKED_AT = 40  # rows among which the heading must be: titles and notes above it are a few lines
WIDE_ENOUGH = 0.6  # of the table's usual cells must be filled in a heading
COMMON = 0.1  # of the rows must be as wide for a width to be the table's; fewer are broken rows
TOLD_ROWS = 5  # row numbers named in one sentence
SAMPLE_ROWS = 5
SHOWN = 60  # characters of a text quoted in a sentence
_NOTE = re.compile(r"(fuentes?|notas?|elabora|source|note|total|leyenda)\b|[*(]|\d+ ?/", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d\d")
_UNNAMED = re.compile(r"\[[A-Z]+\]")
MOST_HEADING_ROWS = 4  # below the first
MOSTLY = 0.5  # of the rows below a heading fill a column that is one of the table's


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table as text.

    frame: columns as the file names them, NaN blank, index = row number as a spreadsheet shows it (the heading of
    a plain file is row 1, its first row 2).
    encoding, separator: of a text file, "" otherwise. sheet: the sheet read, sheets: those that hold
    a table, "" and () where the file has none. heading_row: the (first) row of the heading; below: what
    its last row says of a column whose name is put together from several.
    events: what was set aside on the way (titles, footers, broken rows, formulas).
    questions: which sheet, where several fit and none was named.
    """

    frame: pd.DataFrame
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    heading_row: int = 1
    below: Mapping[str, str] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    questions: tuple[Question, ...] = field(default=())

    @property
    def sample(self) -> tuple[tuple[str, ...], ...]:
        """Return the first rows as texts, "" blank."""
        rows = self.frame.head(SAMPLE_ROWS).fillna("")
        return tuple(tuple(text[:SHOWN] for text in row) for row in rows.itertuples(index=False))

    @property
    def options(self) -> dict[str, object]:
        """Return how the file was read, to be read the same way again."""
        found = {"encoding": self.encoding, "separator": self.separator, "sheet": self.sheet}
        return {"heading_row": self.heading_row, **{key: value for key, value in found.items() if value}}


def read_grid(path: Path) -> Grid:
    """Return the cells of a file as they stand: of a workbook, of its first visible sheet. Raises UnreadableFile."""
    path = Path(path)
    if delimited.is_text(path):
        return delimited.read(path)
    grids = spreadsheets.read(path)
    if not grids:
        raise UnreadableFile("tables.unreadable.no_table", file=path.name)
    return grids[0]


def read_sheet(path: Path, answers: Answers | None = None) -> Sheet:
    """Read the table of a file. Raises UnreadableFile.

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
        except UnreadableFile as error:
            broken = error
    if not tables:
        raise broken or UnreadableFile("tables.unreadable.no_table", file=path.name)
    names = tuple(table.sheet for table in tables if table.sheet)
    return replace(tables[0], sheets=names, questions=_which_sheet(names, answers))


def _which_sheet(names: tuple[str, ...], answers: Answers) -> tuple[Question, ...]:
    if len(names) < 2 or answers.get("sheet") in names:
        return ()
    return (Question("sheet", "tables.ask.sheet", dict.fromkeys(names, "tables.choice.as_is")),)


def _table(grid: Grid, file: str, answers: Answers) -> Sheet:
    """Find heading, body and footer in a grid. Raises UnreadableFile where it holds no table."""
    filled = {row: cells for row, cells in grid.rows.items() if any(cells)}
    usual = _usual_width(filled)
    if usual < 2:
        raise UnreadableFile("tables.unreadable.no_table", file=file)
    heading = _heading(filled, usual, answers.get("heading_row"), file)
    width = _width(filled, heading, bool(grid.separator))
    names, last = _names(filled, heading, width)
    body = {row: cells for row, cells in filled.items() if row > last}
    events = [*grid.events, *_note_titles(filled, heading)]
    body, more = _whole_rows(body, len(names), usual, file)
    if not body:
        raise UnreadableFile("tables.unreadable.no_rows", file=file)
    check_shape(file, len(body), len(names))
    return Sheet(
        frame=_frame(body, names), encoding=grid.encoding, separator=grid.separator, sheet=grid.sheet,
        heading_row=heading, below=_below(filled, heading, names, width), events=(*events, *more),
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


def _heading(filled: Mapping[int, list[str]], usual: int, answer: object, file: str) -> int:
    """Return the row number of the (first) heading row. Raises UnreadableFile."""
    if answer is not None:
        number = int(str(answer)) if str(answer).isascii() and str(answer).isdigit() else -1
        if number not in filled:
            raise UnreadableFile("tables.unreadable.no_heading", file=file)
        return number
    rows = list(filled)[:LOOKED_AT]
    for n, row in enumerate(rows):
        known = [cell for cell in filled[row] if cell]
        if len(known) >= max(2, WIDE_ENOUGH * usual) and _is_heading(known):
            return rows[n - 1] if n and _stands_over(filled[rows[n - 1]], filled[row]) else row
    # a heading whose first row is short, with the names of most columns below it
    for row in rows:
        names, last = _names(filled, row, 0)
        known = [name for name in names if not _UNNAMED.fullmatch(name)]
        if last != row and len(known) >= max(2, WIDE_ENOUGH * usual) and _is_heading(known):
            return row
    raise UnreadableFile("tables.unreadable.no_heading", file=file)


def _is_heading(known: list[str]) -> bool:
    """Tell whether texts can name columns: no figures but years, and hardly any twice."""
    named = [cell for cell in known if not is_number(cell)]
    return _are_names(known) and bool(named) and len(set(known)) >= WIDE_ENOUGH * len(known)


def _are_names(cells: list[str]) -> bool:
    """Tell whether no filled cell is a figure that is no year."""
    return all(not is_number(cell) or bool(_YEAR.fullmatch(cell)) for cell in cells if cell)


def _stands_over(upper: list[str], lower: list[str]) -> bool:
    """Tell whether a row is the upper part of a heading: it names a column that the row below leaves blank."""
    over = [cell for cell, below in zip_longest(upper, lower, fillvalue="") if cell and not below]
    return bool(over) and _count(upper) >= 2 and _are_names(upper)


def _names(filled: Mapping[int, list[str]], heading: int, width: int) -> tuple[list[str], int]:
    """Return the column names and the last row of the heading.

    Merged headings come as rows with gaps, each over one that fills them ("Población" over "Urbana",
    "Rural"), or that lists the levels of a column one below the other ("Departamento", "Provincia",
    "Distrito"): they are put together, the uppermost text carried on to the right.
    """
    parts, last = _stacked(filled, heading, width)
    return _distinct([" ".join(filter(None, column)) for column in zip(*parts, strict=True)]), last


def _stacked(filled: Mapping[int, list[str]], heading: int, width: int) -> tuple[list[list[str]], int]:
    """Return the texts of each row of a heading by column, each carried on as it reaches, and its last row."""
    after = [row for row in filled if row > heading]
    below, taken = [], 0
    for n, row in enumerate(after[:MOST_HEADING_ROWS]):
        if not _goes_on(filled[heading], filled[row], [filled[r] for r in after[n + 1 : n + 1 + LOOKED_AT]]):
            break
        below.append(row)
        if _fills_gaps(filled[heading], filled[row]):
            taken = n + 1
    below = below[:taken]
    whole = max([width, *(_reach(filled[row]) for row in (heading, *below))])
    rows = [[*filled[row], *[""] * whole][:whole] for row in (heading, *below)]
    return _carried(rows), below[-1] if below else heading


def _carried(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows of a heading, each text carried to the right.

    It goes as far as there are texts below it and none above begins anew.
    """
    whole = []
    for level, row in enumerate(rows):
        carried, made = "", []
        for n, cell in enumerate(row):
            begins = any(above[n] for above in rows[:level])
            if begins or not any(below[n] for below in rows[level + 1 :]):
                carried = ""
            carried = cell or carried
            made.append(carried)
        whole.append(made)
    return whole


def _goes_on(heading: list[str], row: list[str], body: list[list[str]]) -> bool:
    """Tell whether a row goes on with the heading above it, and is not the first of the table itself.

    It leaves blank a column that the heading names and the rows below it fill.
    """
    if not _are_names(row):
        return False
    named = [n for n, cell in enumerate(heading) if cell and not (n < len(row) and row[n])]
    filled = [sum(n < len(cells) and bool(cells[n]) for cells in body) for n in named]
    return any(times >= MOSTLY * len(body) for times in filled)


def _fills_gaps(heading: list[str], row: list[str]) -> bool:
    """Tell whether a row names a column that the heading above it leaves blank."""
    return any(cell and not (n < len(heading) and heading[n]) for n, cell in enumerate(row))


def _below(filled: Mapping[int, list[str]], heading: int, names: list[str], width: int) -> dict[str, str]:
    """Return the lowest text over each column whose name is put together from several."""
    parts, _ = _stacked(filled, heading, width)
    lowest = [[text for text in column if text] for column in zip(*parts, strict=True)]
    return {name: texts[-1] for name, texts in zip(names, lowest, strict=True) if len(texts) > 1}


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
    return [name if name and times[name] == 1 else f"{name} [{letters(i)}]".strip() for i, name in enumerate(plain)]


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
    are common, neither can the others. Raises UnreadableFile.
    """
    rows = dict(body)
    events: list[Event] = []
    for row in reversed(list(rows)):
        if not _is_note(rows[row], usual):
            break
        events.insert(0, Event("note", "tables.note.footer", {"text": _quote(rows.pop(row))}, row))
    longer = [row for row, cells in rows.items() if _count(cells[width:])]
    if len(longer) > 1 and len(longer) >= COMMON * len(rows):
        numbers = ", ".join(map(str, longer[:TOLD_ROWS])) + ("…" if len(longer) > TOLD_ROWS else "")
        raise UnreadableFile("tables.unreadable.longer_rows", file=file, count=len(longer), columns=width, rows=numbers)
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
    named = [not _UNNAMED.fullmatch(name) for name in names]
    return frame.loc[:, frame.notna().any().to_numpy() | np.array(named, dtype=bool)]
