"""What tables of emergencies and of conflicts have in common: fixed columns, dates and words to look up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.model import Dataset
from geodata.places import Gazetteer
from geodata.readers.cells import Dates, named, parse_dates, plain, terms
from geodata.readers.contract import Answers, Options, Question, Understanding, UnreadableFile
from geodata.readers.formats import Sheet, read_sheet
from geodata.readers.locating import PlaceColumns, find_coding
from geodata.readers.shared.columns import (
    COLUMN,
    IGNORE,
    PARTS,
    PLACES,
    answered,
    find_places,
    place_answer,
    place_roles,
    to_places,
)
from geodata.readers.shared.definitions import MAX_SOURCE, text_of
from geodata.readers.shared.figures import tell
from geodata.reports import Report

AS_IS = "tables.choice.as_is"
CODINGS = ("inei", "reniec")
MOSTLY = 0.5  # of the different texts of a column must be words of a vocabulary for the column to be of it
MOST_WORDS = 40  # unknown words asked for one by one; more mean that the column is another one
DAY, MONTH = "day", "month"


@dataclass(frozen=True, eq=False)
class Draft:
    """A table half understood: its sheet, the roles of its columns by role, what is still open."""

    sheet: Sheet
    roles: dict[str, str]
    questions: list[Question]
    options: dict[str, Any]  # see :data:`geodata.readers.contract.Options`; filled while it is understood

    def column(self, role: str) -> str | None:
        """Return the column of a role, None for none."""
        return next((column for column, of in self.roles.items() if of == role), None)

    def texts(self, role: str) -> pd.Series:
        """Return the cells of a role. Raises KeyError where no column has it."""
        return self.sheet.frame[self.column(role)]

    @property
    def places(self) -> PlaceColumns:
        """Return the columns of the place."""
        return to_places(self.roles)

    def understood(self, subject: str) -> Understanding:
        """Return what the screen shows and an edition keeps."""
        columns = {column: self.roles.get(column, IGNORE) for column in self.sheet.frame.columns}
        return Understanding(subject, columns, self.options, tuple(self.questions), self.sheet.sample)


def draft(path: Path, base: Dataset, answers: Answers, vocabulary: str, found_by: Callable) -> Draft:
    """Read a table and find its columns by what a person said, by their content, then by their names.

    vocabulary: names of columns by role. found_by: returns roles by column from a frame and the roles
    settled so far, for columns that only their content shows. Raises UnreadableFile.
    """
    sheet = read_sheet(path, answers)
    own = {*terms(vocabulary).values(), *PLACES, *PARTS, IGNORE}
    answered_roles, wrong = answered(sheet.frame, answers, own.__contains__)
    for key, value in answers.items():  # `phenomenon=FENOMENO` answers a question for a column
        if key in own and value in sheet.frame.columns:
            answered_roles.setdefault(value, key)
    roles = {**answered_roles, **place_answer(sheet.frame, answers)}
    roles |= found_by(sheet.frame, roles)
    roles |= named(sheet.frame.columns, vocabulary, roles, sheet.below)
    places = find_places(sheet.frame, roles)
    roles |= {column: role for column, role in place_roles(places).items() if column not in roles}
    options = {**sheet.options, **{key: value for key, value in answers.items() if not key.startswith(COLUMN)}}
    questions = [*sheet.questions, *wrong]
    if not text_of(answers.get("source"), MAX_SOURCE):
        questions.append(Question("source", "tables.ask.source"))
    return Draft(sheet, roles, questions, options)


def settle_coding(one: Draft, base: Dataset) -> None:
    """Settle whose codes the file uses, or ask."""
    if one.options.get("coding") in CODINGS:
        return
    found = find_coding(one.sheet.frame, one.places, Gazetteer.of(base))
    if found.name is not None:
        one.options["coding"] = found.name
    elif found.question is not None:
        one.questions.append(found.question)


def dates_of(texts: pd.Series, column: str | None, options: Options) -> Dates:
    """Return a column as dates, under the order that a person gave, if any."""
    answer = options.get(f"day_first:{column}")
    return parse_dates(texts, None if answer not in (DAY, MONTH) else answer == DAY)


def ask_order(one: Draft, role: str) -> None:
    """Ask what comes first in dates that can be read both ways."""
    column = one.column(role)
    if column is None:
        return
    dates = dates_of(one.sheet.frame[column], column, one.options)
    if len(dates.open):
        choices = {order: f"tables.choice.day_first.{order}" for order in (DAY, MONTH)}
        fields = {"column": column, "examples": ", ".join(dates.examples)}
        one.questions.append(Question(f"day_first:{column}", "tables.ask.day_first", choices, fields))


def read_dates(one: Draft, role: str, report: Report) -> pd.Series:
    """Return the dates of a role ("2017-01-10", NaN unknown), telling what is none."""
    column = one.column(role)
    if column is None:
        return pd.Series(float("nan"), one.sheet.frame.index).astype("str")
    dates = dates_of(one.sheet.frame[column], column, one.options)
    tell(report, "left_out", "tables.left_out.date", dates.bad, column=column)
    if dates.two_digits:
        report.add("note", "tables.note.two_digit_year", cells=dates.two_digits)
    return dates.values


def holds(texts: pd.Series, words: Mapping[str, str]) -> bool:
    """Tell whether most of the different texts of a column are words of a vocabulary."""
    different = {plain(text) for text in texts.dropna()}
    return bool(different) and sum(text in words for text in different) >= MOSTLY * len(different)


def meanings(
    texts: pd.Series, kind: str, words: Mapping[str, str], values: tuple[str, ...], options: Options
) -> tuple[dict[str, str], list[Question]]:
    """Return the schema's value by text, and a question for each text that nobody has placed.

    kind: hazard, type or state: the answers are under `kind:TEXT`. words: value by plain word.
    """
    found, questions = {}, []
    counts = texts.dropna().value_counts(sort=False)
    for text, rows in counts.items():
        answer = options.get(f"{kind}:{text}")
        value = answer if answer in values else words.get(plain(text))
        if value is not None:
            found[text] = value
        else:
            choices = {value: f"tables.choice.{kind}.{value}" for value in values}
            fields = {"text": text, "rows": int(rows)}
            questions.append(Question(f"{kind}:{text}", f"tables.ask.{kind}", choices, fields))
    return found, questions


def begin(path: Path, understanding: Understanding, report: Report) -> Draft | None:
    """Read a file again as it was understood, counting its rows; None, with the faults told, while a question is open.

    Raises UnreadableFile, also where a column that was understood has gone.
    """
    for question in understanding.questions:
        report.add("fault", question.message, **question.fields)
    if understanding.questions:
        return None
    sheet = read_sheet(path, understanding.options)
    if gone := [column for column in understanding.columns if column not in sheet.frame.columns]:
        raise UnreadableFile("tables.unreadable.changed", file=Path(path).name, columns=", ".join(gone))
    report.rows_read += len(sheet.frame)
    report.events += sheet.events
    roles = {column: role for column, role in understanding.columns.items() if role != IGNORE}
    return Draft(sheet, roles, [], dict(understanding.options))
