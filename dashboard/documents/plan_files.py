"""Give a plan away as a file: an Excel workbook that keeps adding up, else the clusters with their districts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from dashboard.clusters.model import Candidate
from dashboard.clusters.scoring import load_criteria
from dashboard.clusters.writing import (
    FIRST_ROW,
    HEAD_ROW,
    Column,
    candidate_columns,
    described,
    described_column,
    limits_notice,
    sources,
    styles,
    to_geodataframe,
    write_codebook,
)
from dashboard.documents.candidate_files import clusters_with_districts
from dashboard.documents.place_files import Format, PlaceTable, written
from geodata.model import SEAT_SUFFIX, Dataset, Territory
from geodata.shared import file_name

# what a plan adds to its clusters, and which column of the codebook that is
PLAN_COLUMNS = {name: name for name in ("sign", "fixed", "score", "affected", "slots")}
PLAN_COLUMNS |= {"district": "district_governments", "request": "request"}
Say = Callable[..., str]
Facts = Mapping[str, Any]


def name(plan: Facts, say: Say, ending: str, part: str = "file.plan") -> str:
    """Return what a file of the plan is called: how many clusters, and what they are the best by."""
    objective = say(f"engine.plan.objective.{plan['wanted']['objective']}")
    holds = say("file.clusters_of_plan", n=len(plan["clusters"]), objective=objective)
    return file_name(holds, say(part), ending)


def plan_file(kind: Format, plan: Facts, dataset: Dataset, say: Say, words: str) -> tuple[str, bytes]:
    """Return name and content of a file of a plan; `words` say what was asked. Raises ValueError on an unknown format.

    The workbook is one that keeps adding up; the others hold the clusters with their limits, sign, phase, score and
    all measures, and their districts.
    """
    if kind == "xlsx":
        return name(plan, say, kind), workbook(plan, dataset, say, words)

    def called(ending: str, part: str = "file.plan") -> str:
        return name(plan, say, ending, part)

    return written(kind, tables(plan, dataset, say, words), called, say, limits_notice(dataset, say))


def tables(plan: Facts, dataset: Dataset, say: Say, words: str) -> list[PlaceTable]:
    """Return the clusters of a plan and their districts as tables of a file."""
    candidates = [
        Candidate(
            frozenset(c["ubigeos"]),
            name=name_of(c, dataset.territory),
            services=frozenset(plan["wanted"]["services"]),
            phase=c["phase"],
        )
        for c in plan["clusters"]
    ]
    frame = to_geodataframe(candidates, dataset, say)
    columns = candidate_columns(dataset, say)
    for name, key in PLAN_COLUMNS.items():
        given = {"request": words, "sign": [c["identity"]["sign"] for c in plan["clusters"]]}
        frame[f"plan_{name}"] = given[name] if name in given else [c[name] for c in plan["clusters"]]
        columns[f"plan_{name}"] = described_column(key, dataset, say)
    return clusters_with_districts(frame, columns, candidates, dataset, say)


def workbook(plan: Facts, dataset: Dataset, say: Say, words: str) -> bytes:
    """Return the plan as .xlsx: clusters with sums, ledger, districts, and scores as live formulas."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_calc_mode("auto")
        sheets = _Sheets(book, styles(book), dataset, say, words)
        _write_clusters(sheets, plan)
        _write_ledger(sheets, plan)
        _write_districts(sheets, plan)
        _write_criteria(sheets, plan)
        write_codebook(book, sheets.formats, say, limits_notice(dataset, say), sheets.explained)
    return stream.getvalue()


def name_of(cluster: Facts, territory: Territory) -> str:
    """Return what a cluster of a plan is called: as in the record, else by its province."""
    return cluster["identity"]["name"] or _province(cluster, territory)


def title_of(cluster: Facts, territory: Territory) -> str:
    """Return by what a cluster of a plan goes, and what it is called."""
    return f"{cluster['identity']['sign']} {name_of(cluster, territory)}"


def _sign(cluster: Facts) -> tuple[int | str, str]:
    """Return the cell of its number in the record, or of its letter."""
    sign = cluster["identity"]["sign"]
    return int(sign) if sign.isdigit() else sign, "centred"


def _province(cluster: Facts, territory: Territory) -> str:
    return territory.provinces[cluster["province"]].name


