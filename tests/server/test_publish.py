"""Hold that published files can be kept for good, hold every figure, and never write unknown as zero."""

import gzip
import hashlib
import math
import re

import brotli
import dash
import flask
import orjson
import pytest

from dashboard.clusters.measures import MEASURES
from dashboard.clusters.rules import RULES
from dashboard.pages.room.page import STEMS
from dashboard.web import publish, published, suites
from geodata.model import derived
from geodata.shared import precision
from layers import series
from tests.root import ROOT


@pytest.fixture(scope="module")
def files(dataset):
    return publish.publish(dataset)


@pytest.fixture(scope="module")
def facts(files):
    return orjson.loads(files["facts"].body)


@pytest.fixture(scope="module")
def client(files):
    server = flask.Flask("published")
    published.serve(server, files.values())
    return server.test_client()


def test_a_name_carries_the_hash_of_its_content(files):
    for stem, file in files.items():
        digest = hashlib.sha256(file.body).hexdigest()[:16]
        assert file.name == f"{stem}.{digest}.json"
        assert gzip.decompress(file.packed["gzip"]) == brotli.decompress(file.packed["br"]) == file.body


def test_what_every_rule_asks_and_every_measure_is_and_rests_on_is_told_once_and_not_with_each_judgement(
    files, dataset
):
    told = orjson.loads(files["told"].body)
    wanted = {*(f"rule.{key}" for key in RULES), *(f"measure.{key}" for key in MEASURES)}
    assert {language: set(said) for language, said in told.items()} == {"es": wanted, "en": wanted}
    assert all(text.strip() for said in told.values() for text in said.values())
    for key, measure in MEASURES.items():
        assert told["es"][f"measure.{key}"].endswith(f"Fuente: {measure.source(dataset)}.")


def test_publishing_twice_gives_the_same_names(files, dataset):
    assert {f.name for f in publish.publish(dataset).values()} == {f.name for f in files.values()}


def test_a_browser_may_keep_a_file_for_good(client, files):
    for file in files.values():
        answer = client.get(f"/{file.path}")
        assert answer.status_code == 200
        assert answer.mimetype == "application/json"
        assert "immutable" in answer.headers["Cache-Control"]
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_a_file_is_packed_only_for_those_who_can_unpack_it(client, files):
    file = files["limits"]
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}
    answers = {}
    for asked, way in (("identity", None), ("gzip, deflate", "gzip"), ("gzip, deflate, br, zstd", "br")):
        answers[way] = answer = client.get(f"/{file.path}", headers={"Accept-Encoding": asked})
        assert answer.headers.get("Content-Encoding") == way
        assert unpack[way](answer.data) == file.body
        assert answer.headers["Vary"] == "Accept-Encoding"
    assert len(answers["br"].data) < len(answers["gzip"].data) < len(answers[None].data)


def test_what_is_refused_is_not_sent(client, files):
    for refused, way in (("gzip;q=0", None), ("br;q=0, gzip", "gzip")):
        answer = client.get(f"/{files['limits'].path}", headers={"Accept-Encoding": refused})
        assert answer.headers.get("Content-Encoding") == way


@pytest.mark.parametrize("name", ["facts.0000000000000000.json", "..%2fsettings.py", "facts.json"])
def test_a_file_that_is_not_published_is_not_found(client, name):
    assert client.get(f"/{published.FOLDER}/{name}").status_code == 404


def test_limits_carry_the_ubigeo_of_each_district_and_nothing_else(files, dataset):
    limits = orjson.loads(files["limits"].body)
    known = dataset.limits[dataset.limits.geometry.notna()]
    assert [f["id"] for f in limits["features"]] == list(known.index)
    assert all(f["properties"] == {} and f["geometry"]["coordinates"] for f in limits["features"])


def test_facts_list_districts_in_one_order(facts, dataset):
    districts = list(dataset.territory.districts.values())
    assert facts["ubigeos"] == [d.ubigeo for d in districts]
    for key in ("names", "capitals", "lon", "lat", "altitude", "area", "population", "anchors"):
        assert len(facts[key]) == len(districts)


def test_every_series_is_published_with_its_values(facts, dataset):
    for key, item in series.fixed_series(dataset).items():
        sent = facts["series"][key]
        assert len(sent["values"]) == len(facts["ubigeos"])
        for value, wanted in zip(sent["values"], item.shown, strict=True):
            if math.isnan(wanted):
                assert value is None
            else:
                assert value == wanted == precision.rounded(wanted, item.decimals)


def test_unknown_is_null_and_zero_is_zero(facts, dataset):
    known = dataset.value("anaemia_6_35m", 2023)
    sent = facts["series"]["anaemia_6_35m.2023"]["values"]
    assert sum(value is None for value in sent) == known.isna().sum() == 25
    zeros = [key for key, item in facts["series"].items() if 0 in item.get("values", [])]
    assert zeros, "some indicator is zero somewhere"


def test_no_published_number_is_anything_json_cannot_say(files):
    for file in files.values():
        assert b"NaN" not in file.body and b"Infinity" not in file.body


def test_every_series_says_source_year_and_unit(facts):
    for key, item in facts["series"].items():
        assert item["source"], key
        assert item["unit"] or (item["words"]["es"] and item["words"]["en"]), key
        assert key in series.PERIODIC or item["year"], key


