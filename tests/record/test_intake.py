"""A spreadsheet is read whole or not at all, and every fault is told with its row."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from dashboard.documents.coverage_sheets import scores_template
from dashboard.records.core.errors import BadInput
from dashboard.records.proposals import proposals
from dashboard.records.tracking import focas, intake, qsip
from tests.record.drawn import ME, draw, walk

HEAD = ["government", "round", "area", "points", "measured_on", "note"]


@pytest.fixture
def says(words, both_words):
    return [words.say, both_words.say]


def sheet(*rows, head=HEAD):
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def told(error):
    return [(fault.row, fault.message.removeprefix("records.fault.")) for fault in error.value.faults]


def test_scores_are_read_and_kept(store, says):
    content = sheet(
        ["22", "baseline", "revenue", 40, date(2013, 5, 1), "=1+1"],
        [2207, "línea de base", "Presupuesto", 35.5, datetime(2013, 5, 1), None],
        [None, None, None, None, None, None],
        [220702, "BASELINE", "budgeting", 0, "2013-05-02", ""],
        ["220703", "baseline", "budgeting", None, None, "aún no"],
    )
    rows = intake.read_scores(content, store, says)
    assert [(n, s.government, s.area, s.points) for n, s in rows] == [
        (2, "22", "revenue", 40.0), (3, "2207", "budgeting", 35.5), (5, "220702", "budgeting", 0.0),
    ]  # fmt: skip
    assert focas.enter_all(store, ME, rows) == 3
    assert focas.enter_all(store, ME, rows) == 0  # the same file once more does nothing
    assert len(focas.scores(store, ME)) == 3


def test_a_department_code_that_lost_its_zero_is_found_again(store, says):
    (row,) = intake.read_scores(sheet([1, "baseline", "revenue", 40, date(2013, 5, 1), ""]), store, says)
    assert row[1].government == "01"
    (row,) = intake.read_scores(sheet([10402, "baseline", "revenue", 40, date(2013, 5, 1), ""]), store, says)
    assert row[1].government == "010402"


def test_every_fault_of_every_row_is_told_and_nothing_is_kept(store, says):
    content = sheet(
        ["22", "baseline", "revenue", 400, date(2013, 5, 1), ""],
        ["9999", "nunca", "suerte", "mucho", "ayer", "x" * 5000],
        ["22", "end", "revenue", 50, date(2013, 5, 1), ""],
        ["22", "final", "revenue", 51, date(2013, 5, 1), ""],
    )
    with pytest.raises(BadInput) as error:
        intake.read_scores(content, store, says)
    assert told(error) == [
        (2, "not_number"), (3, "unknown_government"), (3, "not_one_of"), (3, "not_one_of"), (3, "not_number"),
        (3, "not_a_date"), (3, "too_long"), (5, "row_twice"),
    ]  # fmt: skip
    assert focas.scores(store, ME) == ()


def test_each_fault_has_a_sentence_with_its_row(store, says, both_words):
    with pytest.raises(BadInput) as error:
        intake.read_scores(sheet(["9999", "nunca", "suerte", "mucho", "ayer", ""]), store, says)
    sentences = [both_words.fault(fault) for fault in error.value.faults]
    assert all("2" in sentence and ":" in sentence for sentence in sentences)


def test_other_points_than_those_kept_are_a_fault_unless_they_shall_replace_them(store, says):
    first = sheet(
        ["22", "end", "revenue", 50, date(2013, 5, 1), ""], ["22", "end", "budgeting", 50, date(2013, 5, 1), ""]
    )
    focas.enter_all(store, ME, intake.read_scores(first, store, says))
    other = sheet(
        ["22", "end", "procurement", 9, date(2013, 5, 1), ""], ["22", "end", "revenue", 60, date(2013, 5, 1), ""]
    )
    rows = intake.read_scores(other, store, says)
    with pytest.raises(BadInput) as error:
        focas.enter_all(store, ME, rows)
    assert told(error) == [(3, "already_kept")]
    assert len(focas.scores(store, ME)) == 2  # the good row of the file was not kept either
    assert focas.enter_all(store, ME, rows, replace_kept=True) == 2
    assert {s.area: s.points for s in focas.scores(store, ME)} == {"budgeting": 50, "revenue": 60, "procurement": 9}


def test_the_template_comes_back_as_it_was_filled_in(store, both_words, says):
    one = draw(store)
    content = scores_template(store, ME, [one], "midpoint", both_words)
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.active
    assert page.max_row == 1 + 5 * len(store.programme.areas)  # region, province, three districts without the seat
    for line in (2, 9):
        page.cell(line, 4, 55)
        page.cell(line, 5, date(2014, 5, 1))
    stream = io.BytesIO()
    book.save(stream)
    rows = intake.read_scores(stream.getvalue(), store, says)
    assert [(n, s.government, s.round, s.points) for n, s in rows] == [
        (2, "22", "midpoint", 55),
        (9, "2207", "midpoint", 55),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not_a_workbook"),
        (b"PK\x03\x04 nonsense", "not_a_workbook"),
        (sheet(head=HEAD), "no_rows"),
        (sheet([1], head=["government"]), "no_column"),
        (sheet([1] * 7, head=[*HEAD, "area"]), "column_twice"),
        (b"x" * (intake.MOST_BYTES + 1), "file_too_large"),
    ],
    ids=["empty", "broken", "no rows", "no columns", "column twice", "large"],
)
def test_a_file_that_is_no_such_sheet_is_refused(sqlite_store, says, content, reason):
    with pytest.raises(BadInput) as error:
        intake.read_scores(content, sqlite_store, says)
    assert {message for _, message in told(error)} == {reason}


def test_a_file_packed_to_burst_is_refused_before_it_is_unpacked(sqlite_store, says):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (intake.MOST_UNPACKED_BYTES + 1))
    with pytest.raises(BadInput) as error:
        intake.read_scores(stream.getvalue(), sqlite_store, says)
    assert told(error) == [(None, "file_too_large")]


def test_stages_are_read_and_kept_in_whatever_order_they_come(store, says):
    one = walk(store, draw(store, critical_area="Anemia"), "validated")
    head = ["proposal", "cycle", "stage", "done_on", "note"]
    content = sheet([one.id, 1, 2, date(2013, 6, 1), ""], [one.id, 1, 1, date(2013, 5, 1), ""], head=head)
    assert qsip.enter_all(store, ME, intake.read_stages(content, says)) == 2
    assert [s.stage for s in qsip.stages(store, ME, one.id)] == [1, 2]
    day = date(2013, 5, 2)
    rows = [[one.id, 1, 3, date(2013, 4, 1)], ["nobody", 1, 1, day], ["lamas", 1, 1, day], [one.id, 1, 1, day]]
    bad = sheet(*rows, [one.id, 9, 9, day], head=head)
    with pytest.raises(BadInput) as error:
        qsip.enter_all(store, ME, intake.read_stages(bad, says))
    assert told(error) == [
        (2, "stage_order"), (3, "unknown_proposal"), (4, "no_cluster"), (5, "stage_kept"), (6, "not_whole"),
        (6, "not_whole"),
    ]  # fmt: skip
    assert len(qsip.stages(store, ME, one.id)) == 2
    assert proposals.get(store, ME, one.id) == one


def said(error, words):
    return [words.fault(fault) for fault in error.value.faults]


def test_what_people_type_in_a_spreadsheet_is_taken_as_what_it_says(store, says):
    """Texts for numbers and days, a percentage, a government by its name, an area without its accent."""
    book = openpyxl.Workbook()
    for row in (
        ["FOCAS de línea de base", None, None, None, None, None],
        ["Gobierno", "Momento", "Area funcional", "PUNTAJE", "Fecha de medicion", "Nota"],
        ["22", "linea de base", "recaudacion y rentas", "3", "15/03/2013", None],
        [
            "Gobierno Regional de San Martín",
            "Línea de base",
            "Planificacion por resultados",
            "2,5",
            "4 de mayo de 2013",
            "",
        ],
        ["MUNICIPALIDAD PROVINCIAL DE LAMAS", "medio termino", "presupuesto", 0.45, date(2013, 5, 6), None],
        ["Santa Rosa (El Dorado)", "final", "Adquisiciones", "45%", "2013-05-07", "=1+1"],
        ["Municipalidad Distrital de Tabalosos", "final", "Adquisiciones", "45 %", "7/5/13", None],
    ):
        book.active.append(row)  # fmt: skip
    book.active["D5"].number_format = "0%"
    stream = io.BytesIO()
    book.save(stream)
    rows = intake.read_scores(stream.getvalue(), store, says)
    assert [(n, s.government, s.round, s.area, s.points, s.measured_on) for n, s in rows] == [
        (3, "22", "baseline", "revenue", 3, date(2013, 3, 15)),
        (4, "22", "baseline", "planning_for_results", 2.5, date(2013, 5, 4)),
        (5, "2205", "midpoint", "budgeting", 45, date(2013, 5, 6)),
        (6, "220304", "end", "procurement", 45, date(2013, 5, 7)),
        (7, "220510", "end", "procurement", 45, date(2013, 5, 7)),
    ]


def test_the_day_comes_first_unless_the_column_shows_that_the_month_does(store, says):
    def days(*texts):
        areas = store.programme.areas
        rows = [["22", "baseline", areas[n], 4, text, None] for n, text in enumerate(texts)]
        return [s.measured_on for _, s in intake.read_scores(sheet(*rows), store, says)]

    assert days("03/04/2013", "05/06/2013") == [date(2013, 4, 3), date(2013, 6, 5)]
    assert days("03/04/2013", "05/25/2013") == [date(2013, 3, 4), date(2013, 5, 25)]
    with pytest.raises(BadInput) as error:
        days("03/04/2013", "05/25/2013", "25/05/2013")
    assert told(error) == [(2, "day_or_month")]  # the third of April or the fourth of March: nobody can know


def test_a_score_whose_formula_was_never_computed_does_not_pass_for_an_empty_row(store, says, both_words):
    with pytest.raises(BadInput) as error:
        intake.read_scores(sheet(["22", "baseline", "revenue", "=3+4", date(2013, 5, 1), None]), store, says)
    (sentence,) = said(error, both_words)
    assert "D2" in sentence and "2" in sentence


def test_a_refusal_shows_no_code_of_a_choice_and_no_foreign_number(store, says, words, both_words):
    rows = [
        ["San Martín", "baseline", "revenue", 4, "1/5/2013", None],
        ["22", "nunca", "suerte", "1,234", "mayo 2013", None],
        ["22", "end", "revenue", 104.5, date(2019, 5, 1), None],
    ]
    with pytest.raises(BadInput) as error:
        intake.read_scores(sheet(*rows), store, says)
    sentences = said(error, words)
    whole = " ".join(sentences)
    if words.language == "es":
        assert "Municipalidad Distrital de San Martín (220303) o Municipalidad Provincial" in whole
        assert "Gobierno Regional de San Martín (22), " in whole
        assert "recaudación y rentas" in whole and "línea de base" in whole
    for key in (*store.programme.areas, *store.programme.rounds, "2019-05-01", "0.0", "100.0", "None"):
        assert key not in whole, key


def open_document(lines):
    """The bytes of an .ods with one sheet of texts."""
    names = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text")}
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, line))}</table:table-row>" for line in lines)
    told = " ".join(f'xmlns:{name}="{address}"' for name, address in names.items())
    content = (
        f"<office:document-content {told}><office:body><office:spreadsheet>"
        f'<table:table table:name="H">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", content)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["ods", "csv"])
def test_a_sheet_of_libreoffice_or_a_text_file_is_read_like_one_of_excel(store, says, kind):
    text = "government;round;area;points;measured_on\n22;baseline;revenue;2,5;15/03/2013\n"
    content = text.encode() if kind == "csv" else open_document([line.split(";") for line in text.split()])
    ((number, score),) = intake.read_scores(content, store, says)
    assert (number, score.points, score.measured_on) == (2, 2.5, date(2013, 3, 15))
