"""A file cannot fill the memory, leave its folder or be computed by a spreadsheet."""

import io
import struct
import zipfile

import openpyxl
import pytest

from geodata.readers.contract import UnreadableFile
from geodata.readers.formats import safety
from geodata.readers.formats.safety import MB, check_archive, check_size, is_formula, neutral
from geodata.readers.formats.sheets import read_sheet


def archive(path, members, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return path


def refused(action):
    with pytest.raises(UnreadableFile) as caught:
        action()
    return caught.value.message


def test_an_ordinary_archive_passes_and_gives_its_names(tmp_path):
    path = archive(tmp_path / "a.zip", {"limites/d.shp": b"x", "d.dbf": b"y"})
    assert check_archive(path) == ("limites/d.shp", "d.dbf")


@pytest.mark.parametrize("member", ["../d.shp", "a/../../d.shp", "/etc/passwd", "C:\\d.shp", "..\\d.shp"])
def test_a_path_that_leaves_its_folder_is_refused(tmp_path, member):
    path = archive(tmp_path / "a.zip", {"placeholder_name": b"x"}, zipfile.ZIP_STORED)
    with zipfile.ZipFile(path, "w") as out:
        info = zipfile.ZipInfo("x")
        info.filename = member
        out.writestr(info, b"x")
    assert refused(lambda: check_archive(path)) == "tables.unreadable.path"


def test_a_link_in_an_archive_is_refused(tmp_path):
    info = zipfile.ZipInfo("link")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        out.writestr(info, "/etc/passwd")
    assert refused(lambda: check_archive(tmp_path / "a.zip")) == "tables.unreadable.path"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = archive(tmp_path / "bomb.zip", {"zeros": bytes(16 * MB)})
    assert path.stat().st_size < MB
    assert refused(lambda: check_archive(path)) == "tables.unreadable.bomb"


def test_a_claim_of_two_gigabytes_is_refused(tmp_path):
    path = archive(tmp_path / "claim.zip", {"d.shp": b"small"}, zipfile.ZIP_STORED)
    body = bytearray(path.read_bytes())
    place = body.index(b"PK\x01\x02") + 24  # the size unpacked, in the directory at the end
    body[place : place + 4] = struct.pack("<I", 2**31)
    path.write_bytes(body)
    assert refused(lambda: check_archive(path)) == "tables.unreadable.bomb"


def test_a_dbf_that_claims_more_than_it_holds_is_refused(tmp_path):
    head = struct.pack("<B3xIHH20x", 3, 2_000_000, 33 + 32, 1000)
    (tmp_path / "t.dbf").write_bytes(head + bytes(200))
    assert refused(lambda: read_sheet(tmp_path / "t.dbf")) == "tables.unreadable.broken"


def test_a_file_larger_than_the_bound_is_refused(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"a;b\n" * 20)
    assert check_size(tmp_path / "t.csv", 80) == 80
    assert refused(lambda: check_size(tmp_path / "t.csv", 79)) == "tables.unreadable.too_large"
    assert refused(lambda: check_size(tmp_path)) == "tables.unreadable.absent"


def test_a_workbook_whose_sheet_claims_every_column_is_read_for_what_it_holds(tmp_path):
    book = openpyxl.Workbook()
    for line in (["d", "v"], ["Lamas", 1]):
        book.active.append(line)
    book.save(tmp_path / "t.xlsx")
    rewrite(tmp_path / "t.xlsx", lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"'))
    assert read_sheet(tmp_path / "t.xlsx").frame.shape == (1, 2)


def test_a_workbook_that_declares_entities_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["d", "v"])
    book.save(tmp_path / "t.xlsx")
    declared = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]>'
    rewrite(tmp_path / "t.xlsx", lambda xml: declared + xml)
    assert refused(lambda: read_sheet(tmp_path / "t.xlsx")) == "tables.unreadable.broken"


def rewrite(path, change):
    """Change the XML of a workbook's first sheet."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"])
    out = io.BytesIO()
    archive(out, parts)
    path.write_bytes(out.getvalue())


def test_more_cells_than_the_bound_are_refused(monkeypatch, table):
    monkeypatch.setattr(safety, "MAX_CELLS", 5)
    assert refused(lambda: read_sheet(table("a;b\n1;2\n3;4\n5;6\n"))) == "tables.unreadable.too_wide"


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "\t=1", " =1"])
def test_a_formula_is_shown_and_never_computed(text):
    assert is_formula(text)
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Lamas", "-3.5", "+4", "-", "--", "1,5 %", "-1,234.5"])
def test_names_and_numbers_are_left_as_they_are(text):
    assert neutral(text) == text
