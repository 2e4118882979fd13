"""Spreadsheets of LibreOffice and of Excel 97-2003 are read like any other: as they show, within the same bounds."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from geodata.editions.kinds import recognise
from geodata.readers.contract import UnreadableFile
from geodata.readers.formats.sheets import read_sheet

OLD = Path(__file__).parent / "files" / "old_excel.xls"  # Excel 97-2003: a percent and a date format, a hidden sheet
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def cell(value="", kind="string", more=""):
    told = {"string": "", "date": f'office:date-value="{value}"'}.get(kind, f'office:value="{value}"')
    return f'<table:table-cell office:value-type="{kind}" {told} {more}><text:p>{value}</text:p></table:table-cell>'


BLANK = "<table:table-cell/>"


def row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


@pytest.fixture
def ods(tmp_path):
    """Write rows, each as XML, as the sheets of an .ods; return its path."""

    def write(*sheets, head=""):
        whole = ["".join(rows) for rows in sheets]
        body = "".join(f'<table:table table:name="H{n}">{rows}</table:table>' for n, rows in enumerate(whole, 1))
        content = (
            f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {NAMES} office:version="1.2">'
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
        )
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        with zipfile.ZipFile(tmp_path / "t.ods", "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            out.writestr("META-INF/manifest.xml", manifest)
            out.writestr("content.xml", content)
        return tmp_path / "t.ods"

    return write


def cells(sheet):
    return [[None if pd.isna(cell) else cell for cell in line] for line in sheet.frame.itertuples(index=False)]


HEAD = row(cell("UBIGEO"), cell("DISTRITO"), cell("FECHA"), cell("COBERTURA"), cell("poblacion"))


def test_an_open_document_is_read_as_it_shows(ods):
    path = ods([
        HEAD,
        row(cell("010101"), cell("CHACHAPOYAS"), cell("2013-03-15", "date"), cell(0.45, "percentage"),
            cell(1.234, "float")),
        row(cell("010103"), cell("BALSAS"), BLANK, cell(1, "percentage"), cell(50, "float")),
        row("<table:table-cell/>", more='table:number-rows-repeated="1048000"'),
    ])  # fmt: skip
    sheet = read_sheet(path)
    assert cells(sheet) == [
        ["010101", "CHACHAPOYAS", "2013-03-15", "45%", "1.2340"], ["010103", "BALSAS", None, "100%", "50"],
    ]  # fmt: skip
    assert sheet.frame.index.tolist() == [2, 3] and recognise(path) == "indicators"


def test_a_cell_that_is_repeated_is_as_many_cells(ods):
    twice = 'table:number-columns-repeated="2"'
    path = ods([
        row(cell("UBIGEO"), cell("a"), cell("b")),
        row(cell("010101"), cell(0.5, "percentage", twice), more='table:number-rows-repeated="2"'),
    ])  # fmt: skip
    assert cells(read_sheet(path)) == [["010101", "50%", "50%"]] * 2


def test_merged_headings_of_an_open_document_are_put_together(ods):
    over = 'table:number-columns-spanned="2"'
    path = ods([
        row(cell("UBIGEO"), cell("Población", more=over), "<table:covered-table-cell/>"),
        row(BLANK, cell("2018"), cell("2019")), row(cell("010101"), cell(1, "float"), cell(2, "float")),
    ])  # fmt: skip
    assert list(read_sheet(path).frame.columns) == ["UBIGEO", "Población 2018", "Población 2019"]


def test_a_formula_of_an_open_document_counts_by_its_value_or_is_told(ods):
    formula = 'table:formula="of:=1+1"'
    never = f"<table:table-cell {formula}/>"
    path = ods([row(cell("d"), cell("v")), row(cell("Lamas"), cell(2, "float", formula)), row(cell("Rioja"), never)])
    sheet = read_sheet(path)
    assert cells(sheet) == [["Lamas", "2"], ["Rioja", None]]
    assert [(e.message, e.fields.get("cell")) for e in sheet.events] == [
        ("tables.note.formulas", None), ("tables.left_out.formula", "B3"),
    ]  # fmt: skip


def test_several_sheets_of_an_open_document_are_asked_for(ods):
    lines = [row(cell("d"), cell("v")), row(cell("Lamas"), cell(2, "float"))]
    assert [q.key for q in read_sheet(ods(lines, lines)).questions] == ["sheet"]


@pytest.mark.parametrize("more", ['table:number-columns-repeated="1000000"', 'table:number-columns-repeated="2000"'])
def test_cells_repeated_beyond_the_bounds_are_refused_before_they_are_made(ods, more):
    path = ods([HEAD, row(cell(1, "float", more), more='table:number-rows-repeated="900000"')])
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(path)
    assert caught.value.message == "tables.unreadable.too_wide"


def test_an_open_document_that_declares_entities_is_refused(ods):
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(ods([HEAD], head='<!DOCTYPE x [<!ENTITY a "b">]>'))
    assert caught.value.message == "tables.unreadable.broken"


@pytest.mark.parametrize("keep", [60, 300, 700])
def test_an_open_document_cut_short_is_a_sentence(ods, keep):
    path = ods([HEAD, row(cell("010101"), cell("Lamas"))])
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(UnreadableFile):
        read_sheet(path)


def test_an_old_workbook_is_read_as_it_shows():
    sheet = read_sheet(OLD)
    assert sheet.sheet == "Datos" and not sheet.questions  # the hidden sheet is no table to choose
    assert cells(sheet)[0] == ["010101", "CHACHAPOYAS", "2013-03-15", "45%", "100"]
    assert recognise(OLD) == "indicators"


@pytest.mark.parametrize("keep", [200, 1000, 3000, 4500])
def test_an_old_workbook_cut_short_is_a_sentence(tmp_path, keep):
    (tmp_path / "t.xls").write_bytes(OLD.read_bytes()[:keep])
    try:
        read_sheet(tmp_path / "t.xls")
    except UnreadableFile as error:
        assert error.message.startswith("tables.unreadable.")


def test_a_workbook_under_a_password_is_told_as_that(tmp_path):
    (tmp_path / "t.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(500) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(tmp_path / "t.xlsx")
    assert caught.value.message == "tables.unreadable.password"
