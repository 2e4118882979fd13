"""Make of fitted shapes what an edition keeps: limits, neighbours, and a word on what is not as expected.

Areas and borders are measured on the full detail, never on what is drawn with fewer points.
"""

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geodata.geometry import projection, topology
from geodata.model import Dataset
from geodata.places import Gazetteer
from geodata.readers.contract import EditionChanges, Options
from geodata.readers.limits.parts import Shapes
from geodata.readers.limits.places import BORNE_OUT, Capitals
from geodata.reports import Report
from geodata.shared import rounded, whole
from geodata.words import LANGUAGES, Fields, say

# two districts share more than this of the smaller one: one of them is drawn in the wrong place
SAME_PLACE = 0.5
# measured and published area differ by more than this share of the published: it is told
AREA_DIFFERS = 0.25
# ... by more than this factor either way, in more than this share of the districts: these are no districts
# (on the limits of 2007 as published, 4 in 100 are)
AREA_FACTOR, AREAS_WILD, FEWEST_AREAS = 2.0, 0.2, 5
# a shape further than this from its district's capital, and further than it is wide, is of another place
# (on the limits of 2007 as published, no capital is more than 1.3 km outside)
MISPLACED_KM = 50.0
# where more than this share of the shapes is, the others cannot be trusted either
MISPLACED_SHARE, FEWEST_MISPLACED = 0.1, 5
KM_DECIMALS = 2
NAMED = 20  # districts that a note of the data set names


def is_borne_out(shapes: Shapes, gazetteer: Gazetteer, report: Report) -> bool:
    """Tell whether capitals lie where the shapes say; each one that does not is told.

    Where most do not, or many lie very far from their shape, codes and shapes do not belong together,
    and that is a fault. Where a few lie very far, their shapes are said to be left out (:func:`misplaced`).
    """
    far = Capitals.of(gazetteer).far_from(shapes)
    astray = sum(_misplaced(shapes[ubigeo], km) for ubigeo, km in far.items())
    mixed = astray >= FEWEST_MISPLACED and astray > MISPLACED_SHARE * len(shapes)
    if mixed or len(far) > BORNE_OUT * len(shapes):
        report.add("fault", "limits.fault.capitals", outside=len(far), districts=len(shapes))
        return False
    for ubigeo, km in sorted(far.items()):
        kind, message = ("left_out", "misplaced") if _misplaced(shapes[ubigeo], km) else ("note", "capital_outside")
        capital = gazetteer.territory.districts[ubigeo].capital
        report.add(kind, f"limits.{kind}.{message}", ubigeo=ubigeo, district=gazetteer.label(ubigeo),
                   capital=capital, km=rounded(km, 1))  # fmt: skip
    return True


def misplaced(shapes: Shapes, gazetteer: Gazetteer) -> set[str]:
    """Return the districts whose shape is so far from their capital that it is of another place."""
    far = Capitals.of(gazetteer).far_from(shapes)
    return {ubigeo for ubigeo, km in far.items() if _misplaced(shapes[ubigeo], km)}


def _misplaced(shape: shapely.Geometry, km: float) -> bool:
    return km > MISPLACED_KM and km * 1000 > shape.area**0.5


def changes(
    file: str, full: Shapes, drawn: Shapes, tolerance_m: float, base: Dataset, options: Options,
    report: Report,
) -> EditionChanges:  # fmt: skip
    """Return what goes into the next edition. full: metres; drawn: degrees; both by district of 2012."""
    label = base.territory.label
    without = tuple(sorted(base.territory.districts.keys() - full.keys()))
    for ubigeo in without:
        report.add("missing", "limits.missing", ubigeo=ubigeo, district=label(ubigeo))
    _tell_areas(full, base, report)
    neighbours = _neighbours(full, without, base, report)
    exact = projection.to_degrees(np.array([full[code] for code in sorted(full)], dtype=object))
    names = ", ".join(label(ubigeo) for ubigeo in without[:NAMED]) + (" …" if len(without) > NAMED else "")
    fields = {"file": file, "tolerance": whole(tolerance_m), "known": len(full), "total": len(full) + len(without),
            "names": names or "–", "shortest": whole(topology.SHORTEST_BORDER_M)}  # fmt: skip
    return EditionChanges(
        replaced={"neighbours": neighbours},
        limits=_frame([drawn[code] for code in sorted(drawn)], sorted(drawn)),
        full=_frame(exact, sorted(full)),
        without_limits=without,
        resources=_resources(options, fields),
    )


