"""Bring several rows a district (voting stations, schools, health posts) to one, as a person says.

Counts can be summed; rates never are: their mean needs what each is a rate of. One district that stands
twice is a slip of the file and no such table.
"""

from collections.abc import Mapping

import pandas as pd

from geodata.readers.contract import Options, Question
from geodata.readers.shared import Definition
from geodata.reports import Report, spans

SUM, MEAN, LAST, NONE = "sum", "mean", "last", "none"
MANY = 0.25  # of the districts have several rows where the table is one of several rows a district
KEY = ["place", "indicator", "year"]


def questions(figures: pd.DataFrame, definitions: Mapping[str, Definition], options: Options) -> list[Question]:
    """Ask, of each indicator with several rows in many districts, what they come to together."""
    open_ = []
    for indicator, group in figures.groupby("indicator", sort=False):
        key, definition = f"several:{indicator}", definitions[indicator]
        rows = group.groupby(KEY).size()
        apart = group.dropna(subset=["value"]).groupby(KEY)["value"].nunique().gt(1).any()
        offered = _offered(group, definition)
        if options.get(key) in offered or (rows > 1).sum() < 2 or (rows > 1).mean() < MANY or not apart:
            continue
        fields = {"rows": int(rows.sum()), "districts": int(group["place"].nunique()), **definition.labels}
        choices = {answer: f"tables.choice.several.{answer}" for answer in offered}
        open_.append(Question(key, "tables.ask.several", choices, fields))
    return open_


def united(
    figures: pd.DataFrame, definitions: Mapping[str, Definition], options: Options, report: Report
) -> pd.DataFrame:
    """Return the figures with one row a district, indicator and year where a person said how, each told."""
    parts = []
    for indicator, group in figures.groupby("indicator", sort=False):
        how = options.get(f"several:{indicator}")
        if how in (SUM, MEAN, LAST) and how in _offered(group, definitions[indicator]):
            group = _united(group, how, definitions[indicator], report)
        parts.append(group)
    return pd.concat(parts, ignore_index=True) if parts else figures


def _offered(group: pd.DataFrame, definition: Definition) -> tuple[str, ...]:
    if definition.adds_up:
        return SUM, LAST, NONE
    return (MEAN, LAST, NONE) if group["sample"].gt(0).any() else (LAST, NONE)


def _united(group: pd.DataFrame, how: str, definition: Definition, report: Report) -> pd.DataFrame:
    ordered = group.sort_values("row", kind="stable")
    by = ordered.groupby(KEY, sort=False)
    one = ordered.drop_duplicates(KEY, keep="last" if how == LAST else "first").set_index(KEY)
    if how != LAST:
        # a row that is not known leaves the whole unknown: what is summed without it would be too small
        weight = ordered["sample"] if how == MEAN else pd.Series(1.0, ordered.index)
        weighted = ordered.assign(weight=weight, product=ordered["value"] * weight)
        sums = weighted.groupby(KEY, sort=False)[["product", "weight", "sample"]].sum(min_count=1)
        unknown = weighted["product"].isna().groupby([weighted[name] for name in KEY], sort=False).any()
        value = sums["product"] / sums["weight"] if how == MEAN else sums["product"]
        one = one.assign(value=value.mask(unknown), sample=sums["sample"])
        for (place, _, year), rows in weighted[weighted["product"].isna()].groupby(KEY)["row"]:
            if by["value"].count()[place, definition.indicator, year]:
                report.add("left_out", "tables.left_out.several_unknown", int(rows.iloc[0]), place, year=int(year),
                           numbers=spans(map(int, rows)), **definition.labels)  # fmt: skip
    several = int((by.size() > 1).sum())
    report.add("note", f"tables.note.several.{how}", districts=several, rows=len(ordered), **definition.labels)
    return one.reset_index()[list(group.columns)]
