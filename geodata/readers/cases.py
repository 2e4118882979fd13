"""Put the rows of a table of conflicts together: one entry a case, one row a place."""

import re

import geopandas as gpd
import pandas as pd

from geodata.dataset import Dataset
from geodata.division import to_2012
from geodata.gazetteer import Gazetteer
from geodata.readers.events import Draft
from geodata.readers.numbers import parse_numbers
from geodata.readers.places import LEVELS, PlaceColumns, locate
from geodata.readers.vocabulary import plain, terms
from geodata.report import Report

CASE_COLUMNS = [
    "case_id", "name", "type", "state", "state_basis", "first_reported", "first_reported_basis", "last_reported",
    "source", "confidence",
]  # fmt: skip
NAMELESS = "caso"  # the code of a case whose name has neither letters nor figures
MAX_NAME = 300
MAX_ID = 80
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
    points = _points(one, base).reindex(frame.index)
    finer = [
        _by_point(int(row), code, bool(told), point, base, report)
        for row, code, told, point in zip(frame.index, codes, said, points.itertuples(index=False), strict=True)
    ]
    return pd.DataFrame({"place_code": pd.Series(finer, frame.index, dtype="str")})


def _by_point(row: int, code: str | None, told: bool, point: tuple, base: Dataset, report: Report) -> str | None:
    """Return the district that holds a point, where it makes the place finer; else the place as it is.

    A row whose named place was left out stays so: its names and its point may not be of one place.
    """
    lon, lat, district = point
    if pd.isna(lon) or pd.isna(lat) or (told and (code is None or len(code) == 6)):
        return code
    if pd.isna(district):
        if code is None:
            report.add("left_out", "tables.left_out.outside", row, lon=float(lon), lat=float(lat))
        return code
    if code is not None and not district.startswith(code):
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
    by_level = {}
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


def _points(one: Draft, base: Dataset) -> pd.DataFrame:
    """Return lon, lat (degrees, WGS 84) and the district that holds them, by row."""
    blank = pd.DataFrame({"lon": float("nan"), "lat": float("nan"), "ubigeo": pd.NA}, index=one.sheet.frame.index)
    lon, lat = one.texts("lon"), one.texts("lat")
    if lon is None or lat is None:
        return blank
    points = blank.assign(lon=parse_numbers(lon, ".").values, lat=parse_numbers(lat, ".").values)
    known = points.dropna(subset=["lon", "lat"])
    shapes = base.limits[~(base.limits.geometry.isna() | base.limits.geometry.is_empty)]
    where = gpd.GeoDataFrame(geometry=gpd.points_from_xy(known["lon"], known["lat"]), index=known.index, crs=shapes.crs)
    held = gpd.sjoin(where, shapes[["geometry"]], predicate="intersects")
    # a point on a border lies in two districts: the one of the smaller code, whoever runs this
    found = held.reset_index(names="row").sort_values(["row", "ubigeo"]).drop_duplicates("row").set_index("row")
    points["ubigeo"] = found["ubigeo"].reindex(points.index)
    return points
