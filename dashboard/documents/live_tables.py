"""Lay out what is read live by programs: districts, proposals and coverage, under names that stay.

The figures are those of the files; the columns keep one name in every language and edition, since programs hold on to
them, and what each is stands in a table of its own. Nothing is told of meetings, nor what people wrote.
"""

from collections.abc import Mapping
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from dashboard.clusters.model import encode
from dashboard.clusters.writing import Column, codebook, described_column, exports, geojson_bytes
from dashboard.documents.candidate_files import of_record, tables
from dashboard.documents.district_table import district_table
from dashboard.documents.place_files import PlaceTable
from dashboard.records.core import Words
from dashboard.records.proposals import Overview
from dashboard.records.tracking import Coverage, Standing
from geodata.model import Dataset

YEAR = "_year"
DISTRICTS, PROPOSALS, COVERAGE = "distritos", "propuestas", "cobertura"
# what people wrote, and what stands in the table of columns
LEFT_OUT = ("note", "sources")
COVERAGE_COLUMNS = (
    "number", "name", "department", "phase", "state", "since", "next", "milestone", "due", "late_days", "code",
    "services", "ubigeos", "districts",
)  # fmt: skip


def live_table(name: str, dataset: Dataset, words: Words, record: Overview, found: Coverage | None) -> PlaceTable:
    """Return one of the tables. record: the proposals that are shown; found: the coverage, where that is asked for.

    Raises KeyError for any other name.
    """
    made = {
        DISTRICTS: lambda: _districts(dataset, words, record),
        PROPOSALS: lambda: _proposals(dataset, words, record),
        COVERAGE: lambda: _coverage(dataset, words, found),
    }[name]()
    columns = {name: column for name, column in made.columns.items() if name not in LEFT_OUT}
    return PlaceTable(made.key, made.frame[[*columns, "geometry"]], columns)


def as_geojson(table: PlaceTable, words: Words) -> bytes:
    """Return a table as GeoJSON, its codebook beside the features."""
    return geojson_bytes(table.frame, _named(table.columns), words.say)


def as_csv(table: PlaceTable) -> bytes:
    """Return a table as CSV, without its limits."""
    return exports.csv_bytes(table.frame, _named(table.columns))


def columns_csv(told: Mapping[str, PlaceTable], words: Words) -> bytes:
    """Return what the columns of all tables are, by the names of their addresses."""
    book = [replace(column, table=name) for name, table in told.items() for column in table.columns.values()]
    names = [column for table in told.values() for column in table.columns]
    return exports.csv_bytes(codebook(book, words.say, names))


def _named(columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return the columns under the names that stay; what they are called in words leads what they are."""
    return {name: replace(each, title=name, about=f"{each.title}. {each.about}") for name, each in columns.items()}


def _districts(dataset: Dataset, words: Words, record: Overview) -> PlaceTable:
    """A column more for each indicator: the year that its figures are of, which a file has in its heading."""
    table, say = district_table(dataset, words.language, record), words.say
    years = {f"{i}{YEAR}": dataset.latest_year(i) for i in dataset.catalog.index}
    more = pd.DataFrame(years, index=table.frame.index)
    plain = pd.concat([table.frame.drop(columns="geometry"), more], axis=1)
    frame = gpd.GeoDataFrame(plain, geometry=table.frame.geometry, crs=table.frame.crs)
    of_year = {
        f"{i}{YEAR}": replace(
            described_column("year", dataset, say, say("column.year_of", label=row[f"label_{words.language}"])),
            source=row["source"], years=str(dataset.latest_year(i)),
        )
        for i, row in dataset.catalog.iterrows()
    }  # fmt: skip
    return PlaceTable(table.key, frame, {**table.columns, **of_year})


def _proposals(dataset: Dataset, words: Words, record: Overview) -> PlaceTable:
    return tables(of_record(record, dataset), dataset, words.say)[0]


def _coverage(dataset: Dataset, words: Words, found: Coverage | None) -> PlaceTable:
    """A row for each cluster and proposal: where it stands, what comes next and how late that is."""
    say, known = words.say, dataset.territory.districts.keys()
    standings = () if found is None else found.standings
    rows = [_standing(standing, dataset, words) for standing in standings]
    shapes = [
        dataset.limits.loc[sorted(s.proposal.ubigeos & known), "geometry"].dropna().union_all() for s in standings
    ]
    columns = {key: described_column(key, dataset, say) for key in COVERAGE_COLUMNS}
    crs = dataset.limits.crs
    frame = gpd.GeoDataFrame(
        pd.DataFrame(rows, columns=list(columns)), geometry=gpd.GeoSeries(shapes, crs=crs), crs=crs
    )
    return PlaceTable("candidates", frame.astype(dict.fromkeys(("number", "phase", "late_days"), "Int64")), columns)


def _standing(standing: Standing, dataset: Dataset, words: Words) -> dict[str, object]:
    say, p, coming, dated = words.say, standing.proposal, standing.next, standing.dated
    ubigeos = sorted(p.ubigeos)
    districts = dataset.territory.districts
    return {
        "number": int(standing.identity.sign),
        "name": p.name,
        "department": dataset.territory.departments[p.department].name,
        "phase": p.phase,
        "state": say(f"records.state.{p.state}"),
        "since": standing.since.isoformat(),
        "next": say(f"records.state.{coming.state}") if coming else "",
        "milestone": say(f"records.state.{dated.state}") if dated else "",
        "due": dated.due.isoformat() if dated and dated.due else "",
        "late_days": dated.late_days if dated else None,
        "code": encode(p.ubigeos),
        "services": exports.SEPARATOR.join(say(f"service.{s}") for s in sorted(p.services)),
        "ubigeos": exports.SEPARATOR.join(ubigeos),
        "districts": exports.SEPARATOR.join(districts[u].name for u in ubigeos if u in districts),
    }
