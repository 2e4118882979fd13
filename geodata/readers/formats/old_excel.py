"""Read workbooks of Excel 97-2003 (.xls) as texts; a formula counts by the value last computed."""

import io
from pathlib import Path

import xlrd

from geodata.readers.cells import percent_text, value_text
from geodata.readers.contract import UnreadableFile
from geodata.readers.formats.grid import Grid, cell_text
from geodata.readers.formats.safety import check_shape

# what a protected .xlsx is packed in has the same first bytes as an old workbook
_PROTECTED = "EncryptedPackage".encode("utf-16-le")


def read(path: Path, sheet: str | None = None) -> list[Grid]:
    """Return the visible sheets, or the one named. Raises UnreadableFile."""
    if _PROTECTED in path.read_bytes():
        raise UnreadableFile("tables.unreadable.password", file=path.name)
    try:
        with xlrd.open_workbook(path, logfile=io.StringIO(), formatting_info=True, ragged_rows=True) as book:
            pages = [page for page in book.sheets() if page.visibility == 0]
            chosen = [page for page in pages if page.name == sheet] or pages
            return [_grid(path.name, book, page) for page in chosen]
    except UnreadableFile:
        raise
    # a workbook of this kind is bytes by many hands: xlrd raises whatever its broken parts lead to
    except Exception as error:
        key = "password" if "encrypted" in str(error).lower() else "broken"
        raise UnreadableFile(f"tables.unreadable.{key}", file=path.name) from error


def _grid(file: str, book: xlrd.Book, page: xlrd.sheet.Sheet) -> Grid:
    check_shape(file, page.nrows, page.ncols)
    grid = Grid({}, sheet=page.name)
    for n in range(page.nrows):
        texts = [_text(book, page.cell(n, column)) for column in range(page.row_len(n))]
        grid.rows[n + 1] = [cell_text(text, file, n + 1) for text in texts]
    return grid


def _text(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return value_text(xlrd.xldate_as_datetime(cell.value, book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return value_text(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        shown = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        return percent_text(cell.value) if shown and "%" in shown.format_str else value_text(cell.value)
    return value_text(cell.value)
