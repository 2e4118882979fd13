"""Bring figures of districts made after 2012 to the division of 2012, or leave them blank and say why.

The table of changes (`geodata/places/codes/changes.csv`) says which district of 2012 each later one came
from. A count of 2012 is the sum of all its parts; a rate, their mean weighted by what it is a rate of.
A part that is missing, or that came from several districts, leaves a blank: nothing is shared out.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import isnan
from typing import Literal

import pandas as pd

from geodata.places.codes import table
from geodata.words import Fields


@dataclass(frozen=True, slots=True)
class DivisionChange:
    """A district (or province) made after 2012.

    parents: the ones of 2012 that its land came from. replaces: the one of 2012 whose number it
    took the place of, which no table of a later year uses. law: None where no source that was read
    gives its number. sure: certain or likely, of the parents. year: of the law.
    """

    code: str
    name: str
    year: int
    law: str | None
    parents: tuple[str, ...]
    replaces: str | None
    sure: Literal["certain", "likely"]
    source: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a figure was left blank: `message` is a key of :mod:`geodata.words`, `fields` fill it."""

    message: str
    fields: Fields = field(default_factory=dict)


@cache
def changes() -> tuple[DivisionChange, ...]:
    """Return all changes since 2012 in the five departments, by code."""
    return tuple(
        DivisionChange(
            row["ubigeo"], row["name"], int(row["year"]), row["law"] or None,
            tuple(row["parents"].split()), row["replaces"] or None,
            "certain" if row["sure"] == "certain" else "likely", row["source"],
        )
        for row in sorted(table("changes"), key=lambda row: row["ubigeo"])
    )  # fmt: skip


def to_2012(code: str, since: Iterable[DivisionChange] | None = None) -> str | None:
    """Return the place of 2012 that a place lies in; None where it came from several.

    A code that is not of a later place is returned as it is.
    """
    for change in changes() if since is None else since:
        if change.code == code:
            return change.parents[0] if len(change.parents) == 1 else None
    return code


def in_force(
    codes: Collection[str], since: Iterable[DivisionChange], as_of: int | None = None
) -> tuple[DivisionChange, ...]:
    """Return the changes that a table knows of: up to the latest of those whose places it names.

    as_of: the year of the division that the table uses, where that is known.
    """
    since = tuple(since)
    years = [change.year for change in since if change.code in codes]
    last = max([*years, *([] if as_of is None else [as_of])], default=None)
    return tuple(change for change in since if last is not None and change.year <= last)


def fold(
    values: pd.DataFrame,
    since: Iterable[DivisionChange] | None = None,
    kind: Literal["count", "rate"] = "count",
    as_of: int | None = None,
    label: Callable[[str], str] = str,
) -> tuple[pd.Series, dict[str, Reason]]:
    """Return figures by place of 2012, and why each one left blank for the division is blank.

    values: one row a place, of one indicator and year. place: code of a district or province of
    2012 or later; value: NaN unknown; weight (rates only, optional): people or cases behind it.
    kind: a count is summed, a rate is weighted. as_of: see :func:`in_force`; a place without a figure
    says nothing of the division that the table uses, and stands in the way of no other. label: how a reason names
    a place, by its code (`Gazetteer.label`).
    The result holds every place of 2012 that a row is about, sorted; NaN is unknown. A blank that
    the file itself leaves has no reason. Raises ValueError where a place has two rows.
    """
    if values["place"].duplicated().any():
        raise ValueError("a place has two rows")
    known = changes() if since is None else tuple(since)
    value = dict(zip(values["place"], values["value"].astype(float), strict=True))
    weight = dict(zip(values["place"], values["weight"].astype(float), strict=True)) if "weight" in values else {}
    figured = {code for code, figure in value.items() if not isnan(figure)}
    made = {change.code: change for change in in_force(figured, known, as_of)}
    since_2012 = {change.code: change.parents for change in known}
    whole = {parent for code in value for parent in since_2012.get(code, (code,))}
    folded, reasons = {}, {}
    for code in sorted(whole):
        figure = _fold_one(code, value, weight, made, kind, label)
        folded[code] = float("nan") if isinstance(figure, Reason) else figure
        if isinstance(figure, Reason):
            reasons[code] = figure
    return pd.Series(folded, dtype=float, name="value").rename_axis("place"), reasons


def _fold_one(
    code: str, value: Mapping[str, float], weight: Mapping[str, float], made: Mapping[str, DivisionChange], kind: str,
    label: Callable[[str], str],
) -> float | Reason:  # fmt: skip
    """Return the figure of one place of 2012, or why it has none."""

    def names(codes: Iterable[str]) -> str:
        return "; ".join(label(part) for part in codes)

    heirs = [change for change in made.values() if code in change.parents]
    replaced = any(change.replaces == code for change in heirs)
    known = {part for part, figure in value.items() if not isnan(figure)}
    if not heirs or (replaced and not any(change.code in known for change in heirs)):
        return value.get(code, float("nan"))  # never split, or the table still counts the whole under its old number
    if replaced and code in known:
        return Reason("division.both", {"place": label(code), "heirs": names(c.code for c in heirs)})
    parts = [*([] if replaced else [code]), *(change.code for change in heirs)]
    missing = [part for part in parts if part not in known]
    if len(missing) == len(parts):
        return float("nan")  # the file leaves all of it blank
    if missing:
        return Reason("division.part_missing", {"place": label(code), "parts": names(missing)})
    # what several districts share can be left out only where there is nothing to share
    empty = value if kind == "count" else weight
    shared = [c for c in heirs if len(c.parents) > 1]
    if any(empty.get(change.code) != 0 for change in shared):
        return Reason("division.several_parents", {"place": label(code), "parts": names(c.code for c in shared)})
    own = [part for part in parts if part not in {change.code for change in shared}]
    if kind == "count":
        return sum(value[part] for part in own)
    mean = _mean({part: value[part] for part in own}, weight)
    return Reason("division.no_weight", {"place": label(code), "parts": names(own)}) if mean is None else mean


def _mean(value: Mapping[str, float], weight: Mapping[str, float]) -> float | None:
    """Return the weighted mean, None where weights are wanting; a single part needs none."""
    if len(value) == 1:
        return next(iter(value.values()))
    parts = [weight.get(part, float("nan")) for part in value]
    if not all(part >= 0 for part in parts) or not sum(parts):  # NaN is not 0 or more either
        return None
    return sum(figure * part for figure, part in zip(value.values(), parts, strict=True)) / sum(parts)