def _frame(shapes: Iterable[object], codes: list[str]) -> gpd.GeoDataFrame:
    """Return shapes by ubigeo, each ring begun and turned by rule: outer ones clockwise.

    The browser takes an outer ring that turns the other way for the rest of the earth, and formats
    turn them differently; the same limits from any file are so the same edition.
    """
    shapes = shapely.normalize(np.array(list(shapes), dtype=object))
    index = pd.Index(codes, dtype="str", name="ubigeo")
    return gpd.GeoDataFrame(geometry=shapes, index=index, crs=projection.WGS84)


def _resources(options: Options, fields: Fields) -> dict[str, dict[str, object]]:
    shared = {"years": [int(options["year"])]}
    missing = "some" if fields["known"] < fields["total"] else "none"

    def notes(key: str) -> dict[str, str]:
        ends = {language: say(language, f"limits.notes.missing_{missing}", **fields) for language in LANGUAGES}
        return {lang: f"{say(lang, f'limits.notes.{key}', **fields)} {ends[lang]}" for lang in LANGUAGES}

    source = say(LANGUAGES[0], "limits.notes.neighbours_source", source=options["source"])
    return {
        "limits": {**shared, "source": options["source"], "official": options["official"] == "yes",
                   "notes": notes("limits")},
        "neighbours": {**shared, "source": source, "notes": notes("neighbours")},
    }  # fmt: skip


def _tell_areas(full: Shapes, base: Dataset, report: Report) -> None:
    """Note each district whose measured area is far from the one INEI publishes; many such are a fault."""
    wild = 0
    for ubigeo, shape in sorted(full.items()):
        district = base.territory.districts[ubigeo]
        measured = shape.area / 1e6
        share = measured / district.area_km2 - 1
        wild += not 1 / AREA_FACTOR <= 1 + share <= AREA_FACTOR
        if abs(share) > AREA_DIFFERS:
            report.add(
                "note", "limits.note.area", ubigeo=ubigeo, district=base.territory.label(ubigeo),
                measured=rounded(measured, 1), published=district.area_km2, percent=f"{whole(100 * share):+d}",
            )  # fmt: skip
    if wild >= FEWEST_AREAS and wild > AREAS_WILD * len(full):
        report.add("fault", "limits.fault.areas", wild=wild, districts=len(full))


def _neighbours(full: Shapes, without: tuple[str, ...], base: Dataset, report: Report) -> pd.DataFrame:
    """Return the table of neighbours: measured on the shapes; of districts without, as it was."""
    codes, label = sorted(full), base.territory.label
    rows: dict[tuple[str, str], float] = {}
    for (i, j), km in topology.borders(np.array([full[code] for code in codes], dtype=object)).items():
        if km * 1000 < topology.SHORTEST_BORDER_M:
            report.add("note", "limits.note.touch", ubigeo=codes[i], district=label(codes[i]), other=label(codes[j]),
                       metres=whole(km * 1000), shortest=whole(topology.SHORTEST_BORDER_M))  # fmt: skip
        else:
            rows[codes[i], codes[j]] = rounded(km, KM_DECIMALS)
    for ubigeo in without:
        own = base.territory.border_km[ubigeo]
        rows |= {(min(ubigeo, other), max(ubigeo, other)): km for other, km in own.items()}
        report.add("note", "limits.note.borders_kept", ubigeo=ubigeo, district=label(ubigeo), borders=len(own))
    for ubigeo in sorted(full.keys() - {code for pair in rows for code in pair}):
        # an island, or a shape out of place: the data set must say who is beside whom
        own = base.territory.border_km[ubigeo]
        rows |= {(min(ubigeo, other), max(ubigeo, other)): km for other, km in own.items()}
        report.add("note", "limits.note.isolated", ubigeo=ubigeo, district=label(ubigeo), borders=len(own))
    pairs = [(*pair, km) for pair, km in sorted(rows.items())]
    return pd.DataFrame(pairs, columns=["district", "neighbour", "border_km"])
