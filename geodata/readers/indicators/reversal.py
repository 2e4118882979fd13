"""Ask whether figures run the other way than those of their indicator, and turn them round where they do.

"Alfabetismo" is what "Analfabetismo" leaves of a hundred, "con agua" what "sin agua" leaves: the names are
alike, and the figures are the opposite. Names and the figures in use tell, a person decides.
"""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from geodata.model import Dataset
from geodata.readers.cells import plain
from geodata.readers.contract import Options, Question
from geodata.readers.shared import PERCENT_RANGE, Definition
from geodata.reports import Report
from geodata.shared import rounded

REVERSED, AS_THEY_ARE = "yes", "no"
NEAR = -0.8  # correlation with the figures in use below which they run the other way
FEW = 10  # districts below which a correlation says nothing
_LACKS = re.compile(r"\b(sin|no|without|not|lack\w*|falta\w*|carec\w*|analfabet\w*|illitera\w*)\b")
_HAS = re.compile(r"\b(con|with|acceso|access|cobertura|coverage|asegurad\w*|afiliad\w*|alfabet\w*|litera\w*)\b")


def opposed(column: str, labels: Iterable[str]) -> bool:
    """Tell whether a column's name says that there is what an indicator's names say is lacking.

    >>> opposed("Viviendas con agua", ["Viviendas sin agua segura"]), opposed("Anemia", ["Anemia, 6 a 35 meses"])
    (True, False)
    """
    written = plain(column.replace("_", " "))
    lacking = any(_LACKS.search(plain(label.replace("_", " "))) for label in labels)
    return lacking and bool(_HAS.search(written)) and not _LACKS.search(written)


def questions(
    figures: pd.DataFrame, columns: Mapping[str, str], definitions: Mapping[str, Definition], base: Dataset,
    options: Options,
) -> list[Question]:  # fmt: skip
    """Ask of each indicator whose figures or whose column's name are the opposite of it.

    figures: one row a figure (place, indicator, year, value). columns: a column of each indicator.
    """
    open_ = []
    for indicator, group in figures.dropna(subset=["value"]).groupby("indicator", sort=False):
        definition, key = definitions[indicator], f"reverse:{indicator}"
        if definition.is_new or _whole(definition) is None or options.get(key) in (REVERSED, AS_THEY_ARE):
            continue
        column, alike = columns[indicator], _alike(group, indicator, base)
        fields = {"column": column, **definition.labels, "whole": _whole(definition)}
        choices = {answer: f"tables.choice.reverse.{answer}" for answer in (REVERSED, AS_THEY_ARE)}
        if alike is not None and alike <= NEAR:
            open_.append(Question(key, "tables.ask.reverse", choices, {**fields, "alike": rounded(alike, 2)}))
        elif opposed(column, (indicator, definition.label_es, definition.label_en)) and (alike or 0.0) < -NEAR:
            open_.append(Question(key, "tables.ask.reverse_named", choices, fields))
    return open_


def turned(
    figures: pd.DataFrame, definitions: Mapping[str, Definition], options: Options, report: Report
) -> pd.DataFrame:
    """Return the figures, those that a person said run the other way taken from the whole, and told."""
    values = figures["value"].copy()
    for indicator, definition in definitions.items():
        whole = _whole(definition)
        mine = figures["indicator"].eq(indicator) & values.notna()
        if options.get(f"reverse:{indicator}") == REVERSED and whole is not None and mine.any():
            values = values.where(~mine, (whole - values).round(10))
            report.add("repaired", "tables.repaired.reversed", cells=int(mine.sum()), whole=whole, **definition.labels)
    return figures.assign(value=values)


def _whole(definition: Definition) -> float | None:
    """Return what a figure and its opposite add up to, None where they add up to nothing."""
    return PERCENT_RANGE[1] if definition.is_percent else 1.0 if definition.is_index else None


def _alike(group: pd.DataFrame, indicator: str, base: Dataset) -> float | None:
    """Return the correlation with the figures in use, None where there are too few or all are the same."""
    now = group.groupby("place")["value"].median()
    pair = pd.DataFrame({"now": now, "was": base.value(indicator, base.latest_year(indicator)).reindex(now.index)})
    pair = pair.dropna()
    if len(pair) < FEW or pair["now"].nunique() < 2 or pair["was"].nunique() < 2:
        return None
    return float(pair["now"].corr(pair["was"]))
