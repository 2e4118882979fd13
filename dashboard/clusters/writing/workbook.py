"""Write a comparison as a workbook that keeps calculating: change a weight and scores and order follow.

Sheets: the comparison with live formulas (:mod:`dashboard.clusters.writing.workbook_scores`), measures,
rules, districts and sources. All words come from `say`; text of users is never read as a formula.
"""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from dashboard.clusters.measures import Figure
from dashboard.clusters.ranking import Comparison, MeasureRow
from dashboard.clusters.writing.columns import measure_help, years
from dashboard.clusters.writing.exports import limits_notice
from dashboard.clusters.writing.sentences import Wording
from dashboard.clusters.writing.wording import Say, verdict_sentence
from dashboard.clusters.writing.workbook_scores import write_scores
from dashboard.clusters.writing.workbook_style import FIRST_ROW, Page, headings, open_page, styles, write_codebook
from geodata.model import Dataset
from geodata.shared import precision


def comparison_workbook(comparison: Comparison, dataset: Dataset, say: Say, language: str = "es") -> bytes:
    """Return an .xlsx file. `say(key, **fields)` speaks the language; `language` picks the sources' notes."""
    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_calc_mode("auto")
        page = Page(book, styles(book), comparison, dataset, say, limits_notice(dataset, say), _wording(say, language))
        write_scores(page)
        _write_measures(page, dataset)
        _write_rules(page)
        _write_districts(page, dataset)
        _write_sources(page, dataset, language)
        write_codebook(book, page.styles, say, page.notice, page.explained)
    return stream.getvalue()


def _wording(say: Say, language: str) -> Wording:
    def number(value: float | None, decimals: int) -> str:
        return precision.written(value, decimals, comma=language == "es", unknown=say("workbook.unknown"))

    return Wording(say, number)


def _write_measures(page: Page, dataset: Dataset) -> None:
    """Every measure with its unit, value by candidate, difference to the first (a formula), source and year."""
    n, say = len(page.comparison.candidates), page.say
    first = page.comparison.letters[0]
    titles = [say("workbook.measure"), say("workbook.unit"), *headings(page)]
    titles += [say("workbook.difference", other=letter, first=first) for letter in page.comparison.letters[1:]]
    titles += [
        say("workbook.known"),
        say("workbook.year"),
        say("workbook.source"),
        say("workbook.help"),
    ]
    keys = ["measure", "unit", *["figure"] * n, *["difference"] * (n - 1), "known", "year", "source", "help"]
    widths = [34, 20, *[14] * n, *[12] * (n - 1), 22, 12, 40, 70]
    sheet = open_page(page, "measures", titles, widths, keys)
    for line, row in enumerate(page.comparison.measures, start=FIRST_ROW):
        _write_measure(page, sheet, line, row, n)
        provenance = dataset.provenance.get(row.measure.resource)
        tail = [
            _known(page, row),
            row.year or say("workbook.all_years"),
            provenance.source if provenance else "",
        ]
        tail.append(measure_help(row.measure, dataset, say))
        for column, text in enumerate(tail, start=1 + 2 * n):
            sheet.write_string(line, column, text, page.styles["text"])


def _write_measure(page: Page, sheet: Worksheet, line: int, row: MeasureRow, n: int) -> None:
    style = page.styles[f"number_{row.measure.decimals}"]
    sheet.write_string(line, 0, page.say(f"measure.{row.measure.key}.name"), page.styles["text"])
    sheet.write_string(line, 1, page.say(f"unit.{row.measure.unit}"), page.styles["text"])
    for i, figure in enumerate(row.figures):
        _write_value(page, sheet, line, 2 + i, figure, style)
    reference = xl_rowcol_to_cell(line, 2, col_abs=True)
    for i in range(1, n):
        own = xl_rowcol_to_cell(line, 2 + i)
        shown = f"ROUND({own},{row.measure.decimals})-ROUND({reference},{row.measure.decimals})"
        formula = f'=IF(AND(ISNUMBER({own}),ISNUMBER({reference})),{shown},"")'
        cached = row.differences[i]
        sheet.write_formula(
            line,
            1 + n + i,
            formula,
            page.styles[f"signed_{row.measure.decimals}"],
            "" if cached is None else cached,
        )


def _write_value(page: Page, sheet: Worksheet, line: int, column: int, figure: Figure, style: Format) -> None:
    if figure.value is None:
        sheet.write_string(line, column, page.say("workbook.unknown"), page.styles["unknown"])
    else:
        sheet.write_number(line, column, figure.value, style)