# headings of a plan whose column has another name in the codebook
OTHER_KEYS = {"people": "affected", "district": "district_governments"}


def _keys(*names: str) -> list[str]:
    return [OTHER_KEYS.get(name, name) for name in names]


class _Sheets:
    """What every sheet of a plan is written with; `explained` gathers what the columns of the sheets are."""

    def __init__(self, book: Any, formats: Mapping[str, Any], dataset: Dataset, say: Say, words: str):
        self.book, self.formats, self.dataset, self.say, self.words = book, formats, dataset, say, words
        self.explained: list[Column] = []

    def open(self, name: str, titles: Sequence[str], widths: Sequence[float], keys: Sequence[str]) -> Any:
        """Add a sheet with title, limits notice, what it is, headings and sources, ready for its first row."""
        say, formats = self.say, self.formats
        notice = limits_notice(self.dataset, say)
        sheet = self.book.add_worksheet(say(f"plan.file.sheet_{name}"))
        self.explained.extend(described(keys, titles, self.dataset, say, sheet.get_name()))
        sheet.write_string(0, 0, say(f"plan.file.sheet_{name}"), formats["title"])
        sheet.write_string(1, 0, notice, formats["notice"])
        sheet.write_string(2, 0, say(f"plan.file.about_{name}", words=self.words), formats["notice"])
        sheet.write_string(3, 0, sources(self.dataset, say), formats["notice"])
        for column, title in enumerate(titles):
            sheet.write_string(HEAD_ROW, column, title, formats["head"])
            sheet.set_column(column, column, widths[column])
        sheet.freeze_panes(FIRST_ROW, 1)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW)
        return sheet

    def write(self, sheet: Any, row: int, cells: Sequence[tuple[Any, str]]) -> None:
        """Write values with their formats from the first column on; None is said to be unknown."""
        for column, (value, style) in enumerate(cells):
            if value is None:
                sheet.write_string(row, column, self.say("workbook.unknown"), self.formats["unknown"])
            elif isinstance(value, str):
                sheet.write_string(row, column, value, self.formats[style])
            else:
                sheet.write_number(row, column, value, self.formats[style])


def _write_clusters(sheets: _Sheets, plan: Facts) -> None:
    say, territory = sheets.say, sheets.dataset.territory
    sums = ("score", "people", "slots", "district")
    names = ("sign", "name", "phase", "department", "province", "districts", "fixed", *sums)
    titles = [say(f"plan.file.{name}") for name in (*names, "code")]
    sheet = sheets.open("plan", titles, [8, 24, 6, 16, 20, 70, 7, 9, 16, 8, 16, 22], _keys(*names, "code"))
    for row, c in enumerate(plan["clusters"], FIRST_ROW):
        districts = ", ".join(territory.districts[u].name for u in c["ubigeos"])
        fixed = say("plan.file.yes") if c["fixed"] else ""
        place = [(territory.departments[c["department"]].name, "text"), (_province(c, territory), "text")]
        figures = [(c["score"], "number_1"), (c["affected"], "number_0")]
        counts = [(c["slots"], "number_0"), (c["district"], "number_0"), (c["code"], "text")]
        lead = [_sign(c), (name_of(c, territory), "text"), (c["phase"], "number_0")]
        sheets.write(sheet, row, [*lead, *place, (districts, "wrapped"), (fixed, "centred"), *figures, *counts])
    last = FIRST_ROW + len(plan["clusters"])
    sheet.write_string(last, 0, say("plan.file.total"), sheets.formats["strong"])
    for column, name in ((7, "score"), (8, "affected"), (9, "slots"), (10, "district")):
        ends = xl_rowcol_to_cell(FIRST_ROW, column), xl_rowcol_to_cell(last - 1, column)
        cached = sum(c[name] for c in plan["clusters"] if c[name] is not None)
        style = sheets.formats["number_1" if name == "score" else "number_0"]
        sheet.write_formula(last, column, f"=SUM({ends[0]}:{ends[1]})", style, cached)


