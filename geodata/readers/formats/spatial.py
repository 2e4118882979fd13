"""Tell whether a file holds shapes or rows, before anything in it is read."""

import zipfile
from pathlib import Path

SPATIAL = frozenset({
    ".shp", ".gpkg", ".geojson", ".topojson", ".fgb", ".kml", ".kmz", ".gpx", ".gml", ".parquet", ".geoparquet",
})  # fmt: skip
_SIGNS = (b"{", b"SQLite format 3\x00", b"fgb", b"PAR1", b"<kml", b"<gpx", b"<?xml")


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