def test_class_bounds_hold_every_published_value(facts):
    for key, item in facts["series"].items():
        known = [v for v in item.get("values", []) if v is not None]
        for bounds in (b for method in item.get("classes", {}).values() for b in method.values()):
            assert bounds[-1] == pytest.approx(max(known)), key


def test_borders_are_those_of_the_territory(facts, dataset):
    pairs = {frozenset((facts["ubigeos"][i], facts["ubigeos"][j])) for i, j in facts["borders"]}
    wanted = {frozenset((u, v)) for u in facts["ubigeos"] for v in dataset.territory.neighbours(u)}
    assert pairs == wanted
    assert len(pairs) == len(facts["borders"])


def test_hazards_and_conflicts_add_up_to_the_data(facts, dataset):
    assert sum(row[3] for row in facts["hazards"]["rows"]) == dataset.hazards["events"].sum()
    places = derived.conflict_places(dataset)
    assert len(facts["conflicts"]) == len(places)
    assert {c["id"] for c in facts["conflicts"]} == set(places["case_id"])


def test_a_conflict_stands_only_where_it_is_known(facts):
    lengths = {"district": 6, "province": 4, "department": 2}
    assert all(len(c["place"]) == lengths[c["level"]] for c in facts["conflicts"])


def test_what_changes_is_in_no_file_that_is_kept_for_good(facts):
    assert not {"proposals", "shownFirst"} & set(facts)


def test_anchors_are_inside_their_districts(facts, dataset):
    from shapely.geometry import Point

    for ubigeo, anchor in zip(facts["ubigeos"], facts["anchors"], strict=True):
        assert dataset.limits.geometry[ubigeo].buffer(1e-4).covers(Point(anchor))


def test_all_files_together_are_small_enough_for_a_slow_line(files):
    packed = {stem: len(files[stem].packed["br"]) for stem in publish.OF_MAPS}  # by a screen with a map
    assert sum(size for stem, size in packed.items() if stem not in publish.LATE) < 64_000, "before it can be used"
    assert sum(packed.values()) < 80_000


# ---- what a page runs


@pytest.fixture(scope="module")
def named_by_dash():
    """The libraries that Dash would name in a document, in its order, and what else it writes of scripts."""
    app = dash.Dash("toy")
    app.layout = dash.html.Div()
    app.clientside_callback("function () {}", dash.Output("a", "children"), dash.Input("b", "children"))
    told = []
    app.interpolate_index = lambda **parts: told.append(parts["scripts"]) or dash.Dash.interpolate_index(app, **parts)
    app.server.test_client().get("/")
    return re.findall(r'src="/_dash-component-suites/dash/([^"]+)"', told[0]), told[0]


def test_the_libraries_are_those_of_dash_in_its_order(named_by_dash):
    named = [re.sub(r"\.?v[\d_]+m\d+", "", name) for name in named_by_dash[0]]
    left_out = {"deps/polyfill@7.12.1.min.js", "dash_table/bundle.js"}
    assert left_out < set(named)
    wanted = [re.sub(r"@[\d.]+", "@*.", name) for name in named if name not in left_out]
    assert wanted == list(suites.FIRST)


def test_what_dash_writes_into_the_document_stays_there(named_by_dash):
    rest = suites.without_libraries(named_by_dash[1])
    assert "src=" not in rest and rest.startswith("<script>") and "function () {}" in rest


def test_the_libraries_bring_what_runs_their_generators_and_no_table():
    files = suites.suites(ROOT / "assets" / "vendor")
    script = files[suites.NAME].body.decode()
    assert "regeneratorRuntime = runtime" in script.partition("React")[0]
    assert "DashDataTable" not in script and ".js.map" not in script
    folders = {file.name.partition("/")[0] for file in files.values()}
    assert len(folders) == 1, "a library looks for its parts beside itself"


def test_sheets_of_styles_are_joined_in_the_order_of_their_names_and_what_is_seen_first_apart():
    first, rest, phone = (file.body.decode() for file in publish.styles(ROOT / "assets").values())
    assert "/*" not in first + rest
    assert "--accent:" in first and ".skeleton" in first and len(first) < 6_000
    marks = [rest.index(mark) for mark in (".compare", ".data-screen {", ".table-room")]
    assert marks == sorted(marks) and "--accent:" not in rest
    assert ".phone" not in rest and all(mark in phone for mark in ("--accent:", ".phone", ".map-leaf"))
    assert ".compare" not in phone


def test_a_phone_of_a_room_is_sent_little(dataset):
    """All that it needs, maps too, on a weak line: as a browser takes it by plain http."""
    files = {**publish.scripts(ROOT / "assets"), **publish.styles(ROOT / "assets")}
    sent = [{**files, **publish.publish(dataset)}[stem] for stem in STEMS]
    assert sum(len(file.packed["gzip"]) for file in sent) < 137_000  # and its document some 13,000


def test_what_a_phone_is_sent_of_the_facts_is_what_they_are(facts, files):
    places = orjson.loads(files["places"].body)
    assert places["series"].keys() == {"gap_combined"} and "hazards" not in places
    same = ("ubigeos", "names", "anchors", "borders", "drawing", "symbols", "departments")
    assert {key: places[key] for key in same} == {key: facts[key] for key in same}
    assert places["overlays"]["provinces"]["rows"] == facts["overlays"]["provinces"]["rows"]
