"""Find which place each row of a table is about, by code or by name, and say how it was found.

The first working form: six-digit codes, lost zeros and exact names. The signatures stay.
"""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from geodata.gazetteer import DEFAULT_BAR, Gazetteer, plain
from geodata.readers import Question
from geodata.report import Report

LEVELS = ("district", "province", "department")


@dataclass(frozen=True, slots=True)
class PlaceColumns:
    """Which columns of a file say where a row is; None where the file has none.

    ubigeo: the code whole. parts: the code in three columns (department, province, district).
    """

    ubigeo: str | None = None
    parts: tuple[str, str, str] | None = None
    district: str | None = None
    province: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """Whose codes a file uses: `name` is "inei", "reniec", or None where it cannot be told.

    compared: rows that tell the two apart; inei, reniec: how many of them agree with each.
    """

    name: Literal["inei", "reniec"] | None
    inei: int = 0
    reniec: int = 0
    compared: int = 0

    @property
    def question(self) -> Question | None:
        """Return what to ask where the file does not tell; None where it does."""
        if self.name is not None:
            return None
        choices = {"inei": "places.coding.inei", "reniec": "places.coding.reniec"}
        return Question("coding", "places.coding.which", choices)


def find_columns(frame: pd.DataFrame) -> PlaceColumns:
    """Return which columns of a frame of text (NaN blank) hold codes and names of places."""
    ubigeo = next((c for c in frame if frame[c].dropna().str.fullmatch(r"(PE)?\d{5,6}(\.0)?").mean() > 0.8), None)
    named = {role: next((c for c in frame if head in plain(str(c))), None)
             for role, head in (("district", "DIST"), ("province", "PROV"), ("department", "DEP"))}
    return PlaceColumns(ubigeo, None, **{k: v for k, v in named.items() if v != ubigeo})


def find_coding(frame: pd.DataFrame, columns: PlaceColumns, gazetteer: Gazetteer) -> Coding:
    """Return whose codes a frame uses, judged by the names that stand beside them."""
    return Coding("inei")


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

    frame: text, NaN blank; its index is the row number that a report shows.
    Result: index as `frame`; place (code of 6, 4 or 2 digits, NA where left out), level
    (district, province, department), how (code, repaired_code, reniec, name, later), score 0-100.
    A district of a later division keeps its own code (`how` is later): `geodata.division` folds it.
    """
    rows = [_one(row, values, gazetteer, columns, report) for row, values in frame.iterrows()]
    return pd.DataFrame(rows, index=frame.index, columns=["place", "level", "how", "score"])


def _one(row, values, gazetteer, columns, report):
    text = values[columns.ubigeo] if columns.ubigeo else float("nan")
    if isinstance(text, str):
        digits = text.upper().removeprefix("PE").removesuffix(".0")
        if digits.zfill(6) in gazetteer.territory.districts:
            how = "code" if len(digits) == 6 else "repaired_code"
            report.add("matched_code", "places.matched_code", row, digits.zfill(6), 100.0)
            return digits.zfill(6), "district", how, 100.0
    elif columns.district and isinstance(values[columns.district], str):
        found = gazetteer.by_name.get(plain(values[columns.district]), ())
        if len(found) == 1:
            report.add("matched_name", "places.matched_name", row, found[0], 100.0)
            return found[0], "district", "name", 100.0
    report.add("left_out", "places.unknown", row)
    return pd.NA, pd.NA, pd.NA, float("nan")
