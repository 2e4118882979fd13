"""Make of shapes that are read what an edition keeps of a layer: its file and what the descriptor says of it."""

import re
from collections import Counter
from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.geometry import WGS84
from geodata.model import CATEGORY, LABEL, LAYER, POINTS, Dataset
from geodata.readers.cells import plain, terms
from geodata.readers.contract import EditionChanges, LayerChange, Options
from geodata.reports import Report
from geodata.words import LANGUAGES, say

PREFIX = "layer_"
LONGEST_KEY = 30
MOST_CATEGORIES = 8  # that have a symbol and figures of their own; the rest is drawn as one
DEGREE_DECIMALS = 7  # a centimetre
LEVELS = ("very_low", "low", "medium", "high", "very_high")


def key_of(name: str) -> str:
    """Return the key of a layer by its name, "" where that has no letters.

    >>> key_of("Puestos de salud (I-1)"), key_of("¿?")
    ('layer_puestos_de_salud_i_1', '')
    """
    bare = re.sub(r"[^a-z0-9]+", "_", plain(name)).strip("_")[:LONGEST_KEY].strip("_")
    return f"{PREFIX}{bare}" if bare else ""


def change(
    file: str, shapes: np.ndarray, categories: np.ndarray, labels: np.ndarray, column: str, options: Options,
    base: Dataset, report: Report,
) -> EditionChanges:  # fmt: skip
    """Return what the next edition has of a layer. shapes: degrees; categories and labels: "" for none."""
    key = key_of(str(options["name"]))
    if key in base.layers:
        report.add("note", "layers.note.replaced", layer=base.layers[key].title_es, n=base.layers[key].count)
    if options["shape"] == POINTS:
        shapes = shapely.points(np.round(shapely.get_coordinates(shapes), DEGREE_DECIMALS))
    told, ordered = _categories(categories)
    frame = pd.DataFrame({CATEGORY: categories, LABEL: labels}).astype("str")
    kept = gpd.GeoDataFrame(frame, geometry=shapes, crs=WGS84)
    shape = options["shape"]
    texts = {language: say(language, f"layers.counted.{shape}") for language in LANGUAGES}
    covers = f"layers.covers.{options['covers']}"
    said = {
        "title": {"es": options["name"], "en": options["name_en"]}, "shape": shape, "covers": options["covers"],
        "direction": options["direction"], "column": column, "categories": told, "ordered": ordered,
        "others": int((categories != "").sum()) - sum(n for _, n in told),
        "blank": int((categories == "").sum()) if column else 0, "count": len(kept), "inside": 0, "indicators": [],
    }  # fmt: skip
    entry = {
        "name": key, "file": f"{key}.parquet", "source": options["source"], "years": [int(options["year"])],
        "unit": {language: say(language, "layers.unit") for language in LANGUAGES},
        "counted": {"kind": "shapes", **texts},
        "notes": {lang: f"{say(lang, 'layers.notes', file=file)} {say(lang, covers)}" for lang in LANGUAGES},
        LAYER: said,
    }  # fmt: skip
    return EditionChanges(layers={key: LayerChange(kept, entry)})


def _categories(categories: np.ndarray) -> tuple[list[tuple[str, int]], bool]:
    """Return the categories that have a symbol with how many shapes they have, and whether they are levels.

    Levels stand from the lowest to the highest, others from the most frequent.
    """
    counts = Counter(name for name in categories.tolist() if name)
    levels = _levels(counts)
    if levels:
        return [(name, counts[name]) for name in sorted(counts, key=lambda name: (levels[name], name))], True
    first = sorted(counts, key=lambda name: (-counts[name], name))[:MOST_CATEGORIES]
    return [(name, counts[name]) for name in first], False


def _levels(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the place of each category among the levels of hazard and risk; none where one is no level."""
    words = terms("levels")
    found = {name: LEVELS.index(words[plain(name)]) for name in counts if plain(name) in words}
    return found if len(found) == len(counts) and len(set(found.values())) > 1 else {}
