"""Unite what belongs to one district of 2012: its several shapes, and the districts made of it since.

Nothing is shared out: a district of 2012 is whole only where all its parts are in the file. One that
was made of several districts' land belongs to whichever a person says; until then those it came from
have no limits, because nobody who made the file says where the old border ran.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
import shapely

from geodata.places import DivisionChange, Gazetteer, in_force
from geodata.reports import Report
from geodata.words import Field

NOBODY = "none"  # the answer that draws it with none
JOIN = "join:"  # `join:221006` answers with the district of 2012 that the later one is drawn with

Shapes = dict[str, shapely.Geometry]


def unite(places: pd.Series, shapes: np.ndarray, label: Gazetteer, report: Report) -> Shapes:
    """Return one shape for each district that has any; several of one district are united and told."""
    found: Shapes = {}
    placed = places[~shapely.is_missing(shapes)].dropna()
    position = pd.Series(np.arange(len(places)), places.index)
    for ubigeo, rows in placed.groupby(placed, sort=True):
        own = shapes[position[rows.index]]
        found[str(ubigeo)] = own[0] if len(own) == 1 else shapely.make_valid(shapely.union_all(own))
        if len(own) > 1:
            numbers = ", ".join(str(row) for row in rows.index)
            report.add("repaired", "limits.repaired.united", ubigeo=str(ubigeo), shapes=len(own), rows=numbers,
                       district=label.label(str(ubigeo)))  # fmt: skip
    return found


def fold(
    shapes: Shapes,
    gazetteer: Gazetteer,
    joins: Mapping[str, str],
    report: Report,
    as_of: int | None = None,
    rows: Mapping[str, int] = MappingProxyType({}),
) -> Shapes:
    """Return the shapes of the districts of 2012, those made later united with the one they came from.

    shapes: by code, already fitted to one another. joins: the parent by code of a later district that
    came from several. as_of: the year of the limits: what was made up to then is drawn apart, or is
    missing, even where the file shows nothing of that year. rows: of the file, by code. What cannot be
    made whole is left out, with one event for each.
    """
    since = [change for change in gazetteer.changes if len(change.code) == 6]
    shown = {change.code for change in in_force(set(shapes), since)}
    made = {change.code: change for change in in_force(set(shapes), since, as_of)}
    whole = {code: shape for code, shape in shapes.items() if code in gazetteer.territory.districts}
    for parent in sorted({parent for change in made.values() for parent in change.parents}):
        _fold_one(parent, whole, shapes, made, joins, gazetteer, report, rows)
    lost = {parent for code in made.keys() - shown for parent in made[code].parents if parent in shapes} - whole.keys()
    if lost:  # only the year tells that they are not whole
        report.add("note", "limits.note.year_of_division", year=as_of, districts=len(lost))
    return whole


def _fold_one(
    parent: str, whole: Shapes, shapes: Shapes, made: Mapping[str, DivisionChange], joins: Mapping[str, str],
    gazetteer: Gazetteer, report: Report, file_rows: Mapping[str, int],
) -> None:  # fmt: skip
    """Put the whole shape of one district of 2012 in its place, or take it out."""
    heirs = [change for change in made.values() if parent in change.parents]
    replaced = any(change.replaces == parent for change in heirs)
    if replaced and not any(change.code in shapes for change in heirs):
        return  # the file still draws the whole under its old number
    own = [change for change in heirs if _belongs(change, parent, joins)]
    parts = [*([] if replaced else [parent]), *(change.code for change in own)]
    if not any(code in shapes for code in (parent, *parts)):
        return  # the file has nothing of it; that it is missing is told with the others
    fields: dict[str, Field] = {"district": gazetteer.label(parent), "parts": _names(own)}
    for change in heirs:
        if change.code in joins:
            report.add("note", "limits.note.joined", ubigeo=parent, district=gazetteer.label(parent),
                       part=change.name, whole=gazetteer.label(joins[change.code]))  # fmt: skip
    if shared := [change for change in heirs if len(change.parents) > 1 and change.code not in joins]:
        why, more = "several_parents", {"parts": _names(shared), "option": f"{JOIN}{shared[0].code}"}
    elif replaced and parent in shapes:
        why, more = "whole_and_parts", {}
    elif missing := [code for code in parts if code not in shapes]:
        why, more = "part_missing", {"missing": ", ".join(gazetteer.label(code) for code in missing)}
    else:
        whole[parent] = shapely.coverage_union_all(np.array([shapes[code] for code in parts], dtype=object))
        if len(parts) > 1:
            report.add("repaired", "limits.repaired.folded", ubigeo=parent, **fields)
        return
    whole.pop(parent, None)
    first = min((file_rows[code] for code in (parent, *parts) if code in file_rows), default=None)
    report.add("left_out", f"limits.left_out.{why}", row=first, ubigeo=parent, **{**fields, **more})


def several_parents(codes: Iterable[str], gazetteer: Gazetteer) -> list[DivisionChange]:
    """Return which of some later districts were made of several districts' land."""
    return [gazetteer.later[code] for code in sorted(set(codes) & gazetteer.later.keys())
            if len(code) == 6 and len(gazetteer.later[code].parents) > 1]  # fmt: skip


def _belongs(change: DivisionChange, parent: str, joins: Mapping[str, str]) -> bool:
    return len(change.parents) == 1 or joins.get(change.code) == parent


def _names(since: Iterable[DivisionChange]) -> str:
    return ", ".join(f"{change.name} ({change.code})" for change in since)
