"""Find the columns of a table that say where a row is, by what they hold; headings break ties only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from itertools import product

import pandas as pd

from geodata.model import default
from geodata.places import CODINGS, Gazetteer, Place, plain, read_code

MOST = 0.5  # share of a column's cells that must be what the column is taken for
NEARLY_ALL = 0.9  # the same for a code in three columns, where two digits fit by chance
TRIED = 6  # columns of two digits that are tried for each part
SAMPLED = 2000  # rows that are looked at for a code in three columns
HINT = 0.001  # what a fitting heading adds: it breaks ties, no more
HEADINGS = {
    "ubigeo": re.compile(r"UBIGEO|IDDIST|COD ?DIST|ADM3 ?PCODE|PLACE ?CODE"),
    "district": re.compile(r"DIST|ADM3|SHAPENAME"),
    "province": re.compile(r"PROV|ADM2"),
    "department": re.compile(r"DEP|DPTO|REGION|ADM1"),
}
PARTS = (re.compile(r"CCDD|D(E)?P(A|T)|REGION"), re.compile(r"CCPP|PROV"), re.compile(r"CCDI|DIST"))


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
class _Cells:
    """What a column holds: its distinct texts, and in how many rows each stands."""

    name: str
    position: int
    rows: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.rows.values())

    def share(self, held: Iterable[str]) -> float:
        """Return the share of the filled cells that hold one of some texts."""
        return sum(self.rows[text] for text in held) / self.total if self.total else 0.0

    def hint(self, role: str) -> float:
        return HINT if HEADINGS[role].search(plain(str(self.name))) else 0.0


@cache
def _own() -> Gazetteer:
    return Gazetteer.of(default())


def find_columns(frame: pd.DataFrame, gazetteer: Gazetteer | None = None) -> PlaceColumns:
    """Return which columns of a frame of text (NaN blank) hold codes and names of places.

    A column is a code's where most of its cells are codes that some division has, in INEI's or
    RENIEC's numbering, and one at least is ours; a name's where most of its cells are names of that
    level (for districts: in the rows that are ours). A column that names what the code of its row says,
    level by level, is the districts', whatever else its names may be. gazetteer: of the data set that ships, if None.
    """
    gazetteer = gazetteer or _own()
    cells = [
        _Cells(name, n, frame[name].value_counts().to_dict())
        for n, name in enumerate(frame.columns) if not frame.columns.duplicated(keep=False)[n]
    ]  # fmt: skip
    ubigeo = _best_code(cells, gazetteer, 6)
    parts = None if ubigeo else _parts(frame, cells, gazetteer)
    ubigeo = ubigeo or (None if parts else _best_code(cells, gazetteer, 4))
    left = [c for c in cells if c.name != ubigeo and c.name not in (parts or ())]
    own = _own_name(frame, left, gazetteer, ubigeo) if ubigeo else None
    left = [c for c in left if c.name != own]
    department = _best_name(left, "department", _names(gazetteer.departments.values()))
    left = [c for c in left if c.name != department]
    province = _best_name(left, "province", _names(gazetteer.provinces.values()))
    left = [c for c in left if c.name != province]
    if own is not None:
        return PlaceColumns(ubigeo, parts, own, province, department)
    ours = _our_rows(frame, gazetteer, ubigeo, province, department)
    left = [_Cells(c.name, c.position, frame.loc[ours, c.name].value_counts().to_dict()) for c in left]
    names = {place.names[0] for place in gazetteer.districts.values()}
    return PlaceColumns(ubigeo, parts, _best_name(left, "district", names), province, department)


def is_known(digits: str, gazetteer: Gazetteer) -> bool:
    """Tell whether any division of Peru has a code, in either numbering (districts elsewhere: its province)."""
    return any(gazetteer.at(digits, c) or gazetteer.elsewhere(digits, c) for c in CODINGS)


def _ours(digits: str, gazetteer: Gazetteer) -> bool:
    return any((place := gazetteer.at(digits, c)) is not None and place.inside for c in CODINGS)


def _best_code(cells: list[_Cells], gazetteer: Gazetteer, length: int) -> str | None:
    """Return the column of codes of that length that knows most; shorter ones may stand among them."""
    ranked = []
    for column in cells:
        read = {text: code.digits for text in column.rows if (code := read_code(text))}
        known = {text for text, digits in read.items() if is_known(digits, gazetteer)}
        ours = {read[text] for text in known if _ours(read[text], gazetteer)}
        held = column.share(text for text in known if len(read[text]) == length)
        # two digits alone are a month or a count as well as a department: they only come along
        if ours and column.share(known) >= MOST and held >= MOST / 2:
            rank = (round(column.share(known), 2), len(ours) + 1000 * column.hint("ubigeo"), -column.position)
            ranked.append((*rank, column.name))
    return max(ranked)[-1] if ranked else None


def _parts(frame: pd.DataFrame, cells: list[_Cells], gazetteer: Gazetteer) -> tuple[str, str, str] | None:
    """Return the three columns whose digits make up codes, None where no three do."""
    short = [c for c in cells if c.share(t for t in c.rows if (r := read_code(t)) and len(r.digits) == 2) > NEARLY_ALL]
    if len(short) < 3:
        return None
    likely = [sorted(short, key=partial(_by_heading, part))[:TRIED] for part in PARTS]
    head = frame.iloc[:SAMPLED]
    two = {
        c.name: head[c.name].map(lambda t: code.digits if isinstance(t, str) and (code := read_code(t)) else None)
        for c in short
    }
    ranked = []
    for n, chosen in enumerate(product(*likely)):
        names = (chosen[0].name, chosen[1].name, chosen[2].name)
        if len(set(names)) == 3:
            joined = (two[names[0]] + two[names[1]] + two[names[2]]).dropna()
            codes = joined.value_counts()
            known = sum(rows for code, rows in codes.items() if len(code) == 6 and is_known(code, gazetteer))
            ours = sum(len(code) == 6 and _ours(code, gazetteer) for code in codes.index)
            if ours and known / len(joined) >= NEARLY_ALL:
                ranked.append((round(known / len(joined), 2), ours, -n, names))
    return max(ranked)[-1] if ranked else None


def _by_heading(part: re.Pattern[str], cells: _Cells) -> tuple[bool, int]:
    """Return where a column stands among those that may hold a part of the code: by its heading, then in its order."""
    return not part.search(plain(str(cells.name))), cells.position


def _own_name(frame: pd.DataFrame, cells: list[_Cells], gazetteer: Gazetteer, ubigeo: str) -> str | None:
    """Return the column whose names are those of the districts that the codes beside them say.

    It may name provinces and departments too, in the rows of their totals, and half the names of
    districts are names of provinces somewhere: beside a code, the level is no guess.
    """
    read = {text: code for text in frame[ubigeo].dropna().unique() if (code := read_code(text))}
    district = {text: code.digits for text, code in read.items() if len(code.digits) == 6 and not code.is_total}
    rows = frame[frame[ubigeo].isin(district)]
    names = {
        text: {name for coding in CODINGS if (place := gazetteer.at(digits, coding)) for name in place.names}
        for text, digits in district.items()
    }
    ours = rows[rows[ubigeo].isin([text for text, known in names.items() if known])]
    scored = []
    for cell in cells:
        filled = ours.loc[ours[cell.name].notna(), [ubigeo, cell.name]]
        if len(filled):
            agree = [plain(str(name)) in names[text] for text, name in filled.itertuples(index=False)]
            # nearly every row must have the name: a province's capital bears that of its province
            scored.append((sum(agree) / len(ours) + cell.hint("district"), -cell.position, cell.name))
    return max(scored)[2] if scored and max(scored)[0] >= MOST else None


def _names(places: Iterable[Place]) -> set[str]:
    return {name for place in places for name in place.names}


def _best_name(cells: list[_Cells], role: str, names: set[str]) -> str | None:
    """Return the column whose cells are most often such names; by its heading where none is, mostly."""
    scored = [(c.share(t for t in c.rows if plain(t) in names) + c.hint(role), -c.position, c.name) for c in cells]
    if scored and max(scored)[0] >= MOST:
        return max(scored)[2]
    worded = [c for c in cells if c.hint(role) and c.total and not any(read_code(text) for text in c.rows)]
    return worded[0].name if worded else None


def _our_rows(
    frame: pd.DataFrame, gazetteer: Gazetteer, ubigeo: str | None, province: str | None, department: str | None
) -> pd.Series:
    """Return which rows are of the five departments, by code or else by name; all where none says."""
    if ubigeo:
        read = {text: read_code(text) for text in frame[ubigeo].dropna().unique()}
        ours = {text for text, code in read.items() if code and _ours(code.digits, gazetteer)}
        return frame[ubigeo].isin(ours)
    for column, places in ((province, gazetteer.provinces), (department, gazetteer.departments)):
        if column:
            names = _names(place for place in places.values() if place.inside)
            ours = {text for text in frame[column].dropna().unique() if plain(text) in names}
            return frame[column].isin(ours)
    return pd.Series(True, frame.index)
