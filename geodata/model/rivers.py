"""Read the rivers of a data set: lines with a rank and, where it is certain, a name.

An edition may have none: then none is drawn, and nothing is said of who lives by one. Nor are those that there are
all there are: where no river is near, one may still be.
"""

import json
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.model.tables import Bundle

RESOURCE = "rivers"
LINES = ("LineString", "MultiLineString")
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class River:
    """A stretch of a river: its `course` (lines of lon, lat in degrees, WGS 84) and `rank`, 1 the widest to 5.

    name: "" where it is not known for certain. Several stretches may be of one river.
    """

    name: str
    rank: int
    course: BaseGeometry


def read_rivers(bundle: Bundle) -> tuple[River, ...]:
    """Return the rivers of a data set, the widest first; none where it has none. Every fault is noted in the bundle."""
    entry = next((entry for entry in bundle.resources if entry.get("name") == RESOURCE), None)
    if entry is None:
        return ()
    try:
        features = json.loads((bundle.folder / entry["file"]).read_text(encoding="utf-8"))["features"]
        found = [_river(feature) for feature in features]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        bundle.faults.append(f"{RESOURCE}: cannot be read ({error!r})")
        return ()
    for n, river in enumerate(found, start=1):
        if river.course.geom_type not in LINES or river.course.is_empty:
            bundle.faults.append(f"{entry['file']}: line {n} is a {river.course.geom_type}, not a line that is drawn")
        if not LOWEST <= river.rank <= HIGHEST:
            bundle.faults.append(f"{entry['file']}: line {n} has rank {river.rank}, not {LOWEST} to {HIGHEST}")
    return tuple(sorted(found, key=lambda river: river.rank))


def _river(feature: dict[str, Any]) -> River:  # JSON
    """Return one river. Raises KeyError, TypeError, ValueError for what is none."""
    said = feature["properties"]
    rank = said["rank"]
    if not isinstance(rank, int) or isinstance(rank, bool):
        raise TypeError(f"rank {rank!r} is no whole number")
    return River((said.get("name") or "").strip(), rank, shapely.geometry.shape(feature["geometry"]))
