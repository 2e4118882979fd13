"""Match one row after another with its place: by its code, by its names, or by neither, with the reason.

A row is taken only where code and names say one thing; where they differ, where a name is not like
enough or two places are as near, the row is left out and shown with what it might have meant.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from geodata.places import Code, Gazetteer, Match, Place, judge, plain, read_code
from geodata.readers.cells import terms
from geodata.shared import whole
from geodata.words import Field, Fields

PLAUSIBLE = 60.0  # likeness above which a name may be a slip of the place that the code says
SAME = 100.0  # likeness of names that are the same
CANDIDATES = 4  # places named where a name is not taken
DIFFER = "code_name_differ"
NOBODY = "-"  # where no place is like a name


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of a row: its place (None: left out), and the event that says so.

    elsewhere: the row is of this department of the rest of Peru, and is counted, not shown.
    whole: the level of the province, department or country that the row is a total of, counted too.
    otherwise: what becomes of the row where the codes of the file are not to be trusted.
    """

    kind: str
    message: str
    fields: Fields = field(default_factory=dict)
    place: Place | None = None
    how: str | None = None
    score: float | None = None
    elsewhere: str | None = None
    whole: str | None = None
    otherwise: "Placement | None" = None


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says of its place, "" where it says nothing."""

    code: str
    district: str
    province: str
    department: str

    @property
    def written(self) -> str:
        """Return the names as the row writes them, finest first."""
        return ", ".join(text.strip() for text in (self.district, self.province, self.department) if text)


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the place of one row after another, by the same rules."""

    gazetteer: Gazetteer
    coding: str
    accept: float
    levels: tuple[str, ...]
    judged: dict[tuple[str, str], Match] = field(default_factory=dict)  # by plain name and where it was sought

    def find(self, row: Row) -> Placement:
        """Return what becomes of a row: by its code where it has one, by its names otherwise."""
        if _is_country(row):
            return _left("other_level", written=row.written or row.code, place="Perú", whole="country")
        if not row.code:
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

    def _by_code(self, row: Row, code: Code) -> Placement:
        place = self.gazetteer.at(code.place, self.coding)
        if place is None or not place.inside:
            return self._not_ours(row, code.place)
        in_province = row.district and place.level == "province" and "district" in self.levels
        # 010100 beside the name of the province is its total, and not the district of that name
        if in_province and not (code.is_total and plain(row.district) in place.names):
            return self._in_scope(row, place.code, None)
        if place.level not in self.levels:
            return self._whole(row, place)
        differing = self._differs(row, place)
        if differing:
            return differing
        score = self._agreement(row, place)
        return self._taken_by_code(row, code, place, score)

    def _taken_by_code(self, row: Row, code: Code, place: Place, score: float) -> Placement:
        fields = {"code": place.code, "place": self._label(place), "written": row.code.strip()}
        if score < self.accept:
            return Placement(
                "matched_code",
                "places.code_name_unlike",
                fields | {"name": self._name(row, place)},
                place,
                "later" if place.later else self._how(code),
                score,
            )
        if code.repaired:
            return Placement(
                "repaired", "places.repaired_code", fields, place, "later" if place.later else self._how(code), score
            )
        if place.later:
            return Placement("matched_code", "places.later", fields | self._change(place), place, "later", score)
        message = "places.matched_reniec" if self.coding == "reniec" else "places.matched_code"
        return Placement("matched_code", message, fields, place, self._how(code), score)

    def _how(self, code: Code) -> str:
        return "repaired_code" if code.repaired else "reniec" if self.coding == "reniec" else "code"

    def _not_ours(self, row: Row, digits: str) -> Placement:
        """Return why a code is left out: of the rest of Peru, or of no division."""
        away = self.gazetteer.elsewhere(digits, self.coding)
        if away is None:
            unknown = _left("unknown_code", code=row.code.strip(), written=row.written)
            named = self._named_exactly(row)
            return unknown if named is None else replace(named, otherwise=unknown)
        province = self._whole_name(row.province, self.gazetteer.provinces)
        department = self._whole_name(row.department, self.gazetteer.departments)
        meant = department if province is None else province
        if meant is not None and meant.inside:  # a code of Cusco beside "Moyobamba, San Martín"
            return _left(
                DIFFER, code=row.code.strip(), place=away.name, written=row.written, candidates=self._label(meant)
            )
        return Placement("left_out", "places.other_departments", elsewhere=away.name)

    def _named_exactly(self, row: Row) -> Placement | None:
        """Return the one district whose name, province and department a row writes letter for letter.

        The code may be newer than the tables of codes; a name that is only like one proves nothing then.
        """
        department = self._whole_name(row.department, self.gazetteer.departments)
        province = self._whole_name(row.province, self.gazetteer.provinces)
        if not row.district or "district" not in self.levels or department is None or not department.inside:
            return None
        if row.province and (province is None or province.code[:2] != department.code):
            return None
        scope = self.gazetteer.scope(province.code if province else None, department.code)
        same = [place for place in scope if place.names[0] == plain(row.district)]
        if len(same) != 1:
            return None
        place = same[0]
        fields = {"code": row.code.strip(), "place": self._label(place)}
        how = "later" if place.later else "name"
        return Placement("matched_name", "places.unknown_code_named", fields, place, how, SAME)

    def _differs(self, row: Row, place: Place) -> Placement | None:
        """Return why a row is not taken whose names say another place than its code."""
        written = self._name(row, place)
        province = self._whole_name(row.province, self.gazetteer.provinces) if place.level == "district" else None
        department = self._whole_name(row.department, self.gazetteer.departments)
        apart = (province is not None and province.code not in self._provinces_of(place)) or (
            department is not None and department.code != place.code[:2]
        )
        if not apart and (not written or self._is_plausible(written, place)):
            return None
        return _left(
            DIFFER,
            code=row.code.strip(),
            place=self._label(place),
            written=row.written,
            candidates=self._labels(self._meant(row, province)),
        )

    def _meant(self, row: Row, province: Place | None) -> tuple[Place, ...]:
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
        """Tell whether a name may be the place's.

        It may where no other place is liker, and it is like enough or liker than any other near by.
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
        return near.found is not None and near.found.code == place.code

    def _peers(self, place: Place) -> list[Place]:
        whole = self.gazetteer.provinces if place.level == "province" else self.gazetteer.departments
        return list(whole.values())

    def _agreement(self, row: Row, place: Place) -> float:
        written = self._name(row, place)
        match = judge(plain(written), [place]) if written else Match("none")
        return 100.0 if match.outcome == "none" else match.score

    @staticmethod
    def _name(row: Row, place: Place) -> str:
        return getattr(row, place.level)

    def _provinces_of(self, place: Place) -> set[str]:
        """Return the province of a district, and the ones it was or came to be in."""
        change = self.gazetteer.later.get(place.code)
        own = {place.code[:4]} | {parent[:4] for parent in (change.parents if change else ())}
        return own | {c.code[:4] for c in self.gazetteer.changes if c.replaces == place.code}

    @staticmethod
    def _whole_name(text: str, places: Mapping[str, Place]) -> Place | None:
        """Return the province or department of Peru whose name this is, letter for letter."""
        name = plain(text)
        same = [place for place in places.values() if name in place.names]
        return same[0] if len(same) == 1 else None

    def _whole(self, row: Row, place: Place) -> Placement:
        """Return that a row is of a place of another level; a total is told with its like."""
        written = row.written or row.code.strip()
        level = None if place.level == "district" else place.level
        return _left("other_level", written=written, place=self._label(place), whole=level)

    # names

    def _by_name(self, row: Row) -> Placement:
        department = self._department(row)
        if isinstance(department, Placement):
            return department
        province = self._province(row, department)
        if isinstance(province, Placement):
            return province
        if row.district:
            if "district" not in self.levels:
                return _left("other_level", written=row.written, place=row.district.strip())
            return self._in_scope(row, province.code if province else None, department.code if department else None)
        place = province or department
        if place is None:
            return _left("no_place")
        if place.level not in self.levels:
            return self._whole(row, place)
        score = judge(plain(self._name(row, place)), [place]).score
        return self._taken_by_name(row, place, score, False)

    def _department(self, row: Row) -> Place | Placement | None:
        """Return the department that a row names; None where it names none or none that Peru has."""
        if not row.department:
            return None
        match = self.gazetteer.match_department(row.department, self.accept)
        found = match.found
        if found is None:
            away = self._all_away(plain(row.department))
            if away is not None:
                return Placement("left_out", "places.other_departments", elsewhere=away.name)
            return None if row.province else _left("unknown_department", written=row.written)
        if found.inside:
            return found
        province = self._whole_name(row.province, self.gazetteer.provinces)
        if province is not None and province.inside:
            return _left("names_differ", written=row.written)
        return Placement("left_out", "places.other_departments", elsewhere=found.name)

    def _all_away(self, name: str) -> Place | None:
        """Return a department of the rest of Peru that a text names with others ("LIMA Y CALLAO")."""
        named = [d for d in self.gazetteer.departments.values() if f" {d.names[0]} " in f" {name} "]
        return named[0] if named and not any(d.inside for d in named) else None

    def _province(self, row: Row, department: Place | None) -> Place | Placement | None:
        """Return the province that a row names; None where it names none."""
        if not row.province:
            return None
        match = self.gazetteer.match_province(row.province, department.code if department else None, self.accept)
        if match.found is not None:
            if match.found.inside:
                return match.found
            name = self.gazetteer.departments[match.found.code[:2]].name
            return Placement("left_out", "places.other_departments", elsewhere=name)
        return _left(
            "unknown_province", written=row.written, alike=whole(match.score), candidates=self._labels(match.rivals)
        )

    def _in_scope(self, row: Row, province: str | None, department: str | None) -> Placement:
        """Return the district that a name means in a province, a department, or the five."""
        match = self.gazetteer.match_district(row.district, province, department, self.accept)
        fields: dict[str, Field] = {
            "written": row.written, "candidates": self._labels(match.rivals), "alike": whole(match.score)
        }  # fmt: skip
        if match.place is None:
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

    def _taken_by_name(self, row: Row, place: Place, score: float, capital: bool) -> Placement:
        fields = {"code": place.code, "place": self._label(place), "written": row.written, "alike": whole(score)}
        if place.later:
            return Placement("matched_name", "places.later", fields | self._change(place), place, "later", score)
        message = "places.matched_capital" if capital else "places.matched_name"
        return Placement("matched_name", message, fields, place, "name", score)

    # words

    def _label(self, place: Place) -> str:
        return self.gazetteer.label(place.code)

    def _labels(self, places: tuple[Place, ...]) -> str:
        more = "; ..." if len(places) > CANDIDATES else ""
        return "; ".join(self._label(place) for place in places[:CANDIDATES]) + more or NOBODY

    def _change(self, place: Place) -> dict[str, Field]:
        change = self.gazetteer.later[place.code]
        parents = [self.gazetteer.districts.get(p) or self.gazetteer.provinces[p] for p in change.parents]
        return {"year": change.year, "parents": self._labels(tuple(parents))}


def _is_country(row: Row) -> bool:
    """Tell whether a row is a total of all Peru: by a code of zeros, or by nothing but such words."""
    code = read_code(row.code) if row.code else None
    named = [plain(text) for text in (row.district, row.province, row.department) if text]
    words = terms("totals")
    if code is None and not named:
        return False
    return (code is None or not int(code.digits)) and all(name.lower() in words for name in named)


def _left(message: str, whole: str | None = None, **fields: Field) -> Placement:
    return Placement("left_out", f"places.{message}", fields, whole=whole)
