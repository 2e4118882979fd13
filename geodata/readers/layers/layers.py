"""Read a layer of the user's own out of a file of shapes (with :mod:`.vector`'s formats) or a table of coordinates.

What is in it stays where it is: nothing is moved to a district or invented between points.

Answers:

    name, name_en     what the layer is called; another of the same name is replaced
    source, year      where it comes from, and of which year it is
    covers            all, departments or found: where it holds all there are, so that none is zero and not unknown
    direction         what more of it means, as of an indicator; neutral where not said
    layer             which layer of the file, where it has several
    shape             points, lines or polygons, where the file has several of them
    crs               the coordinate system, where the file states none and its numbers are not degrees
    encoding          of the attributes, where a person knows better
    x, y              the columns of the coordinates of a table, where none goes by a known name
    column:NAME       role of a column: category, label, and in a table x, y (degrees or metres), zone; or ignore
"""

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import shapely

from geodata.geometry import projection, repair
from geodata.model import COVERS, LINES, POINTS, POLYGONS, SHAPES, Dataset
from geodata.places import Gazetteer
from geodata.readers.contract import Answers, EditionChanges, Options, Question, Understanding, UnreadableFile
from geodata.readers.layers import entries
from geodata.readers.layers.opening import (
    CATEGORY,
    LABEL,
    MOST_SHAPES,
    USED,
    Opened,
    answers_alone,
    open_file,
    option,
    tell_rows,
)
from geodata.readers.shared import IGNORE, MAX_SOURCE, allowed, text_of
from geodata.reports import Report

SUBJECT = "layers"
MAX_NAME, MAX_CATEGORY, MAX_LABEL = 60, 60, 120
FIRST_YEAR, LAST_YEAR = 1990, 2030  # as figures of the data set have them
MANY = 100  # different categories from which a column is rather a name
DECIMALS = 7  # of degrees: a centimetre
_YEAR = re.compile(r"(?<!\d)(19[89]\d|20[0-5]\d)(?!\d)")
_FAMILY = {0: POINTS, 4: POINTS, 1: LINES, 2: LINES, 5: LINES, 3: POLYGONS, 6: POLYGONS}
MANY_POINTS = 4  # shapely's type number of MultiPoint
DIRECTION = ("indicator_catalog", "direction")
NEUTRAL = "neutral"


# ---- understanding


def understand(path: Path, base: Dataset, answers: Answers) -> Understanding:
    """Return how a layer is read, with what only a person can say. Raises UnreadableFile."""
    path, settled = Path(path), answers_alone(answers)
    found = open_file(path, answers)
    origin, questions = _told(path, settled)
    if isinstance(found, Question):
        return Understanding(SUBJECT, options={**settled, **origin}, questions=(found, *questions))
    placing = found.placing(str(settled["crs"]) if "crs" in settled else None)
    options = {**settled, **found.options, **origin, "swapped": placing.swapped, "crs_assumed": placing.assumed}
    options["crs"] = str(settled.get("crs", "")) if found.zones is not None else placing.crs
    shape, asked = _shape(found, settled)
    options["shape"] = shape
    roles = {column: found.roles.get(column, IGNORE) for column in found.frame.columns}
    every = (*found.questions, *placing.questions, *asked, *questions)
    return Understanding(SUBJECT, roles, options, every, found.sample)


def _told(path: Path, options: Options) -> tuple[dict[str, object], list[Question]]:
    """Return name, source, year, cover and direction as plain values, asking for what is not said."""
    told: dict[str, object] = {"name": text_of(options.get("name"), MAX_NAME)}
    told |= {"name_en": text_of(options.get("name_en"), MAX_NAME) or told["name"]}
    told |= {"source": text_of(options.get("source"), MAX_SOURCE)}
    questions = [Question(key, f"layers.ask.{key}") for key in ("name", "source") if not told[key]]
    if told["name"] and not entries.key_of(str(told["name"])):
        questions.append(Question("name", "layers.ask.name"))
    years = set(_YEAR.findall(path.stem))
    year = str(options.get("year", years.pop() if len(years) == 1 else ""))
    if not year.isdigit() or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        questions.append(Question("year", "layers.ask.year", fields={"first": FIRST_YEAR, "last": LAST_YEAR}))
    told |= {"year": year, "covers": option(options, "covers", COVERS)}
    if not told["covers"]:
        questions.append(Question("covers", "layers.ask.covers", {c: f"layers.choice.covers.{c}" for c in COVERS}))
    told["direction"] = option(options, "direction", allowed(*DIRECTION)) or NEUTRAL
    return told, questions


