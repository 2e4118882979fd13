"""What is given away can be opened elsewhere, says where it comes from and runs nothing."""

import csv
import io
import json
import re
from dataclasses import replace
from functools import partial

import geopandas as gpd
import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import texts
from dashboard.clusters.measures.measures import MEASURES, measure_all
from dashboard.clusters.model import codes
from dashboard.clusters.model.candidate import Candidate
from dashboard.clusters.writing.exports import (
    candidate_columns,
    csv_bytes,
    disarm,
    district_columns,
    districts_geodataframe,
    geojson_bytes,
    sources,
    to_geodataframe,
    years,
)
from dashboard.documents import candidate_files
from dashboard.documents.place_files import STYLES

ARMED = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "  =1")


@pytest.fixture(scope="module")
def two(proposals):
    return [replace(proposals["Condorcanqui"], note='=HYPERLINK("x")'), proposals["Lamas"]]


@pytest.fixture(scope="module")
def frame(two, dataset, say_es):
    return to_geodataframe(two, dataset, say_es)


@pytest.fixture(scope="module")
def columns(dataset, say_es):
    return candidate_columns(dataset, say_es)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_column_has_one_heading_and_all_that_a_codebook_says(two, dataset, language):
    say = partial(texts.say, language)
    for frame, columns in (
        (to_geodataframe(two, dataset, say), candidate_columns(dataset, say)),
        (districts_geodataframe(two, dataset, say), district_columns(dataset, say)),
    ):
        assert list(columns) == [name for name in frame if name != "geometry"]
        for names in ([c.title for c in columns.values()], [c.field for c in columns.values()]):
            assert len(set(map(str.casefold, names))) == len(names) and all(names)
        assert all(re.fullmatch("[a-z][a-z0-9_]*", c.field) for c in columns.values())
        assert all(c.about and c.unit and c.source and c.blank for c in columns.values())
    people = candidate_columns(dataset, say, hazard_period=(2018, 2019))["emergencies"]
    assert people.years == "2018–2019" and people.source == dataset.provenance["hazards"].source
    assert people.about == say("measure.emergencies.help")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_codebook_of_a_geopackage_has_every_column_of_every_layer(two, dataset, language, tmp_path):
    path, say = tmp_path / "out.gpkg", partial(texts.say, language)
    path.write_bytes(candidate_files.candidates_file("gpkg", two, {}, dataset, language)[1])
    layers = [say(f"codebook.layer.{name}") for name in ("candidates", "districts", "codebook")]
    assert [name for name, _ in pyogrio.list_layers(path)] == [*layers, STYLES]
    book = pyogrio.read_dataframe(path, layer=layers[2])
    told = list(zip(book.iloc[:, 0], book.iloc[:, 1], strict=True))
    held = [(layer, name) for layer in layers[:2] for name in pyogrio.read_info(path, layer=layer)["fields"]]
    assert told == held


def test_a_row_a_candidate_with_all_measures_and_their_units(frame, two, dataset):
    assert list(frame["name"]) == ["Condorcanqui", "Lamas"]
    for key, figure in measure_all(two[0], dataset).items():
        assert frame.loc[0, MEASURES[key].column] == figure.value
    assert {
        "population_people",
        "area_km2",
        "gap_education_points",
        "indigenous_percent",
        "emergencies",
    } <= set(frame)
    assert frame.loc[0, "code"] == codes.encode(two[0].ubigeos)
    assert "Población de lengua materna indígena: 2/3" in frame.loc[0, "partly_known"]
    assert frame.crs.to_epsg() == 4326


def test_limits_say_that_they_are_not_official(frame, dataset, say_es):
    assert not dataset.limits_official
    assert all("esquemáticos, no oficiales" in notice for notice in frame["limits_notice"])
    assert all("INEI" in text and "Defensoría" in text for text in frame["sources"])
    assert not any(re.search(r"[a-z]_[a-z]", text) or "departments" in text for text in frame["sources"])
    assert sources(dataset, say_es).count(";") >= len(dataset.provenance) - 1


def test_geojson_holds_the_same_rows(frame, columns, say_es, tmp_path):
    tree = json.loads(geojson_bytes(frame, columns, say_es))
    assert [feature["properties"]["nombre"] for feature in tree["features"]] == [
        "Condorcanqui",
        "Lamas",
    ]
    (tmp_path / "out.geojson").write_bytes(geojson_bytes(frame, columns, say_es))
    read = gpd.read_file(tmp_path / "out.geojson")
    assert len(read) == 2
    assert [row["Columna"] for row in tree["codebook"]] == [c for c in read if c != "geometry"]


def test_the_geopackage_has_both_layers_and_the_area_of_the_union(two, dataset, say_es, tmp_path):
    path = tmp_path / "out.gpkg"
    path.write_bytes(candidate_files.candidates_file("gpkg", two, {}, dataset, "es")[1])
    assert {name for name, _ in pyogrio.list_layers(path)} == {"conglomerados", "distritos", "columnas", STYLES}
    read = pyogrio.read_dataframe(path, layer="conglomerados")
    for candidate, shape in zip(two, read.geometry, strict=True):
        union = dataset.limits.loc[sorted(candidate.ubigeos), "geometry"].union_all()
        assert shape.area == pytest.approx(union.area)
    districts = pyogrio.read_dataframe(path, layer="distritos")
    assert sorted(districts["ubigeo"]) == sorted(u for c in two for u in c.ubigeos)
    assert read.crs.to_epsg() == districts.crs.to_epsg() == 4326


def test_an_empty_candidate_can_be_given_away(dataset, say_es, tmp_path):
    nothing = Candidate(name="vacío")
    frame = to_geodataframe([nothing], dataset, say_es)
    assert frame.loc[0, "population_people"] is None and frame.geometry.iloc[0].is_empty
    columns = candidate_columns(dataset, say_es)
    assert csv_bytes(frame, columns) and geojson_bytes(frame, columns, say_es)
    path = tmp_path / "out.gpkg"
    path.write_bytes(candidate_files.candidates_file("gpkg", [nothing], {}, dataset, "es")[1])
    assert len(pyogrio.read_dataframe(path, layer="conglomerados")) == 1
    assert len(pyogrio.read_dataframe(path, layer="distritos")) == 0


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(frame, columns):
    data = csv_bytes(frame, columns)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0]["Nota"].startswith("'=") and "geometry" not in rows[0]
    assert rows[0]["Ubigeos"] == "010401; 010402; 010403"
    assert float(rows[1]["Población (personas)"]) == 32640


@pytest.mark.parametrize("text", ARMED)
def test_a_formula_is_disarmed(text):
    assert disarm(text) == "'" + text


@given(st.text())
def test_no_text_starts_like_a_formula_once_disarmed(text):
    assert not disarm(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert disarm(text).endswith(text)


def test_numbers_below_zero_stay_numbers(frame):
    changed = frame.assign(population_people=[-5.0, 3.0])
    assert "-5.0" in csv_bytes(changed).decode() and "'-5.0" not in csv_bytes(changed).decode()


def test_years_are_written_from_first_to_last():
    assert (years((2007, 2012, 2017)), years([2012]), years("2005-2023"), years(())) == (
        "2007–2017",
        "2012",
        "2005-2023",
        "",
    )
