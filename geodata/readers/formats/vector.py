"""Open a file of shapes, of whatever format, and hand out its rows as text and its shapes as they are.

What a file is, is told by its first bytes and not by its name. Only the formats named here reach
GDAL: others (VRT, WFS ...) can make it open files or addresses that nobody meant to give.
"""

import re
import tempfile
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as parquet
import pyogrio
import pyproj
import shapely

from geodata.geometry import projection
from geodata.readers.contract import UnreadableFile
from geodata.readers.formats import attributes
from geodata.readers.formats.safety import MAX_UNPACKED_BYTES, check_archive, check_size

# what GDAL warns of (rings left open, numbers missing) is mended or told by name further on
warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"pyogrio\.")

SHAPEFILE, GEOPACKAGE, JSON, FLATGEOBUF, KML, PARQUET, ZIP = "shp", "gpkg", "json", "fgb", "kml", "parquet", "zip"
GPX = "gpx"
DRIVERS = {
    SHAPEFILE: {"ESRI Shapefile"},
    GEOPACKAGE: {"GPKG"},
    JSON: {"GeoJSON", "TopoJSON", "ESRIJSON", "GeoJSONSeq"},
    FLATGEOBUF: {"FlatGeobuf"},
    KML: {"KML", "LIBKML"},
    GPX: {"GPX"},
}
SUFFIXES = {".shp", ".gpkg", ".geojson", ".json", ".topojson", ".fgb", ".kml", ".gpx", ".parquet", ".geoparquet"}
BESIDE = {".shx", ".dbf", ".prj", ".cpg"}  # what a shapefile brings with it
HEAD_BYTES = 65_536
MAX_SHAPES = 200_000  # all Peru has some 1,900 districts; a file of blocks or parcels is another thing
# what would make GDAL open something else than the file itself
_ELSEWHERE = re.compile(rb"<OGRVRT|<OGRWFS|<GDAL|<VRTDataset|<WMS", re.IGNORECASE)
_CRS_LINK = re.compile(rb'"crs"\s*:\s*\{[^{}]*"link"', re.IGNORECASE)
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)  # no program writes these into a KML
_MAGIC = {b"PK\x03\x04": ZIP, b"SQLite format 3\0": GEOPACKAGE, b"fgb\x03": FLATGEOBUF, b"PAR1": PARQUET,
          b"\0\0\x27\x0a": SHAPEFILE}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer of a file: `name` as a person tells it from others, and where GDAL finds it."""

    name: str
    path: Path
    inner: str | None
    kind: str


@dataclass(frozen=True, eq=False)
class Shapes:
    """What a layer holds.

    frame: columns as the file names them, all text, NaN blank, index = row number with the heading as row 1.
    shapes: one a row, None where the file has none. broken: positions of shapes that cannot be read. crs: None
    where the file states none.
    """

    frame: pd.DataFrame
    shapes: np.ndarray
    crs: pyproj.CRS | None
    encoding: str = ""
    stated_encoding: str = ""
    broken: frozenset[int] = field(default=frozenset())

    @property
    def box(self) -> projection.Box | None:
        """Return where the middle half of the points lies (west, south, east, north); None without any."""
        points = shapely.get_coordinates(self.shapes)
        points = points[np.isfinite(points).all(axis=1)]
        if not len(points):
            return None
        # stray points must not tell where the whole file is: the middle half of them does
        (west, south), (east, north) = np.percentile(points, [25, 75], axis=0)
        return float(west), float(south), float(east), float(north)


@contextmanager
def opened(path: Path, every: bool = False) -> Iterator[tuple[Layer, ...]]:
    """Give the layers of a file with polygons, unpacking a zip aside while they are read. Raises UnreadableFile.

    every: those of points and lines too, if they hold anything.
    """
    path = Path(path)
    check_size(path)
    nothing = "layers.unreadable.no_shapes" if every else "limits.unreadable.no_shapes"
    if kind_of(path) != ZIP:
        if not (layers := _layers(path, path.name, every)):
            raise UnreadableFile(nothing, file=path.name)
        yield layers
        return
    names = check_archive(path)
    with tempfile.TemporaryDirectory(prefix="conglomerados-") as folder:
        files = _unpacked(path, names, Path(folder))
        unpacked = [layer for file in files for layer in _layers(file, path.name, every)]
        if not unpacked:
            raise UnreadableFile(nothing, file=path.name)
        yield _told_apart(unpacked)


def kind_of(path: Path) -> str:
    """Return what kind of file this is, by its first bytes. Raises UnreadableFile for one that is none of these."""
    with open(path, "rb") as file:
        head = file.read(HEAD_BYTES)
    if _ELSEWHERE.search(head):
        raise UnreadableFile("limits.unreadable.unknown", file=path.name)
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        # a coordinate system given as an address would be fetched
        if _CRS_LINK.search(path.read_bytes()):
            raise UnreadableFile("limits.unreadable.link", file=path.name)
        return JSON
    if text.startswith(b"<") and re.search(rb"<(\w+:)?kml[\s>]", text) and not _ENTITY.search(text):
        return KML
    if text.startswith(b"<") and re.search(rb"<(\w+:)?gpx[\s>]", text) and not _ENTITY.search(text):
        return GPX
    raise UnreadableFile("limits.unreadable.unknown", file=path.name)


def _unpacked(path: Path, names: tuple[str, ...], folder: Path) -> list[Path]:
    """Unpack what a zip holds of shapes and return the files that can be opened."""
    suffixes = SUFFIXES | BESIDE
    usable = [n for n in names if PurePosixPath(n).suffix.lower() in suffixes and not n.startswith("__MACOSX")]
    try:
        with zipfile.ZipFile(path) as archive:
            files = [Path(archive.extract(name, folder)) for name in usable]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise UnreadableFile("limits.unreadable.broken", file=path.name) from error
    return sorted(file for file in files if file.suffix.lower() in SUFFIXES)


def _layers(path: Path, shown: str, every: bool) -> tuple[Layer, ...]:
    kind = kind_of(path)
    if kind == PARQUET:
        return (Layer(path.stem, path, None, kind),)
    if kind == ZIP:  # a zip within a zip
        return ()
    if kind == SHAPEFILE and not any(path.with_suffix(s).exists() for s in (".dbf", ".DBF")):
        raise UnreadableFile("limits.unreadable.alone", file=shown)
    try:
        found = pyogrio.list_layers(path)
        if len(found) and pyogrio.read_info(path, layer=found[0][0])["driver"] not in DRIVERS[kind]:
            raise UnreadableFile("limits.unreadable.unknown", file=shown)
    except UnreadableFile:
        raise
    except Exception as error:  # GDAL's errors have no common parent outside pyogrio's private modules
        raise UnreadableFile("limits.unreadable.broken", file=shown) from error
    # a layer of points or lines, or a table without shapes, holds no limits
    return tuple(
        Layer(str(name), path, str(name), kind)
        for name, drawn in found
        if drawn is not None and (_holds_any(path, name) if every else not re.search("Point|Line", str(drawn)))
    )


def _holds_any(path: Path, layer: str) -> bool:
    """Tell whether a layer has features: a GPX has five layers, most of them empty."""
    return bool(pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"])


def _told_apart(layers: list[Layer]) -> tuple[Layer, ...]:
    """Name layers by their file too where several files of a zip have layers of the same name."""
    names = [layer.name for layer in layers]
    return tuple(
        layer if names.count(layer.name) == 1
        else Layer(f"{layer.path.parent.name}/{layer.path.name}/{layer.name}", layer.path, layer.inner, layer.kind)
        for layer in layers
    )  # fmt: skip


def read(layer: Layer, shown: str, encoding: str | None = None, columns: Sequence[str] | None = None) -> Shapes:
    """Read a layer. shown: the file's name in sentences; columns: those that are wanted. Raises UnreadableFile."""
    try:
        if layer.kind == PARQUET:
            return _read_parquet(layer, shown)
        return _read_gdal(layer, shown, encoding, columns)
    except UnreadableFile:
        raise
    except Exception as error:  # what reads foreign bytes raises anything
        raise UnreadableFile("limits.unreadable.broken", file=shown) from error