def _families(shapes: np.ndarray) -> np.ndarray:
    """Return of each shape whether it is of points, lines or polygons; "" for none and for what is mixed in itself."""
    kinds = shapely.get_type_id(shapes)
    return np.array([_FAMILY.get(int(kind), "") for kind in kinds], dtype=object)


def _shape(found: Opened, options: Options) -> tuple[str, list[Question]]:
    counts = Counter(family for family in _families(found.shapes) if family)
    if (said := option(options, "shape", tuple(SHAPES))) or len(counts) < 2:
        return said or next(iter(counts), ""), []
    choices = {shape: f"layers.choice.shape.{shape}" for shape in SHAPES if counts[shape]}
    return "", [Question("shape", "layers.ask.shape", choices, {shape: counts[shape] for shape in SHAPES})]


# ---- reading


def read(path: Path, understanding: Understanding, base: Dataset, report: Report) -> EditionChanges:
    """Return the layer for the next edition. Raises UnreadableFile. Open questions are faults, and nothing is read."""
    for question in understanding.questions:
        report.add("fault", question.message, **question.fields)
    if understanding.questions:
        return EditionChanges()
    path, options = Path(path), understanding.options
    roles = {f"column:{column}": role for column, role in understanding.columns.items()}
    used = tuple(column for column, role in understanding.columns.items() if role != IGNORE)
    found = open_file(path, {**options, **roles, USED: used})
    if isinstance(found, Question) or not set(used) <= set(found.frame.columns):
        raise UnreadableFile("limits.unreadable.changed", file=path.name)
    report.rows_read = len(found.frame)
    report.events += found.events
    _note_reading(found, options, report)
    drawn = _placed(found, options, report)
    if drawn.empty:
        report.add("fault", "layers.fault.none", rows=report.rows_read)
        return EditionChanges()
    if len(drawn) > MOST_SHAPES:
        raise UnreadableFile("layers.unreadable.many", file=path.name, most=MOST_SHAPES)
    shapes = drawn["shape"].to_numpy(dtype=object)
    labels = _texts(found, LABEL, drawn.index, MAX_LABEL)
    categories = _texts(found, CATEGORY, drawn.index, MAX_CATEGORY)
    column = next((column for column, role in found.roles.items() if role == CATEGORY), "")
    _tell_categories(categories, column, report)
    _tell_places(shapes, base, report)
    if not base.limits_official:
        report.add("note", "layers.note.sketch")
    return entries.change(path.name, shapes, categories, labels, column, options, base, report)


def _note_reading(found: Opened, options: Options, report: Report) -> None:
    if options["crs_assumed"]:
        report.add("note", "limits.note.degrees_assumed")
    if options["swapped"]:
        report.add("repaired", "limits.repaired.swapped")
    if found.zones is not None:
        known = found.zones[found.zones != ""]
        for zone, rows in known.value_counts(sort=False).sort_index().items():
            report.add("note", "layers.note.zone", zone=str(zone)[-2:], shapes=int(rows))


