"""Tables in the shapes in which they are published come in whole: headings of rows, totals, later districts."""

import openpyxl
import pandas as pd
import pytest

from geodata.model.dataset import default
from geodata.readers.formats.sheets import read_sheet
from geodata.readers.hazards import hazards
from geodata.readers.indicators import indicators
from geodata.reports.files import ordered, sentence

SOURCE = {"source": "INEI"}


@pytest.fixture
def book(tmp_path):
    """Write rows as the one sheet of an .xlsx, some cells of it merged; return its path."""

    def write(rows, merged=()):
        made = openpyxl.Workbook()
        for row in rows:
            made.active.append(row)
        for cells in merged:
            made.active.merge_cells(cells)
        made.save(tmp_path / "t.xlsx")
        return tmp_path / "t.xlsx"

    return write


def values(changes):
    rows = changes.upserts["indicators"].dropna(subset=["value"])
    return {(r.indicator, r.year, r.ubigeo): r.value for r in rows.itertuples()}


def told(report, message):
    return [event for event in report.events if event.message == message]


TWO_ROWS = [
    ["UBIGEO", "DISTRITO", "Población", None, "Pobreza"],
    [None, None, 2018, 2019, None],
    ["010101", "CHACHAPOYAS", 100, 110, 20.5],
    ["010103", "BALSAS", 50, 51, 30.1],
    ["010104", "CHETO", 40, 41, 35.0],
]


def as_text(rows):
    return "\n".join(";".join("" if cell is None else str(cell).replace(".", ",") for cell in row) for row in rows)


def test_a_heading_over_two_rows_is_the_same_when_read_again(table, book, bring):
    answers = {**SOURCE, "year": "2019", "columns": "Población 2018=population; Población 2019=population; "
               "Pobreza=monetary_poverty"}  # fmt: skip
    for path in (book(TWO_ROWS, ["C1:D1"]), table(as_text(TWO_ROWS))):
        sheet = read_sheet(path)
        assert list(sheet.frame.columns) == ["UBIGEO", "DISTRITO", "Población 2018", "Población 2019", "Pobreza"]
        assert list(read_sheet(path, sheet.options).frame.columns) == list(sheet.frame.columns)
        changes, report = bring(path, answers)
        assert not report.faults
        found = values(changes)
        assert len(found) == 9 and found["population", 2018, "010103"] == 50
        assert found["monetary_poverty", 2019, "010104"] == 35


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        # most names stand in the second row
        ([["UBIGEO", "Población", None, None, None], [None, "2017", "2018", "2019", "2020"]],
         ["UBIGEO", "Población 2017", "Población 2018", "Población 2019", "Población 2020"]),
        # the second row is wide enough to be a heading by itself
        ([["UBIGEO", "Población", None, None, None], [None, "Total", "Urbana", "Rural", "Hombres"]],
         ["UBIGEO", "Población Total", "Población Urbana", "Población Rural", "Población Hombres"]),
        ([["UBIGEO", "A", None, "B", None], [None, "x", None, "y", None], [None, "1 a", "1 b", "2 a", "2 b"]],
         ["UBIGEO", "A x 1 a", "A x 1 b", "B y 2 a", "B y 2 b"]),
    ],
)  # fmt: skip
def test_a_heading_may_be_thin_above_and_wide_below(book, heading, names):
    sheet = read_sheet(book([["Cuadro 1"], *heading, ["010101", 1, 2, 3, 4], ["010103", 5, 6, 7, 8]]))
    assert list(sheet.frame.columns) == names
    assert sheet.frame["UBIGEO"].tolist() == ["010101", "010103"]
    assert list(read_sheet(book([*heading, ["010101", 1, 2, 3, 4]]), {"heading_row": 1}).frame.columns) == names


def test_a_first_row_of_words_under_a_gap_in_the_heading_is_no_heading(table):
    sheet = read_sheet(table("caso;tipo;\nUno;electoral;x\nDos;laboral;y\n"))
    assert sheet.frame["caso"].tolist() == ["Uno", "Dos"]


