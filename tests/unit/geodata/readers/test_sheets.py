"""A table is found in its file whatever surrounds it, and row numbers are those a spreadsheet shows."""

import datetime as dt

import openpyxl
import pandas as pd
import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.readers.contract import UnreadableFile
from geodata.readers.formats.sheets import read_sheet

PLAIN = "UBIGEO;DISTRITO;ÑANDÚ\n010101;CHACHAPOYAS;1,5\n010102;ASUNCIÓN;2,5\n"


def rows(sheet):
    return [[None if pd.isna(cell) else cell for cell in row] for row in sheet.frame.itertuples(index=False)]


def messages(sheet):
    return [event.message for event in sheet.events]


@pytest.fixture
def workbook(tmp_path):
    """Write sheets (name: rows) as an Excel file."""

    def write(sheets, name="book.xlsx"):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, lines in sheets.items():
            page = book.create_sheet(title)
            for line in lines:
                page.append(line)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le"])
def test_letters_are_read_in_whatever_encoding_they_came(table, encoding):
    sheet = read_sheet(table(PLAIN, encoding=encoding))
    assert list(sheet.frame.columns) == ["UBIGEO", "DISTRITO", "ÑANDÚ"]
    assert sheet.frame["DISTRITO"].tolist() == ["CHACHAPOYAS", "ASUNCIÓN"]


@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_the_separator_is_found(table, separator):
    text = PLAIN.replace(",", ".").replace(";", separator)
    sheet = read_sheet(table(text))
    assert sheet.separator == separator
    assert sheet.frame.shape == (2, 3)


def test_decimal_commas_do_not_pass_for_separators(table):
    sheet = read_sheet(table("a;b\n1,5;2,5\n3,5;4,5\n"))
    assert rows(sheet) == [["1,5", "2,5"], ["3,5", "4,5"]]


def test_codes_keep_their_zeros_and_rows_their_numbers(table):
    sheet = read_sheet(table("\n" + PLAIN))
    assert sheet.heading_row == 2
    assert sheet.frame["UBIGEO"].to_dict() == {3: "010101", 4: "010102"}


def test_titles_above_and_notes_below_are_set_aside_and_told(table):
    text = "Cuadro 1. Población\n\n" + PLAIN + "\nFuente: INEI\nElaboración propia\n"
    sheet = read_sheet(table(text))
    assert sheet.frame.index.tolist() == [4, 5]
    assert messages(sheet) == ["tables.note.title", "tables.note.footer", "tables.note.footer"]
    assert [event.row for event in sheet.events] == [1, 7, 8]


def test_a_short_last_row_of_a_narrow_table_stays(table):
    assert rows(read_sheet(table("distrito,valor\nLamas,1\nRioja,\n"))) == [["Lamas", "1"], ["Rioja", None]]


def test_a_row_with_too_many_cells_is_left_out_by_its_number(table):
    sheet = read_sheet(table("a;b\n1;2\n3;4;5\n6;7\n"))
    assert rows(sheet) == [["1", "2"], ["6", "7"]]
    assert [(event.kind, event.row) for event in sheet.events] == [("left_out", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "ubigeo,pob\n010101,35,868\n010102,283\n010103,1,233\n010104,900\n",  # in the last column
        "ubigeo,pob,distrito\n010101,35,868,Lamas\n010102,283,Rioja\n010103,1,233,Uchiza\n",
        "pob,distrito\n1,868,Lamas\n2,283,Rioja\n3,1,Uchiza\n",  # every row is longer than its heading
    ],
)
def test_rows_longer_than_their_heading_are_a_fault_that_names_them(table, text):
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(table(text))
    assert caught.value.message == "tables.unreadable.longer_rows"
    assert caught.value.fields["rows"].startswith("2, ")
    assert caught.value.fields["count"] in (2, 3)


def test_a_column_that_the_heading_leaves_blank_is_a_column(table):
    assert rows(read_sheet(table("ubigeo;pob;\n010101;5;a/\n010102;6;\n"))) == [
        ["010101", "5", "a/"], ["010102", "6", None],
    ]  # fmt: skip


def test_a_second_row_of_a_heading_may_be_longer_than_the_first(table):
    sheet = read_sheet(table("Ubigeo;Distrito;Población\n;;Urbana;Rural\n010101;Lamas;10;20\n010102;Rioja;1;2\n"))
    assert list(sheet.frame.columns) == ["Ubigeo", "Distrito", "Población Urbana", "Población Rural"]


def test_a_merged_heading_of_two_rows_is_put_together(workbook):
    path = workbook({"Hoja1": [
        ["Ubigeo", "Distrito", "Población", None, None],
        [None, None, "Urbana", "Rural", 2017],
        ["010101", "Chachapoyas", 10, 20, 30],
    ]})  # fmt: skip
    sheet = read_sheet(path)
    assert list(sheet.frame.columns) == ["Ubigeo", "Distrito", "Población Urbana", "Población Rural", "Población 2017"]
    assert sheet.frame.index.tolist() == [3]


