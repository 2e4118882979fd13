"""Read spreadsheets of LibreOffice and other programs that write OpenDocument (.ods).

Calamine reads the values. What it does not tell, which cells are percentages and which formulas were
never computed, and how many cells the repetitions of a file come to, is read off the file beforehand.
"""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine as calamine
from lxml import etree

from geodata.readers.cells import formula_event, percent_text, value_text
from geodata.readers.contract import UnreadableFile
from geodata.readers.formats.grid import Grid, cell_text
from geodata.readers.formats.safety import MAX_WORKBOOK_BYTES, check_archive, check_markup, check_shape

_Page = Any  # as the library hands it over, which gives it no type
_Element = Any  # as the library hands it over, which gives it no type
CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


@dataclass
class _Marks:
    """What the values of a sheet do not tell: cells by (row, column), from 0."""

    percent: set[tuple[int, int]] = field(default_factory=set)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)
    computed: int = 0


def is_open_document(names: tuple[str, ...]) -> bool:
    """Tell whether the members of an archive are those of an OpenDocument file."""
    return CONTENT in names and "META-INF/manifest.xml" in names or {CONTENT, "mimetype"} <= set(names)


def read(path: Path, sheet: str | None = None) -> list[Grid]:
    """Return the visible sheets, or the one named. Raises UnreadableFile."""
    check_archive(path, MAX_WORKBOOK_BYTES)
    check_markup(path)
    try:
        marks = _marks(path)
        # by its content: by its path calamine would believe the ending
        with open(path, "rb") as file, calamine.CalamineWorkbook.from_filelike(file) as book:
            visible = [page.name for page in book.sheets_metadata if page.visible == calamine.SheetVisibleEnum.Visible]
            chosen = [sheet] if sheet in visible else visible
            return [_grid(path.name, book.get_sheet_by_name(name), marks.get(name, _Marks())) for name in chosen]
    except UnreadableFile:
        raise
    except calamine.PasswordError as error:
        raise UnreadableFile("tables.unreadable.password", file=path.name) from error
    except (calamine.CalamineError, etree.XMLSyntaxError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise UnreadableFile("tables.unreadable.broken", file=path.name) from error


def _grid(file: str, page: _Page, marks: _Marks) -> Grid:
    grid = Grid({}, sheet=page.name)
    for n, row in enumerate(page.to_python(skip_empty_area=False)):
        texts = [
            percent_text(cell) if (n, c) in marks.percent and isinstance(cell, (int, float)) else value_text(cell)
            for c, cell in enumerate(row)
        ]
        grid.rows[n + 1] = [cell_text(text, file, n + 1) for text in texts]
    grid.events += [formula_event(row + 1, column, page.name) for row, column in marks.uncomputed]
    if marks.computed:
        grid.note_computed(marks.computed)
    return grid


def _marks(path: Path) -> dict[str, _Marks]:
    """Return what the cells of each sheet are. Raises UnreadableFile where they are more than the bounds."""
    found: dict[str, _Marks] = {}
    tags = (f"{_TABLE}table", f"{_TABLE}table-row", *_CELLS)
    with zipfile.ZipFile(path) as archive, archive.open(CONTENT) as stream:
        parts = etree.iterparse(
            stream, events=("start", "end"), tag=tags, resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=False,
        )  # fmt: skip
        marks, row, column, lines = _Marks(), 0, 0, 1
        for event, element in parts:
            if event == "start":
                if element.tag.endswith("}table"):
                    marks, row = found.setdefault(element.get(f"{_TABLE}name", ""), _Marks()), 0
                elif element.tag.endswith("}table-row"):
                    column, lines = 0, _times(element, "rows")
            elif element.tag in _CELLS:
                times = _times(element, "columns")
                if _is_filled(element):
                    check_shape(path.name, row + lines, column + times)
                    _mark(marks, element, range(row, row + lines), range(column, column + times))
                column += times
                element.clear()
            elif element.tag.endswith("}table-row"):
                row += lines
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    return found


def _times(element: _Element, of: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{of}-repeated", "1")))


def _is_filled(element: _Element) -> bool:
    marks = element.get(f"{_OFFICE}value-type"), element.get(f"{_TABLE}formula")
    return any(marks) or element.find(f"{_TEXT}p") is not None


def _mark(marks: _Marks, element: _Element, rows: range, columns: range) -> None:
    cells = [(row, column) for row in rows for column in columns]
    if element.get(f"{_OFFICE}value-type") == "percentage":
        marks.percent.update(cells)
    if element.get(f"{_TABLE}formula") is not None:
        has_value = any(element.get(f"{_OFFICE}{name}") for name in ("value", "date-value", "boolean-value"))
        if has_value or element.findtext(f"{_TEXT}p"):
            marks.computed += len(cells)
        else:
            marks.uncomputed += cells
