"""Read the layers that users brought: points, lines or polygons with a category and a label each.

An edition may have none. What they are stands in the descriptor, their shapes in one GeoParquet file each, which is
checked when the data set is loaded and read again by whoever draws it: 200,000 points need not stay in memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geodata.model.tables import LAYER, Bundle

POINTS, LINES, POLYGONS = "points", "lines", "polygons"
# shapely's type numbers by kind of layer
SHAPES: Mapping[str, tuple[int, ...]] = MappingProxyType({POINTS: (0,), LINES: (1, 5), POLYGONS: (3, 6)})
# where no shape means that there is none: everywhere, in departments that have any, nowhere
COVERS = ("all", "departments", "found")
CATEGORY, LABEL = "category", "label"  # columns of the file, "" where a shape has none


@dataclass(frozen=True, slots=True)
class OwnLayer:
    """What a user brought of one thing: `shape` is one of :data:`SHAPES`, `covers` one of :data:`COVERS`.

    column: that the categories were in, "" where there are none. categories: name and number of shapes, as the legend
    lists them; others: shapes of further categories; blank: shapes without one. ordered: the categories are levels, the
    lowest first. inside: how many of `count` touch one of our districts. indicators: codes of its figures by district.
    """

    key: str
    title_es: str
    title_en: str
    shape: str
    covers: str
    column: str
    categories: tuple[tuple[str, int], ...]
    others: int
    blank: int
    ordered: bool
    count: int
    inside: int
    indicators: tuple[str, ...]
    path: Path

    def title(self, language: str) -> str:
        """Return what it is called in a language."""
        return self.title_es if language == "es" else self.title_en

    def shapes(self) -> gpd.GeoDataFrame:
        """Return its shapes, read anew: columns category, label and geometry (EPSG:4326). Raises OSError."""
        return gpd.read_parquet(self.path)


def read_layers(bundle: Bundle) -> Mapping[str, OwnLayer]:
    """Return the layers of a data set by key. Every fault is noted in the bundle."""
    found = {}
    for entry in bundle.resources:
        if LAYER in entry:
            try:
                layer = _layer(entry, bundle.folder)
                _check(layer, bundle)
            except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
                bundle.faults.append(f"{entry['file']}: cannot be read ({error!r})")
            else:
                found[layer.key] = layer
    return MappingProxyType(found)


def _layer(entry: dict[str, Any], folder: Path) -> OwnLayer:  # JSON
    """Return what the descriptor says of a layer. Raises KeyError, TypeError, ValueError for what is none."""
    said = entry[LAYER]
    return OwnLayer(
        key=entry["name"], title_es=said["title"]["es"], title_en=said["title"]["en"], shape=said["shape"],
        covers=said["covers"], column=said["column"],
        categories=tuple((str(name), int(count)) for name, count in said["categories"]), others=int(said["others"]),
        blank=int(said["blank"]), ordered=bool(said["ordered"]), count=int(said["count"]), inside=int(said["inside"]),
        indicators=tuple(said["indicators"]), path=folder / entry["file"],
    )  # fmt: skip


def _check(layer: OwnLayer, bundle: Bundle) -> None:
    """Note where the file does not hold what the descriptor says of it."""
    shapes, faults = layer.shapes(), bundle.faults
    if layer.shape not in SHAPES or layer.covers not in COVERS:
        faults.append(f"{layer.path.name}: {layer.shape!r} that cover {layer.covers!r} are no layer")
        return
    wrong = int((~np.isin(shapely.get_type_id(shapes.geometry.to_numpy()), SHAPES[layer.shape])).sum())
    if wrong or len(shapes) != layer.count:
        faults.append(f"{layer.path.name}: {len(shapes)} shapes, {wrong} no {layer.shape}, not {layer.count}")
    if not {CATEGORY, LABEL} <= set(shapes.columns):
        faults.append(f"{layer.path.name}: lacks {CATEGORY} or {LABEL}")
    tables = bundle.tables.get("indicator_catalog")
    known = set() if tables is None else set(tables["indicator"])
    if gone := [code for code in layer.indicators if code not in known]:
        faults.append(f"{layer.path.name}: its figures are not in the catalogue: {', '.join(gone)}")
