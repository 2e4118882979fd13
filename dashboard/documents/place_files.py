"""Write tables of places as files that other programs open: GeoJSON, GeoPackage, KML, CSV and Excel.

What a table holds is defined once, whatever the file: a frame, what its columns are, and how a map draws its rows.
Codes are text in all of them, what is not known is blank, and every file says what its columns are.
"""

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, get_args
from zipfile import ZIP_DEFLATED, ZipFile

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import xlsxwriter
from shapely.geometry.base import BaseGeometry

from dashboard.clusters.writing import (
    FIRST_ROW,
    HEAD_ROW,
    Column,
    Say,
    codebook,
    exports,
    geojson_bytes,
    of_table,
    styles,
    write_codebook,
)
from geodata.shared import clock, plain, precision, templates
from layers import gis

Format = Literal["xlsx", "gpkg", "kml", "csv", "geojson"]
FORMATS: tuple[Format, ...] = get_args(Format)
TYPES: Mapping[str, str] = {
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "kml": "application/vnd.google-earth.kml+xml",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STYLES = "layer_styles"  # the table in which QGIS looks for how to draw a layer
MOST_STYLE_NAME = 30
GEOMETRY = "geom"  # as GDAL calls the column of a GeoPackage
DEGREES = 6  # decimals of a place in KML, some ten centimetres
MOST_DECIMALS = 3  # that a cell of a workbook shows
WIDTHS = (9, 44)  # letters of a column of a workbook, at least and at most
SHEET_NAME = 31  # letters that Excel takes
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEMPLATES = templates(__file__, kml_colour=gis.kml_colour)
# gives a file its name by its ending, and by another kind (a key) where it is a part of an archive
Called = Callable[..., str]


@dataclass(frozen=True, eq=False)
class PlaceTable:
    """One table of places. key: of its name (`codebook.layer.<key>`); columns: of the frame, all but its geometry.

    looks: how a map can draw it, the usual way first. named_by: the column that names its rows.
    """

    key: str
    frame: gpd.GeoDataFrame
    columns: Mapping[str, Column]
    looks: tuple[gis.MapLook, ...] = ()
    named_by: str = "name"

    def fields(self) -> dict[str, str]:
        """Return what a GIS calls each column, by its name."""
        return {name: column.field for name, column in self.columns.items()}


def written(kind: Format, tables: Sequence[PlaceTable], called: Called, say: Say, notice: str) -> tuple[str, bytes]:
    """Return name and content of a file of tables. notice: what to know of the limits. Raises ValueError.

    GeoJSON holds the first table alone; CSV is an archive of all of them and of what their columns are.
    """
    if kind not in FORMATS:
        raise ValueError(f"unknown format: {kind}")
    tables = [replace(table, frame=_tidy(table.frame)) for table in tables]
    if kind == "csv":
        return called("zip"), _archive(tables, called, say)
    body = {
        "geojson": lambda: geojson_bytes(tables[0].frame, tables[0].columns, say),
        "gpkg": lambda: geopackage(tables, say),
        "kml": lambda: kml(tables, say, notice),
        "xlsx": lambda: workbook(tables, say, notice),
    }[kind]()
    return called(kind), body


def _tidy(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a frame whose columns of figures are numbers, those of which some or all are not known too."""
    loose = [name for name in frame if frame[name].dtype == object and name != "geometry"]
    return frame.astype({name: float for name in loose if all(_is_number(cell) for cell in frame[name])})


def _is_number(cell: Any) -> bool:
    return cell is None or (isinstance(cell, (int, float, np.number)) and not isinstance(cell, bool))


def type_of(name: str) -> str:
    """Return the media type of a file by the ending of its name."""
    return TYPES[name.rpartition(".")[2]]


# ---- GeoPackage


def geopackage(tables: Sequence[PlaceTable], say: Say) -> bytes:
    """Return a GeoPackage: a layer a table, how QGIS draws each (`layer_styles`), and a table that is the codebook."""
    explained: list[Column] = []
    looks: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "places.gpkg"
        for table in tables:
            layer, fields = say(f"codebook.layer.{table.key}"), table.fields()
            table.frame.rename(columns=fields).to_file(path, layer=layer, driver="GPKG", engine="pyogrio")
            explained += of_table(layer, table.columns.values())
            looks += [_style(layer, look.named(fields), n == 0) for n, look in enumerate(table.looks)]
        book = codebook(explained, say, [each.field for each in explained])
        book = book.rename(columns={name: plain(name).replace("-", "_") for name in book})
        pyogrio.write_dataframe(book, path, layer=say("codebook.layer.codebook"), driver="GPKG")
        if looks:
            pyogrio.write_dataframe(pd.DataFrame(looks), path, layer=STYLES, driver="GPKG", layer_options={"FID": "id"})
        return path.read_bytes()


def _style(layer: str, look: gis.MapLook, is_default: bool) -> dict[str, Any]:
    """Return a row of the table in which QGIS looks for styles."""
    return {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": layer,
        "f_geometry_column": GEOMETRY,
        "styleName": look.name[:MOST_STYLE_NAME],
        "styleQML": gis.qml(look),
        "styleSLD": gis.sld(look),
        "useAsDefault": is_default,
        "description": look.title or look.name,
        "owner": "",
        "ui": "",
        "update_time": pd.Timestamp(clock.now()),
    }


# ---- KML


@dataclass(frozen=True, slots=True)
class _Placemark:
    name: str
    style: str
    label: str
    data: tuple[tuple[str, str], ...]
    polygons: tuple[tuple[str, ...], ...]


def kml(tables: Sequence[PlaceTable], say: Say, notice: str) -> bytes:
    """Return the tables as folders for Google Earth, each drawn in its usual way; the first one is in sight."""
    folders = [
        {
            "key": table.key,
            "name": say(f"codebook.layer.{table.key}"),
            "parts": table.looks[0].parts if table.looks else (),
            "about": table.looks[0].title if table.looks else "",
            "fields": [
                (field, table.columns[name].title, _kml_type(table.frame[name]))
                for name, field in table.fields().items()
            ],
            "placemarks": list(_placemarks(table)),
            "shown": n == 0,
        }
        for n, table in enumerate(tables)
    ]
    title = _capital(say(f"codebook.layer.{tables[0].key}"))
    text = _TEMPLATES.get_template("places.kml").render(folders=folders, title=title, notice=notice)
    return _NO_XML.sub("\ufffd", text).encode("utf-8", "replace")


def _placemarks(table: PlaceTable) -> Any:
    look, fields = (table.looks[0] if table.looks else None), table.fields()
    for row in table.frame.to_dict("records"):
        part = None if look is None else look.of(_value(row[look.column]))
        data = tuple((fields[name], _written(row[name])) for name in fields if _value(row[name]) not in (None, ""))
        yield _Placemark(
            name=str(row[table.named_by] or row.get("code", "")),
            style="" if part is None else f"{table.key}-{part}",
            label="" if look is None or part is None else look.parts[part].label,
            data=data,
            polygons=_rings(row["geometry"]),
        )


def _rings(shape: BaseGeometry | None) -> tuple[tuple[str, ...], ...]:
    """Return each polygon of a shape as the corners of its rings, the outer one first; none where nothing is drawn."""
    if shape is None or shape.is_empty:
        return ()
    polygons = [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]
    return tuple(
        tuple(
            " ".join(f"{x:.{DEGREES}f},{y:.{DEGREES}f}" for x, y, *_ in ring.coords)
            for ring in (polygon.exterior, *polygon.interiors)
        )
        for polygon in polygons
    )


def _kml_type(column: pd.Series) -> str:
    return "double" if pd.api.types.is_numeric_dtype(column) else "string"


def _value(cell: Any) -> Any:
    """Return what a cell holds, None where that is not known."""
    return None if cell is None or cell is pd.NA or cell != cell else cell


def _written(cell: Any) -> str:
    number = isinstance(cell, (float, np.floating))
    return np.format_float_positional(cell, trim="-") if number else str(cell)


# ---- CSV


def _archive(tables: Sequence[PlaceTable], called: Called, say: Say) -> bytes:
    explained: list[Column] = []
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for n, table in enumerate(tables):
            file = called("csv") if n == 0 else called("csv", f"codebook.layer.{table.key}")
            archive.writestr(file, exports.csv_bytes(table.frame, table.columns))
            explained += of_table(say(f"codebook.layer.{table.key}"), table.columns.values())
        archive.writestr(called("csv", "codebook.layer.codebook"), exports.csv_bytes(codebook(explained, say)))
    return content.getvalue()


# ---- Excel


def workbook(tables: Sequence[PlaceTable], say: Say, notice: str) -> bytes:
    """Return a workbook: a sheet a table, and what the columns of all are on the last one."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    explained: list[Column] = []
    with xlsxwriter.Workbook(stream, options) as book:
        formats = styles(book)
        for table in tables:
            sheet = book.add_worksheet(_capital(say(f"codebook.layer.{table.key}"))[:SHEET_NAME])
            _fill(sheet, table, formats, say, notice)
            explained += of_table(sheet.get_name(), table.columns.values())
        write_codebook(book, formats, say, notice, explained)
    return stream.getvalue()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fill(sheet: Any, table: PlaceTable, formats: Mapping[str, Any], say: Say, notice: str) -> None:
    sheet.write_string(0, 0, sheet.get_name(), formats["title"])
    sheet.write_string(1, 0, notice, formats["notice"])
    sheet.write_string(2, 0, say("codebook.see"), formats["notice"])
    for at, (name, column) in enumerate(table.columns.items()):
        cells = [_value(cell) for cell in table.frame[name]]
        numbers = pd.api.types.is_numeric_dtype(table.frame[name])
        sheet.write_string(HEAD_ROW, at, column.title, formats["head"])
        sheet.set_column(at, at, _width(column.title, cells, numbers))
        write = _write_number if numbers else _write_text
        style = formats[f"number_{_decimals(cells)}"] if numbers else formats["text"]
        for row, cell in enumerate(cells, FIRST_ROW):
            write(sheet, row, at, cell, style, formats["unknown"], say)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(1, len(table.frame)), len(table.columns) - 1)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.repeat_rows(HEAD_ROW)


def _write_number(sheet: Any, row: int, at: int, cell: Any, style: Any, unknown: Any, say: Say) -> None:
    if cell is None:
        sheet.write_string(row, at, say("workbook.unknown"), unknown)
    else:
        sheet.write_number(row, at, cell, style)


def _write_text(sheet: Any, row: int, at: int, cell: Any, style: Any, unknown: Any, say: Say) -> None:
    if cell not in (None, ""):
        sheet.write_string(row, at, str(cell), style)


def _decimals(cells: Sequence[Any]) -> int:
    """Return how many decimals show all of some figures as they are, within what a cell shows."""
    known = [float(cell) for cell in cells if cell is not None]
    return next((n for n in range(MOST_DECIMALS) if all(precision.rounded(v, n) == v for v in known)), MOST_DECIMALS)


def _width(title: str, cells: Sequence[Any], numbers: bool) -> int:
    least, most = WIDTHS
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0) if not numbers else least
    return max(least, min(most, max(longest + 2, len(title) // 3)))
