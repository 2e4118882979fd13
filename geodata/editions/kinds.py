"""Tell from its content what a file holds: limits, or a table of indicators, conflicts or emergencies.

Names of files are not trusted: a table of emergencies is one whose cells hold the words of INDECI.
"""

import zipfile
from pathlib import Path

import pandas as pd

from geodata.readers import UnreadableFile
from geodata.readers.cells import plain, terms
from geodata.readers.formats import read_sheet

SPATIAL = frozenset({
    ".shp", ".gpkg", ".geojson", ".topojson", ".fgb", ".kml", ".kmz", ".gml", ".parquet", ".geoparquet",
})  # fmt: skip
_SIGNS = (b"{", b"SQLite format 3\x00", b"fgb", b"PAR1", b"<kml", b"<?xml")
ENOUGH = 0.5  # of the different texts of a column must be words of a vocabulary
ROWS = 400


def recognise(path: Path) -> str:
    """Return the kind of a file: limits, indicators, conflicts or hazards.

    What no vocabulary claims is taken for indicators, whose reader then says what it lacks.
    """
    path = Path(path)
    if is_spatial(path):
        return "limits"
    try:
        frame = read_sheet(path).frame.head(ROWS)
    except (UnreadableFile, OSError):
        return "indicators"
    hazards = {*terms("hazards"), *terms("not_hazards")}
    conflicts = {*terms("conflict_types"), *terms("conflict_states")}
    for subject, words in (("hazards", hazards), ("conflicts", conflicts)):
        if any(_holds(frame[column], words) for column in frame.columns):
            return subject
    return "indicators"


def is_spatial(path: Path) -> bool:
    """Tell whether a file holds shapes, by its ending or its first bytes; archives by what they hold."""
    suffix = path.suffix.lower()
    if suffix in SPATIAL:
        return True
    try:
        with open(path, "rb") as file:
            head = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                return any(Path(name).suffix.lower() in SPATIAL for name in archive.namelist())
    except (OSError, zipfile.BadZipFile, NotImplementedError):
        return False
    return suffix not in (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods", ".dbf") and head.startswith(_SIGNS)


def _holds(column: pd.Series, words: set[str]) -> bool:
    different = {plain(text) for text in column.dropna().astype(str)}
    known = sum(text in words for text in different)
    return known > 0 and known >= ENOUGH * len(different)
