"""Tell codes of INEI from codes of RENIEC by the names beside them: a wrong join looks plausible."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from geodata.places import CODINGS, DEFAULT_BAR, Gazetteer, Numbering, likeness, plain, read_code
from geodata.readers.contract import Question
from geodata.readers.locating.place_columns import PlaceColumns

AGREE = 0.9  # share of the telling rows that must speak for one numbering
AGAINST = 0.5  # share of the codes with names that may be neither numbering's: above, names and codes are not one
STRAY = 0.01  # share of codes that may be in no division, where there are no names
TELLING = 0.05  # share of codes that must be impossible in the other numbering


@dataclass(frozen=True, slots=True)
class Coding:
    """Whose codes a file uses: `name` is "inei", "reniec", or None where it cannot be told.

    compared: distinct codes that tell the two apart. inei, reniec: how many speak for each.
    by: "names", "codes" (without names: what one of the two cannot hold) or "same" (both mean the
    same places). No code at all is "same" too.
    """

    name: Numbering | None
    inei: int = 0
    reniec: int = 0
    compared: int = 0
    by: Literal["names", "codes", "same"] = "names"

    @property
    def question(self) -> Question | None:
        """Return what to ask where the file does not tell; None where it does."""
        if self.name is not None:
            return None
        choices = {"inei": "places.coding.inei", "reniec": "places.coding.reniec"}
        counts = {"inei": self.inei, "reniec": self.reniec, "compared": self.compared}
        return Question("coding", "places.coding.which", choices, counts)


def code_texts(frame: pd.DataFrame, columns: PlaceColumns) -> pd.Series:
    """Return the code of each row as the file writes it, whole; NaN where a row or the file has none."""
    if columns.ubigeo:
        return frame[columns.ubigeo]
    if columns.parts is None:
        return pd.Series(None, frame.index, dtype="str")
    rows = zip(*(frame[name] for name in columns.parts), strict=True)
    whole = ["".join(map(_two_digits, row)) if all(isinstance(t, str) for t in row) else None for row in rows]
    return pd.Series(whole, frame.index, dtype="str")


def _two_digits(text: str) -> str:
    code = read_code(text)
    return code.digits if code else text


def find_coding(frame: pd.DataFrame, columns: PlaceColumns, gazetteer: Gazetteer) -> Coding:
    """Return whose codes a frame uses, judged by the names that stand beside them.

    Each distinct code whose row's names agree with one numbering and not with the other speaks for
    that one; nine in ten must agree. Where most names agree with neither (rows that slipped), chance
    speaks, and nothing is told. Without names it is told only where one numbering holds all codes and
    the other cannot. `Coding.question` asks where it cannot be told.
    """
    texts = code_texts(frame, columns)
    named = [c for c in (columns.district, columns.province, columns.department) if c]
    read = {text: code.place for text in texts.dropna().unique() if (code := read_code(text))}
    first = texts.map(read, na_action="ignore").dropna().drop_duplicates()
    codes = first.to_dict()
    rows = frame.loc[first.index, named]
    if all(_same(digits, gazetteer) for digits in codes.values()):
        return Coding("inei", by="same")
    votes: dict[Numbering, int] = {"inei": 0, "reniec": 0}
    both = neither = 0
    for row, digits in codes.items():
        names = {column: rows.at[row, column] for column in named}
        agreeing = {coding: _agrees(digits, coding, names, columns, gazetteer) for coding in votes}
        agreed = [coding for coding, agrees in agreeing.items() if agrees]
        if len(agreed) == 1:
            votes[agreed[0]] += 1
        both += len(agreed) == len(votes)
        neither += all(agrees is False for agrees in agreeing.values())
    compared = sum(votes.values())
    if neither > AGAINST * (compared + both + neither):
        return Coding(None, votes["inei"], votes["reniec"], compared)
    if not compared:
        return _by_codes(set(codes.values()), gazetteer)
    ahead = max(votes, key=votes.__getitem__)
    name = ahead if votes[ahead] >= AGREE * compared else None
    return Coding(name, votes["inei"], votes["reniec"], compared)


def _same(digits: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a code means the same district of ours in both numberings."""
    place = gazetteer.at(digits)
    return place is not None and place is gazetteer.at(digits, "reniec")


def _agrees(
    digits: str, coding: str, names: dict[str, object], columns: PlaceColumns, gazetteer: Gazetteer
) -> bool | None:
    """Tell whether a code, read in a numbering, is the place that its row names, at the finest level named.

    None where there is nothing to compare: no name, or a place whose name is not known here.
    """
    for column, length in ((columns.district, 6), (columns.province, 4), (columns.department, 2)):
        text = None if column is None else names[column]
        if not isinstance(text, str) or not plain(text) or len(digits) < length:
            continue
        place = gazetteer.at(digits[:length], coding)
        if place is not None:
            return any(likeness(plain(text), name) >= DEFAULT_BAR for name in place.names)
        if length == 6 and gazetteer.elsewhere(digits, coding) is None:
            return False  # a district that this numbering has not
    return None


def _by_codes(codes: set[str], gazetteer: Gazetteer) -> Coding:
    """Return the numbering that holds all codes, where the other cannot."""
    impossible = {
        coding: sum(not (gazetteer.at(c, coding) or gazetteer.elsewhere(c, coding)) for c in codes)
        for coding in CODINGS
    }
    holds = {coding: len(codes) - lost for coding, lost in impossible.items()}
    both: tuple[tuple[Numbering, Numbering], ...] = (("inei", "reniec"), ("reniec", "inei"))
    for coding, other in both:
        if impossible[coding] <= STRAY * len(codes) and impossible[other] > max(1, TELLING * len(codes)):
            return Coding(coding, holds["inei"], holds["reniec"], len(codes), "codes")
    return Coding(None, holds["inei"], holds["reniec"], len(codes), "codes")
