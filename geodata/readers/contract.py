"""One reader for each kind of file; each reports all faults at once and changes nothing.

A reader module (`limits`, `indicators`, `conflicts`, `hazards`, `links`) offers two functions:

    understand(path, base, answers) -> Understanding     how the file is read, with open questions
    read(path, understanding, base, report) -> EditionChanges   what would go into the next edition

`base` is the Dataset in use. What a file leaves open is a Question with the choices that fit; a
person answers it on the screen or by an option of the command, never the reader by a guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd

from geodata.shared import SentenceError
from geodata.words import Fields

Answers = Mapping[str, Any]  # what a person says of a file, as a command or JSON has it: text, numbers, yes or no
Options = Mapping[str, Any]  # the same once it is settled


class UnreadableFile(SentenceError):
    """A file that cannot be read at all; its sentence is one of :mod:`geodata.words`."""


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can say: `key` names the option it fills, `message` and `fields` ask it.

    choices: value by text key, empty where any text of the kind is an answer (a CRS).
    """

    key: str
    message: str
    choices: Mapping[str, str] = field(default_factory=dict)
    fields: Fields = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a file is read: every option with its value, plain values only (kept in the edition).

    columns: role by column as the file names it (`ubigeo`, `name`, `value:anaemia`, `ignore` ...).
    options: separator, encoding, decimal, coding (inei, reniec), unit, crs, tolerance_m ...
    questions: what is still open; `read` refuses (a fault each) while any is.
    sample: the first rows as text, for the screen.
    """

    subject: str
    columns: Mapping[str, str] = field(default_factory=dict)
    options: Options = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, eq=False)
class LayerChange:
    """A layer as the next edition keeps it.

    shapes: columns category and label ("" for none) and geometry (EPSG:4326). entry: of the descriptor, but for what
    building finds out (`inside`, `indicators` of its `layer`).
    """

    shapes: gpd.GeoDataFrame
    entry: Mapping[str, Any]  # JSON


@dataclass(frozen=True, eq=False)
class EditionChanges:
    """What an import puts into the next edition, in the schema of `geodata/default/dataset.json`.

    upserts: rows by table; a row takes the place of the one with the same key, others are added.
    replaced: whole tables by name, where the old rows no longer hold.
    limits: simplified limits for the browser, index ubigeo, EPSG:4326. full: the same in full detail.
    without_limits: districts whose limits nobody has.
    resources: what the descriptor says of each changed file (source, years, notes, official).
    layers: users' layers by key, None for one that goes.
    """

    upserts: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    replaced: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    limits: gpd.GeoDataFrame | None = None
    full: gpd.GeoDataFrame | None = None
    without_limits: tuple[str, ...] = ()
    resources: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    layers: Mapping[str, LayerChange | None] = field(default_factory=dict)
