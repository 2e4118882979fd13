"""The districts with all their figures, and clusters: in every format the same figures, codes as text, a codebook."""

import base64
import csv
import io
import json
import re
import sqlite3
from dataclasses import replace
from functools import partial
from zipfile import ZipFile

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from lxml import etree

from dashboard import texts
from dashboard.clusters.model import from_proposal
from dashboard.clusters.scoring import Terms, pool
from dashboard.documents import FORMATS, candidate_files, district_table, place_files
from dashboard.documents.district_table import district_table as table_of
from dashboard.documents.pool_files import MOST_TAKEN
from dashboard.pages.propose import answers as propose_answers
from dashboard.records.proposals import Overview, Proposal
from geodata.model import derived
from layers import series
from tests.reading import of_codebook

KML = "{http://www.opengis.net/kml/2.2}"
GROUP = frozenset(("220501", "220505", "220510"))


def proposal(id_, name, state, ubigeos=GROUP):
    return Proposal(id_, 1, name, "22", 1, state, frozenset(("health",)), ubigeos)


RECORD = Overview((proposal("a", "Uno", "proposed"), proposal("b", "=Dos", "validated")), (1, 2))


@pytest.fixture(scope="module")
def files(dataset):
    return {kind: district_table.districts_file(kind, dataset, "es", RECORD) for kind in FORMATS}


