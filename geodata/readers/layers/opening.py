"""Open what a user's layer is in: a file of shapes, or a table whose rows have coordinates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyproj
import shapely

from geodata.geometry import projection
from geodata.readers.cells import named, parse_numbers
from geodata.readers.contract import Answers, Options, Question, UnreadableFile
from geodata.readers.formats import MB, Placing, Sheet, is_spatial, read_sheet, settle, to_degrees, vector
from geodata.readers.shared import AS_IS, COLUMN, IGNORE, answered
from geodata.reports import Event, Report, spans
from geodata.shared import whole

COLUMNS = "layer_columns"
LON, LAT, ZONE, CATEGORY, LABEL = "x", "y", "zone", "category", "label"
MAX_BYTES = 50 * MB
MOST_SHAPES = vector.MAX_SHAPES
SAMPLE_ROWS, SHOWN = 5, 60
NAMED_ROWS = 12  # runs of rows that one sentence names
# WGS 84, by the zones of UTM that Peru lies in
ZONES: Mapping[str, str] = {"17": "EPSG:32717", "18": "EPSG:32718", "19": "EPSG:32719"}
CRS = "crs"
USED = "\0used"  # the columns that are read, as a tuple; all where it is not among the answers


@dataclass(frozen=True, eq=False)
class Opened:
    """What a file holds: its rows as text and a shape each (None without), in the numbers of the file.

    zones: the system of each row where a column of the table names its zone, "" unknown. crs: that the file states.
    options: how it was read.
    """

    frame: pd.DataFrame
    shapes: np.ndarray
    roles: dict[str, str]
    questions: list[Question]
    options: Mapping[str, object]
    crs: pyproj.CRS | None = None
    zones: pd.Series | None = None
    events: tuple[Event, ...] = field(default=())

    @property
    def box(self) -> projection.Box | None:
        """Return where the middle half of the points lies, None without any."""
        return vector.Shapes(self.frame, self.shapes, None).box

    @property
    def sample(self) -> tuple[tuple[str, ...], ...]:
        """Return the first rows as texts, "" blank."""
        rows = self.frame.head(SAMPLE_ROWS).fillna("")
        return tuple(tuple(str(text)[:SHOWN] for text in row) for row in rows.itertuples(index=False))

    def placing(self, answer: str | None) -> Placing:
        """Return how its numbers become degrees; a question where only a person can tell."""
        if self.zones is not None:
            return Placing(projection.WGS84)  # row by row
        found = settle(self.box, self.crs, answer)
        if self.crs is None and found.questions and self.box is not None and not answer:
            choices = {code: f"layers.choice.crs.{code.split(':')[1]}" for code in projection.fitting(self.box)}
            if choices:
                asked = Question(CRS, "layers.ask.zone", choices, found.questions[0].fields)
                return Placing(questions=(asked,))
        return found

    def degrees(self, crs: str, swapped: bool) -> np.ndarray:
        """Return its shapes in degrees (WGS 84), longitude first; what is no place has no finite numbers."""
        if self.zones is None and crs == projection.WGS84 and not swapped:
            return self.shapes  # as they are: 200,000 of them take room
        with np.errstate(all="ignore"):
            if self.zones is None:
                return to_degrees(self.shapes, projection.system(crs), swapped)
            moved = np.full(len(self.shapes), None, dtype=object)
            for system in ZONES.values():
                own = (self.zones == system).to_numpy()
                moved[own] = to_degrees(self.shapes[own], projection.system(system), False)
            return moved


def open_file(path: Path, answers: Answers) -> Opened | Question:
    """Return what a file holds, or the question which of its layers is meant. Raises UnreadableFile."""
    size = path.stat().st_size if path.is_file() else 0
    if size > MAX_BYTES:
        raise UnreadableFile("layers.unreadable.large", file=path.name, mb=whole(size / MB), most=MAX_BYTES // MB)
    return _shapes(path, answers) if is_spatial(path) else _table(read_sheet(path, answers), answers, path.name)


def _roles(
    frame: pd.DataFrame, answers: Answers, below: Mapping[str, str] | None = None
) -> tuple[dict[str, str], list[Question]]:
    """Return what each column is for, by what a person said and by its name; what is wrong with the answers."""
    own = {LON, LAT, ZONE, CATEGORY, LABEL, IGNORE}
    said, wrong = answered(frame, answers, own.__contains__)
    for role in (LON, LAT, ZONE):  # `x=ESTE` answers a question
        if answers.get(role) in frame.columns:
            said.setdefault(str(answers[role]), role)
    return {**said, **named(frame.columns, COLUMNS, said, below or {})}, wrong


def _shapes(path: Path, answers: Answers) -> Opened | Question:
    with vector.opened(path, every=True) as layers:
        chosen = [layer for layer in layers if layer.name == answers.get("layer")] or list(layers)
        if len(chosen) > 1:
            names = {layer.name: AS_IS for layer in layers}
            return Question("layer", "layers.ask.layer", names, {"layers": ", ".join(names)})
        used = answers.get(USED)
        found = vector.read(chosen[0], path.name, answers.get("encoding"), used if isinstance(used, tuple) else None)
    roles, wrong = _roles(found.frame, answers)
    roles = {column: role for column, role in roles.items() if role not in (LON, LAT, ZONE)}
    options = {"layer": chosen[0].name, "encoding": found.encoding}
    return Opened(found.frame, found.shapes, roles, wrong, options, found.crs)


def _table(sheet: Sheet, answers: Answers, file: str) -> Opened:
    frame = sheet.frame
    if len(frame) > MOST_SHAPES:
        raise UnreadableFile("layers.unreadable.many", file=file, most=MOST_SHAPES)
    roles, wrong = _roles(frame, answers, sheet.below)
    by_role = {role: column for column, role in roles.items()}
    questions = [*sheet.questions, *wrong]
    questions += [Question(axis, f"layers.ask.{axis}", dict.fromkeys(frame.columns, AS_IS))
                  for axis in (LON, LAT) if axis not in by_role]  # fmt: skip
    shapes, zones = np.full(len(frame), None, dtype=object), None
    if LON in by_role and LAT in by_role:
        x, y = (numbers(frame[by_role[axis]]) for axis in (LON, LAT))
        there = (np.isfinite(x) & np.isfinite(y)).to_numpy()
        shapes[there] = shapely.points(x[there], y[there])
        box = vector.Shapes(frame, shapes, None).box
        if ZONE in by_role and box is not None and not projection.is_degrees(box):
            zones = frame[by_role[ZONE]].astype(str).str.extract(r"(?<!\d)(1[789])(?!\d)")[0].map(ZONES).fillna("")
            shapes[(zones == "").to_numpy()] = None
    return Opened(frame, shapes, roles, questions, dict(sheet.options), None, zones, sheet.events)


def numbers(texts: pd.Series) -> pd.Series:
    """Return coordinates, NaN where there is none: a point or a comma before the decimals, never thousands.

    A number with both, or with several of one, is written with thousands (`9 351 240,5`).
    """
    plain = pd.to_numeric(texts, errors="coerce")
    if plain.notna().sum() == texts.notna().sum():
        return plain
    pointed = texts.str.replace(r"[\s']", "", regex=True).str.replace(",", ".", regex=False)
    found = plain.fillna(pd.to_numeric(pointed, errors="coerce"))
    for decimal in (".", ","):
        found = found.fillna(parse_numbers(texts.where(found.isna()), decimal).values)
    return found.astype(float)


def tell_rows(report: Report, kind: str, message: str, rows: pd.Index) -> None:
    """Note in one event what became of some rows, naming them as far as there is room."""
    if len(rows):
        runs = spans(int(row) for row in rows)
        shown = ", ".join(runs[:NAMED_ROWS]) + (" …" if len(runs) > NAMED_ROWS else "")
        report.add(kind, message, int(rows[0]), shapes=len(rows), rows=shown)


def option(options: Options, key: str, allowed: Mapping[str, str] | tuple[str, ...]) -> str:
    """Return an option if it is one of those allowed, else ""."""
    value = str(options.get(key, ""))
    return value if value in allowed else ""


def answers_alone(answers: Answers) -> dict[str, object]:
    """Return what a person said, but for the roles of columns."""
    return {key: value for key, value in answers.items() if not key.startswith(COLUMN) and value not in (None, "")}
