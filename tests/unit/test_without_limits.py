"""A data set may have districts whose limits nobody has: declared, counted, named, and never drawn."""

import json
import shutil
from functools import partial

import geopandas as gpd
import orjson
import pytest
from shapely import box
from shapely.geometry import Point

from dashboard import texts
from dashboard.clusters.model import enclosure
from dashboard.clusters.model.candidate import Candidate
from dashboard.clusters.writing.exports import (
    MOST_NAMED,
    district_columns,
    districts_geodataframe,
    geojson_bytes,
    limits_notice,
    to_geodataframe,
)
from dashboard.documents import candidate_files
from dashboard.web import publish
from geodata.model.dataset import DEFAULT, DatasetError, load

MISSING = ("010204", "010523")


def strip(folder, without, *, dropped=None):
    """Take the shapes of `dropped` (of `without` where it is not said) out, and declare `without`."""
    path = folder / "limits.geojson"
    collection = json.loads(path.read_text("utf-8"))
    gone = set(without if dropped is None else dropped)
    collection["features"] = [f for f in collection["features"] if f["properties"]["ubigeo"] not in gone]
    path.write_text(json.dumps(collection), "utf-8")
    about = json.loads((folder / "dataset.json").read_text("utf-8"))
    next(entry for entry in about["resources"] if entry["name"] == "limits")["without_limits"] = without
    (folder / "dataset.json").write_text(json.dumps(about), "utf-8")
    return folder


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """The default data set without the limits of two districts."""
    copy = shutil.copytree(DEFAULT, tmp_path_factory.mktemp("set") / "data")
    return load(strip(copy, list(MISSING)))


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(DEFAULT, tmp_path / "data")


def test_what_is_declared_is_loaded_and_told(without, dataset):
    assert without.without_limits == MISSING and dataset.without_limits == ()
    assert list(without.limits.index) == list(without.territory.districts)
    assert without.limits.index.name == "ubigeo" and without.limits.crs.to_epsg() == 4326
    assert without.provenance["limits"].coverage == "236/238"
    assert without.territory.border_km == dataset.territory.border_km


@pytest.mark.parametrize(
    ("declared", "dropped", "fault"),
    [
        ([], ["010204"], "010204 has no shape"),
        (["010204"], ["010204", "010523"], "010523 has no shape"),
        (["010204"], [], "010204 is declared to be without limits and has a shape"),
        (["999999"], [], "999999 is declared to be without limits and is not a district"),
        ("010204", ["010204"], "without_limits is not a list of codes"),
        ([10204], ["010204"], "without_limits is not a list of codes"),
    ],
)
def test_exactly_the_declared_ones_may_be_missing(copy, declared, dropped, fault):
    strip(copy, declared, dropped=dropped)
    with pytest.raises(DatasetError) as caught:
        load(copy)
    assert [f"limits.geojson: {fault}"] == list(caught.value.faults)


def test_the_browser_is_sent_no_null_geometry_and_a_place_for_every_label(without):
    files = publish.publish(without)
    limits, facts = orjson.loads(files["limits"].body), orjson.loads(files["facts"].body)
    assert len(limits["features"]) == 236
    assert all(f["geometry"]["coordinates"] for f in limits["features"])
    assert not {f["id"] for f in limits["features"]} & set(MISSING)
    for ubigeo, anchor in zip(facts["ubigeos"], facts["anchors"], strict=True):
        if ubigeo in MISSING:
            capital = without.territory.districts[ubigeo]
            assert anchor == [round(capital.capital_lon, 4), round(capital.capital_lat, 4)]
        else:
            assert without.limits.geometry[ubigeo].buffer(1e-4).covers(Point(anchor))


@pytest.mark.parametrize("counts_by", [enclosure.BY_AREA, enclosure.BY_CAPITAL])
def test_a_district_without_limits_counts_by_its_capital(without, counts_by):
    capital = without.territory.districts["010204"]
    around = box(
        capital.capital_lon - 0.01, capital.capital_lat - 0.01, capital.capital_lon + 0.01, capital.capital_lat + 0.01
    )
    assert "010204" in enclosure.enclosed(around, without, counts_by)
    everything = enclosure.enclosed(box(-85, -20, -60, 5), without, counts_by)
    assert list(everything) == list(without.territory.districts)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_what_is_given_away_keeps_the_district_and_names_it(without, language, tmp_path):
    say = partial(texts.say, language)
    candidate = Candidate(name="A", ubigeos=frozenset({"010203", "010204"}))
    alone = Candidate(name="B", ubigeos=frozenset({"010523"}))
    frame = to_geodataframe([candidate, alone], without, say)
    assert frame.geometry.iloc[0].equals(without.limits.geometry["010203"])
    assert frame.geometry.iloc[1].is_empty
    districts = districts_geodataframe([candidate], without, say)
    assert list(districts["ubigeo"]) == ["010203", "010204"] and districts.geometry.iloc[1] is None
    for ubigeo in MISSING:
        assert without.territory.districts[ubigeo].name in frame.loc[0, "limits_notice"]
    assert json.loads(geojson_bytes(districts, district_columns(without, say), say))["features"][1]["geometry"] is None
    path = tmp_path / "out.gpkg"
    path.write_bytes(candidate_files.candidates_file("gpkg", [candidate, alone], {}, without, language)[1])
    assert list(gpd.read_file(path, layer=say("codebook.layer.districts")).geometry.isna()) == [False, True, True]


def test_many_districts_without_limits_are_counted_not_named(copy, territory):
    missing = list(territory.in_department("22"))
    assert len(missing) > MOST_NAMED
    notice = limits_notice(load(strip(copy, missing)), partial(texts.say, "es"))
    assert "77 de 238" in notice and "Moyobamba" not in notice
