"""Make a data set of every district of Peru from a published file, for timing only.

The file has names, codes and limits and no figures, so the data set's figures are what can be
computed from the limits: area, neighbours, vertices. Nothing is made up, nothing means anything
for the programme, and the folder is written outside the repository.
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from geodata.model.dataset import DEFAULT
from geodata.model.tables import DESCRIPTOR
from geodata.model.territory import great_circle_km
from tests.root import ROOT

SOURCE = ROOT.parent / "shared" / "official" / "peru_distritos_2007.geojson"
FOR_TIMING = "computed for timing only"
LIMITS_SOURCE = "INEI 2007, published by MINAM; coordinates to four decimals"
DEGREE_GRID = 1e-4
DECIMALS = 4
EQUAL_AREA = "EPSG:6933"
YEAR = 2007
CENSUS_YEAR = 2017
SHORTEST_BORDER_KM = 0.05
# (indicator, sector, unit): one to a sector, so that the gap scores of the sectors differ
INDICATORS = (
    ("neighbours", "education", "districts"),
    ("area", "health", "km2"),
    ("vertices", "environment", "points"),
)
# what the project asks of every data set and this one does not know
UNKNOWN = ("population", "indigenous_mother_tongue")
Point = tuple[float, float]


@dataclass(frozen=True)
class Limits:
    """The districts that have a shape: frame by ubigeo with name, province_name, department_name, capital, geometry."""

    frame: gpd.GeoDataFrame
    without_shape: int


def read(path: Path = SOURCE) -> Limits:
    """Read the published file; districts whose geometry is null are counted and left out."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    rows = {}
    for feature in features:
        if feature["geometry"] is None:
            continue
        told = feature["properties"]
        shape = shapely.set_precision(shapely.geometry.shape(feature["geometry"]), DEGREE_GRID)
        rows[told["IDDIST"]] = {
            "name": told["NOMBDIST"],
            "province_name": told["NOMBPROV"],
            "department_name": told["NOMBDEP"],
            "capital": told["NOM_CAP"],
            "geometry": shape,
        }
    frame = gpd.GeoDataFrame.from_dict(rows, orient="index", crs="EPSG:4326").sort_index()
    return Limits(frame.set_geometry("geometry"), len(features) - len(frame))


def write(limits: Limits, folder: Path) -> None:
    """Write the data set, in the project's own schema, into an existing folder."""
    frame = limits.frame
    descriptor = _descriptor(frame)
    files = {entry["name"]: entry for entry in descriptor["resources"]}
    tables = _tables(frame)
    for name, entry in files.items():
        if name != "limits":
            _write_table(folder / entry["file"], entry["fields"], tables.get(name, []))
    (folder / files["limits"]["file"]).write_text(json.dumps(_geojson(frame)), encoding="utf-8")
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")


