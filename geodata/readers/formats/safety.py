"""Bound what a file may ask of the machine, before anything in it is read.

A file comes from anywhere: its size, what it claims to unpack to, the paths it names and the
formulas in its cells are judged first. What passes the bounds cannot fill memory or the disk.
"""

import re
import zipfile
from pathlib import Path, PurePosixPath

from geodata.readers.contract import UnreadableFile
from geodata.shared import whole

MB = 1024 * 1024
# A census table of all Peru by district has some 2,000 rows and is below 10 MB as text.
MAX_TABLE_BYTES = 100 * MB
# INEI's limits of all Peru in full detail are some 60 MB zipped.
MAX_FILE_BYTES = 300 * MB
# A workbook's XML unpacks to ten to twenty times its size; in memory it takes a few times that again.
MAX_WORKBOOK_BYTES = 150 * MB
# Full-detail limits with their attribute tables.
MAX_UNPACKED_BYTES = 1024 * MB
# Office files reach some 30:1 and text tables 50:1; deflate itself stops near 1032:1.
MAX_RATIO = 200
RATIO_MATTERS_FROM = 10 * MB  # a small file of one repeated value may pack well and does no harm
MAX_MEMBERS = 5_000
# 1,874 districts by 20 years by 20 indicators in long form are 750,000 rows.
MAX_ROWS = 1_000_000
MAX_COLUMNS = 2_000
MAX_CELLS = 20_000_000
MAX_TEXT = 5_000  # characters of one cell; a description of a case is below 2,000
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_PROLOG = 4096
_FORMULA = re.compile(r"^\s*[=@\t\r]|^\s*[+-](?![\d.,\s]*\d[\d.,\s]*([eE][+-]?\d+)?\s*%?$)(?!-*$)")


def check_size(path: Path, most: int = MAX_FILE_BYTES) -> int:
    """Return the file's size in bytes. Raises UnreadableFile where it is absent, empty or larger than `most`."""
    try:
        size = Path(path).stat().st_size
    except OSError as error:
        raise UnreadableFile("tables.unreadable.absent", file=Path(path).name) from error
    if not Path(path).is_file():
        raise UnreadableFile("tables.unreadable.absent", file=Path(path).name)
    if size == 0:
        raise UnreadableFile("tables.unreadable.empty", file=Path(path).name)
    if size > most:
        raise UnreadableFile("tables.unreadable.too_large", file=Path(path).name, mb=whole(size / MB), most=most // MB)
    return size


def check_archive(path: Path, most: int = MAX_UNPACKED_BYTES) -> tuple[str, ...]:
    """Return the names of the members of a zip, none of which is unpacked here.

    Raises UnreadableFile for a file that is no zip, a member that leaves the folder (`..`, a root, a
    drive), a link, a password, more members or more bytes than the bounds, or a packing that only
    a zip bomb reaches.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile("tables.unreadable.broken", file=Path(path).name) from error
    name = Path(path).name
    if len(members) > MAX_MEMBERS:
        raise UnreadableFile("tables.unreadable.many_members", file=name, members=len(members), most=MAX_MEMBERS)
    for member in members:
        if _leaves(member.filename) or (member.external_attr >> 16) & 0o170000 == 0o120000:
            raise UnreadableFile("tables.unreadable.path", file=name, member=member.filename[:100])
        if member.flag_bits & 1:
            raise UnreadableFile("tables.unreadable.password", file=name)
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > most or (unpacked > RATIO_MATTERS_FROM and unpacked > MAX_RATIO * max(packed, 1)):
        raise UnreadableFile("tables.unreadable.bomb", file=name, mb=whole(unpacked / MB), most=most // MB)
    return tuple(member.filename for member in members)


def check_markup(path: Path) -> None:
    """Raise UnreadableFile where a workbook's XML declares entities, which office programs never write."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if member.filename.endswith((".xml", ".rels")):
                with archive.open(member) as part:
                    if _ENTITY.search(part.read(_PROLOG)):
                        raise UnreadableFile("tables.unreadable.broken", file=Path(path).name)


def check_shape(file: str, rows: int, columns: int) -> None:
    """Raise UnreadableFile for a table with more rows, columns or cells than the bounds."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise UnreadableFile("tables.unreadable.too_wide", file=file, rows=rows, columns=columns)


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet would compute the text instead of showing it; a negative number is none.

    >>> [is_formula(t) for t in ("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-3.5", "-", "Lamas")]
    [True, True, True, False, False, False]
    """
    return bool(_FORMULA.match(text))


def neutral(text: str) -> str:
    """Return the text such that a spreadsheet shows it and never computes it.

    >>> neutral("=1+1"), neutral("Lamas")
    ("'=1+1", 'Lamas')
    """
    return f"'{text}" if is_formula(text) else text


def _leaves(member: str) -> bool:
    """Tell whether a member's path leads out of the folder it is unpacked in."""
    path = PurePosixPath(member.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or bool(re.match(r"^[A-Za-z]:", member)) or "\0" in member
