"""Work out the figures by district of a user's layer: indicators of the catalogue like any other.

How many points (or polygons, each where a point inside it lies), km of lines, the share of the ground under polygons,
all of them by category too, and how far the nearest is from each capital. They are measured on the limits in the
greatest detail that the edition has, and anew when those change. Where nothing was found it is zero only where the
layer is said to hold all there are; elsewhere it is unknown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.geometry import within
from geodata.model import CATEGORY, COVERS, LAYER, LINES, POINTS, POLYGONS
from geodata.shared import precision
from geodata.words import LANGUAGES, say

ALL, DEPARTMENTS, FOUND = COVERS
COUNT, KM, SHARE, NEAREST = "count", "km", "share", "nearest"
DECIMALS = {COUNT: 0, KM: 3, SHARE: 3, NEAREST: 3}
SECTOR = "context"
UNITS = {KM: "km", SHARE: "%", NEAREST: "km"}  # alike in every language
HIGHEST = {SHARE: 100.0}  # what a figure can be at most


@dataclass(frozen=True, eq=False)
class LayerFigures:
    """The rows of a layer in the catalogue and among the figures, and how many of its shapes touch a district."""

    catalog: pd.DataFrame
    indicators: pd.DataFrame
    inside: int


@dataclass(frozen=True, eq=False)
class _Ground:
    """Districts in one order: their codes, limits (degrees, None unknown) and capitals (n, 2)."""

    ubigeos: np.ndarray
    areas: np.ndarray
    capitals: np.ndarray


def figures(
    # an entry is JSON
    entry: Mapping[str, Any],
    shapes: gpd.GeoDataFrame,
    limits: gpd.GeoSeries,
    districts: pd.DataFrame,
) -> LayerFigures:
    """Return the figures of the layer that an entry of the descriptor describes.

    limits: by ubigeo, EPSG:4326. districts: index ubigeo, capital_lon and capital_lat in degrees.
    """
    ubigeos = districts.index.to_numpy(dtype=str)
    ground = _Ground(ubigeos, limits.reindex(districts.index).to_numpy(dtype=object),
                     districts[["capital_lon", "capital_lat"]].to_numpy(dtype=float))  # fmt: skip
    said = entry[LAYER]
    drawn = shapes.geometry.to_numpy(dtype=object)
    _, touching = shapely.STRtree(drawn).query(ground.areas, predicate="intersects")
    categories = shapes[CATEGORY].to_numpy(dtype=str)
    catalog, rows = [], []
    for kind, number, values in _values(said, drawn, categories, ground):
        code = code_of(entry["name"], kind, number)
        name = said["categories"][number][0] if number is not None else ""
        catalog.append(_about(code, kind, name, entry))
        told = precision.rounded_all(pd.Series(values), DECIMALS[kind])
        rows.append(pd.DataFrame({"indicator": code, "year": entry["years"][0], "ubigeo": ubigeos, "value": told}))
    return LayerFigures(pd.DataFrame(catalog), pd.concat(rows, ignore_index=True), len(np.unique(touching)))


def code_of(layer: str, kind: str, number: int | None) -> str:
    """Return the code of a figure: of all shapes of a layer, or of a category by its place.

    >>> code_of("layer_postas", "count", None), code_of("layer_postas", "count", 0)
    ('layer_postas_count', 'layer_postas_count_1')
    """
    return f"{layer}_{kind}" if number is None else f"{layer}_{kind}_{number + 1}"


def _values(
    # JSON
    said: Mapping[str, Any],
    drawn: np.ndarray,
    categories: np.ndarray,
    ground: _Ground,
) -> Iterator[tuple[str, int | None, np.ndarray]]:
    """Yield each figure: its kind, the place of its category (None for all), and its values by district."""
    kinds = {POINTS: {COUNT: _counts}, LINES: {KM: _km}, POLYGONS: {COUNT: _counts, SHARE: _shares}}[said["shape"]]
    names = [name for name, _ in said["categories"]]
    picked: dict[int | None, np.ndarray] = {None: np.full(len(drawn), True)}
    if len(names) > 1 or said["others"] or said["blank"]:
        picked |= {number: categories == name for number, name in enumerate(names)}
    for kind, measure in kinds.items():
        everything = measure(drawn, ground)
        for number, mask in picked.items():
            values = everything if number is None else measure(drawn[mask], ground)
            yield kind, number, _known(values, everything, said["covers"], ground)
    nearest = within.nearest_km(ground.capitals, drawn)
    if said["covers"] == DEPARTMENTS:
        nearest = np.where(_covered(everything, ground), nearest, np.nan)
    yield NEAREST, None, nearest


def _counts(drawn: np.ndarray, ground: _Ground) -> np.ndarray:
    held = within.holder_of(shapely.point_on_surface(drawn), ground.areas)
    return np.bincount(held[held >= 0], minlength=len(ground.ubigeos)).astype(float)


def _km(drawn: np.ndarray, ground: _Ground) -> np.ndarray:
    _, owners, km = within.km_inside(drawn, ground.areas)
    return np.bincount(owners, km, minlength=len(ground.ubigeos))


def _shares(drawn: np.ndarray, ground: _Ground) -> np.ndarray:
    return 100.0 * within.share_covered(drawn, ground.areas)


def _known(values: np.ndarray, everything: np.ndarray, covers: str, ground: _Ground) -> np.ndarray:
    """Return the values, NaN where nobody knows: without limits, and zeros where the layer does not hold all."""
    unknown = np.array([area is None for area in ground.areas], dtype=bool)
    if covers == DEPARTMENTS:
        unknown |= ~_covered(everything, ground)
    elif covers == FOUND:
        unknown |= ~(values > 0)
    return np.where(unknown, np.nan, values)


def _covered(everything: np.ndarray, ground: _Ground) -> np.ndarray:
    """Tell which districts lie in a department in which the layer has anything."""
    departments = np.array([ubigeo[:2] for ubigeo in ground.ubigeos])
    return np.isin(departments, departments[everything > 0])


# an entry is JSON
def _about(code: str, kind: str, category: str, entry: Mapping[str, Any]) -> dict[str, object]:
    """Return the row of a figure in the catalogue."""
    said = entry[LAYER]
    texts: dict[str, object] = {}
    for language in LANGUAGES:
        of = {"layer": said["title"][language], "category": category}
        which, how = "of_category" if category else "of_all", f"{kind}.{said['shape']}" if kind == COUNT else kind
        texts[f"label_{language}"] = say(language, f"layers.figure.{which}.{kind}", **of)
        notes = (say(language, f"layers.figure.how.{how}"), say(language, f"layers.covers.{said['covers']}"))
        texts[f"notes_{language}"] = " ".join(notes)
        texts["unit" if language == "es" else f"unit_{language}"] = UNITS.get(kind) or say(
            language, "layers.figure.unit.count"
        )
    return {
        "indicator": code, "sector": SECTOR, **texts, "direction": said["direction"], "scored": False, "weight": 0,
        "per_area": False, "minimum": 0, "maximum": HIGHEST.get(kind), "years": entry["years"],
        "source": entry["source"], "basis": None,
    }  # fmt: skip
