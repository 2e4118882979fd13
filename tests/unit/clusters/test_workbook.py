"""The workbook keeps calculating: its formulas give the scores that the domain gives."""

import io
import re
from functools import partial

import formulas
import openpyxl
import pytest

from dashboard import texts
from dashboard.clusters.measures.measures import MEASURES
from dashboard.clusters.model.candidate import Candidate
from dashboard.clusters.ranking.comparison import compare
from dashboard.clusters.rules.rules import RULES
from dashboard.clusters.scoring.scores import score_all
from dashboard.clusters.writing.workbook import comparison_workbook
from dashboard.clusters.writing.workbook_scores import USED, VALUES, WEIGHT, Layout
from dashboard.clusters.writing.workbook_style import FIRST_ROW
from tests.reading import of_codebook

JUDGEMENTS = [{"political_will": 4}, {"political_will": 2}, {"political_will": 5}]
SHEETS = {"es": ["Comparación", "Medidas", "Reglas", "Distritos", "Fuentes", "Guía de columnas"]}


@pytest.fixture(scope="module")
def three(proposals):
    armed = proposals["Lamas"].with_name('=HYPERLINK("http://x","Lamas")')
    return [proposals["Condorcanqui"], armed, proposals["Alto Amazonas"]]


@pytest.fixture(scope="module")
def comparison(three, dataset):
    return compare(three, dataset, judgements=JUDGEMENTS)


@pytest.fixture(scope="module")
def data(comparison, dataset):
    return comparison_workbook(comparison, dataset, partial(texts.say, "es"), "es")


@pytest.fixture(scope="module")
def layout(comparison):
    return Layout(len(comparison.candidates), len(comparison.criteria))


