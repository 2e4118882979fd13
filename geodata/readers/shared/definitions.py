"""Know what each imported indicator is: from the catalogue, or from a person for a new one."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geodata.model import Dataset
from geodata.readers.cells import parse_numbers, plain, units
from geodata.readers.contract import Answers, Question
from geodata.readers.formats import neutral
from geodata.readers.shared.schema import allowed
from geodata.words import Field

PERCENT = "%"
TEXTS = ("label_es", "label_en", "unit", "unit_en")
CHOSEN = ("sector", "direction")
YES_NO = ("yes", "no")
MAX_LABEL = 120  # a legend holds no longer name
MAX_SOURCE = 400
TOLD_OF_NEW = ("basis", "smoothing")  # of a new indicator, where a person says it: blank else
PERCENT_RANGE = (0.0, 100.0)


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator as an import needs it.

    adds_up: a district's figure is the sum of its parts', None not known. is_new: not in the catalogue.
    minimum, maximum: what a figure can be, None open.
    """

    indicator: str
    label_es: str
    label_en: str
    unit: str
    unit_en: str
    sector: str
    direction: str
    adds_up: bool | None
    minimum: float | None
    maximum: float | None
    is_new: bool

    @property
    def labels(self) -> dict[str, Field]:
        """Return the names, as sentences take them."""
        return {"label_es": self.label_es, "label_en": self.label_en}

    @property
    def is_percent(self) -> bool:
        """Tell whether the figures are 0-100."""
        return self.unit.strip() == PERCENT

    @property
    def is_index(self) -> bool:
        """Tell whether the figures are 0-1."""
        return self.maximum == 1


def define(indicator: str, base: Dataset, answers: Answers) -> tuple[Definition, list[Question]]:
    """Return what is known of an indicator, and what a person must still say."""
    if indicator in base.catalog.index:
        entry = base.catalog.loc[indicator]
        known = {name: str(entry[name]) for name in (*TEXTS, *CHOSEN)}
        bounds = {side: None if pd.isna(entry[side]) else float(entry[side]) for side in ("minimum", "maximum")}
        questions: list[Question] = []
    else:
        known = {name: text_of(answers.get(f"{name}:{indicator}")) for name in (*TEXTS, *CHOSEN)}
        bounds, questions = _bounds(indicator, known["unit"], answers)
        questions = [*_ask(indicator, known), *questions]
    adds_up = _adds_up(indicator, known["unit"], answers)
    if adds_up is None and known["unit"]:
        choices = {value: f"tables.choice.adds_up.{value}" for value in YES_NO}
        questions.append(Question(f"adds_up:{indicator}", "tables.ask.adds_up", choices,
                                  {"indicator": indicator, "unit": known["unit"]}))  # fmt: skip
    is_new = indicator not in base.catalog.index
    return Definition(
        indicator, known["label_es"], known["label_en"], known["unit"], known["unit_en"], known["sector"],
        known["direction"], adds_up, bounds["minimum"], bounds["maximum"], is_new,
    ), questions  # fmt: skip


def text_of(answer: object, most: int = MAX_LABEL) -> str:
    """Return an answer as one line that no spreadsheet computes, "" for none."""
    return "" if answer is None else neutral(" ".join(str(answer).split())[:most])


def joined(old: str, new: str) -> str:
    """Return both sources, each once."""
    return old if new in old.split("; ") or new == old else f"{old}; {new}"


def _ask(indicator: str, known: Mapping[str, str]) -> list[Question]:
    fields = {"indicator": indicator}
    blank = [name for name in TEXTS if not known[name]]
    questions = [Question(f"{name}:{indicator}", f"tables.ask.{name}", fields=fields) for name in blank]
    for name in CHOSEN:
        values = allowed("indicator_catalog", name)
        if known[name] not in values:
            choices = {value: f"tables.choice.{name}.{value}" for value in values}
            questions.append(Question(f"{name}:{indicator}", f"tables.ask.{name}", choices, fields))
    return questions


def _bounds(indicator: str, unit: str, answers: Answers) -> tuple[dict[str, float | None], list[Question]]:
    """Return the range that a person gave, or the one of a percentage; a count has no figure below zero."""
    low, high = PERCENT_RANGE if unit == PERCENT else (0.0 if plain(unit) in units("counted") else None, None)
    bounds, questions = {}, []
    for side, default in (("minimum", low), ("maximum", high)):
        answer = answers.get(f"{side}:{indicator}")
        bounds[side] = default
        if answer is not None:
            value = parse_numbers(pd.Series([str(answer)]), ".").values.iloc[0]
            if pd.isna(value):
                questions.append(Question(f"{side}:{indicator}", "tables.ask.bound", fields={"indicator": indicator}))
            else:
                bounds[side] = float(value)
    return bounds, questions


def _adds_up(indicator: str, unit: str, answers: Answers) -> bool | None:
    if (answer := answers.get(f"adds_up:{indicator}")) in YES_NO:
        return answer == "yes"
    word = plain(unit)
    if word in units("counted"):
        return True
    is_rate = word in units("rate") or unit.strip() in ("%", "°C") or {"por", "per"} & set(word.split())
    return False if is_rate else None


def catalog_row(
    definition: Definition, base: Dataset, answers: Answers, years: set[int], source: str
) -> dict[str, object]:
    """Return the row of the catalogue: as it stands, with the new years and the new source, or a new one.

    A new indicator enters no score unless a person says so: an import must not move the gaps unseen.
    """
    if not definition.is_new:
        entry = base.catalog.loc[definition.indicator].to_dict()
        years = {*entry["years"], *years}
        return {"indicator": definition.indicator, **entry, "years": tuple(sorted(years)), "source": source}
    scored = answers.get(f"scored:{definition.indicator}") == "yes" and definition.direction != "neutral"
    scored &= definition.sector != "context"
    return {
        "indicator": definition.indicator, "sector": definition.sector, "label_es": definition.label_es,
        "label_en": definition.label_en, "unit": definition.unit, "unit_en": definition.unit_en,
        "direction": definition.direction, "scored": scored, "weight": 1.0 if scored else 0.0,
        "per_area": answers.get(f"per_area:{definition.indicator}") == "yes", "minimum": definition.minimum,
        "maximum": definition.maximum, "years": tuple(sorted(years)), "source": source,
        **{name: _told_of_new(name, definition.indicator, answers) for name in TOLD_OF_NEW},
        "notes_es": text_of(answers.get(f"notes_es:{definition.indicator}"), MAX_SOURCE) or None,
        "notes_en": text_of(answers.get(f"notes_en:{definition.indicator}"), MAX_SOURCE) or None,
    }  # fmt: skip


def _told_of_new(name: str, indicator: str, answers: Answers) -> str | None:
    answer = answers.get(f"{name}:{indicator}")
    return str(answer) if answer in allowed("indicator_catalog", name) else None
