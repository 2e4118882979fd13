"""Read a text table: its encoding and its separator are found from what it holds."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from geodata.readers.contract import UnreadableFile
from geodata.readers.formats.grid import Grid, cell_text
from geodata.readers.formats.safety import MAX_COLUMNS, MAX_ROWS, MAX_TABLE_BYTES, check_size
from geodata.reports import Event

SEPARATORS = (";", ",", "\t", "|")
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "cp850", "mac_roman")
SAMPLE = 300  # records that show how a table is separated
HEAD = 4096  # bytes that show what kind of file it is
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BINARY = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"SQLite format 3", b"\x89PNG")
_MARKUP = re.compile(r"\s*<(!doctype|html|\?xml)", re.IGNORECASE)
_MOST_BREAKS = 20  # a cell with more lines is a quote that never closed
_BROKEN = "\ufffd"
_FEW_WRONG = 0.1  # of the letters beyond ASCII may be broken in a file that is UTF-8 for the rest


def is_text(path: Path) -> bool:
    """Tell whether a file is a text table by what it begins with. Raises UnreadableFile for none or too large."""
    check_size(path, MAX_TABLE_BYTES)
    with open(path, "rb") as file:
        head = file.read(HEAD)
    return not (head.startswith(_BINARY) or path.suffix.lower() == ".dbf")


def read(path: Path, encoding: str | None = None, separator: str | None = None) -> Grid:
    """Read the records of a text table. Raises UnreadableFile."""
    text, found, events = _decode(path.read_bytes(), encoding, path.name)
    if _MARKUP.match(text):
        raise UnreadableFile("tables.unreadable.web_page", file=path.name)
    if heading := re.match(r'"?sep=(.)"?\r?\n', text):  # a line that Excel writes for itself
        separator = separator or heading[1]
        text = "\n" + text[heading.end() :]
    if separator is not None and (len(separator) != 1 or separator in '"\r\n'):
        raise UnreadableFile("tables.unreadable.separator", file=path.name)
    separator = separator or _separator(text)
    rows, file = {}, path.name
    for number, cells in enumerate(_records(text, separator, file), start=1):
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            raise UnreadableFile("tables.unreadable.too_wide", file=file, rows=number, columns=len(cells))
        rows[number] = [cell_text(cell, file, number) for cell in cells]
    return Grid(rows, found, separator, events=events)


def _records(text: str, separator: str, file: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    number = lines = 0
    try:
        for number, cells in enumerate(reader, start=1):
            longest, lines = reader.line_num - lines, reader.line_num
            if longest > _MOST_BREAKS and any(cell.count("\n") > _MOST_BREAKS for cell in cells):
                raise UnreadableFile("tables.unreadable.long_cell", file=file, row=number)
            yield cells
    except csv.Error as error:
        raise UnreadableFile("tables.unreadable.long_cell", file=file, row=number + 1) from error


def _decode(data: bytes, encoding: str | None, file: str) -> tuple[str, str, list[Event]]:
    """Return the text, the encoding that reads it, and what could not be read in it."""
    for name in (encoding,) if encoding in ENCODINGS else _encodings(data):
        try:
            text, events = data.decode(name), list[Event]()
        except ValueError:
            mostly = _mostly_utf8(data) if name == "utf-8" else None
            if mostly is None:
                continue
            text, events = mostly, [Event("note", "tables.note.broken_letters", {"letters": mostly.count(_BROKEN)})]
        if "\0" in text:
            raise UnreadableFile("tables.unreadable.not_a_table", file=file)
        return text, name, events
    raise UnreadableFile("tables.unreadable.encoding", file=file, encoding=encoding or "")


def _mostly_utf8(data: bytes) -> str | None:
    """Return UTF-8 with a few broken letters marked; None where another encoding is likelier.

    A letter cut in half by some program must not turn every other accent of the file into two signs.
    """
    text = data.decode("utf-8", errors="replace")
    broken = text.count(_BROKEN)
    sound = sum(1 for letter in text if letter > "\x7f") - broken
    return text if broken <= _FEW_WRONG * sound else None


def _encodings(data: bytes) -> list[str]:
    """Return the encodings to try, the surest first."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return [name]
    head = data[:HEAD]
    if head[1::2].count(0) > 0.4 * len(head[1::2]):  # Latin letters in UTF-16: every second byte is zero
        return ["utf-16-le"]
    if head[0::2].count(0) > 0.4 * len(head[0::2]):
        return ["utf-16-be"]
    # cp1252 leaves five bytes without a letter; latin-1 reads any
    return ["utf-8", "cp1252", "latin-1"]


def _separator(text: str) -> str:
    """Return the separator under which most records have the same number of cells, and the most cells."""

    def agreement(separator: str) -> tuple[float, int]:
        try:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            widths = Counter(len(cells) for cells in islice(reader, SAMPLE) if cells)
        except csv.Error:
            return 0.0, 0
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return (round(times / widths.total(), 1), width) if width > 1 else (0.0, 0)

    return max(SEPARATORS, key=agreement)