@pytest.fixture(scope="module")
def on_disk(files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("places")
    for name, body in files.values():
        (folder / name).write_bytes(body)
    return {kind: folder / name for kind, (name, _) in files.items()}


@pytest.fixture(scope="module")
def table(dataset):
    return table_of(dataset, "es", RECORD)


def test_a_row_a_district_with_the_latest_year_of_every_indicator(table, dataset):
    frame = table.frame.set_index("ubigeo")
    assert list(frame.index) == list(dataset.territory.districts) and frame.crs.to_epsg() == 4326
    for indicator in dataset.catalog.index:
        year = dataset.latest_year(indicator)
        pd.testing.assert_series_equal(
            frame[indicator].astype(float), dataset.value(indicator, year), check_names=False, check_index_type=False
        )
        assert table.columns[indicator].years == str(year) and str(year) in table.columns[indicator].title
    gaps = derived.gap_scores(dataset)
    assert (frame["gap_combined"].astype(float) - gaps["combined"]).abs().max() <= 0.05 + 1e-9
    first, last = dataset.hazards_complete_years
    within = dataset.hazards[dataset.hazards["year"].between(first, last)]
    assert frame["emergencies"].sum() == within["events"].sum()
    by_hazard = [name for name in frame if name.startswith("emergencies_") and name != series.EMERGENCIES]
    assert (frame[by_hazard].sum(axis=1) == frame["emergencies"]).all()


def test_what_is_not_known_is_blank_and_never_zero(table, dataset):
    anaemia = dataset.value("anaemia_6_35m", dataset.latest_year("anaemia_6_35m"))
    assert anaemia.isna().any()
    assert list(table.frame["anaemia_6_35m"].isna()) == list(anaemia.isna())


def test_a_district_names_the_cluster_and_the_proposals_that_hold_it(table):
    frame = table.frame.set_index("ubigeo")
    assert {u for u, text in frame["clusters"].items() if text} == GROUP
    assert frame.at["220501", "clusters"] == "2 =Dos" and frame.at["220501", "proposals"] == "1 Uno"


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_column_is_told_in_either_language(dataset, language):
    table = table_of(dataset, language, RECORD)
    assert list(table.columns) == [name for name in table.frame if name != "geometry"]
    told = table.columns.values()
    assert all(c.title and c.about and c.unit and c.source and c.blank for c in told)
    assert len({c.field for c in told}) == len(told) and all(re.fullmatch("[a-z][a-z0-9_]*", c.field) for c in told)


def test_two_headings_that_come_to_one_name_in_a_gis_are_told_apart(dataset):
    catalog = dataset.catalog.copy()
    catalog["label_es"] = "Un nombre tan largo que los sesenta caracteres no alcanzan para decir su año"
    columns = table_of(replace(dataset, catalog=catalog), "es").columns.values()
    assert len({c.field for c in columns}) == len(columns)


def test_gdal_reads_the_same_figures_from_every_file_that_is_a_map(on_disk, table):
    for kind in ("gpkg", "geojson", "kml"):
        layer = pyogrio.list_layers(on_disk[kind])[0][0]
        read = gpd.read_file(on_disk[kind], layer=layer)
        assert list(read["ubigeo"]) == list(table.frame["ubigeo"]), kind
        codes = [read[table.columns[name].field] for name in ("ubigeo", "province_code", "department_code")]
        assert all(pd.api.types.is_string_dtype(column) and column.str[0].eq("0").any() for column in codes)
        for name in ("gap_combined", "anaemia_6_35m", "population", "emergencies"):
            own, theirs = table.frame[name].astype(float), read[table.columns[name].field].astype(float)
            pd.testing.assert_series_equal(own, theirs, check_names=False)
        assert read.to_crs(6933).area.sum() == pytest.approx(table.frame.to_crs(6933).area.sum(), rel=1e-4)


def test_a_geopackage_brings_the_looks_that_qgis_opens_it_with(on_disk, table, dataset):
    with sqlite3.connect(on_disk["gpkg"]) as base:
        base.row_factory = sqlite3.Row
        rows = base.execute(f"SELECT * FROM {place_files.STYLES} ORDER BY id").fetchall()
        contents = dict(base.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall())
        geometry = dict(base.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall())
    assert list(rows[0].keys()) == [
        "id", "f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "styleName", "styleQML",
        "styleSLD", "useAsDefault", "description", "owner", "ui", "update_time",
    ]  # fmt: skip
    assert contents == {"distritos": "features", "columnas": "attributes", place_files.STYLES: "attributes"}
    assert [row["useAsDefault"] for row in rows] == [1, 0, 0, 0]
    assert [row["styleName"] for row in rows][:2] == ["Brecha combinada", "Brecha en educación"]
    read, seen = gpd.read_file(on_disk["gpkg"], layer="distritos"), []
    for row in rows:
        assert geometry[row["f_table_name"]] == row["f_geometry_column"] and row["f_table_schema"] == ""
        rules = etree.fromstring(row["styleQML"].encode()).findall(".//rule")
        etree.fromstring(row["styleSLD"].encode())
        with sqlite3.connect(on_disk["gpkg"]) as base:  # its expressions are SQL too: each district is of one
            count = "SELECT count(*) FROM distritos WHERE"
            counts = [base.execute(f"{count} {rule.get('filter')}").fetchone()[0] for rule in rules]
        assert sum(counts) == len(read)
        seen.append(counts)
    assert min(seen[0][:5]) > 40  # by fifths, as on the screen


def test_google_earth_has_a_colour_for_each_district_and_its_class_in_words(files, table):
    root = etree.fromstring(files["kml"][1])
    styles = {style.get("id"): style.findtext(f"{KML}PolyStyle/{KML}color") for style in root.iter(f"{KML}Style")}
    marks = list(root.iter(f"{KML}Placemark"))
    assert len(marks) == len(table.frame)
    assert {mark.findtext(f"{KML}styleUrl").removeprefix("#") for mark in marks} <= set(styles)
    assert len(set(styles.values())) == len(styles) == 6
    assert all(mark.findtext(f"{KML}Snippet") for mark in marks)
    kinds = {field.get("name"): field.get("type") for field in root.iter(f"{KML}SimpleField")}
    assert kinds["ubigeo"] == "string" and kinds[table.columns["gap_combined"].field] == "double"


def test_letters_that_xml_cannot_hold_do_not_break_a_file(dataset):
    odd = [replace(from_proposal(proposal("a", "a\x00b<&>", "proposed")), note="\x1b[0m")]
    etree.fromstring(candidate_files.candidates_file("kml", odd, {}, dataset, "es")[1])


def test_tables_keep_codes_as_text_and_begin_with_the_mark_of_utf_8(files, table):
    with ZipFile(io.BytesIO(files["csv"][1])) as archive:
        first, book = (archive.read(name) for name in archive.namelist())
    assert first.startswith("\ufeff".encode()) and book.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(first.decode("utf-8-sig"))))
    assert rows[0] == [c.title for c in table.columns.values()]
    assert rows[1][:2] == ["010101", "Chachapoyas"] and rows[1][2] == "0101"
    assert [row[0] for row in csv.reader(io.StringIO(book.decode("utf-8-sig")))][1:] == ["distritos"] * len(rows[0])
    assert len(rows) == 1 + len(table.frame)


