"""Add sheets to a workbook that look alike: title, what they hold, headings, rows; as wide as their words, on A4."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.clusters.writing import DAY, Column, Say, described, styles
from geodata.model import Dataset

# what people wrote is never read as a formula
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HEAD_ROW = 3
WIDEST, NARROWEST = 50, 8
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
LONGEST_NAME = 31

# of a row each cell by its kind; None: not known
Cell = str | float | date | None
Rows = Iterable[Sequence[Cell]]
BY_VALUE: Mapping[int, int] = MappingProxyType({})


def sheet_name(text: str) -> str:
    """Return what a sheet may be called."""
    return text.translate(FORBIDDEN_IN_NAMES)[:LONGEST_NAME]


class SheetBook:
    """Sheets of a workbook; `explained` gathers what their columns are, for the codebook."""

    def __init__(self, book: xlsxwriter.Workbook, dataset: Dataset, say: Say, notice: str):
        self.book, self.say, self.notice, self.formats = book, say, notice, styles(book)
        self.dataset, self.explained = dataset, list[Column]()
        self.day = book.add_format({"num_format": DAY, "valign": "top"})

    def add(
        self, name: str, title: str, titles: Sequence[str], keys: Sequence[str], rows: Rows,
        decimals: Mapping[int, int] = BY_VALUE,
    ) -> None:  # fmt: skip
        """Add a sheet. `keys` say what its columns are; `decimals` of a column where they do not follow its figures."""
        sheet = self.book.add_worksheet(sheet_name(name))
        sheet.write_string(0, 0, title, self.formats["title"])
        sheet.write_string(1, 0, self.notice, self.formats["notice"])
        self.explained.extend(described(keys, titles, self.dataset, self.say, sheet.get_name()))
        widths = [len(text) for text in titles]
        for column, text in enumerate(titles):
            sheet.write_string(HEAD_ROW, column, text, self.formats["head"])
        for line, row in enumerate(rows, start=HEAD_ROW + 1):
            for column, value in enumerate(row):
                self._write(sheet, line, column, value, decimals.get(column))
                widths[column] = max(widths[column], len(str(value)))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(max(width + 1, NARROWEST), WIDEST))
        sheet.freeze_panes(HEAD_ROW + 1, 1)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)

    def _write(self, sheet: Worksheet, line: int, column: int, value: Cell, decimals: int | None) -> None:
        if value is None:
            sheet.write_string(line, column, self.say("workbook.unknown"), self.formats["unknown"])
        elif isinstance(value, str):
            sheet.write_string(line, column, value, self.formats["text"])
        elif isinstance(value, date):
            sheet.write_datetime(line, column, value, self.day)
        else:
            own = 0 if float(value).is_integer() else 1
            sheet.write_number(line, column, value, self.formats[f"number_{own if decimals is None else decimals}"])
