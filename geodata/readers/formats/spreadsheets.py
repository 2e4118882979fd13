"""Read workbooks and DBF tables as texts; a formula counts by the value last computed, or not at all.

An .xlsx is read by openpyxl, which tells percent formats and formulas apart from what they show; calamine,
which is quicker, hands out the bare values: 45 % would come in as 0.45, and a formula that was never
computed as a blank that nobody is told of.
"""

import re
import struct
import warnings
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pyogrio

from geodata.readers.cells import formula_event, percent_text, value_text
from geodata.readers.contract import UnreadableFile
from geodata.readers.formats import old_excel, open_document
from geodata.readers.formats.grid import Grid, cell_text
from geodata.readers.formats.safety import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_WORKBOOK_BYTES,
    check_archive,
    check_markup,
)
from geodata.reports import Event

ZIP, OLD_OFFICE = b"PK", b"\xd0\xcf\x11\xe0"
_Page = Any  # as the library hands it over, which gives it no type
WORKBOOK_PART = "xl/workbook.xml"
_FORMULA_TAG = re.compile(rb"<(\w+:)?f[\s>/]")
_CHUNK = 1 << 20


def read(path: Path, sheet: str | None = None) -> list[Grid]:
    """Return the visible sheets of a workbook (or the one named), or a DBF's one table. Raises UnreadableFile."""
    with open(path, "rb") as file:
        head = file.read(4)
    if path.suffix.lower() == ".dbf":
        return [_read_dbf(path)]
    if head.startswith(ZIP):
        return _read_workbook(path, sheet)
    if head == OLD_OFFICE:
        return old_excel.read(path, sheet)
    raise UnreadableFile("tables.unreadable.not_a_table", file=path.name)


def _read_workbook(path: Path, sheet: str | None) -> list[Grid]:
    names = check_archive(path, MAX_WORKBOOK_BYTES)
    if open_document.is_open_document(names):
        return open_document.read(path, sheet)
    if WORKBOOK_PART not in names:
        raise UnreadableFile("tables.unreadable.not_a_table", file=path.name)
    check_markup(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations, which no table needs
            return _sheets(path, sheet)
    except UnreadableFile:
        raise
    # A workbook is XML by many hands: openpyxl raises whatever its broken parts lead to.
    except Exception as error:
        raise UnreadableFile("tables.unreadable.broken", file=path.name) from error


def _sheets(path: Path, sheet: str | None) -> list[Grid]:
    import openpyxl  # slow to load, and a start that reads no workbook need not wait for it

    values = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    formulas = openpyxl.load_workbook(path, read_only=True, keep_links=False) if _has_formulas(path) else None
    try:
        visible = [page.title for page in values.worksheets if page.sheet_state == "visible"]
        chosen = [sheet] if sheet in visible else visible
        return [_grid(path.name, values[name], formulas and formulas[name]) for name in chosen]
    finally:
        for book in (values, formulas):
            if book is not None:
                book.close()


def _has_formulas(path: Path) -> bool:
    """Tell whether any sheet holds a formula; a second reading finds which cells, at twice the time."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            if member.startswith("xl/worksheets/"):
                with archive.open(member) as part:
                    tail = b""
                    while chunk := part.read(_CHUNK):
                        if _FORMULA_TAG.search(tail + chunk):
                            return True
                        tail = chunk[-16:]
    return False


def _grid(file: str, values: _Page, formulas: _Page) -> Grid:
    grid = Grid({}, sheet=values.title)
    cells = 0
    for number, row in _rows(file, values):
        cells += len(row)
        if cells > MAX_CELLS:
            raise UnreadableFile("tables.unreadable.too_wide", file=file, rows=number, columns=len(row))
        grid.rows[number] = [cell_text(_text(cell), file, number) for cell in row]
    if formulas is not None:
        grid.events += _formula_events(grid, _rows(file, formulas))
    return grid


def _rows(file: str, page: _Page) -> Iterator[tuple[int, tuple]]:
    """Yield the rows of a sheet, whatever size it claims to have."""
    page.reset_dimensions()
    for number, row in enumerate(page.iter_rows(), start=1):
        if number > MAX_ROWS or len(row) > MAX_COLUMNS:
            raise UnreadableFile("tables.unreadable.too_wide", file=file, rows=number, columns=len(row))
        yield number, row


def _formula_events(grid: Grid, rows: Iterator[tuple[int, tuple]]) -> list[Event]:
    """Tell which cells hold a formula: those without a computed value are left out, each by its row."""
    computed, events = 0, []
    for number, row in rows:
        for column, (cell, text) in enumerate(zip_longest(row, grid.rows.get(number, ()), fillvalue="")):
            if getattr(cell, "data_type", None) == "f":
                if text:
                    computed += 1
                else:
                    events.append(formula_event(number, column, grid.sheet))
    if computed:
        grid.note_computed(computed)
    return events


def _text(cell: _Page) -> str:
    value = cell.value
    if isinstance(value, float) and "%" in (cell.number_format or ""):
        return percent_text(value)
    return value_text(value)


def _read_dbf(path: Path) -> Grid:
    """Read a DBF; its rows are numbered as in a spreadsheet, the names of the fields being row 1."""
    _check_dbf(path)
    for encoding in (None, "cp1252", "latin-1"):
        try:
            meta, _, _, columns = pyogrio.raw.read(path, read_geometry=False, encoding=encoding)
            break
        except UnicodeDecodeError:
            continue
        except Exception as error:  # GDAL's own errors have no common parent outside pyogrio's private modules
            raise UnreadableFile("tables.unreadable.broken", file=path.name) from error
    else:
        raise UnreadableFile("tables.unreadable.encoding", file=path.name, encoding="")
    rows = {1: [cell_text(str(name), path.name, 1) for name in meta["fields"]]}
    for number, record in enumerate(zip(*columns, strict=True), start=2):
        rows[number] = [cell_text(value_text(_plain(value)), path.name, number) for value in record]
    return Grid(rows, encoding=encoding or str(meta.get("encoding") or ""))


def _plain(value: Any) -> object:  # a cell: of numpy, or as Python has it
    """Return a value of numpy as Python's own."""
    if hasattr(value, "astype") and value.dtype.kind == "M":
        return None if str(value) == "NaT" else str(value)[:10]
    return value.item() if hasattr(value, "item") else value


def _check_dbf(path: Path) -> None:
    """Raise UnreadableFile where the head of a DBF claims more than the file holds."""
    with open(path, "rb") as file:
        head = file.read(32)
    if len(head) < 32:
        raise UnreadableFile("tables.unreadable.broken", file=path.name)
    records, start, length = struct.unpack("<IHH", head[4:12])
    claimed = start + records * length
    if records > MAX_ROWS or length == 0 or claimed > path.stat().st_size + length:
        raise UnreadableFile("tables.unreadable.broken", file=path.name)
