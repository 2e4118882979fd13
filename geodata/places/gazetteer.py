"""Know the places of a territory by code and by name, as files write them; nothing is guessed.

A code is six digits for a district, four for a province, two for a department, in the numbering of
INEI or of RENIEC. A name is judged against every name in its scope: it is taken only where it is
like enough, and where no other place is as near. All of a Gazetteer is read-only.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from types import MappingProxyType
from typing import Literal, Protocol, TypeVar

from geodata.model import Territory
from geodata.places.codes import table
from geodata.places.division import DivisionChange, changes
from geodata.places.naming import likeness, plain, slips

DEFAULT_BAR = 85.0  # likeness (0-100) below which a name is shown, never taken
MARGIN = 5.0  # by how much a name must be liker than the next one
Numbering = Literal["inei", "reniec"]  # whose codes
CODINGS: tuple[Numbering, ...] = ("inei", "reniec")
_Value = TypeVar("_Value")
LEVELS = {6: "district", 4: "province", 2: "department"}

Outcome = Literal["found", "ambiguous", "below", "none"]

PCODE = re.compile(r"PE[\s-]?(\d{6}|\d{4}|\d{2})")
WHOLE = re.compile(r"(\d+)[.,]0+")  # a number that a spreadsheet wrote with decimals
GROUPED = re.compile(r"(\d{1,3})[.,\s](\d{3})")
APART = re.compile(r"(\d{1,2})[-./\s](\d{1,2})[-./\s](\d{1,2})")
POWER = re.compile(r"\d(\.\d+)?E\+?\d+")


class HasTerritory(Protocol):
    """What a gazetteer is built of: a Dataset, or anything else with a territory."""

    @property
    def territory(self) -> Territory:
        """Return the districts, provinces and departments."""
        ...


@dataclass(frozen=True, slots=True)
class Code:
    """A code as read: `digits` (6, 4 or 2), and whether it had to be mended to be one."""

    digits: str
    repaired: bool

    @property
    def place(self) -> str:
        """Return the code without the zeros of a total: 010100 is the province 0101, 010000 the department 01.

        >>> Code("010100", False).place
        '0101'
        """
        digits = self.digits
        while len(digits) > 2 and digits.endswith("00"):
            digits = digits[:-2]
        return digits

    @property
    def is_total(self) -> bool:
        """Tell whether a district's six digits are those of a whole province, department or country."""
        return self.place != self.digits or not int(self.digits)


@dataclass(frozen=True, slots=True)
class Place:
    """A district, province or department. `names` are plain: its own, then its capital's.

    inside: False for a province or department of the rest of Peru. later: made after 2012.
    """

    code: str
    name: str
    names: tuple[str, ...]
    inside: bool = True
    later: bool = False

    @property
    def level(self) -> str:
        """Return district, province or department."""
        return LEVELS[len(self.code)]


@dataclass(frozen=True, slots=True)
class Match:
    """How a name was judged.

    outcome: found; ambiguous (another place is as near); below (nothing is like enough); none.
    place: the likest place. score: its likeness, 0-100. rivals: the likest first, `place` included.
    capital: whether it was the capital's name that was alike.
    """

    outcome: Outcome
    place: Place | None = None
    score: float = 0.0
    rivals: tuple[Place, ...] = ()
    capital: bool = False

    @property
    def found(self) -> Place | None:
        """Return the place that the name means, None where that is not certain."""
        return self.place if self.outcome == "found" else None


def read_code(text: str) -> Code | None:
    """Return the code that a cell holds, None where it holds none.

    Understood: "010101", "PE010101", and mended: "10101", "10101.0", "160,101", "1.60101E+05",
    "01-01-01", "'010101".

    >>> read_code("10101.0")
    Code(digits='010101', repaired=True)
    """
    text = text.strip().upper()
    if pcode := PCODE.fullmatch(text):
        return Code(pcode[1], False)
    digits = _digits(text.lstrip("'"))
    if digits is None or not 1 <= len(digits) <= 6:
        return None
    code = digits.zfill(len(digits) + len(digits) % 2)
    return Code(code, code != text)


