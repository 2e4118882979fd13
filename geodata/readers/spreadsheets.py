"""Read Excel workbooks and DBF tables as texts; a formula counts by the value last computed, or not at all."""

import datetime as dt
import re
import struct
import warnings
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import openpyxl
import pyogrio
from openpyxl.utils import get_column_letter

from geodata.readers import Unreadable
from geodata.readers.grid import Grid, cell_text
from geodata.readers.safety import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_WORKBOOK_BYTES,
    check_archive,
    check_markup,
)
from geodata.report import Event

ZIP, OLD_OFFICE = b"PK", b"\xd0\xcf\x11\xe0"
WORKBOOK_PART = "xl/workbook.xml"
_FORMULA_TAG = re.compile(rb"<(\w+:)?f[\s>/]")
_CHUNK = 1 << 20


def read(path: Path, sheet: str | None = None) -> list[Grid]:
    """Return the visible sheets of a workbook (or the one named), or a DBF's one table. Raises Unreadable."""
    with open(path, "rb") as file:
        head = file.read(4)
    if path.suffix.lower() == ".dbf":
        return [_read_dbf(path)]
    if head.startswith(ZIP):
        return _read_workbook(path, sheet)
    key = "tables.unreadable.old_excel" if head == OLD_OFFICE else "tables.unreadable.not_a_table"
    raise Unreadable(key, file=path.name)


def _read_workbook(path: Path, sheet: str | None) -> list[Grid]:
    if WORKBOOK_PART not in check_archive(path, MAX_WORKBOOK_BYTES):
        raise Unreadable("tables.unreadable.not_a_table", file=path.name)
    check_markup(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations, which no table needs
            return _sheets(path, sheet)
    except Unreadable:
        raise
    # A workbook is XML by many hands: openpyxl raises whatever its broken parts lead to.
    except Exception as error:
        raise Unreadable("tables.unreadable.broken", file=path.name) from error


def _sheets(path: Path, sheet: str | None) -> list[Grid]:
    values = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    formulas = openpyxl.load_workbook(path, read_only=True, keep_links=False) if _has_formulas(path) else None
    try:
        visible = [page.title for page in values.worksheets if page.sheet_state == "visible"]
        wanted = [sheet] if sheet in visible else visible
        return [_grid(path.name, values[name], formulas and formulas[name]) for name in wanted]
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


def _grid(file: str, values: Any, formulas: Any) -> Grid:
    grid = Grid({}, sheet=values.title)
    cells = 0
    for number, row in _rows(file, values):
        cells += len(row)
        if cells > MAX_CELLS:
            raise Unreadable("tables.unreadable.too_wide", file=file, rows=number, columns=len(row))
        grid.rows[number] = [cell_text(_text(cell), file, number) for cell in row]
    if formulas is not None:
        grid.events += _formula_events(grid, _rows(file, formulas))
    return grid


def _rows(file: str, page: Any) -> Iterator[tuple[int, tuple]]:
    """Yield the rows of a sheet, whatever size it claims to have."""
    page.reset_dimensions()
    for number, row in enumerate(page.iter_rows(), start=1):
        if number > MAX_ROWS or len(row) > MAX_COLUMNS:
            raise Unreadable("tables.unreadable.too_wide", file=file, rows=number, columns=len(row))
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
                    place = {"cell": f"{get_column_letter(column + 1)}{number}", "sheet": grid.sheet}
                    events.append(Event("left_out", "tables.left_out.formula", place, number))
    if computed:
        events.insert(0, Event("note", "tables.note.formulas", {"cells": computed, "sheet": grid.sheet}))
    return events


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, float) and "%" in (cell.number_format or ""):
        return f"{_number(value * 100)}%"  # the sheet shows 12.5 % where it holds 0.125
    return value_text(value)


def value_text(value: Any) -> str:
    """Return a typed value as a text that reads one way only, "" for none.

    >>> [value_text(v) for v in (None, 7.0, 1.234, True, dt.datetime(2017, 1, 10))]
    ['', '7', '1.2340', 'true', '2017-01-10']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return _number(value)
    return str(value)


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(round(value, 12)) if abs(value) > 1e-9 else repr(value)
    # 1.234 could be one thousand and some: a fourth decimal says that it is not
    return f"{text}0" if re.fullmatch(r"-?\d{1,3}\.\d{3}", text) else text


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
            raise Unreadable("tables.unreadable.broken", file=path.name) from error
    else:
        raise Unreadable("tables.unreadable.encoding", file=path.name, encoding="")
    rows = {1: [cell_text(str(name), path.name, 1) for name in meta["fields"]]}
    for number, record in enumerate(zip(*columns, strict=True), start=2):
        rows[number] = [cell_text(value_text(_plain(value)), path.name, number) for value in record]
    return Grid(rows, encoding=encoding or str(meta.get("encoding") or ""))


def _plain(value: Any) -> Any:
    """Return a value of numpy as Python's own."""
    if hasattr(value, "astype") and value.dtype.kind == "M":
        return None if str(value) == "NaT" else str(value)[:10]
    return value.item() if hasattr(value, "item") else value


def _check_dbf(path: Path) -> None:
    """Raise Unreadable where the head of a DBF claims more than the file holds."""
    with open(path, "rb") as file:
        head = file.read(32)
    if len(head) < 32:
        raise Unreadable("tables.unreadable.broken", file=path.name)
    records, start, length = struct.unpack("<IHH", head[4:12])
    claimed = start + records * length
    if records > MAX_ROWS or length == 0 or claimed > path.stat().st_size + length:
        raise Unreadable("tables.unreadable.broken", file=path.name)
