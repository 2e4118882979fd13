"""Put the rows of a table of conflicts together: one entry a case, one row a place."""

import re

import geopandas as gpd
import pandas as pd

from geodata.model import Dataset
from geodata.places import Gazetteer, to_2012
from geodata.readers.cells import parse_numbers, plain, terms
from geodata.readers.locating import LEVELS, PlaceColumns, locate
from geodata.readers.shared import Draft
from geodata.reports import Report
from geodata.words import Field

CASE_COLUMNS = [
    "case_id", "name", "type", "state", "state_basis", "first_reported", "first_reported_basis", "last_reported",
    "source", "confidence",
]  # fmt: skip
NAMELESS = "caso"  # the code of a case whose name has neither letters nor figures
MAX_NAME = 300
MAX_ID = 80
SHOWN = 60
AXES = ("lon", "lat")
PERU = (-82.0, -19.0, -68.0, 1.0)  # degrees: west, south, east, north, rounded outwards
SWAPPED = 0.8  # share of the points that must be in Peru with longitude and latitude exchanged
CODE = "\0code"  # a column of our own, which no file can have
_APART = re.compile(r"\s*[;/|\n]\s*|\s*,\s*|\s+[ye]\s+(?=[A-ZÁÉÍÓÚÑ])")
_CODES = re.compile(r"\s*[;,/|\s]\s*")
_BASES = ("read", "estimated")


def ids(lines: pd.DataFrame) -> pd.Series:
    """Return a code for each row's case: the file's own, or made of its name; the same for the same case.

    A bare number says nothing beyond its file, where another file may have it too: the name goes before it.
    """
    own = lines["case"].fillna(lines["name"])
    first = lines.groupby(own)["name"].first()
    whole = own.where(~own.str.fullmatch(r"[\d\W]*"), own.map(first) + " " + own)
    return whole.map(lambda text: _slug(text) or NAMELESS).rename("case_id")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")[:MAX_ID].strip("-")