def _digits(text: str) -> str | None:
    if text.isascii() and text.isdigit():
        return text
    if whole := WHOLE.fullmatch(text):
        return whole[1]
    if grouped := GROUPED.fullmatch(text):
        return grouped[1] + grouped[2]
    if apart := APART.fullmatch(text):
        return "".join(part.zfill(2) for part in apart.groups())
    if POWER.fullmatch(text):
        try:
            number = Decimal(text)
        except InvalidOperation:
            return None
        return str(int(number)) if number.adjusted() < 6 and number == int(number) else None
    return None


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Every place that a row may be about, and the rest of Peru as far as to know it for what it is.

    districts: of 2012 and later, by INEI code. provinces, departments: all of Peru, by INEI code.
    reniec: INEI code by RENIEC code, districts of 2012 and later, provinces and departments.
    homonyms: departments of the rest of Peru where a plain name is borne too.
    """

    territory: Territory
    districts: Mapping[str, Place]
    provinces: Mapping[str, Place]
    departments: Mapping[str, Place]
    reniec: Mapping[str, str]
    homonyms: Mapping[str, tuple[str, ...]]
    changes: tuple[DivisionChange, ...]

    @classmethod
    def of(cls, dataset: HasTerritory) -> "Gazetteer":
        """Build the gazetteer of a data set's territory."""
        territory = dataset.territory
        later = tuple(c for c in changes() if all(_holds(territory, parent) for parent in c.parents))
        provinces = _rest("provinces", territory.provinces, {c.code for c in later})
        departments = _rest("departments", territory.departments, set())
        districts = {d.ubigeo: _place(d.ubigeo, d.name, d.capital) for d in territory.districts.values()}
        for province in territory.provinces.values():
            provinces[province.code] = _place(province.code, province.name)
        for department in territory.departments.values():
            departments[department.code] = _place(department.code, department.name)
        for change in later:
            made = Place(change.code, change.name, (plain(change.name),), later=True)
            (districts if made.level == "district" else provinces)[change.code] = made
        reniec = {row["reniec"]: row["code"] for name in ("provinces", "departments") for row in table(name)}
        reniec |= {row["reniec"]: row["ubigeo"] for row in table("reniec") if row["ubigeo"] in districts}
        reniec.pop("", None)  # a province that RENIEC does not number
        homonyms = {row["name"]: tuple(row["departments"].split()) for row in table("homonyms")}
        return cls(
            territory, _sorted(districts), _sorted(provinces), _sorted(departments), _sorted(reniec), _sorted(homonyms),
            later,
        )  # fmt: skip

    @cached_property
    def later(self) -> Mapping[str, DivisionChange]:
        """Return what was made after 2012, by code."""
        return MappingProxyType({change.code: change for change in self.changes})

    def at(self, digits: str, coding: str = "inei") -> Place | None:
        """Return the place of a code, None where no division has it or it is not one of ours.

        Provinces and departments of the rest of Peru are returned too, their districts never.
        """
        code = digits if coding == "inei" else self.reniec.get(digits)
        if code is None:
            return None
        return {6: self.districts, 4: self.provinces, 2: self.departments}[len(code)].get(code)

    def elsewhere(self, digits: str, coding: str = "inei") -> Place | None:
        """Return the other department of Peru that a code is of; None where it is of ours or of none."""
        if len(digits) >= 4 and digits[2:4] != "00" and self.at(digits[:4], coding) is None:
            return None
        department = self.at(digits[:2], coding)
        return None if department is None or department.inside else department

    def label(self, code: str) -> str:
        """Return name and whereabouts, as in "Lamas (Lamas, San Martín)". Raises KeyError."""
        if len(code) == 2:
            return self.departments[code].name
        if len(code) == 4:
            return f"{self.provinces[code].name} ({self.departments[code[:2]].name})"
        within = f"{self.provinces[code[:4]].name}, {self.departments[code[:2]].name}"
        return f"{self.districts[code].name} ({within})"

    def scope(self, province: str | None = None, department: str | None = None) -> tuple[Place, ...]:
        """Return the districts that a name in a province or department may mean, or in all five.

        A district made later is among those of the province that it came from, unless it bears the
        name of the one that it took the place of: then the province says which of the two is meant.
        """
        inside = province or department or ""
        heirs = [
            change.code for change in self.changes
            if any(parent.startswith(inside) for parent in change.parents) and not self._namesake(change)
        ]  # fmt: skip
        found = {p.code: p for p in self.districts.values() if p.code.startswith(inside)}
        found |= {code: self.districts[code] for code in heirs if code in self.districts}
        if len(inside) < 4:
            found = {code: p for code, p in found.items() if not self._namesake(self.later.get(code))}
        return tuple(found[code] for code in sorted(found))

    def _namesake(self, change: DivisionChange | None) -> bool:
        """Tell whether a later district bears the name of the one of 2012 that it took the place of."""
        replaced = None if change is None or change.replaces is None else self.districts.get(change.replaces)
        return change is not None and replaced is not None and replaced.names[0] == plain(change.name)

    def match_district(
        self, text: str, province: str | None = None, department: str | None = None, bar: float = DEFAULT_BAR
    ) -> Match:
        """Return how a district's name is judged in a province, a department, or all five."""
        return judge(plain(text), self.scope(province, department), bar)

    def match_province(self, text: str, department: str | None = None, bar: float = DEFAULT_BAR) -> Match:
        """Return how a province's name is judged in a department, or in all of Peru."""
        return judge(plain(text), (p for p in self.provinces.values() if p.code.startswith(department or "")), bar)

    def match_department(self, text: str, bar: float = DEFAULT_BAR) -> Match:
        """Return how a department's name is judged in all of Peru."""
        return judge(plain(text), self.departments.values(), bar)


