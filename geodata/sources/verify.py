"""Judge a file that was downloaded by its content: what kind it is, and whether it is whole.

Servers answer with status 200 and a page that asks for a sign-in, a line that says "not found", or a
file cut at a length told wrongly. What a name ends in is a promise that the content must keep.
"""

import json
import re
import zipfile
from pathlib import Path

from geodata.shared import SentenceError

_HEAD, _TAIL, _SHOWN = 4096, 4096, 60  # bytes at the beginning and the end; signs shown to a person
_JSON, _ZIP, _PARQUET, _KML = ".geojson", ".zip", ".parquet", ".kml"
_KINDS = (  # first bytes, ending
    (b"PK\x03\x04", _ZIP), (b"Rar!\x1a\x07", ".rar"), (b"7z\xbc\xaf\x27\x1c", ".7z"), (b"SQLite format 3\x00", ".gpkg"),
    (b"fgb\x03", ".fgb"), (b"PAR1", _PARQUET),
)  # fmt: skip
_ENDINGS = {  # of a name, and the kind of content that it promises
    **{ending: ending for _, ending in _KINDS}, _JSON: _JSON, ".json": _JSON, ".topojson": _JSON, _KML: _KML,
    ".kmz": _ZIP, ".geoparquet": _PARQUET,
}  # fmt: skip
_JSON_TYPES = frozenset((  # of the whole of a GeoJSON, TopoJSON or ESRI text
    "FeatureCollection", "Feature", "GeometryCollection", "Polygon", "MultiPolygon", "LineString", "MultiLineString",
    "Point", "MultiPoint", "Topology", "esriGeometryPolygon",
))  # fmt: skip
_KML_ROOT = re.compile(r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!(?!--)[^>]*>)*+<(?:\w+:)?kml\b", re.DOTALL | re.IGNORECASE)


class FetchError(SentenceError):
    """Why nothing was downloaded; its sentence is one of :mod:`geodata.words`."""


def kind_of(path: Path, address: str) -> str:
    """Return what kind of file this is, as the ending that fits it, "" for none of those that hold limits.

    Raises FetchError for a web page or any other markup but KML, in any writing.
    """
    with open(path, "rb") as file:
        head = file.read(_HEAD)
    kind = next((ending for sign, ending in _KINDS if head.startswith(sign)), "")
    if kind:
        return kind
    text = _text(head).lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        if not _KML_ROOT.match(text):
            raise FetchError("fetch.page", address=address)
        return _KML
    return _JSON if text.startswith(("{", "[")) else ""


def require(path: Path, kind: str, ending: str, address: str) -> None:
    """Require a whole file of the kind that its name ends in, where that ending is of a kind at all.

    kind: what :func:`kind_of` found. Raises FetchError.
    """
    if not kind:
        with open(path, "rb") as file:
            start = _text(file.read(_HEAD))[:_SHOWN]
        shown = "".join(c if c.isprintable() else " " for c in start)
        raise FetchError("fetch.no_data", address=address, start=shown.strip())
    if _ENDINGS.get(ending.lower(), kind) != kind:
        raise FetchError("fetch.other_kind", address=address, ending=ending, kind=kind)
    if not _is_whole(path, kind, address):
        raise FetchError("fetch.cut_short", address=address)


def _is_whole(path: Path, kind: str, address: str) -> bool:
    """Tell whether a file ends as its kind does. Raises FetchError for JSON without shapes."""
    if kind == _JSON:
        try:
            type_ = _json_type(path)
        except (ValueError, RecursionError):
            return False
        if type_ not in _JSON_TYPES:
            raise FetchError("fetch.no_shapes", address=address)
    if kind == _ZIP:
        try:
            zipfile.ZipFile(path).close()  # reads the list of members, which is at the end
        except (ValueError, zipfile.BadZipFile, NotImplementedError):
            return False
    return kind not in (_PARQUET, _KML) or _ends_well(path, kind)


def _ends_well(path: Path, kind: str) -> bool:
    with open(path, "rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        end = file.read()
    return end.endswith(b"PAR1") if kind == _PARQUET else b"kml>" in end.replace(b"\0", b"").lower()


def _text(body: bytes) -> str:
    """Return bytes as text, UTF-16 and UTF-32 told by their marks or zeros; what is no text has odd signs."""
    return body.decode(json.detect_encoding(body), "replace")


def _json_type(path: Path) -> str | None:
    """Return the `type` of a whole JSON text, None where it has none. Raises ValueError, RecursionError.

    Each object gives way to its type as soon as it is read, and numbers to nothing, so that a country's
    limits need little more memory than their text.
    """

    def nothing(_: str) -> None:
        return None

    type_ = json.loads(
        _text(path.read_bytes()).removeprefix("\ufeff"), parse_float=nothing, parse_int=nothing,
        object_hook=lambda found: found.get("type", found.get("geometryType")),
    )  # fmt: skip
    return type_ if isinstance(type_, str) else None