def test_the_workbook_has_every_cell_and_ends_with_the_codebook(files, table):
    body = files["xlsx"][1]
    sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
    cells = list(sheet.iter_rows(min_row=6, values_only=True))
    assert [row[0] for row in cells] == list(table.frame["ubigeo"])
    at = list(table.columns).index("anaemia_6_35m")
    for own, row in zip(table.frame["anaemia_6_35m"], cells, strict=True):
        assert row[at] == (texts.say("es", "workbook.unknown") if pd.isna(own) else own)
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    held, told, _ = of_codebook(body, 5)
    assert told == held


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("kind", FORMATS)
def test_the_whole_record_is_given_away_with_its_numbers(dataset, kind, language, tmp_path):
    gone = proposal("c", "De otra edición", "withdrawn", frozenset({"999999"}))
    record = Overview((*RECORD.proposals, gone), (1, 2, 3))
    name, body = candidate_files.proposals_file(kind, record, dataset, language)
    (tmp_path / name).write_bytes(body)
    assert name.endswith(".zip" if kind == "csv" else f".{kind}")
    say = partial(texts.say, language)
    if kind in ("gpkg", "geojson", "kml"):
        read = gpd.read_file(tmp_path / name, layer=pyogrio.list_layers(tmp_path / name)[0][0])
        # which KML has a place of its own for
        assert list(read["Name" if kind == "kml" else say("column.name.name").lower()]) == ["Uno", "=Dos"]
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(tmp_path / name).worksheets[0]
        assert [row[:2] for row in sheet.iter_rows(min_row=6, values_only=True)] == [("Uno", 1), ("=Dos", 2)]
    if kind == "geojson":
        assert {f["properties"][say("column.state.name").lower()] for f in json.loads(body)["features"]} == {
            say("records.state.proposed"), say("records.state.validated"),
        }  # fmt: skip


@pytest.mark.parametrize("kind", FORMATS)
def test_the_candidates_of_a_search_are_given_away_best_first(dataset, kind, tmp_path):
    weights, held = {"gap": 5}, ["220501"]
    sent = {"place": "2205", "sizes": [3, 4], "services": ["health"], "weights": {"gap": 1}}
    made = propose_answers.download(kind, sent, weights, [*held, "nonsense"], dataset, "es")
    name, body = made["filename"], base64.b64decode(made["content"])
    assert name.startswith("lamas_candidatas_") and propose_answers.download(kind, {}, {}, [], dataset, "es") is None
    among = pool(dataset, Terms(sizes=(3, 4), services={"health"}, weights=weights), "2205")
    rows = [row for row in among.order if "220501" in among.groups.ubigeos(int(row))][:MOST_TAKEN]
    expected = [" ".join(sorted(among.groups.ubigeos(int(row)))) for row in rows]
    (tmp_path / name).write_bytes(body)
    if kind in ("gpkg", "geojson", "kml"):
        read = gpd.read_file(tmp_path / name, layer=pyogrio.list_layers(tmp_path / name)[0][0])
        assert list(read["ubigeos"]) == expected and (read["lugar"].diff().dropna() >= 0).all()
        union = dataset.limits.loc[expected[0].split(), "geometry"].union_all()
        assert read.geometry.iloc[0].symmetric_difference(union).area < 1e-9
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(tmp_path / name).worksheets[0]
        assert [row[4] for row in sheet.iter_rows(min_row=6, values_only=True)] == expected


def test_a_district_names_the_projects_known_there_and_an_edition_without_any_has_no_such_column(dataset, table):
    frame = table.frame.set_index("ubigeo")
    for ubigeo in ("220501", "010101"):
        known = [p for p in dataset.interventions if ubigeo in p.places]
        assert frame.at[ubigeo, "projects"].count(": ") >= len(known) > 0 or not known
        assert all(p.name_es in frame.at[ubigeo, "projects"] for p in known)
    assert "projects" not in table_of(replace(dataset, interventions=None), "es").columns