def _write_ledger(sheets: _Sheets, plan: Facts) -> None:
    say, territory = sheets.say, sheets.dataset.territory
    counts = ("clusters", "slots", "regional", "provincial", "district")
    titles = [say(f"plan.file.{name}") for name in ("department", "phase", *counts, "governments", "planned")]
    keys = _keys("department", "phase", *counts, "governments", "planned")
    sheet = sheets.open("ledger", titles, [20, 8, 16, 10, 20, 24, 24, 18, 12], keys)
    for row, line in enumerate(plan["ledger"], FIRST_ROW):
        name = territory.departments[line["department"]].name if line["department"] else say("plan.file.all")
        cells = [(name, "text"), (line["phase"], "number_0"), *((line[key], "number_0") for key in counts)]
        sheets.write(sheet, row, cells)
        ends = xl_rowcol_to_cell(row, 4), xl_rowcol_to_cell(row, 6)
        sheet.write_formula(row, 7, f"=SUM({ends[0]}:{ends[1]})", sheets.formats["number_0"], line["total"])
        if line["target"]:
            sheet.write_number(row, 8, line["target"]["total"], sheets.formats["number_0"])


def _write_districts(sheets: _Sheets, plan: Facts) -> None:
    say, territory = sheets.say, sheets.dataset.territory
    names = ("sign", "phase", "ubigeo", "district_name", "province", "department", "capital")
    titles = [say(f"plan.file.{name}") for name in names]
    keys = [*names[:3], "district", *names[4:6], "is_capital"]
    sheet = sheets.open("districts", titles, [8, 8, 10, 30, 22, 18, 20], keys)
    row = FIRST_ROW
    for c in plan["clusters"]:
        for ubigeo in c["ubigeos"]:
            seat = say("plan.file.yes") if ubigeo.endswith(SEAT_SUFFIX) else ""
            place = [(territory.districts[ubigeo].name, "text"), (_province(c, territory), "text")]
            department = territory.departments[c["department"]].name
            lead = [_sign(c), (c["phase"], "number_0"), (ubigeo, "text")]
            sheets.write(sheet, row, [*lead, *place, (department, "text"), (seat, "centred")])
            row += 1


def _write_criteria(sheets: _Sheets, plan: Facts) -> None:
    """Weights in one row above; below, values and points of each cluster and its score as a formula of them."""
    say, used = sheets.say, plan["scale"]["used"]
    criteria = load_criteria()
    names = [say(f"criterion.{key}.name") for key in used]
    titles = [say("plan.file.sign"), say("plan.file.name"), say("plan.file.score")]
    titles += [say("plan.file.points", criterion=name) for name in names]
    titles += [say("plan.file.values", criterion=say(f"criterion.{key}.figure")) for key in used]
    keys = ["sign", "name", "score", *["points"] * len(names), *["value"] * len(names)]
    sheet = sheets.open("criteria", titles, [8, 24, 10, *[14] * (2 * len(names))], keys)
    # what a criterion is and its unit are its own
    for at, key in enumerate(used, len(sheets.explained) - len(used)):
        unit = say(f"unit.{criteria[key].unit}")
        sheets.explained[at] = replace(sheets.explained[at], about=say(f"criterion.{key}.reason"), unit=unit)
    first, n = 3, len(names)
    sheet.write_string(FIRST_ROW, 1, say("plan.file.share"), sheets.formats["text"])
    for column, share in enumerate(used.values(), first):
        sheet.write_number(FIRST_ROW, column, share, sheets.formats["number_3"])
    corners = (xl_rowcol_to_cell(FIRST_ROW, column, True, True) for column in (first, first + n - 1))
    weights = ":".join(corners)
    for row, c in enumerate(plan["clusters"], FIRST_ROW + 1):
        own = [c["criteria"][key] for key in used]
        points = [(item["points"], "number_1") for item in own]
        values = [(item["value"], f"number_{criteria[key].decimals}") for key, item in zip(used, own, strict=True)]
        lead = [_sign(c), (name_of(c, sheets.dataset.territory), "text"), (c["score"], "number_1")]
        sheets.write(sheet, row, [*lead, *points, *values])
        if n and c["score"] is not None:
            ends = xl_rowcol_to_cell(row, first), xl_rowcol_to_cell(row, first + n - 1)
            formula = f"=SUMPRODUCT({weights},{ends[0]}:{ends[1]})/SUM({weights})"
            sheet.write_formula(row, 2, formula, sheets.formats["number_1"], c["score"])
