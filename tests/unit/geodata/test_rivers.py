"""Hold what is known of rivers: read whole or refused with what is wrong, optional, and never told as all there is."""

import json
import shutil

import orjson
import pytest

from dashboard import texts
from dashboard.clusters.writing import map_notice
from dashboard.web import publish
from geodata.model import DEFAULT, DESCRIPTOR, DatasetError, load

LINE = {"type": "LineString", "coordinates": [[-75.0, -5.0], [-74.5, -5.2]]}


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(DEFAULT, tmp_path / "data")


def _of(folder, *features):
    (folder / "rivers.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return folder


def _feature(geometry=LINE, **said):
    return {"type": "Feature", "properties": {"name": "Huallaga", "rank": 3} | said, "geometry": geometry}


def test_rivers_come_with_their_names_where_certain_the_widest_first(dataset):
    ranks = [river.rank for river in dataset.rivers]
    assert ranks == sorted(ranks) and {"Huallaga", "Marañón", "Ucayali"} <= {river.name for river in dataset.rivers}
    named = sum(bool(river.name) for river in dataset.rivers)
    assert dataset.provenance["rivers"].coverage == f"{named}/{len(dataset.rivers)}" and named < len(dataset.rivers)
    west, south, east, north = dataset.limits.total_bounds
    for river in dataset.rivers:
        left, low, right, high = river.course.bounds
        assert left > west - 1 and right < east + 1 and low > south - 1 and high < north + 1, river.name


def test_a_name_that_is_not_known_is_none(folder):
    [river] = load(_of(folder, _feature(name=None))).rivers
    assert river.name == "" and river.course.geom_type == "LineString"


@pytest.mark.parametrize(
    ("feature", "said"),
    [
        (_feature(rank=9), "line 1 has rank 9"),
        (_feature(rank="3"), "cannot be read"),
        (_feature(geometry={"type": "Point", "coordinates": [-75, -5]}), "line 1 is a Point"),
        (_feature(geometry=None), "cannot be read"),
        ({"type": "Feature"}, "cannot be read"),
    ],
)
def test_what_is_no_river_is_told_and_nothing_is_loaded(folder, feature, said):
    with pytest.raises(DatasetError) as refused:
        load(_of(folder, feature))
    assert said in str(refused.value) and "river" in str(refused.value)


def test_an_edition_made_before_there_were_rivers_is_read_and_says_nothing_of_them(folder):
    about = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    about["resources"] = [entry for entry in about["resources"] if entry["name"] != "rivers"]
    (folder / DESCRIPTOR).write_text(json.dumps(about), "utf-8")
    (folder / "rivers.geojson").unlink()
    older = load(folder)
    assert older.rivers == () and "rivers" not in older.provenance
    assert orjson.loads(publish.publish(older)["rivers"].body) == []
    assert "ríos" not in map_notice(older, lambda key, **fields: texts.say("es", key, **fields)).lower()


def test_every_map_says_that_rivers_are_incomplete(dataset):
    assert "Ríos incompletos." in map_notice(dataset, lambda key, **fields: texts.say("es", key, **fields))
    for spoken in (dataset.provenance["rivers"].notes_es, dataset.provenance["rivers"].notes_en):
        assert "Morona" in spoken and "Tambopata" in spoken


def test_a_browser_is_given_every_stretch_once_a_map_can_be_used(dataset):
    sent = orjson.loads(publish.publish(dataset)["rivers"].body)
    assert [(each["name"], each["rank"]) for each in sent] == [(river.name, river.rank) for river in dataset.rivers]
    assert "rivers" in publish.LATE
    for each, river in zip(sent, dataset.rivers, strict=True):
        points = [place for line in each["lines"] for place in line]
        assert points[0] == pytest.approx(river.course.geoms[0].coords[0], abs=0.0006)