def _read_gdal(layer: Layer, shown: str, encoding: str | None, wanted: Sequence[str] | None) -> Shapes:
    found = attributes.Encoding()
    if layer.kind == SHAPEFILE:
        found = attributes.dbf_encoding(layer.path)
    chosen = encoding or found.name or None
    announced = pyogrio.read_info(layer.path, layer=layer.inner, force_feature_count=True)["features"]
    if announced > MAX_SHAPES:
        raise UnreadableFile("limits.unreadable.many", file=shown, most=MAX_SHAPES)
    meta, _, geometry, columns = pyogrio.raw.read(
        layer.path, layer=layer.inner, encoding=chosen, columns=wanted, force_2d=True, datetime_as_string=True
    )
    shapes, broken = _shapes(geometry, max((len(c) for c in columns), default=0))
    if len(shapes) < announced:  # a file cut short: GDAL reads as far as it gets
        raise UnreadableFile("limits.unreadable.broken", file=shown)
    frame = attributes.as_text(dict(zip(map(str, meta["fields"]), columns, strict=True)), len(shapes))
    crs = _system(meta["crs"])
    return Shapes(frame, shapes, crs, chosen or str(meta.get("encoding") or ""), found.stated, broken)


def _system(text: str | None) -> pyproj.CRS | None:
    try:
        return projection.system(text) if text else None
    except projection.UnknownSystem:
        return None


def _shapes(wkb: np.ndarray | None, rows: int) -> tuple[np.ndarray, frozenset[int]]:
    if wkb is None:
        return np.full(rows, None, dtype=object), frozenset()
    shapes = shapely.from_wkb(wkb, on_invalid="fix")
    there = np.array([body is not None for body in wkb], dtype=bool)
    return shapes, frozenset(np.flatnonzero(there & shapely.is_missing(shapes)).tolist())


def _read_parquet(layer: Layer, shown: str) -> Shapes:
    about = parquet.ParquetFile(layer.path).metadata
    size = sum(about.row_group(i).total_byte_size for i in range(about.num_row_groups))
    if size > MAX_UNPACKED_BYTES or about.num_rows > MAX_SHAPES:
        raise UnreadableFile("limits.unreadable.many", file=shown, most=MAX_SHAPES)
    frame = gpd.read_parquet(layer.path)
    table: Mapping[str, np.ndarray] = {
        str(name): column.to_numpy(dtype=object) for name, column in frame.items() if column.dtype != "geometry"
    }
    return Shapes(attributes.as_text(table, len(frame)), np.asarray(frame.geometry.array, dtype=object), frame.crs)
