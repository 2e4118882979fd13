"""Dress the sheets of a workbook alike: title, notice, headings, number formats, A4 on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.clusters.ranking import Comparison
from dashboard.clusters.writing.columns import HEAD, Column, described_column, of_table
from dashboard.clusters.writing.sentences import Wording
from dashboard.clusters.writing.wording import Say
from geodata.model import Dataset

HEAD_ROW = 4  # title, limits notice, what the sheet is, an empty line; then the headings
FIRST_ROW = HEAD_ROW + 1
CODEBOOK_WIDTHS = (20, 34, 60, 18, 40, 14, 30)
DAY = "dd/mm/yyyy"  # as days are written in Peru

_FORMATS: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "notice": {"italic": True},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"},
    "text": {"valign": "top"},
    "wrapped": {"valign": "top", "text_wrap": True},
    "centred": {"valign": "top", "align": "center"},
    "unknown": {"valign": "top", "align": "right", "italic": True, "font_color": "#555555"},
    "input": {"valign": "top", "bg_color": "#FFF6CC", "border": 1},
    "flag": {"valign": "top", "align": "center", "num_format": "0"},
    "points": {"valign": "top", "num_format": "0.0"},
    "score": {"bold": True, "top": 1, "num_format": "0.0"},
    "place": {"bold": True, "num_format": "0"},
    "strong": {"bold": True, "top": 1},
    "pass": {"valign": "top"},
    "warn": {"valign": "top", "bold": True},
    "fail": {"valign": "top", "bold": True, "font_color": "#FFFFFF", "bg_color": "#444444"},
    "none": {"valign": "top", "italic": True, "font_color": "#555555"},
}


@dataclass(frozen=True)
class Page:
    """What every sheet is written with; `explained` gathers what the columns of the sheets are."""

    book: Workbook
    styles: Mapping[str, Format]
    comparison: Comparison
    dataset: Dataset
    say: Say
    notice: str
    words: Wording
    explained: list[Column] = field(default_factory=list)


def styles(book: Workbook) -> dict[str, Format]:
    """Return the cell formats of a workbook by name."""
    made = {name: book.add_format(dict(what)) for name, what in _FORMATS.items()}
    for decimals in range(4):
        number = "#,##0" + ("." + "0" * decimals if decimals else "")
        made[f"anchor_{decimals}"] = book.add_format({"num_format": number, "valign": "top", "font_color": "#555555"})
        made[f"number_{decimals}"] = book.add_format({"num_format": number, "valign": "top"})
        made[f"signed_{decimals}"] = book.add_format({"num_format": f"+{number};-{number};0", "valign": "top"})
    return made


def headings(page: Page) -> list[str]:
    """Return the name of each candidate as a heading: its letter, and its name where it has one."""
    pairs = zip(page.comparison.letters, page.comparison.candidates, strict=True)
    return [f"{letter} · {candidate.title}" if candidate.name else letter for letter, candidate in pairs]


def described(keys: Sequence[str], titles: Sequence[str], dataset: Dataset, say: Say, table: str) -> list[Column]:
    """Return what the columns of a sheet are, by their keys (`columns.toml`) and under the headings they have."""
    return of_table(table, (described_column(k, dataset, say, t) for k, t in zip(keys, titles, strict=True)))


def open_page(page: Page, name: str, titles: Sequence[str], widths: Sequence[float], keys: Sequence[str]) -> Worksheet:
    """Add a sheet with title, limits notice and headings, and return it ready for :data:`FIRST_ROW`.

    `keys` say what the columns are, for the codebook.
    """
    sheet = page.book.add_worksheet(page.say(f"workbook.sheet_{name}"))
    page.explained.extend(described(keys, titles, page.dataset, page.say, sheet.get_name()))
    sheet.write_string(0, 0, page.say(f"workbook.title_{name}"), page.styles["title"])
    sheet.write_string(1, 0, page.notice, page.styles["notice"])
    sheet.write_string(2, 0, page.say(f"workbook.about_{name}"), page.styles["notice"])
    for column, title in enumerate(titles):
        sheet.write_string(HEAD_ROW, column, title, page.styles["head"])
        sheet.set_column(column, column, widths[column])
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.set_footer("&L" + page.notice.replace("&", "&&") + "&R&P / &N")
    return sheet


def write_codebook(
    book: Workbook, formats: Mapping[str, Format], say: Say, notice: str, columns: Sequence[Column]
) -> None:
    """Add a sheet that says of every column of the others what it is, its unit, source, years and blanks."""
    sheet = book.add_worksheet(say("codebook.sheet"))
    for row, (text, style) in enumerate(((say("codebook.title"), "title"), (notice, "notice"))):
        sheet.write_string(row, 0, text, formats[style])
    sheet.write_string(2, 0, say("codebook.about"), formats["notice"])
    names = ["column" if name == "title" else name for name in HEAD]
    for at, (name, width) in enumerate(zip(names, CODEBOOK_WIDTHS, strict=True)):
        sheet.write_string(HEAD_ROW, at, say(f"codebook.head.{name}"), formats["head"])
        sheet.set_column(at, at, width)
    for row, each in enumerate(columns, FIRST_ROW):
        for at, text in enumerate(astuple(each)):
            sheet.write_string(row, at, text, formats["wrapped"])
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