def test_a_heading_over_three_rows_with_totals_and_row_numbers(book, bring):
    rows = [
        ["UBIGEO", "DEPARTAMENTO", None, "Población", "IDH"], [None, None, "Provincia"], [None, None, "Distrito"],
        ["010100", None, "Chachapoyas", 500, 0.5], ["010101", 1, "Chachapoyas", 100, 0.6],
        ["010103", 2, "Balsas", 50, 0.4], ["010104", 3, "Cheto", 40, 0.3],
    ]  # fmt: skip
    answers = {**SOURCE, "year": "2019", "columns": "IDH=human_development_index"}
    changes, report = bring(book(rows), answers)
    assert {key[2]: value for key, value in values(changes).items()} == {"010101": 0.6, "010103": 0.4, "010104": 0.3}
    (total,) = report.of("left_out")
    assert (total.message, total.row) == ("places.other_level", 4)


def test_names_of_all_levels_in_one_column_beside_the_code(book, bring):
    rows = [
        ["UBIGEO", "DEPARTAMENTO, PROVINCIA Y DISTRITO", "2018"],
        ["000000", "PERÚ", 9999], ["010000", "AMAZONAS", 900], ["010100", "CHACHAPOYAS", 500],
        ["010101", "CHACHAPOYAS", 100], ["010102", "ASUNCIÓN", 60], ["150000", "LIMA", 1],
        ["160200", "ALTO AMAZONAS", 150], ["160210", "SANTA CRUZ", 70], ["160701", "BARRANCA", 80],
    ]  # fmt: skip
    path = book(rows)
    understanding = indicators.understand(path, default(), {**SOURCE, "columns": "2018=population"})
    assert understanding.options["coding"] == "inei" and not understanding.questions
    changes, report = bring(path, {**SOURCE, "columns": "2018=population"})
    assert {k[2]: v for k, v in values(changes).items()} == {
        "010101": 100, "010102": 60, "160210": 70, "160701": 80,
    }  # fmt: skip
    left = [(e.message, e.row, e.fields.get("numbers")) for e in ordered(report.of("left_out"))]
    assert left == [
        ("places.other_level", 2, None),
        ("places.other_level", 3, None),
        ("places.wholes.province", None, ("4", "8")),
        ("places.other_departments", None, ("7",)),
    ]


def test_losses_stand_before_what_is_of_something_else(book, bring):
    rows = [["UBIGEO", "2018"], ["150101", 1], ["010000", 5], ["020000", 5], ["010101", "mucho"], ["010102", 7]]
    _, report = bring(book(rows), {**SOURCE, "coding": "inei", "columns": "2018=population"})
    kinds = [event.message for event in ordered(report.of("left_out"))]
    assert kinds[0] == "tables.left_out.number"
    many = told(report, "places.other_departments")[0]
    assert "filas 2, 4" in sentence(many, "es")


def test_a_figure_of_before_the_division_stands_as_it_is(table, bring):
    text = (
        "ubigeo,departamento,provincia,distrito,2018\n250301,UCAYALI,PADRE ABAD,PADRE ABAD,35675\n"
        "250306,UCAYALI,PADRE ABAD,HUIPOCA,Creado 2021\n250307,UCAYALI,PADRE ABAD,BOQUERON,NA\n"
        "250303,UCAYALI,PADRE ABAD,CURIMANA,9377\n"
    )
    path = table(text)
    asked = {q.key: q for q in indicators.understand(path, default(), SOURCE).questions}
    assert asked["columns"].fields["listed"] == ["column:2018"]
    changes, report = bring(path, {**SOURCE, "columns": "2018=population"})
    assert values(changes) == {("population", 2018, "250301"): 35675, ("population", 2018, "250303"): 9377}
    assert not [event for event in report.events if event.message.startswith("division.")]


OLD = "ubigeo,departamento,provincia,distrito,pob\n160109,LORETO,MAYNAS,PUTUMAYO,{old}\n" + "".join(
    f"1608{n},LORETO,PUTUMAYO,{name},{figure}\n"
    for n, name, figure in (("01", "PUTUMAYO", "4000"), ("02", "ROSA PANDURO", "700"), ("04", "YAGUAS", "{last}"))
)