def judge(name: str, places: Iterable[Place], bar: float = DEFAULT_BAR) -> Match:
    """Return how a plain name is judged against some places.

    It is found where one place is like enough (`bar`), liker than the next by MARGIN, and no other
    place is as few slips away. So a single slip never leads to a wrong place: the right one is then
    one slip away, and another could only be taken if it were none. A name that is the same needs no
    margin, only to be alone.
    """
    if not name:
        return Match("none")
    ranked = sorted(
        (-max(likeness(name, own) for own in place.names), min(slips(name, own) for own in place.names), place.code,
         place) for place in places
    )  # fmt: skip
    if not ranked:
        return Match("none")
    score, slipped, best = -ranked[0][0], ranked[0][1], ranked[0][3]
    rivals = tuple(
        place for like, slip, _, place in ranked
        if place is best or slip <= slipped or (slipped and -like > score - MARGIN)
    )  # fmt: skip
    outcome: Outcome = "below" if score < bar else "found" if len(rivals) == 1 else "ambiguous"
    capital = likeness(name, best.names[0]) < score
    return Match(outcome, best, score, rivals, capital)


def _place(code: str, name: str, capital: str | None = None) -> Place:
    names = dict.fromkeys(plain(text) for text in (name, capital) if text)
    return Place(code, name, tuple(names))


def _rest(name: str, ours: Mapping[str, object], later: set[str]) -> dict[str, Place]:
    """Return the provinces or departments of the rest of Peru."""
    return {
        row["code"]: Place(row["code"], row["name"], (plain(row["name"]),), inside=False)
        for row in table(name) if row["code"] not in ours and row["code"] not in later
    }  # fmt: skip


def _holds(territory: Territory, code: str) -> bool:
    return code in territory.districts or code in territory.provinces


def _sorted(mapping: Mapping[str, _Value]) -> Mapping[str, _Value]:
    return MappingProxyType(dict(sorted(mapping.items())))