def _descriptor(frame: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return the default data set's descriptor with its schema, for these places and sources."""
    made = json.loads((DEFAULT / DESCRIPTOR).read_text(encoding="utf-8"))
    provinces = frame.index.str[:4].unique()
    made["id"] = "peru-2007-timing"
    made["title"] = {"es": "Perú 2007 (solo para medir tiempos)", "en": "Peru 2007 (for timing only)"}
    made["later_provinces"] = []
    made["census_year"] = CENSUS_YEAR
    made["expected"] = [
        {
            "code": code,
            "name": name,
            "provinces": int((provinces.str[:2] == code).sum()),
            "districts": int((frame.index.str[:2] == code).sum()),
        }
        for code, name in _names(frame, 2, "department_name").items()
    ]
    made["resources"] = [entry for entry in made["resources"] if entry["name"] != "rivers"]  # of five departments alone
    for entry in made["resources"]:
        entry["source"] = LIMITS_SOURCE if entry["name"] == "limits" else FOR_TIMING
        entry["notes"] = {"es": "Solo para medir tiempos.", "en": "For timing only."}
    return made


def _names(frame: gpd.GeoDataFrame, digits: int, column: str) -> dict[str, str]:
    """Return the name that most districts give to the place of each code."""
    grouped = frame[column].groupby(frame.index.str[:digits])
    return {code: Counter(names).most_common(1)[0][0] for code, names in grouped}


def _tables(frame: gpd.GeoDataFrame) -> dict[str, list[dict[str, Any]]]:
    areas = frame.to_crs(EQUAL_AREA).area / 1e6
    borders = border_lengths(frame.geometry)
    near = Counter(u for pair in borders for u in pair)
    points = frame.geometry.apply(shapely.get_num_coordinates)
    departments = _names(frame, 2, "department_name")
    return {
        "departments": [{"code": code, "name": name} for code, name in departments.items()],
        "provinces": [
            {"code": code, "name": name, "department_code": code[:2]}
            for code, name in _names(frame, 4, "province_name").items()
        ],
        "districts": [_district(u, row, areas[u]) for u, row in frame.iterrows()],
        "neighbours": [
            {"district": a, "neighbour": b, "border_km": round(max(km, SHORTEST_BORDER_KM), 2)}
            for (a, b), km in sorted(borders.items())
        ],
        "indicator_catalog": [*(_indicator(*row) for row in INDICATORS), *map(_unknown, UNKNOWN)],
        "indicators": [
            {"indicator": name, "year": YEAR, "ubigeo": u, "value": value}
            for name, values in (("area", areas.round(2)), ("neighbours", near), ("vertices", points))
            for u, value in values.items()
        ]
        # unknown, and written as unknown
        + [{"indicator": name, "year": CENSUS_YEAR, "ubigeo": u} for name in UNKNOWN for u in frame.index],
        "quotas": [
            {"department_code": code, "phase": phase, "clusters": 0} for code in departments for phase in (1, 2, 3)
        ],
    }


def _district(ubigeo: str, row: Any, area: float) -> dict[str, Any]:
    # the file does not say where capitals are; a point inside stands for them
    inside = row["geometry"].representative_point()
    return {
        "ubigeo": ubigeo,
        "name": row["name"],
        "province_code": ubigeo[:4],
        "capital": row["capital"],
        "capital_lon": round(inside.x, DECIMALS),
        "capital_lat": round(inside.y, DECIMALS),
        "area_km2": max(round(area, 2), 0.1),
    }


def _indicator(name: str, sector: str, unit: str) -> dict[str, Any]:
    label = f"{name} ({FOR_TIMING})"
    return {
        "indicator": name, "sector": sector, "label_es": label, "label_en": label, "unit": unit, "unit_en": unit,
        "direction": "higher_is_worse", "scored": "true", "weight": 1, "per_area": "false", "minimum": 0,
        "years": YEAR, "source": FOR_TIMING,
    }  # fmt: skip


def _unknown(name: str) -> dict[str, Any]:
    """Return the entry of an indicator that has no figure for any district."""
    unscored = {"direction": "neutral", "scored": "false", "weight": 0, "years": CENSUS_YEAR}
    return _indicator(name, "context", "-") | unscored


def border_lengths(shapes: gpd.GeoSeries) -> dict[tuple[str, str], float]:
    """Return the length in km of the edges that each pair of neighbours shares, pair sorted.

    A shape that shares an edge with none is bordered to the nearest, at length 0: the data set
    must say who is beside whom.
    """
    owners: dict[tuple[Point, Point], list[str]] = defaultdict(list)
    for ubigeo, shape in shapes.items():
        for edge in _edges(shape):
            owners[edge].append(ubigeo)
    borders: dict[tuple[str, str], float] = defaultdict(float)
    for edge, sharing in owners.items():
        for pair in combinations(sorted(sharing), 2):
            borders[pair] += great_circle_km(*edge[0], *edge[1])
    bordering = {u for pair in borders for u in pair}
    for ubigeo in shapes.index.difference(list(bordering)):
        others = shapes.drop(ubigeo)
        nearest = others.index[shapely.distance(others.to_numpy(), shapes[ubigeo]).argmin()]
        borders[tuple(sorted((ubigeo, nearest)))] = 0.0
    return dict(borders)


def _edges(shape: shapely.Geometry) -> set[tuple[Point, Point]]:
    rings = shapely.get_rings(shape)
    lines = ([(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring.coords] for ring in rings)
    return {tuple(sorted(edge)) for line in lines for edge in pairwise(line)}


def _geojson(frame: gpd.GeoDataFrame) -> dict[str, Any]:
    features = [
        {"type": "Feature", "properties": {"ubigeo": u}, "geometry": _rounded(shapely.geometry.mapping(shape))}
        for u, shape in frame.geometry.items()
    ]
    return {"type": "FeatureCollection", "features": features}


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    def rounded(part: Any) -> Any:
        return round(part, DECIMALS) if isinstance(part, float) else [rounded(p) for p in part]

    return {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}


def _write_table(path: Path, fields: Iterable[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [f["name"] for f in fields], restval="")
        writer.writeheader()
        writer.writerows(rows)
