"""Lay candidates and their districts out as frames, with limits notice and sources, and write those as GeoJSON and CSV.

Frames have columns of one name in every language; they are put into the reader's words when they are written. In CSV
a column has its heading, in GeoJSON the same in letters that every GIS takes.
"""

import json
from collections.abc import Collection, Mapping, Sequence

import geopandas as gpd
import pandas as pd

from dashboard.clusters.measures import MEASURES, Figure, measure_all, year_text
from dashboard.clusters.model import COMPLETE, SERVICES, Candidate, Period, codes
from dashboard.clusters.writing.columns import Column, codebook, described_column, measure_column, years
from dashboard.clusters.writing.wording import Say, joined
from geodata.model import Dataset

SEPARATOR = "; "
# of every CSV that is handed out, whatever the language: a mark that says UTF-8, which spreadsheets need to read
# accents; commas between, points in numbers
CSV_ENCODING, CSV_LINES = "utf-8-sig", "\r\n"
BEFORE = ("name", "number", "code", "phase", "state", "services", "note", "ubigeos", "districts")
AFTER = ("partly_known", "conflict_years", "hazard_years", "limits_notice", "sources")
DISTRICT = ("candidate", "code", "ubigeo", "district", "province", "department", "capital", "area_km2", "limits_notice")
MOST_NAMED = 8  # districts without limits that a notice names; of more it gives the number
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_geodataframe(
    candidates: Sequence[Candidate],
    dataset: Dataset,
    say: Say,
    conflict_period: Period = None,
    hazard_period: Period = COMPLETE,
) -> gpd.GeoDataFrame:
    """Return one row a candidate: dissolved limits (EPSG:4326), what it is, and all measures.

    Columns of measures carry their unit; a measure that is unknown is empty, and `partly_known` names
    those known for some of the districts only. Districts without limits add nothing to the shape, and
    `limits_notice` names them. Raises UnknownUbigeo.
    """
    rows = [_row(c, dataset, say, conflict_period, hazard_period) for c in candidates]
    shapes = [dataset.limits.loc[sorted(c.ubigeos), "geometry"].dropna().union_all() for c in candidates]
    table = pd.DataFrame(rows, columns=[*BEFORE, *(m.column for m in MEASURES.values()), *AFTER])
    if not rows:  # then nothing tells what they hold
        table = table.astype({m.column: float for m in MEASURES.values()} | {"phase": int})
    frame = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(shapes, crs=dataset.limits.crs), crs=dataset.limits.crs)
    return frame.astype({"number": "Int64"})  # whole where it is known


def districts_geodataframe(candidates: Sequence[Candidate], dataset: Dataset, say: Say) -> gpd.GeoDataFrame:
    """Return one row for each district of each candidate, with its own limits (EPSG:4326).

    A district without limits keeps its row, its geometry is null and the notice names it.
    """
    territory = dataset.territory
    rows, shapes = [], []
    for candidate in candidates:
        for ubigeo in sorted(candidate.ubigeos):
            district = territory.districts[ubigeo]
            rows.append(
                {
                    "candidate": candidate.title,
                    "code": codes.encode(candidate.ubigeos),
                    "ubigeo": ubigeo,
                    "district": district.name,
                    "province": territory.provinces[district.province].name,
                    "department": territory.departments[district.department].name,
                    "capital": district.capital,
                    "area_km2": district.area_km2,
                    "limits_notice": limits_notice(dataset, say),
                }
            )
            shapes.append(dataset.limits.at[ubigeo, "geometry"])
    table = pd.DataFrame(rows, columns=list(DISTRICT))
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(shapes, crs=dataset.limits.crs), crs=dataset.limits.crs)


def candidate_columns(
    dataset: Dataset, say: Say, conflict_period: Period = None, hazard_period: Period = COMPLETE
) -> dict[str, Column]:
    """Return what the columns of :func:`to_geodataframe` are, by name, in their order."""
    measures = {m.column: measure_column(m, dataset, say, conflict_period, hazard_period) for m in MEASURES.values()}
    before, after = ({key: described_column(key, dataset, say) for key in keys} for keys in (BEFORE, AFTER))
    return before | measures | after


def district_columns(dataset: Dataset, say: Say) -> dict[str, Column]:
    """Return what the columns of :func:`districts_geodataframe` are, by name, in their order."""
    keys = {key: key for key in DISTRICT} | {"area_km2": "area"}
    return {name: described_column(key, dataset, say) for name, key in keys.items()}