def _placed(found: Opened, options: Options, report: Report) -> pd.DataFrame:
    """Return the shapes that are taken, in degrees, by row (twice for a row of two points); tell of the others."""
    families, wanted = _families(found.shapes), options["shape"]
    rows, nothing = found.frame.index, shapely.is_missing(found.shapes) | shapely.is_empty(found.shapes)
    tell_rows(report, "left_out", "layers.left_out.none", rows[nothing])
    tell_rows(report, "left_out", "layers.left_out.other_shape", rows[(families != wanted) & ~nothing])
    taken = (families == wanted) & ~nothing
    with np.errstate(all="ignore"):
        shapes = found.degrees(options["crs"], options["swapped"])[taken]
    drawn = pd.DataFrame({"shape": shapes}, index=rows[taken])
    if wanted == POINTS:
        several = shapely.get_type_id(drawn["shape"].to_numpy(dtype=object)) == MANY_POINTS
        tell_rows(report, "repaired", "layers.repaired.several_points", drawn.index[several])
        parts, of = shapely.get_parts(drawn["shape"].to_numpy(dtype=object), return_index=True)
        drawn = pd.DataFrame({"shape": parts}, index=drawn.index[of])
    inside = _is_in_peru(drawn["shape"].to_numpy(dtype=object))
    tell_rows(report, "left_out", "layers.left_out.outside", drawn.index[~inside])
    drawn = drawn[inside]
    if wanted == POLYGONS:
        drawn = _mended(drawn, report)
    if wanted == LINES:
        still = shapely.length(drawn["shape"].to_numpy(dtype=object)) > 0
        tell_rows(report, "left_out", "layers.left_out.none", drawn.index[~still])
        drawn = drawn[still]
    return drawn


def _is_in_peru(shapes: np.ndarray) -> np.ndarray:
    """Tell which shapes are places and touch the box around Peru."""
    bounds = shapely.bounds(shapes) if len(shapes) else np.empty((0, 4))
    placed = np.asarray(np.isfinite(bounds).all(axis=1))
    placed[placed] = shapely.intersects(shapely.box(*bounds[placed].T), shapely.box(*projection.PERU))
    return placed


def _mended(drawn: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Return polygons without crossing rings; those without an area are left out."""
    mended = repair.mend(projection.to_metres(drawn["shape"].to_numpy(dtype=object)))
    tell_rows(report, "repaired", "layers.repaired.crossed", drawn.index[list(mended.crossed)])
    lost = np.array([shape is None for shape in mended.shapes], dtype=bool)
    tell_rows(report, "left_out", "layers.left_out.none", drawn.index[lost])
    return pd.DataFrame({"shape": projection.to_degrees(mended.shapes[~lost])}, index=drawn.index[~lost])


def _texts(found: Opened, role: str, rows: pd.Index, most: int) -> np.ndarray:
    """Return the texts of a role by row, "" where there is none."""
    column = next((column for column, of in found.roles.items() if of == role), None)
    if column is None:
        return np.full(len(rows), "", dtype=object)
    known = {text: text_of(text, most) for text in found.frame[column].dropna().unique()}
    texts = pd.Series([known.get(text, "") for text in found.frame[column]], found.frame.index, dtype=object)
    return texts.reindex(rows).to_numpy(dtype=object)


def _tell_categories(categories: np.ndarray, column: str, report: Report) -> None:
    if not column:
        report.add("note", "layers.note.no_category")
        return
    different = len({name for name in categories if name})
    if different > entries.MOST_CATEGORIES:
        report.add("note", "layers.note.many_categories", column=column, n=different, most=entries.MOST_CATEGORIES)
    if blank := int((categories == "").sum()):
        report.add("note", "layers.note.blank_category", column=column, n=blank)


def _tell_places(shapes: np.ndarray, base: Dataset, report: Report) -> None:
    """Count in which departments the shapes lie, and how many in none of ours."""
    limits = base.limits.geometry.dropna()
    owners, held = shapely.STRtree(shapes).query(limits.to_numpy(dtype=object), predicate="intersects")
    label = Gazetteer.of(base).label
    departments = limits.index.str[:2].to_numpy()[owners]
    for code in sorted(base.territory.departments):
        report.add("note", "layers.note.in_department", place=label(code), n=len(np.unique(held[departments == code])))
    if outside := len(shapes) - len(np.unique(held)):
        report.add("note", "layers.note.outside", n=outside)