def gather(lines: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Return one row a case: the span of its dates, its latest state. Rows that contradict each other are faults."""
    found, several = [], 0
    for case_id, group in lines.groupby("case_id", sort=False):
        several += len(group) > 1
        when = group["last"].fillna(group["first"]).fillna("")
        dated = group.assign(_when=when).sort_values(["_when", "row"], kind="stable")
        _tell_differing(report, case_id, dated.drop_duplicates("type"), "type")
        latest = dated[dated["_when"] == dated["_when"].iloc[-1]]
        _tell_differing(report, case_id, latest.drop_duplicates("state"), "state")
        first, last = group["first"].dropna().min(), group["last"].dropna().max()
        if isinstance(first, str) and isinstance(last, str) and first[: len(last)] > last[: len(first)]:
            report.add("fault", "tables.fault.backwards", int(group["row"].iloc[0]), name=group["name"].iloc[0],
                       first=first, last=last)  # fmt: skip
        head = dated.iloc[-1]
        found.append({
            "case_id": case_id, "name": group["name"].iloc[0], "type": head["type"], "state": head["state"],
            "state_basis": _basis(head["state_basis"]), "first_reported": first,
            "first_reported_basis": _basis(group["first_basis"].iloc[0]) if isinstance(first, str) else None,
            "last_reported": last, "source": head["source"], "confidence": head["confidence"],
            "row": group["row"].iloc[0],
        })  # fmt: skip
    if several:
        report.add("note", "tables.note.case_lines", cases=several)
    table = pd.DataFrame(found, columns=[*CASE_COLUMNS, "row"])
    return table.astype(dict.fromkeys(CASE_COLUMNS, "str"))


def _basis(text: object) -> str:
    """Return on what a state or date rests; a register that says nothing of it was read."""
    return text if text in _BASES else _BASES[0]


def _tell_differing(report: Report, case_id: str, rows: pd.DataFrame, column: str) -> None:
    if len(rows) > 1:
        first, second = rows.iloc[0], rows.iloc[1]
        report.add(
            "fault", "tables.fault.case_differs", int(second["row"]), case=case_id, column=column,
            first=int(first["row"]), second=int(second["row"]), first_text=first[column], second_text=second[column],
        )  # fmt: skip


def places_of(one: Draft, rows: pd.Index, base: Dataset, report: Report) -> pd.DataFrame:
    """Return the places of each row (index: row, repeated where it has several): place_code, NA where none.

    A place made after 2012 becomes the one of 2012 it lies in. Coordinates say the district where the
    row names none, or a place that holds it.
    """
    frame, columns = _one_code(one)
    frame = _exploded(frame.loc[rows], columns)
    names = (columns.ubigeo, *(columns.parts or ()), columns.district, columns.province, columns.department)
    named = [column for column in names if column is not None]
    said = frame[named].notna().any(axis=1) if named else pd.Series(False, frame.index)
    codes = pd.Series(None, frame.index, dtype="str")
    if said.any():
        coding = one.options.get("coding", "inei")  # without codes in the file it makes no difference
        found = locate(frame[said], columns, Gazetteer.of(base), coding, report, levels=LEVELS)
        codes[said] = found["place"].to_numpy()
    codes = [None if pd.isna(code) else _settled(code, base) for code in codes]
    points = _points(one, base, rows, report).reindex(frame.index)
    finer = [
        _by_point(int(row), code, bool(is_named), point, base, report)
        for row, code, is_named, point in zip(frame.index, codes, said, points.itertuples(index=False), strict=True)
    ]
    return pd.DataFrame({"place_code": pd.Series(finer, frame.index, dtype="str")})


def _by_point(row: int, code: str | None, is_named: bool, point: tuple, base: Dataset, report: Report) -> str | None:
    """Return the district that holds a point, where it makes the place finer; else the place as it is.

    A row whose named place was left out stays so: its names and its point may not be of one place.
    """
    lon, lat, district = point
    if pd.isna(lon) or pd.isna(lat):
        return code
    fields: dict[str, Field] = {"lon": float(lon), "lat": float(lat)}
    if is_named and code is None:
        report.add("note", "places.point.unused", row, **fields)
        return code
    if pd.isna(district):
        if code is None:
            report.add("left_out", "tables.left_out.outside", row, **fields)
        else:
            report.add("note", "places.point.outside", row, **fields)
        return code
    if code is not None and not district.startswith(code):
        label = Gazetteer.of(base).label
        report.add("note", "places.point.elsewhere", row, place=label(code), other=label(district), **fields)
        return code
    if code is not None and len(code) == 6:
        return code
    report.add("note", "tables.note.by_point" if base.limits_official else "tables.note.approximate", row, district)
    return district


def _settled(code: str, base: Dataset) -> str | None:
    """Return the place of 2012; of a district made from several, the province that holds them all."""
    old = to_2012(code)
    if old is None:
        return code[:4] if code[:4] in base.territory.provinces else code[:2]
    return old


def _one_code(one: Draft) -> tuple[pd.DataFrame, PlaceColumns]:
    """Return the frame with one column of codes, where the file keeps them in a column a level."""
    frame, columns = one.sheet.frame, one.places
    names = terms("place_code_columns")
    by_level: dict[str, str] = {}
    for column in frame.columns:
        level = names.get(plain(column))
        if level and frame[column].dropna().str.fullmatch(r"\d{1,6}").all():
            by_level.setdefault(level, column)
    if columns.ubigeo is not None:
        by_level["district"] = columns.ubigeo
    if len(by_level) < 2:
        return frame, columns
    code = pd.Series(float("nan"), frame.index).astype("str")
    for level, digits in (("district", 6), ("province", 4), ("department", 2)):
        if level in by_level:
            code = code.fillna(frame[by_level[level]].str.zfill(digits))
    names_of = {level: getattr(columns, level) for level in LEVELS}
    keep = {level: None if column in by_level.values() else column for level, column in names_of.items()}
    return frame.assign(**{CODE: code}), PlaceColumns(ubigeo=CODE, parts=None, **keep)


def _exploded(frame: pd.DataFrame, columns: PlaceColumns) -> pd.DataFrame:
    """Return a row for each place that a cell lists ("Lamas; Rioja"), under the row's own number."""
    for column, apart in ((columns.ubigeo, _CODES), (columns.district, _APART)):
        if column is not None:
            split = [None if pd.isna(text) else [part for part in apart.split(text) if part] for text in frame[column]]
            frame = frame.assign(**{column: split}).explode(column)
            frame[column] = frame[column].astype("str")
    return frame


def _points(one: Draft, base: Dataset, rows: pd.Index, report: Report) -> pd.DataFrame:
    """Return lon, lat (degrees, WGS 84) and the district that holds them, by row.

    What cannot be read as a number is told. Where hardly a point is in Peru, but nearly all are with
    longitude and latitude exchanged, they are exchanged back, and that is told.
    """
    blank = pd.DataFrame({"lon": float("nan"), "lat": float("nan"), "ubigeo": pd.NA}, index=one.sheet.frame.index)
    if one.column("lon") is None or one.column("lat") is None:
        return blank
    points = blank.loc[rows]
    for role in AXES:
        points[role] = _degrees(one.texts(role).loc[rows], one.column(role), report)
    for alone, other in (AXES, AXES[::-1]):
        for row in rows[points[alone].notna() & points[other].isna() & one.texts(other).loc[rows].isna()]:
            report.add("note", "places.point.half", int(row), column=one.column(other))
    known = points.dropna(subset=list(AXES))
    as_is, exchanged = _within(known["lon"], known["lat"]), _within(known["lat"], known["lon"])
    if as_is < 1 - SWAPPED and exchanged > SWAPPED:  # neither, where there are no points
        report.add("repaired", "places.point.swapped", points=len(known))
        points[list(AXES)] = points[["lat", "lon"]].to_numpy()
        known = points.dropna(subset=list(AXES))
    shapes = base.limits[~(base.limits.geometry.isna() | base.limits.geometry.is_empty)]
    where = gpd.GeoDataFrame(geometry=gpd.points_from_xy(known["lon"], known["lat"]), index=known.index, crs=shapes.crs)
    held = gpd.sjoin(where, shapes[["geometry"]], predicate="intersects")
    # a point on a border lies in two districts: the one of the smaller code, whoever runs this
    found = held.reset_index(names="row").sort_values(["row", "ubigeo"]).drop_duplicates("row").set_index("row")
    points["ubigeo"] = found["ubigeo"].reindex(points.index)
    return points


def _degrees(texts: pd.Series, column: str | None, report: Report) -> pd.Series:
    """Return degrees, read with a point or else with a comma: no degree of Peru has thousands."""
    found = parse_numbers(texts, ".")
    values = found.values.where(~texts.astype("str").str.contains(",").eq(True))
    values = values.fillna(parse_numbers(texts, ",").values.where(~texts.astype("str").str.contains(r"\.").eq(True)))
    blank = texts.isna() | texts.index.isin(found.unknown.index)  # "S.I." says that it is not known
    for row in texts.index[~blank & values.isna()]:
        report.add("note", "places.point.unreadable", int(row), text=texts[row][:SHOWN], column=column)
    return values


def _within(lon: pd.Series, lat: pd.Series) -> float:
    """Return the share of points that lie in or near Peru."""
    west, south, east, north = PERU
    return float((lon.between(west, east) & lat.between(south, north)).mean())