def test_repeated_and_blank_names_take_the_letter_of_their_column(table):
    sheet = read_sheet(table("a;a;;d\n1;2;3;4\n5;6;7;8\n"), {"heading_row": "1"})
    assert list(sheet.frame.columns) == ["a [A]", "a [B]", "[C]", "d"]


def test_a_few_broken_letters_do_not_break_the_others(table):
    text = ("distrito;valor\n" + "Asunción;1\n" * 30).encode() + b"Asunci\xc3n;2\n"
    sheet = read_sheet(table(text))
    assert sheet.frame["distrito"].iloc[0] == "Asunción"
    assert messages(sheet) == ["tables.note.broken_letters"]


def test_several_sheets_with_tables_are_asked_for(workbook):
    path = workbook({"2017": [["d", "v"], ["Lamas", 1]], "Notas": [["nada"]], "2020": [["d", "v"], ["Lamas", 2]]})
    sheet = read_sheet(path)
    assert sheet.sheets == ("2017", "2020")
    assert [question.key for question in sheet.questions] == ["sheet"]
    chosen = read_sheet(path, {"sheet": "2020"})
    assert not chosen.questions and rows(chosen) == [["Lamas", "2"]]


def test_numbers_of_a_workbook_read_one_way_only(workbook):
    lines = [["d", "v", "f"], ["Lamas", 1.234, dt.datetime(2017, 1, 10)], ["Rioja", 37870.0, None]]
    sheet = read_sheet(workbook({"h": lines}))
    assert rows(sheet) == [["Lamas", "1.2340", "2017-01-10"], ["Rioja", "37870", None]]


def test_a_percentage_of_a_workbook_is_read_as_it_is_shown(tmp_path):
    book = openpyxl.Workbook()
    for line in (["d", "v"], ["Lamas", 0.125]):
        book.active.append(line)
    book.active["B2"].number_format = "0.0%"
    book.save(tmp_path / "percent.xlsx")
    assert rows(read_sheet(tmp_path / "percent.xlsx")) == [["Lamas", "12.5%"]]


def test_a_formula_without_a_computed_value_is_left_out_by_its_cell(workbook):
    sheet = read_sheet(workbook({"h": [["d", "v"], ["Lamas", "=1+1"], ["Rioja", 3]]}))
    assert rows(sheet) == [["Lamas", None], ["Rioja", "3"]]
    assert [(e.message, e.row, e.fields["cell"]) for e in sheet.events] == [("tables.left_out.formula", 2, "B2")]


def test_a_dbf_is_read_like_any_table(tmp_path):
    frame = pd.DataFrame({"IDDIST": ["010101", "010102"], "AREA": [153.78, 25.5], "NOMBRE": ["Lamas", "Asunción"]})
    pyogrio.write_dataframe(frame, tmp_path / "t.dbf", driver="ESRI Shapefile", encoding="utf-8")
    sheet = read_sheet(tmp_path / "t.dbf")
    assert rows(sheet) == [["010101", "153.78", "Lamas"], ["010102", "25.5", "Asunción"]]
    assert sheet.frame.index.tolist() == [2, 3]


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "t.csv", "empty"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "t.csv", "web_page"),
        (b"%PDF-1.4 ...", "t.csv", "not_a_table"),
        (b"\xd0\xcf\x11\xe0 old", "t.xls", "broken"),
        (b"solo una columna\nLamas\nRioja\n", "t.csv", "no_table"),
        (b"1;2;3\n4;5;6\n", "t.csv", "no_heading"),
        (b"distrito;valor\n", "t.csv", "no_rows"),
        (b'a;b\n"' + b"x;y\n" * 100, "t.csv", "long_cell"),
        (bytes(range(256)) * 4, "t.csv", "not_a_table"),
        (b"\x03" + b"\xff" * 40, "t.dbf", "broken"),
        (b"PK\x03\x04 no zip", "t.xlsx", "broken"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(table, content, name, message):
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(table(content, name))
    assert caught.value.message == f"tables.unreadable.{message}"


def test_an_encoding_that_is_none_is_refused(table):
    sheet = read_sheet(table(PLAIN), {"encoding": "base64"})
    assert sheet.encoding == "utf-8"  # what is no encoding of texts is not used


cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8)


@given(st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=12), st.sampled_from(";,\t|"))
def test_any_text_gives_a_table_or_a_sentence(tmp_path_factory, lines, separator):
    path = tmp_path_factory.mktemp("any") / "t.csv"
    path.write_text("\n".join(separator.join(line) for line in lines), "utf-8", newline="")
    try:
        sheet = read_sheet(path)
    except UnreadableFile:
        return
    assert sheet.frame.columns.is_unique
    assert not sheet.frame.empty


@given(st.binary(max_size=300))
def test_any_bytes_give_a_table_or_a_sentence(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("bytes")
    for name in ("t.csv", "t.dbf"):
        (folder / name).write_bytes(content)
        try:
            assert read_sheet(folder / name).frame.columns.is_unique
        except UnreadableFile:
            continue
