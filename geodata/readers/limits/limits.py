"""Read the limits of districts from a file of shapes, mend them, and find who borders whom.

Answers:

    layer          which layer, where the file has several with areas
    crs            the coordinate system, where the file states none and its numbers are not degrees
    encoding       of the attributes, where a person knows better
    place          the column that says which district a shape is, where none was found
    column:NAME    the role of a column (:mod:`geodata.readers.shared.columns`)
    coding         inei or reniec, where the file does not tell
    accept         likeness (0-100) from which a name is taken
    source, year   where the limits come from, and of which year they are (a year in the file's name is taken)
    official       yes or no: whether the source is the authority on limits
    tolerance_m    how small a bend is straightened for the browser; as little as it can bear where not said
    join:CODE      the district of 2012 with which a later one made of several is drawn, none for none of them
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from geodata.geometry import projection, repair, topology
from geodata.model import Dataset
from geodata.places import CODINGS, DEFAULT_BAR, Gazetteer, read_code
from geodata.readers.contract import Answers, EditionChanges, Options, Question, Understanding, UnreadableFile
from geodata.readers.formats import Placing, settle, to_degrees, vector
from geodata.readers.limits import results
from geodata.readers.limits.parts import JOIN, NOBODY, Shapes, fold, several_parents, unite
from geodata.readers.limits.places import coding_by_capitals, locate_shapes
from geodata.readers.locating import code_texts, find_coding, locate
from geodata.readers.shared import COLUMN, IGNORE, answered, find_places, place_roles, to_places
from geodata.reports import Report
from geodata.shared import rounded, whole
from geodata.words import Field

SUBJECT = "limits"
AS_IS = "tables.choice.as_is"
SAMPLE_ROWS, SHOWN = 5, 60
MOST_LAYERS = 12  # that are looked into for codes of districts
FIRST_YEAR, LAST_YEAR = 1980, 2060
MOST_TOLERANCE_M = 20_000.0
MAX_SOURCE = 300
_YEAR = re.compile(r"(?<!\d)(19[89]\d|20[0-5]\d)(?!\d)")
OFFICIAL = {"yes": "limits.choice.official", "no": "limits.choice.not_official"}


# ---- understanding


def understand(path: Path, base: Dataset, answers: Answers) -> Understanding:
    """Return how a file of limits is read, with what only a person can say. Raises UnreadableFile."""
    path = Path(path)
    settled = {key: value for key, value in answers.items() if not key.startswith(COLUMN) and value not in (None, "")}
    with vector.opened(path) as layers:
        layer = _chosen(layers, settled.get("layer")) or _only_with_districts(
            layers, path.name, settled.get("encoding")
        )
        if layer is None:
            choices = {each.name: AS_IS for each in layers}
            which = Question("layer", "limits.ask.layer", choices, {"layers": ", ".join(choices)})
            return Understanding(SUBJECT, options=settled, questions=(which,))
        found = vector.read(layer, path.name, settled.get("encoding"))
    gazetteer = Gazetteer.of(base)
    roles, questions = _roles(found, settled, answers)
    placing = settle(found.box, found.crs, settled.get("crs"))
    coding, open_ = _coding(found, roles, placing, gazetteer, settled)
    open_ += _ask_joins(found, roles, coding, gazetteer, settled)
    origin, more = _told(path, settled)
    options = {**settled, **origin, "layer": layer.name, "encoding": found.encoding, "crs": placing.crs}
    options |= {"swapped": placing.swapped, "crs_assumed": placing.assumed, **coding}
    sample = found.frame.head(SAMPLE_ROWS).fillna("")
    rows = tuple(tuple(text[:SHOWN] for text in row) for row in sample.itertuples(index=False))
    return Understanding(SUBJECT, roles, options, (*questions, *placing.questions, *open_, *more), rows)


def _chosen(layers: tuple[vector.Layer, ...], answer: str | None) -> vector.Layer | None:
    """Return the layer that was named, or the only one; None where a person must choose."""
    named = [layer for layer in layers if layer.name == answer]
    return (named or layers)[0] if named or len(layers) == 1 else None


def _only_with_districts(layers: tuple[vector.Layer, ...], shown: str, encoding: str | None) -> vector.Layer | None:
    """Return the one layer that holds codes of districts of ours, each once; None where none or several do.

    Provinces and departments have codes of their own; a code that stands in many rows is of what lies in a district.
    """
    if len(layers) > MOST_LAYERS:
        return None
    telling = []
    for layer in layers:
        try:
            frame = vector.read(layer, shown, encoding).frame
        except UnreadableFile:
            continue
        codes = code_texts(frame, find_places(frame, {})).dropna()
        read = [code.digits for text in codes if (code := read_code(text)) and not code.is_total]
        if sum(len(digits) == 6 for digits in read) > len(frame) / 2 and len(set(read)) > len(read) / 2:
            telling.append(layer)
    return telling[0] if len(telling) == 1 else None


def _roles(found: vector.Shapes, options: Options, answers: Answers) -> tuple[dict[str, str], list[Question]]:
    """Return what each column is for, and what to ask where none says which district a shape is."""
    frame = found.frame
    answered_roles, questions = answered(frame, answers)
    column = options.get("place")
    if column is not None and column in frame.columns:
        digits = frame[column].str.contains(r"\d{3}").eq(True).mean() > 0.5
        answered_roles = {**answered_roles, column: "ubigeo" if digits else "district"}
    places = find_places(frame, answered_roles)
    if places.ubigeo is None and places.parts is None and places.district is None:
        questions.append(Question("place", "limits.ask.place", dict.fromkeys(frame.columns, AS_IS)))
    roles = {**place_roles(places), **answered_roles}
    return {column: roles.get(column, IGNORE) for column in frame.columns}, questions


def _coding(
    found: vector.Shapes, roles: Mapping[str, str], placing: Placing, gazetteer: Gazetteer, options: Options
) -> tuple[Options, list[Question]]:
    """Return whose codes the file uses, by the names beside them or else by the capitals inside its shapes."""
    if options.get("coding") in CODINGS:
        return {"coding": options["coding"]}, []
    columns = to_places(roles)
    coding = find_coding(found.frame, columns, gazetteer)
    if coding.name is None and placing.crs:
        shapes = _mended(found, placing.crs, placing.swapped).shapes
        if by_capitals := coding_by_capitals(found.frame, shapes, columns, gazetteer):
            return {"coding": by_capitals, "coding_by_capitals": True}, []
    return {"coding": coding.name or CODINGS[0]}, [coding.question] if coding.question else []


def _ask_joins(
    found: vector.Shapes, roles: Mapping[str, str], coding: Options, gazetteer: Gazetteer,
    options: Options,
) -> list[Question]:  # fmt: skip
    """Ask with which district of 2012 each later one that was made of several is drawn."""
    placed = locate(found.frame, to_places(roles), gazetteer, coding["coding"], Report("", SUBJECT))["place"].dropna()
    questions = []
    for change in several_parents(placed, gazetteer):
        names = {code: gazetteer.label(code) for code in change.parents}
        key = f"{JOIN}{change.code}"
        if options.get(key) not in (*change.parents, NOBODY):
            fields = {"district": change.name, "parents": "; ".join(names.values()), "year": change.year}
            choices = {code: f"limits.choice.join_{n}" for n, code in enumerate(change.parents, 1)}
            fields |= {f"parent_{n}": name for n, name in enumerate(names.values(), 1)}
            questions.append(Question(key, "limits.ask.join", {**choices, NOBODY: "limits.choice.join_none"}, fields))
    return questions


def _told(path: Path, options: Options) -> tuple[Options, list[Question]]:
    """Return source, year, whether official and tolerance as plain values, asking for what is not said."""
    origin: dict[str, object] = {}
    questions = []
    if not (source := str(options.get("source", "")).strip()[:MAX_SOURCE]):
        questions.append(Question("source", "limits.ask.source"))
    years = set(_YEAR.findall(path.stem))
    year = str(options.get("year", years.pop() if len(years) == 1 else ""))
    if not year.isdigit() or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        questions.append(Question("year", "limits.ask.year", fields={"first": FIRST_YEAR, "last": LAST_YEAR}))
    official = str(options.get("official", "")).lower()
    official = {"true": "yes", "false": "no", "si": "yes", "sí": "yes"}.get(official, official)
    if official not in OFFICIAL:
        questions.append(Question("official", "limits.ask.official", OFFICIAL))
    origin |= {"source": source, "year": year, "official": official}
    for key, most, default in (("tolerance_m", MOST_TOLERANCE_M, None), ("accept", 100.0, DEFAULT_BAR)):
        number = _number(options.get(key), most)
        origin[key] = default if number is None else number
        if number is None and key in options:
            questions.append(
                Question(key, f"limits.ask.{key}", fields={"given": str(options[key])[:SHOWN], "most": most})
            )
    return origin, questions


def _number(answer: object, most: float) -> float | None:
    """Return a number from 0 to `most`; None for anything else."""
    try:
        number = float(str(answer).replace(",", "."))
    except ValueError:
        return None
    return number if 0 <= number <= most else None


# ---- reading


@dataclass(frozen=True, eq=False)
class _Fitted:
    """Shapes in metres by district of 2012: in full detail, and how they look with fewer points."""

    full: Shapes
    drawn: Shapes
    tolerance_m: float


def read(path: Path, understanding: Understanding, base: Dataset, report: Report) -> EditionChanges:
    """Return limits, neighbours and what is said of them for the next edition. Raises UnreadableFile.

    Open questions are faults, and nothing is read. A fault in the report means that nothing may be
    imported, whatever is returned.
    """
    for question in understanding.questions:
        report.add("fault", question.message, **question.fields)
    if understanding.questions:
        return EditionChanges()
    path, options = Path(path), understanding.options
    with vector.opened(path) as layers:
        layer = _chosen(layers, options["layer"])
        if layer is None:
            raise UnreadableFile("limits.unreadable.no_layer", file=path.name, layer=options["layer"])
        found = vector.read(layer, path.name, options.get("encoding"))
    if not understanding.columns.keys() <= set(found.frame.columns):
        raise UnreadableFile("limits.unreadable.changed", file=path.name)
    report.rows_read = len(found.frame)
    _note_reading(found, options, report)
    gazetteer = Gazetteer.of(base)
    shapes, rows = _districts(found, understanding, gazetteer, report)
    if not shapes:
        report.add("fault", "limits.fault.none", rows=report.rows_read)
        return EditionChanges()
    fitted = _fit(shapes, rows, options, gazetteer, report)
    if fitted is None or not results.is_borne_out(fitted.full, gazetteer, report):
        return EditionChanges()
    astray = results.misplaced(fitted.full, gazetteer)
    full, drawn = (
        {code: shape for code, shape in shapes.items() if code not in astray} for shapes in (fitted.full, fitted.drawn)
    )
    return results.changes(path.name, full, drawn, fitted.tolerance_m, base, options, report)


def _note_reading(found: vector.Shapes, options: Options, report: Report) -> None:
    if options["crs_assumed"]:
        report.add("note", "limits.note.degrees_assumed")
    if options.get("coding_by_capitals"):
        report.add("note", "limits.note.coding_by_capitals", coding=options["coding"].upper())
    if options["swapped"]:
        report.add("repaired", "limits.repaired.swapped")
    if found.stated_encoding and found.encoding != found.stated_encoding:
        report.add("repaired", "limits.repaired.encoding", stated=found.stated_encoding, read=found.encoding)


def _districts(
    found: vector.Shapes, understanding: Understanding, gazetteer: Gazetteer, report: Report
) -> tuple[Shapes, dict[str, int]]:
    """Return one mended shape in metres for each district of 2012 or later that the file draws, and its first row."""
    options = understanding.options
    mended = _mended(found, options["crs"], options["swapped"])
    columns = to_places(understanding.columns)
    places = locate_shapes(found.frame, mended.shapes, columns, gazetteer, options["coding"], options["accept"], report)
    _tell_mending(found, mended, places, gazetteer, report)
    rows = {str(code): int(row) for row, code in places.dropna().iloc[::-1].items()}
    return unite(places, mended.shapes, gazetteer, report), rows


def _mended(found: vector.Shapes, crs: str, swapped: bool) -> repair.Mended:
    """Return the shapes of a file in metres, mended one by one."""
    with np.errstate(all="ignore"):  # numbers that are no place become infinite, and are told by name
        degrees = to_degrees(found.shapes, projection.system(crs), swapped)
        return repair.mend(projection.to_metres(degrees))


def _tell_mending(
    found: vector.Shapes, mended: repair.Mended, places: pd.Series, gazetteer: Gazetteer, report: Report
) -> None:
    """Say what was mended and what could not be, of the rows that are ours."""
    known = {i: str(code) for i, code in enumerate(places.to_numpy()) if isinstance(code, str)}
    rows = found.frame.index

    def tell(i: int, kind: str, message: str, **fields: Field) -> None:
        if i in known:
            district = gazetteer.label(known[i])
            report.add(kind, message, row=int(rows[i]), ubigeo=known[i], district=district, **fields)

    for i, why in sorted(mended.wrong.items()):
        tell(i, "left_out", f"limits.left_out.{'broken' if i in found.broken else why}")
    for i in mended.crossed:
        tell(i, "repaired", "limits.repaired.crossed")
    for i, (number, km2) in mended.slivers.items():
        tell(i, "repaired", "limits.repaired.slivers", pieces=number, hectares=rounded(km2 * 100, 2))


def _fit(
    shapes: Shapes, rows: Mapping[str, int], options: Options, gazetteer: Gazetteer, report: Report
) -> _Fitted | None:
    """Return the districts of 2012 without gaps or overlaps; None (a fault) where they do not fit."""
    codes = sorted(shapes)
    try:
        clean = topology.clean(np.array([shapes[code] for code in codes], dtype=object))
        _tell_fitting(clean, codes, shapes, gazetteer, report)
        fitted = {code: shape for code, shape in zip(codes, clean.shapes, strict=True) if shape is not None}
        joins = {key.removeprefix(JOIN): str(value) for key, value in options.items()
                 if key.startswith(JOIN) and value != NOBODY}  # fmt: skip
        full = fold(fitted, gazetteer, joins, report, int(options["year"]), rows)
        order = sorted(full)
        whole = np.array([full[code] for code in order], dtype=object)
        if not full.items() <= fitted.items():  # a union may have left a border with a point too many
            whole = topology.clean(whole).shapes
        drawn = topology.draw(whole, options["tolerance_m"])
    except topology.Unfitting as error:
        report.add("fault", "limits.fault.unfitting")
        _tell_edges("fault", "limits.fault.edge", error.edges, codes, gazetteer, report)
        return None
    if drawn.tolerance_m != options["tolerance_m"] and options["tolerance_m"] is not None:
        report.add("note", "limits.note.less_tolerance", asked=options["tolerance_m"], used=drawn.tolerance_m)
    return _Fitted(dict(zip(order, whole, strict=True)), dict(zip(order, drawn.shapes, strict=True)), drawn.tolerance_m)


def _tell_fitting(
    clean: topology.Clean, codes: list[str], shapes: Shapes, gazetteer: Gazetteer, report: Report
) -> None:
    """Say what was moved to make districts fit; those that lie on one another are a fault."""
    for i, j, km2 in clean.overlaps:
        one, other = codes[i], codes[j]
        smaller = min(shapes[one].area, shapes[other].area) / 1e6
        names: dict[str, Field] = {"district": gazetteer.label(one), "other": gazetteer.label(other)}
        if km2 > results.SAME_PLACE * smaller:
            report.add("fault", "limits.fault.same_place", ubigeo=one, **names, percent=whole(100 * km2 / smaller))
        else:
            report.add("repaired", "limits.repaired.overlap", ubigeo=one, **names, km2=rounded(km2, 2))
    if clean.closed_gaps_km2 >= topology.OVERLAP_TOLD_KM2:
        report.add("repaired", "limits.repaired.gaps", km2=rounded(clean.closed_gaps_km2, 2),
                   width=whole(clean.gap_width_m))  # fmt: skip
    _tell_edges("repaired", "limits.repaired.edge", clean.edges, codes, gazetteer, report)
    if clean.snapped_m:
        report.add("repaired", "limits.repaired.snapped", metres=whole(clean.snapped_m))
    for i, j, km in clean.gaping:
        report.add("note", "limits.note.gaping", ubigeo=codes[i], district=gazetteer.label(codes[i]),
                   other=gazetteer.label(codes[j]), km=rounded(km, 1))  # fmt: skip
    for code, shape in zip(codes, clean.shapes, strict=True):
        if shape is None:
            report.add("fault", "limits.fault.covered", ubigeo=code, district=gazetteer.label(code))


def _tell_edges(
    kind: str, message: str, edges: tuple[topology.Edge, ...], codes: list[str], gazetteer: Gazetteer, report: Report
) -> None:
    """Name each pair of districts whose edges did not meet, by how much and where (degrees)."""
    for edge in edges:
        one, other = gazetteer.label(codes[edge.one]), gazetteer.label(codes[edge.other])
        ((lon, lat),) = shapely.get_coordinates(projection.to_degrees(np.array([shapely.Point(edge.x, edge.y)])))
        report.add(kind, message, ubigeo=codes[edge.one], metres=whole(edge.metres), lon=rounded(float(lon), 3),
                   lat=rounded(float(lat), 3), district=one, other=other)  # fmt: skip
