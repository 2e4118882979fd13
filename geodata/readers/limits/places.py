"""Find which district each shape is: by its code, or by its name inside its province.

Where a file gives neither code nor province, the capitals that lie inside a shape tell the province.
Capitals also bear out what codes and names say: codes of another numbering, shifted rows or a wrong
coordinate system all put capitals outside their districts.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely

from geodata.geometry import projection
from geodata.places import CODINGS, Gazetteer, plain, read_code
from geodata.readers.locating import PlaceColumns, code_texts, locate
from geodata.reports import Report, spans

# a capital this near to its district is as good as inside: river banks and rounding move it so far
NEAR_M = 5_000.0
# where only a name tells: a capital of that name no further than this from the shape is its own
SAME_NAME_M = 20_000.0
NEARLY_ALL = 0.8
BORNE_OUT = 0.5  # of the capitals must be inside or near, or the file is about something else
PROVINCE = "\0province"  # no file can name a column so


@dataclass(frozen=True, eq=False)
class Capitals:
    """Where the capitals of a territory are: codes, and points in metres with an index of them."""

    ubigeos: np.ndarray
    points: np.ndarray
    tree: shapely.STRtree

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> "Capitals":
        """Return the capitals of all districts of a gazetteer's territory."""
        districts = gazetteer.territory.districts.values()
        degrees = shapely.points([(d.capital_lon, d.capital_lat) for d in districts])
        points = projection.to_metres(degrees)
        return cls(np.array([d.ubigeo for d in districts], dtype=object), points, shapely.STRtree(points))

    def near(self, shapes: np.ndarray, metres: float = 0.0) -> list[list[str]]:
        """Return the districts whose capital lies in each shape, or within some metres of it."""
        found: list[list[str]] = [[] for _ in shapes]
        for i, j in self.tree.query(shapes, predicate="dwithin", distance=metres).T:
            found[i].append(self.ubigeos[j])
        return found

    def far_from(self, shapes: dict[str, shapely.Geometry]) -> dict[str, float]:
        """Return the districts whose capital is not in or near their shape, and the km between them."""
        known = [i for i, ubigeo in enumerate(self.ubigeos) if ubigeo in shapes]
        own = np.array([shapes[self.ubigeos[i]] for i in known], dtype=object)
        metres = shapely.distance(own, self.points[known])
        return {self.ubigeos[i]: float(m) / 1000 for i, m in zip(known, metres, strict=True) if m > NEAR_M}


def coding_by_capitals(
    frame: pd.DataFrame, shapes: np.ndarray, columns: PlaceColumns, gazetteer: Gazetteer
) -> str | None:
    """Return whose codes a file without names uses, as its capitals tell; None where they do not.

    The numbering in which nearly all capitals lie in or near the shape of their code, where the other
    one puts hardly any there. shapes: metres.
    """
    near = Capitals.of(gazetteer).near(shapes, NEAR_M)
    codes = [read_code(text) if isinstance(text, str) else None for text in code_texts(frame, columns)]
    right = dict.fromkeys(CODINGS, 0)
    known = dict.fromkeys(CODINGS, 0)
    for code, around in zip(codes, near, strict=True):
        for coding in CODINGS:
            if code is None:
                break
            place = gazetteer.at(code.digits, coding)
            if place is not None and place.code in gazetteer.territory.districts:
                known[coding] += 1
                right[coding] += place.code in around
    shares = {coding: right[coding] / known[coding] if known[coding] else 0.0 for coding in CODINGS}
    best, other = sorted(CODINGS, key=shares.__getitem__, reverse=True)
    return best if shares[best] >= NEARLY_ALL and shares[other] < BORNE_OUT else None