def test_the_old_district_without_a_figure_is_nobodys_rival(table, bring):
    answers = {**SOURCE, "year": "2020", "columns": "pob=population"}
    changes, report = bring(table(OLD.format(old="NA", last="1100")), answers)
    assert values(changes) == {("population", 2020, "160109"): 5800}
    changes, report = bring(table(OLD.format(old="5800", last="NA").replace("4000", "NA").replace("700", "")), answers)
    assert values(changes) == {("population", 2020, "160109"): 5800}


def test_a_part_without_a_figure_leaves_a_blank_with_one_reason(table, bring):
    answers = {**SOURCE, "year": "2020", "columns": "pob=population"}
    _, report = bring(table(OLD.format(old="NA", last="NA") + "160101,LORETO,MAYNAS,IQUITOS,150000\n"), answers)
    about = [e.message for e in report.events if e.ubigeo == "160109" and e.kind in ("left_out", "missing")]
    assert about == ["division.part_missing"]


RENIEC = "ubigeo,departamento,provincia,distrito,electores\n" + "".join(
    f"{row}\n"
    for row in (
        "150901,LORETO,PUTUMAYO,PUTUMAYO,3000", "150902,LORETO,PUTUMAYO,ROSA PANDURO,500",
        "150904,LORETO,PUTUMAYO,YAGUAS,900", "150101,LORETO,MAYNAS,IQUITOS,90000",
        "250202,UCAYALI,PADRE ABAD,IRAZOLA,8000", "250204,UCAYALI,PADRE ABAD,NESHUYA,5000",
        "250205,UCAYALI,PADRE ABAD,ALEXANDER VON HUMBOLDT,4000",
    )
)  # fmt: skip


def test_codes_of_reniec_of_later_districts_are_known(table, bring):
    answers = {**SOURCE, "year": "2020", "coding": "reniec", "columns": "electores=population"}
    changes, report = bring(table(RENIEC), answers)
    assert {k[2]: v for k, v in values(changes).items()} == {"160101": 90000, "160109": 4400, "250302": 17000}
    assert not report.of("left_out")


def test_where_a_code_is_not_known_exact_names_decide_and_it_is_told(table, bring):
    answers = {**SOURCE, "year": "2020", "coding": "reniec", "columns": "electores=population"}
    changes, report = bring(table(RENIEC.replace("150904", "150999")), answers)
    assert {k[2]: v for k, v in values(changes).items()}["160109"] == 4400
    (event,) = told(report, "places.unknown_code_named")
    assert event.row == 4 and "Yaguas" in event.fields["place"]
    _, report = bring(table(RENIEC.replace("150904", "150999").replace("YAGUAS", "YAGUA")), answers)
    assert [e.row for e in told(report, "places.unknown_code")] == [4]  # a name that is only like one proves nothing


def test_huipoca_and_boqueron_stand_in_the_other_order_at_reniec(table, bring):
    text = "ubigeo,distrito,pob\n250201,PADRE ABAD,5\n250207,HUIPOCA,20\n250206,BOQUERON,300\n"
    _, report = bring(table(text), {**SOURCE, "year": "2022", "coding": "reniec", "columns": "pob=population"})
    assert {e.row: e.ubigeo for e in report.of("matched_code")} == {2: "250301", 3: "250306", 4: "250307"}


def test_damages_under_one_heading_are_read(table, dataset, bring):
    path = table(
        "UBIGEO;DISTRITO;FECHA;FENOMENO;Daños;\n;;;;Damnificados;Afectados\n"
        "010101;CHACHAPOYAS;01/02/2021;INUNDACION;3;10\n010103;BALSAS;15/03/2021;INUNDACION;1;4\n"
    )
    asked = {q.key for q in hazards.understand(path, dataset, {}).questions}
    assert {key for key in asked if key.startswith("zero:")} == {"zero:houses_destroyed"}
    answers = {**SOURCE, "covers": "some", "zero:houses_destroyed": "yes"}
    changes, _ = bring(path, answers, hazards)
    rows = changes.upserts["hazards"].set_index("ubigeo")
    assert rows.loc["010101", ["homeless", "affected"]].tolist() == [3, 10]
    assert pd.notna(rows.loc["010103", "year"])
