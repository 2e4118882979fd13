"""Find which place each row of a table is about, by code or by name, and say how it was found.

A row is taken only where code and names say one thing; where they differ, where a name is not like
enough or two places are as near, the row is left out and shown with what it might have meant.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from geodata.gazetteer import DEFAULT_BAR, Code, Gazetteer, Match, Place, judge, read_code
from geodata.naming import plain
from geodata.readers.coding import Coding, code_texts, find_coding
from geodata.readers.place_columns import PlaceColumns, find_columns
from geodata.report import Report

__all__ = ["LEVELS", "Coding", "PlaceColumns", "find_coding", "find_columns", "locate"]

LEVELS = ("district", "province", "department")
PLAUSIBLE = 60.0  # likeness above which a name may be a slip of the place that the code says
SAME = 100.0  # likeness of names that are the same
SHIFTED = 0.5  # share of the rows of ours whose code and name differ, above which the file is wrong
SHIFTED_ROWS = 5  # ... where so many do: a few rows may each be a slip
CANDIDATES = 4  # places named where a name is not taken
DIFFER = "code_name_differ"
NOBODY = "-"  # where no place is like a name
COLUMNS = ["place", "level", "how", "score"]


@dataclass(frozen=True, slots=True)
class _Found:
    """What became of a row: its place (None: left out), and the event that says so.

    elsewhere: the row is of this department of the rest of Peru, and is counted, not shown.
    """

    kind: str
    message: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    place: Place | None = None
    how: str | None = None
    score: float | None = None
    elsewhere: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row says of its place, None where it says nothing."""

    code: str | None
    district: str | None
    province: str | None
    department: str | None

    @property
    def written(self) -> str:
        """Return the names as the row writes them, finest first."""
        return ", ".join(text.strip() for text in (self.district, self.province, self.department) if text)


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
    `geodata.division` brings figures to the division of 2012.
    Report: one event a row (matched_code, matched_name, repaired or left_out); rows of the rest of
    Peru are one event together. A fault is added where most rows of ours have a code and a name that
    differ: then rows slipped, or the codes are of another numbering, and the rest is right by chance.
    """
    finder = _Finder(gazetteer, coding, accept, levels)
    known: dict[_Row, _Found] = {}
    found, away, differing = [], Counter(), 0
    for number, row in _rows(frame, columns):
        if row not in known:
            known[row] = finder.find(row)
        one = known[row]
        found.append((one.place.code, one.place.level, one.how, one.score) if one.place else (pd.NA,) * 3 + (None,))
        differing += one.message == f"places.{DIFFER}"
        if one.elsewhere:
            away[one.elsewhere] += 1
        else:
            ubigeo = one.place.code if one.place and one.place.level == "district" else None
            report.add(one.kind, one.message, number, ubigeo, one.score, **one.fields)
    if away:
        counted = ", ".join(f"{name} {rows}" for name, rows in away.most_common())
        report.add("left_out", "places.other_departments", rows=sum(away.values()), departments=counted)
    ours = differing + sum(place is not pd.NA for place, *_ in found)
    if differing >= SHIFTED_ROWS and differing > SHIFTED * ours:
        report.add("fault", "places.shifted", rows=differing, ours=ours)
    placed = pd.DataFrame(found, index=frame.index, columns=COLUMNS)
    return placed.astype({"place": "str", "level": "str", "how": "str", "score": "float"})


def _rows(frame: pd.DataFrame, columns: PlaceColumns) -> Iterator[tuple[int, _Row]]:
    """Yield the number of each row and what it says."""
    blank = [None] * len(frame)
    read = [code_texts(frame, columns), *(
        frame[name] if name else blank for name in (columns.district, columns.province, columns.department)
    )]  # fmt: skip
    for number, *texts in zip(frame.index, *read, strict=True):
        filled = (text if isinstance(text, str) and text.strip() else None for text in texts)
        yield int(number), _Row(*filled)


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds the place of one row after another, by the same rules."""

    gazetteer: Gazetteer
    coding: str
    accept: float
    levels: tuple[str, ...]
    judged: dict[tuple[str, str], Match] = field(default_factory=dict)  # by plain name and where it was sought

    def find(self, row: _Row) -> _Found:
        """Return what becomes of a row: by its code where it has one, by its names otherwise."""
        if row.code is None:
            return self._by_name(row)
        code = read_code(row.code)
        if code is None:
            if row.district or row.province or row.department:
                named = self._by_name(row)
                if named.place or named.elsewhere:  # "S.I." or a dash in place of a code
                    return named
            return _left("unreadable_code", code=row.code.strip(), written=row.written)
        return self._by_code(row, code)

    # codes

    def _by_code(self, row: _Row, code: Code) -> _Found:
        digits = code.digits
        while len(digits) > 2 and digits.endswith("00"):  # a total of its province or department
            digits = digits[:-2]
        place = self.gazetteer.at(digits, self.coding)
        if place is None or not place.inside:
            return self._not_ours(row, digits)
        if row.district and place.level == "province" and "district" in self.levels:
            return self._in_scope(row, place.code, None)
        if place.level not in self.levels:
            return _left("other_level", written=row.written or row.code.strip(), place=self._label(place))
        differing = self._differs(row, place)
        if differing:
            return differing
        score = self._agreement(row, place)
        return self._taken_by_code(row, code, place, score)

    def _taken_by_code(self, row: _Row, code: Code, place: Place, score: float) -> _Found:
        fields = {"code": place.code, "place": self._label(place), "written": row.code.strip()}
        if score < self.accept:
            return _Found("matched_code", "places.code_name_unlike", fields | {"name": self._name(row, place)},
                          place, "later" if place.later else self._how(code), score)
        if code.repaired:
            return _Found("repaired", "places.repaired_code", fields, place,
                          "later" if place.later else self._how(code), score)
        if place.later:
            return _Found("matched_code", "places.later", fields | self._change(place), place, "later", score)
        message = "places.matched_reniec" if self.coding == "reniec" else "places.matched_code"
        return _Found("matched_code", message, fields, place, self._how(code), score)

    def _how(self, code: Code) -> str:
        return "repaired_code" if code.repaired else "reniec" if self.coding == "reniec" else "code"

    def _not_ours(self, row: _Row, digits: str) -> _Found:
        """Return why a code is left out: of the rest of Peru, or of no division."""
        away = self.gazetteer.elsewhere(digits, self.coding)
        if away is None:
            return _left("unknown_code", code=row.code.strip(), written=row.written)
        province = self._whole_name(row.province, self.gazetteer.provinces)
        department = self._whole_name(row.department, self.gazetteer.departments)
        named = department if province is None else province
        if named is not None and named.inside:  # a code of Cusco beside "Moyobamba, San Martín"
            return _left(DIFFER, code=row.code.strip(), place=away.name, written=row.written,
                         candidates=self._label(named))
        return _Found("left_out", "places.other_departments", elsewhere=away.name)

    def _differs(self, row: _Row, place: Place) -> _Found | None:
        """Return why a row is not taken whose names say another place than its code."""
        written = self._name(row, place)
        province = self._whole_name(row.province, self.gazetteer.provinces) if place.level == "district" else None
        department = self._whole_name(row.department, self.gazetteer.departments)
        apart = (province is not None and province.code not in self._provinces_of(place)) or (
            department is not None and department.code != place.code[:2]
        )
        if not apart and (written is None or self._is_plausible(written, place)):
            return None
        return _left(DIFFER, code=row.code.strip(), place=self._label(place), written=row.written,
                     candidates=self._labels(self._meant(row, province)))

    def _meant(self, row: _Row, province: Place | None) -> tuple[Place, ...]:
        """Return what a row's names may mean: in its province, unless another place is liker."""
        if not row.district:
            return ()
        near = self._judged(row.district, province.code) if province else Match("none")
        wide = self._judged(row.district, "")
        return wide.rivals if wide.score > near.score else near.rivals

    def _judged(self, text: str, inside: str) -> Match:
        """Return how a district's name is judged in a province or in all five departments."""
        key = plain(text), inside
        if key not in self.judged:
            self.judged[key] = self.gazetteer.match_district(text, inside or None)
        return self.judged[key]

    def _is_plausible(self, written: str, place: Place) -> bool:
        """Tell whether a name may be the place's: no other place is liker, and it is like enough or liker
        than any other near by.

        What is letter for letter another place is never a slip of this one, however like the two are.
        """
        own = judge(plain(written), [place])
        if own.outcome == "none" or (own.score == SAME and not own.capital):
            return True
        anywhere = self._judged(written, "") if place.level == "district" else judge(plain(written), self._peers(place))
        if anywhere.score > own.score or any(plain(written) == other.names[0] for other in anywhere.rivals):
            return False  # its capital may be named as another district is
        if own.score >= self.accept:
            return True
        if own.score < PLAUSIBLE:
            return False
        scope = self.gazetteer.scope(place.code[:4]) if place.level == "district" else self._peers(place)
        near = judge(plain(written), scope, PLAUSIBLE)
        return near.outcome == "found" and near.place.code == place.code

    def _peers(self, place: Place) -> list[Place]:
        whole = self.gazetteer.provinces if place.level == "province" else self.gazetteer.departments
        return list(whole.values())

    def _agreement(self, row: _Row, place: Place) -> float:
        written = self._name(row, place)
        match = judge(plain(written), [place]) if written else Match("none")
        return 100.0 if match.outcome == "none" else match.score

    @staticmethod
    def _name(row: _Row, place: Place) -> str | None:
        return getattr(row, place.level)

    def _provinces_of(self, place: Place) -> set[str]:
        """Return the province of a district, and the ones it was or came to be in."""
        change = self.gazetteer.later.get(place.code)
        own = {place.code[:4]} | {parent[:4] for parent in (change.parents if change else ())}
        return own | {c.code[:4] for c in self.gazetteer.changes if c.replaces == place.code}

    @staticmethod
    def _whole_name(text: str | None, places: Mapping[str, Place]) -> Place | None:
        """Return the province or department of Peru whose name this is, letter for letter."""
        name = plain(text) if text else ""
        same = [place for place in places.values() if name in place.names]
        return same[0] if len(same) == 1 else None

    # names

    def _by_name(self, row: _Row) -> _Found:
        department = self._department(row)
        if isinstance(department, _Found):
            return department
        province = self._province(row, department)
        if isinstance(province, _Found):
            return province
        if row.district:
            if "district" not in self.levels:
                return _left("other_level", written=row.written, place=row.district.strip())
            return self._in_scope(row, province.code if province else None, department.code if department else None)
        place = province or department
        if place is None:
            return _left("no_place")
        if place.level not in self.levels:
            return _left("other_level", written=row.written, place=self._label(place))
        score = judge(plain(self._name(row, place)), [place]).score
        return self._taken_by_name(row, place, score, False)

    def _department(self, row: _Row) -> Place | _Found | None:
        """Return the department that a row names; None where it names none or none that Peru has."""
        if row.department is None:
            return None
        match = self.gazetteer.match_department(row.department, self.accept)
        if match.outcome != "found":
            away = self._all_away(plain(row.department))
            if away is not None:
                return _Found("left_out", "places.other_departments", elsewhere=away.name)
            return None if row.province else _left("unknown_department", written=row.written)
        if match.place.inside:
            return match.place
        province = self._whole_name(row.province, self.gazetteer.provinces)
        if province is not None and province.inside:
            return _left("names_differ", written=row.written)
        return _Found("left_out", "places.other_departments", elsewhere=match.place.name)

    def _all_away(self, name: str) -> Place | None:
        """Return a department of the rest of Peru that a text names with others ("LIMA Y CALLAO")."""
        named = [d for d in self.gazetteer.departments.values() if f" {d.names[0]} " in f" {name} "]
        return named[0] if named and not any(d.inside for d in named) else None

    def _province(self, row: _Row, department: Place | None) -> Place | _Found | None:
        """Return the province that a row names; None where it names none."""
        if row.province is None:
            return None
        match = self.gazetteer.match_province(row.province, department.code if department else None, self.accept)
        if match.outcome == "found":
            if match.place.inside:
                return match.place
            name = self.gazetteer.departments[match.place.code[:2]].name
            return _Found("left_out", "places.other_departments", elsewhere=name)
        return _left("unknown_province", written=row.written, alike=round(match.score),
                     candidates=self._labels(match.rivals))

    def _in_scope(self, row: _Row, province: str | None, department: str | None) -> _Found:
        """Return the district that a name means in a province, a department, or the five."""
        match = self.gazetteer.match_district(row.district, province, department, self.accept)
        fields = {"written": row.written, "candidates": self._labels(match.rivals), "alike": round(match.score)}
        if match.outcome == "none":
            return _left("no_place")
        if match.outcome == "below":
            return _left("below_bar" if match.score >= PLAUSIBLE else "unknown_name", **fields)
        if match.outcome == "ambiguous":
            return _left("ambiguous", **fields)
        if province is None and department is None:
            away = self.gazetteer.homonyms.get(plain(row.district), ())
            if away:
                names = ", ".join(sorted(self.gazetteer.departments[code].name for code in away))
                return _left("homonym", **fields, departments=names)
            if match.score < 100:  # it may be another name, spelt well, of a district elsewhere in Peru
                return _left("no_province", **fields)
        return self._taken_by_name(row, match.place, match.score, match.capital)

    def _taken_by_name(self, row: _Row, place: Place, score: float, capital: bool) -> _Found:
        fields = {"code": place.code, "place": self._label(place), "written": row.written, "alike": round(score)}
        if place.later:
            return _Found("matched_name", "places.later", fields | self._change(place), place, "later", score)
        message = "places.matched_capital" if capital else "places.matched_name"
        return _Found("matched_name", message, fields, place, "name", score)

    # words

    def _label(self, place: Place) -> str:
        return self.gazetteer.label(place.code)

    def _labels(self, places: tuple[Place, ...]) -> str:
        more = "; ..." if len(places) > CANDIDATES else ""
        return "; ".join(self._label(place) for place in places[:CANDIDATES]) + more or NOBODY

    def _change(self, place: Place) -> dict[str, Any]:
        change = self.gazetteer.later[place.code]
        parents = [self.gazetteer.districts.get(p) or self.gazetteer.provinces[p] for p in change.parents]
        return {"year": change.year, "parents": self._labels(tuple(parents))}


def _left(message: str, **fields: Any) -> _Found:
    return _Found("left_out", f"places.{message}", fields)