def locate_shapes(
    frame: pd.DataFrame, shapes: np.ndarray, columns: PlaceColumns, gazetteer: Gazetteer, coding: str,
    accept: float, report: Report,
) -> pd.Series:  # fmt: skip
    """Return the code of each row's district (of 2012 or later), NA where it is none of ours.

    frame: text by row number. shapes: metres, one a row, None where there is none. Rows of other
    departments are counted in one event; every other row that finds no district has one of its own.
    """
    outside = _of_other_departments(frame, columns, gazetteer, coding)
    names, taken = frame, ~outside
    if (unplaced := _unplaced(frame, columns, outside)).any():
        provinces, strangers = _by_capitals(frame, shapes, columns, gazetteer, unplaced)
        outside |= strangers
        names = frame.assign(**{PROVINCE: provinces})
        if columns.province is not None:
            names[PROVINCE] = names[PROVINCE].fillna(frame[columns.province])
        columns = replace(columns, province=PROVINCE)
        report.add("note", "limits.note.province_by_capital", shapes=int(provinces.notna().sum()))
        lost = unplaced & ~strangers & provinces.isna()
        for row in frame.index[lost]:
            name = _name(frame, columns, row)
            report.add("left_out", "limits.left_out.no_capital", row, name=name or "–", km=SAME_NAME_M / 1000)
        taken = ~outside & ~lost
    if outside.any():
        numbers = spans(int(row) for row in frame.index[outside])
        report.add("left_out", "limits.left_out.other_departments", shapes=int(outside.sum()), numbers=numbers)
    return locate(names[taken], columns, gazetteer, coding, report, accept)["place"].reindex(frame.index)


def _name(frame: pd.DataFrame, columns: PlaceColumns, row: int) -> str:
    text = frame.at[row, columns.district] if columns.district else None
    return text if isinstance(text, str) else ""


def _of_other_departments(frame: pd.DataFrame, columns: PlaceColumns, gazetteer: Gazetteer, coding: str) -> pd.Series:
    """Tell which rows name, by code or else by department, a part of Peru that is not ours."""

    def elsewhere(text: object) -> bool | None:
        code = read_code(text) if isinstance(text, str) else None
        return None if code is None else gazetteer.elsewhere(code.digits, coding) is not None

    by_code = code_texts(frame, columns).map(elsewhere)
    if columns.department is None:
        return by_code.eq(True)
    names = {text: gazetteer.match_department(text) for text in frame[columns.department].dropna().unique()}
    strange = {text for text, m in names.items() if m.found is not None and not m.found.inside}
    return by_code.where(by_code.notna(), frame[columns.department].isin(strange)).eq(True)


def _unplaced(frame: pd.DataFrame, columns: PlaceColumns, outside: pd.Series) -> pd.Series:
    """Tell which rows have neither a code nor a province, so that a name alone would have to do."""
    codes = code_texts(frame, columns).map(lambda text: isinstance(text, str) and read_code(text) is not None)
    named = pd.Series(False, frame.index) if columns.province is None else frame[columns.province].notna()
    return ~(codes.eq(True) | named | outside)


def _by_capitals(
    frame: pd.DataFrame, shapes: np.ndarray, columns: PlaceColumns, gazetteer: Gazetteer, unplaced: pd.Series
) -> tuple[pd.Series, pd.Series]:
    """Return the province of each row as the capitals in its shape tell it, and which rows are not ours.

    Where no capital lies inside, one of the same name not far away tells it too. A shape that is far
    from every capital of ours, or that has none inside and another name, is of another department;
    one that bears a name of ours stays without a province.
    """
    provinces = pd.Series(np.nan, frame.index, dtype=object)
    strangers = pd.Series(False, frame.index)
    capitals = Capitals.of(gazetteer)
    chosen = shapes[np.flatnonzero(unplaced.to_numpy())]
    around = zip(frame.index[unplaced], capitals.near(chosen), capitals.near(chosen, SAME_NAME_M), strict=True)
    for row, inside, near in around:
        name = plain(_name(frame, columns, row))
        same = [u for u in near if name in gazetteer.districts[u].names]
        found = {u[:4] for u in ([u for u in same if u in inside] or inside or same)}
        if len(found) == 1:
            provinces[row] = gazetteer.provinces[found.pop()].name
        alike = gazetteer.match_district(name).outcome in ("found", "ambiguous")
        strangers[row] = not near or (not found and not alike)
    return provinces, strangers