def geojson_bytes(frame: gpd.GeoDataFrame, columns: Mapping[str, Column], say: Say) -> bytes:
    """Return a frame as GeoJSON in UTF-8, longitude and latitude; `codebook` beside the features says what they hold.

    RFC 7946 (6.1) allows such a member, and readers that do not know it leave it.
    """
    tree = json.loads(_in_fields(frame, columns).to_json(drop_id=True, to_wgs84=True, ensure_ascii=False))
    book = codebook(list(columns.values()), say, [each.field for each in columns.values()])
    tree["codebook"] = book.to_dict("records")
    return json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace")


def _in_fields(frame: gpd.GeoDataFrame, columns: Mapping[str, Column]) -> gpd.GeoDataFrame:
    return frame.rename(columns={name: each.field for name, each in columns.items()})


def csv_bytes(frame: pd.DataFrame, columns: Mapping[str, Column] | None = None) -> bytes:
    """Return a frame without its geometry as CSV, in headings where `columns` gives them.

    Text that a spreadsheet would run as a formula is disarmed.
    """
    table = pd.DataFrame(frame).drop(columns="geometry", errors="ignore")
    if columns is not None:
        table = table.rename(columns={name: each.title for name, each in columns.items()})
    disarmed = table.map(lambda value: disarm(value) if isinstance(value, str) else value)
    text = disarmed.to_csv(index=False, lineterminator=CSV_LINES)
    return text.encode(CSV_ENCODING, "replace")


def disarm(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def limits_notice(dataset: Dataset, say: Say) -> str:
    """Return what to know of the limits drawn: whether they are official, and which districts have none."""
    notice = say("export.limits_official" if dataset.limits_official else "export.limits_sketch")
    missing = dataset.without_limits
    if not missing:
        return notice
    if len(missing) > MOST_NAMED:
        return f"{notice} {say('export.many_without_limits', n=len(missing), total=len(dataset.limits))}"
    names = joined(say, [dataset.territory.districts[ubigeo].name for ubigeo in missing])
    return f"{notice} {say('export.without_limits', names=names)}"


def map_notice(dataset: Dataset, say: Say) -> str:
    """Return what to know of a map: of its limits, and that the rivers on it are not all there are."""
    notice = limits_notice(dataset, say)
    return f"{notice} {say('rivers.notice')}" if dataset.rivers else notice


def sources(dataset: Dataset, say: Say, only: Collection[str] = ()) -> str:
    """Return name and source of every resource of a data set, or only of some by their names, in one line."""
    told = [p for p in dataset.provenance.values() if not only or p.name in only]
    names = [" / ".join(dict.fromkeys((p.title_es, p.title_en))) or say(f"resource.{p.name}") for p in told]
    return SEPARATOR.join(f"{name}: {p.source} ({years(p.years)})" for name, p in zip(names, told, strict=True))


def _row(candidate: Candidate, dataset: Dataset, say: Say, conflict_period: Period, hazard_period: Period) -> dict:
    figures = measure_all(candidate, dataset, conflict_period, hazard_period)
    ubigeos = sorted(candidate.ubigeos)
    return {
        "name": candidate.name,
        "number": candidate.number,
        "code": codes.encode(candidate.ubigeos),
        "phase": candidate.phase,
        "state": say(f"records.state.{candidate.state}"),
        "services": SEPARATOR.join(say(f"service.{s}") for s in SERVICES if s in candidate.services),
        "note": candidate.note,
        "ubigeos": SEPARATOR.join(ubigeos),
        "districts": SEPARATOR.join(dataset.territory.districts[u].name for u in ubigeos),
        **{MEASURES[key].column: figure.value for key, figure in figures.items()},
        "partly_known": SEPARATOR.join(
            f"{say(f'measure.{key}.name')}: {f.n_known}/{f.n_total}" for key, f in figures.items() if _partly(f)
        ),
        "conflict_years": year_text(MEASURES["conflicts_active"], dataset, conflict_period, hazard_period),
        "hazard_years": year_text(MEASURES["emergencies"], dataset, conflict_period, hazard_period),
        "limits_notice": limits_notice(dataset, say),
        "sources": sources(dataset, say),
    }


def _partly(figure: Figure) -> bool:
    return figure.n_known < figure.n_total