def _known(page: Page, row: MeasureRow) -> str:
    """Say for how many districts a measure is known, and what is known of its samples.

    How many districts rest on a small one, and of how many indicators the sample is not known.
    """
    parts = []
    for letter, figure in zip(page.comparison.letters, row.figures, strict=True):
        part = f"{letter} {figure.n_known}/{figure.n_total}"
        notes = {"thin": figure.n_thin, "unsampled": figure.n_unsampled}
        if said := page.say("list.semicolon").join(page.say(f"workbook.{key}", n=n) for key, n in notes.items() if n):
            part += f" ({said})"
        parts.append(part)
    return " · ".join(parts)


def _write_rules(page: Page) -> None:
    n = len(page.comparison.candidates)
    titles = [page.say("workbook.rule")]
    titles += [text for name in headings(page) for text in (name, page.say("workbook.why", candidate=name))]
    sheet = open_page(page, "rules", titles, [34, *[16, 60] * n], ["rule", *["status", "why"] * n])
    for line, verdicts in enumerate(zip(*page.comparison.rules, strict=True), start=FIRST_ROW):
        sheet.write_string(line, 0, page.say(f"rule.{verdicts[0].rule}.name"), page.styles["text"])
        for i, verdict in enumerate(verdicts):
            sheet.write_string(line, 1 + 2 * i, page.say(f"status.{verdict.status}"), page.styles[verdict.status])
            sheet.write_string(line, 2 + 2 * i, verdict_sentence(page.say, verdict), page.styles["wrapped"])


def _write_districts(page: Page, dataset: Dataset) -> None:
    """Every district of any candidate, marked where it belongs, and whether it is one's own or shared."""
    names = ("ubigeo", "district", "province", "department", "capital")
    titles = [
        *(page.say(f"workbook.{name}") for name in names),
        *headings(page),
        page.say("workbook.shared"),
    ]
    n = len(page.comparison.candidates)
    keys = [*names, *["member"] * n, "shared"]
    sheet = open_page(page, "districts", titles, [10, 26, 22, 18, 26, *[14] * n, 22], keys)
    territory, parts = dataset.territory, page.comparison.districts
    for line, ubigeo in enumerate(
        sorted(frozenset().union(*(c.ubigeos for c in page.comparison.candidates))), FIRST_ROW
    ):
        district = territory.districts[ubigeo]
        places = (
            territory.provinces[district.province].name,
            territory.departments[district.department].name,
        )
        for column, text in enumerate((ubigeo, district.name, *places, district.capital)):
            sheet.write_string(line, column, text, page.styles["text"])
        for i, candidate in enumerate(page.comparison.candidates):
            mark = page.say("workbook.mark") if ubigeo in candidate.ubigeos else ""
            sheet.write_string(line, len(names) + i, mark, page.styles["centred"])
        share = "all" if ubigeo in parts.common else "some" if ubigeo in parts.some else "only"
        sheet.write_string(line, len(names) + n, page.say(f"workbook.in_{share}"), page.styles["text"])


def _write_sources(page: Page, dataset: Dataset, language: str) -> None:
    names = ("resource", "source", "years", "unit", "coverage", "notes")
    titles = [page.say(f"workbook.{name}") for name in names]
    sheet = open_page(page, "sources", titles, [34, 60, 14, 22, 22, 70], names)
    in_english = language == "en"
    line = FIRST_ROW
    for key, resource in dataset.provenance.items():
        unit, counted, notes = (
            (resource.unit_en, resource.counted_en, resource.notes_en)
            if in_english
            else (resource.unit, resource.counted_es, resource.notes_es)
        )
        coverage = f"{resource.coverage} {counted}"
        row = (
            resource.title(language) or page.say(f"resource.{key}"),
            resource.source,
            years(resource.years),
            unit,
            coverage,
            notes,
        )
        line = _write_texts(page, sheet, line, row)
    line = _write_texts(page, sheet, line + 1, (page.say("workbook.indicators"),), "head")
    for item in dataset.catalog.to_dict("records"):
        unit, notes = item["unit_en" if in_english else "unit"], item[f"notes_{language}"]
        row = (item[f"label_{language}"], item["source"], years(item["years"]), unit, "", notes)
        line = _write_texts(page, sheet, line, row)
    _write_texts(page, sheet, line + 1, (page.say("workbook.edition", edition=dataset.edition),))


def _write_texts(page: Page, sheet: Worksheet, line: int, texts: Sequence[object], style: str = "wrapped") -> int:
    for column, text in enumerate(texts):
        sheet.write_string(line, column, "" if text is None else str(text), page.styles[style])
    return line + 1
