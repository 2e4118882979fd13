"""Give candidates away as files: GeoJSON, GeoPackage and CSV, each with its limits notice and sources."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd

from dashboard.clusters.measures import MEASURES, Figure, measure_all, year_text
from dashboard.clusters.model import COMPLETE, SERVICES, Candidate, Period, codes
from dashboard.clusters.writing.wording import Say, joined
from geodata.model import Dataset

SEPARATOR = "; "
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
    return gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries(shapes, crs=dataset.limits.crs), crs=dataset.limits.crs)


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
                    "candidate": candidate.name,
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
    return gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries(shapes, crs=dataset.limits.crs), crs=dataset.limits.crs)


def geojson_bytes(frame: gpd.GeoDataFrame) -> bytes:
    """Return a frame as GeoJSON in UTF-8, longitude and latitude."""
    return frame.to_json(drop_id=True, to_wgs84=True, ensure_ascii=False).encode("utf-8")


def geopackage_bytes(
    candidates: Sequence[Candidate],
    dataset: Dataset,
    say: Say,
    conflict_period: Period = None,
    hazard_period: Period = COMPLETE,
) -> bytes:
    """Return a GeoPackage with the layers `candidates` and `districts`."""
    frame = to_geodataframe(candidates, dataset, say, conflict_period, hazard_period)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "candidates.gpkg"
        frame.to_file(path, layer="candidates", driver="GPKG", engine="pyogrio")
        districts = districts_geodataframe(candidates, dataset, say)
        districts.to_file(path, layer="districts", driver="GPKG", engine="pyogrio")
        return path.read_bytes()


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a frame without its geometry as comma-separated UTF-8.

    With a byte order mark, which spreadsheets need to read accents. Text that a spreadsheet would run as a formula is
    disarmed.
    """
    table = pd.DataFrame(frame).drop(columns="geometry", errors="ignore")
    disarmed = table.map(lambda value: disarm(value) if isinstance(value, str) else value)
    return disarmed.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


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


def sources(dataset: Dataset, say: Say) -> str:
    """Return name and source of every resource of a data set, in one line."""
    return SEPARATOR.join(
        f"{say(f'resource.{p.name}')}: {p.source} ({years(p.years)})" for p in dataset.provenance.values()
    )


def years(value: str | Iterable[int]) -> str:
    """Write the years of a resource, given as text or as a tuple of years: the first and the last."""
    if isinstance(value, str):
        return value
    numbers = sorted(value)
    if not numbers:
        return ""
    return str(numbers[0]) if numbers[0] == numbers[-1] else f"{numbers[0]}–{numbers[-1]}"


def _row(candidate: Candidate, dataset: Dataset, say: Say, conflict_period: Period, hazard_period: Period) -> dict:
    figures = measure_all(candidate, dataset, conflict_period, hazard_period)
    ubigeos = sorted(candidate.ubigeos)
    return {
        "name": candidate.name,
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
