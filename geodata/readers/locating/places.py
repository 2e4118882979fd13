"""Find which place each row of a table is about, by code or by name, and report how it was found."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from geodata.places import DEFAULT_BAR, Gazetteer
from geodata.readers.locating.coding import Coding, code_texts, find_coding
from geodata.readers.locating.match import DIFFER, Finder, Placement, Row
from geodata.readers.locating.place_columns import PlaceColumns, find_columns
from geodata.reports import Report, spans

__all__ = ["LEVELS", "Coding", "PlaceColumns", "find_coding", "find_columns", "locate"]

LEVELS = ("district", "province", "department")
STRAY = 0.1  # of the rows found by their code may differ from their names where names stand in for unknown codes
SHIFTED = 0.5  # share of the rows of ours whose code and name differ, above which the file is wrong
SHIFTED_ROWS = 5  # ... where so many do: a few rows may each be a slip
COLUMNS = ["place", "level", "how", "score"]


def locate(
    frame: pd.DataFrame,
    columns: PlaceColumns,
    gazetteer: Gazetteer,
    coding: str,
    report: Report,
    accept: float = DEFAULT_BAR,
    levels: tuple[str, ...] = ("district",),
) -> pd.DataFrame:
    """Return the place of each row, and add what happened to each row to the report.

    frame: text, NaN blank; its index is the row number that the report shows.
    coding: "inei" or "reniec" (:func:`find_coding`). accept: likeness (0-100) below which a name is
    not taken. levels: which of LEVELS a row may be about; a row of another level is left out.
    Result: index as `frame`; place (code of 6, 4 or 2 digits in INEI's numbering, NA where left
    out), level, how (code, repaired_code, reniec, name, later), score (0-100: how like the name is;
    100 where only a code speaks). A place made after 2012 keeps its own code, with `how` later:
    `geodata.places.division` brings figures to the division of 2012.
    Report: one event a row (matched_code, matched_name, repaired or left_out); rows of the rest of
    Peru are one event together, and so are totals of provinces, of departments and of the country. A
    fault is added where most rows of ours have a code and a name that differ: then rows slipped, or the
    codes are of another numbering, and the rest is right by chance.
    """
    finder = Finder(gazetteer, coding, accept, levels)
    known: dict[Row, Placement] = {}
    numbered = list(_rows(frame, columns))
    for _, row in numbered:
        if row not in known:
            known[row] = finder.find(row)
    known = _trusted(known)
    found: list[tuple[Any, ...]] = []  # as a frame takes them: what is missing is NA or None
    away: list[tuple[str, int]] = []
    wholes: dict[str, list[tuple[Placement, int]]] = {}
    differing = 0
    for number, row in numbered:
        one = known[row]
        found.append((one.place.code, one.place.level, one.how, one.score) if one.place else (pd.NA,) * 3 + (None,))
        differing += one.message == f"places.{DIFFER}"
        if one.elsewhere:
            away.append((one.elsewhere, number))
        elif one.whole:
            wholes.setdefault(one.whole, []).append((one, number))
        else:
            ubigeo = one.place.code if one.place and one.place.level == "district" else None
            report.add(one.kind, one.message, number, ubigeo, one.score, **one.fields)
    _tell_wholes(wholes, report)
    if away:
        counted = ", ".join(f"{name} {rows}" for name, rows in Counter(name for name, _ in away).most_common())
        numbers = spans(number for _, number in away)
        report.add("left_out", "places.other_departments", rows=len(away), departments=counted, numbers=numbers)
    ours = differing + sum(place is not pd.NA for place, *_ in found)
    if differing >= SHIFTED_ROWS and differing > SHIFTED * ours:
        report.add("fault", "places.shifted", rows=differing, ours=ours)
    placed = pd.DataFrame(found, index=frame.index, columns=COLUMNS)
    return placed.astype({"place": "str", "level": "str", "how": "str", "score": "float"})


def _trusted(known: Mapping[Row, Placement]) -> dict[Row, Placement]:
    """Return what becomes of each row: names stand in for an unknown code only where the other codes are right.

    In a table of another numbering, or whose rows slipped, the names beside the unknown codes are right by chance.
    """
    by_code = sum(one.kind == "matched_code" for one in known.values())
    differing = sum(one.message == f"places.{DIFFER}" for one in known.values())
    by_name = sum(one.otherwise is not None for one in known.values())
    if by_name <= by_code and differing <= STRAY * by_code:
        return dict(known)
    return {row: one.otherwise or one for row, one in known.items()}


def _tell_wholes(wholes: Mapping[str, list[tuple[Placement, int]]], report: Report) -> None:
    """Tell the totals of provinces, departments and the country: a line each, by its rows."""
    for level, totals in sorted(wholes.items()):
        if len(totals) == 1:
            report.add("left_out", totals[0][0].message, totals[0][1], **totals[0][0].fields)
        else:
            numbers = spans(number for _, number in totals)
            report.add("left_out", f"places.wholes.{level}", rows=len(totals), numbers=numbers)


def _rows(frame: pd.DataFrame, columns: PlaceColumns) -> Iterator[tuple[int, Row]]:
    """Yield the number of each row and what it says."""
    blank = [""] * len(frame)
    read = [code_texts(frame, columns), *(
        frame[name] if name else blank for name in (columns.district, columns.province, columns.department)
    )]  # fmt: skip
    for number, *texts in zip(frame.index, *read, strict=True):
        filled = (text if isinstance(text, str) and text.strip() else "" for text in texts)
        yield int(number), Row(*filled)