@pytest.fixture(scope="module")
def engine(data, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    path.write_bytes(data)
    return formulas.ExcelModel().loads(str(path)).finish()


def cell(row, column):
    return f"'[book.xlsx]COMPARACIÓN'!{openpyxl.utils.get_column_letter(column + 1)}{row + 1}"


def calculate(engine, layout, inputs=None):
    """Scores and places after writing inputs {(row, column): number}; an empty cell is None."""
    solution = engine.calculate(inputs={cell(*at): value for at, value in (inputs or {}).items()})

    def read(row):
        found = [solution[cell(row, layout.points + i)].value[0, 0] for i in range(layout.n)]
        return [None if value == "" else float(value) for value in found]

    return read(layout.score_row), read(layout.rank_row)


def line_of(comparison, key):
    return FIRST_ROW + [row.criterion.key for row in comparison.criteria].index(key)


def in_python(comparison, weights=None, judgements=None):
    rows = [
        {row.criterion.key: row.values[i] for row in comparison.criteria} | (judgements or [{}] * 9)[i]
        for i in range(len(comparison.candidates))
    ]
    anchors = [{row.criterion.key: row.anchored[i] for row in comparison.criteria} for i in range(len(rows))]
    return [score.total for score in score_all(rows, weights, anchors)[0]]


def test_the_formulas_give_the_scores_of_the_domain(engine, comparison, layout):
    scores, places = calculate(engine, layout)
    assert scores == pytest.approx(comparison.scores, abs=1e-8)
    assert places == list(comparison.ranks)


def test_a_weight_that_is_changed_changes_the_score_as_in_the_domain(engine, comparison, layout):
    weights = {"gap": 0, "indigenous": 9, "proximity": 0.5, "political_will": 7}
    inputs = {(line_of(comparison, key), WEIGHT): weight for key, weight in weights.items()}
    scores, places = calculate(engine, layout, inputs)
    expected = in_python(comparison, weights)
    assert scores == pytest.approx(expected, abs=1e-8)
    assert scores != pytest.approx(comparison.scores, abs=1e-3)
    assert places == [1 + sum(round(o, 9) > round(s, 9) for o in expected) for s in expected]


def test_a_judgement_that_is_typed_in_brings_its_criterion_into_the_score(engine, comparison, layout):
    line = line_of(comparison, "safe_travel")
    some = calculate(engine, layout, {(line, VALUES): 5, (line, VALUES + 1): 1})[0]
    assert some == pytest.approx(comparison.scores, abs=1e-8)  # one is still missing
    judged = [{"safe_travel": v} for v in (5, 1, 3)]
    scores, _ = calculate(engine, layout, {(line, VALUES + i): j["safe_travel"] for i, j in enumerate(judged)})
    assert scores == pytest.approx(in_python(comparison, judgements=judged), abs=1e-8)


def test_points_stop_at_the_anchors(engine, comparison, layout):
    inputs = {(line_of(comparison, "proximity"), VALUES): 900, (line_of(comparison, "gap"), VALUES): 900}
    scores, _ = calculate(engine, layout, inputs)
    beyond = [{"proximity": 900, "gap": 900}, {}, {}]
    assert scores == pytest.approx(in_python(comparison, judgements=beyond), abs=1e-8)


def test_without_any_weight_there_is_no_score(engine, comparison, layout):
    scores, places = calculate(engine, layout, {(FIRST_ROW + i, WEIGHT): 0 for i in range(layout.rows)})
    assert scores == places == [None, None, None]


@pytest.fixture(scope="module")
def book(data):
    """The workbook as a viewer that does not recalculate sees it."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def test_viewers_that_do_not_recalculate_see_the_numbers(book, comparison, layout):
    sheet = book["Comparación"]
    row = [sheet.cell(layout.score_row + 1, layout.points + 1 + i).value for i in range(layout.n)]
    assert row == pytest.approx(list(comparison.scores))
    places = [sheet.cell(layout.rank_row + 1, layout.points + 1 + i).value for i in range(layout.n)]
    assert places == list(comparison.ranks)


def test_what_is_left_out_is_blank(book, comparison, layout):
    assert "safe_travel" in comparison.left_out and "political_will" not in comparison.left_out
    sheet, line = book["Comparación"], line_of(comparison, "safe_travel") + 1
    assert sheet.cell(line, USED + 1).value == 0
    assert all(sheet.cell(line, layout.points + 1 + i).value in (None, "") for i in range(layout.n))


def test_sheets_measures_rules_and_sources_are_complete(book, dataset):
    assert book.sheetnames == SHEETS["es"]
    assert all(sheet["A2"].value == "Límites esquemáticos, no oficiales." for sheet in book)
    first = [book["Medidas"].cell(FIRST_ROW + 1 + i, 1).value for i in range(len(MEASURES))]
    assert first == [texts.say("es", f"measure.{key}.name") for key in MEASURES]
    assert len([1 for row in book["Reglas"].iter_rows(min_row=FIRST_ROW + 1) if row[0].value]) == len(RULES)
    told = {row[1].value for row in book["Fuentes"].iter_rows(min_row=FIRST_ROW + 1)}
    assert {p.source for p in dataset.provenance.values()} | set(dataset.catalog["source"]) <= told
    assert book["Distritos"].cell(FIRST_ROW + 1, 1).value == "010401"


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_last_sheet_says_what_every_column_of_the_others_is(comparison, dataset, language):
    held, told, rows = of_codebook(comparison_workbook(comparison, dataset, partial(texts.say, language), language), 5)
    assert told == held
    assert all(all(row[i] for i in (2, 3, 4, 6)) for row in rows)


def test_differences_are_formulas_with_their_value(data, book, comparison):
    live = openpyxl.load_workbook(io.BytesIO(data))["Medidas"]
    n = len(comparison.candidates)
    for line, row in enumerate(comparison.measures, start=FIRST_ROW + 1):
        for i in range(1, n):
            assert str(live.cell(line, 2 + n + i).value).startswith("=IF(AND(ISNUMBER(")
            assert book["Medidas"].cell(line, 2 + n + i).value == pytest.approx(row.differences[i])


def test_the_name_of_a_candidate_is_never_a_formula(data):
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            assert not any(c.data_type == "f" and "HYPERLINK" in str(c.value) for c in row)
            assert not any(c.hyperlink for c in row)


def test_the_formulas_take_no_score_from_others_for_a_candidate_without_districts(dataset, proposals, tmp_path):
    comparison = compare([proposals["Lamas"], Candidate(), proposals["Tambopata"]], dataset)
    path, layout = tmp_path / "book.xlsx", Layout(3, len(comparison.criteria))
    path.write_bytes(comparison_workbook(comparison, dataset, partial(texts.say, "es"), "es"))
    scores, places = calculate(formulas.ExcelModel().loads(str(path)).finish(), layout)
    assert scores == [pytest.approx(total, abs=1e-9) if total is not None else None for total in comparison.scores]
    assert scores[1] is None and places == list(comparison.ranks) and None not in (scores[0], scores[2])


def test_it_is_written_in_english_too_and_with_an_empty_candidate(dataset, proposals):
    comparison = compare([proposals["Lamas"], Candidate()], dataset)
    data = comparison_workbook(comparison, dataset, partial(texts.say, "en"), "en")
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert book.sheetnames == ["Comparison", "Measures", "Rules", "Districts", "Sources", "Guide to columns"]
    assert book["Comparison"]["A2"].value == "Schematic limits, not official."
    assert any(c.value == "n/d" for row in book["Measures"].iter_rows() for c in row)
    layout = Layout(2, len(comparison.criteria))
    assert book["Comparison"].cell(layout.score_row + 1, layout.points + 1).value == pytest.approx(comparison.scores[0])
    assert book["Comparison"].cell(layout.score_row + 1, layout.points + 2).value in (None, "")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_no_cell_shows_a_key_of_the_program(comparison, dataset, language):
    body = comparison_workbook(comparison, dataset, partial(texts.say, language), language)
    book = openpyxl.load_workbook(io.BytesIO(body))
    said = [v for sheet in book for row in sheet.iter_rows(values_only=True) for v in row if isinstance(v, str)]
    assert len(said) > 100
    internal = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\bNone\b|\bnan\b|[{}|]|\b1 (?:distritos|casos|gobiernos)\b")
    assert [text for text in said if not text.startswith("=") and internal.search(text)] == []
