"""Live data: what GDAL and pandas read by an address, who may, until when, and that nothing private goes along."""

import csv
import gzip
import io
import json
import logging
import threading
from functools import partial

import flask
import geopandas as gpd
import pandas as pd
import pytest
from werkzeug.serving import make_server

from dashboard import texts
from dashboard.documents.district_table import district_table
from dashboard.pages.live import addresses, routes
from dashboard.records.core import CannotSave
from dashboard.records.core.actors import NOBODY
from dashboard.records.core.errors import Refused
from dashboard.records.opening import open_store
from dashboard.records.people import sharing
from dashboard.records.proposals import proposals
from dashboard.web import request
from dashboard.web.access import private_lines
from dashboard.web.cache import cache
from tests.record.databases import Clock, SqliteDatabases
from tests.record.drawn import ME, draw, walk

CODES = {"ubigeo": str, "province_code": str, "department_code": str}


@pytest.fixture(scope="module")
def databases(tmp_path_factory, dataset):
    return SqliteDatabases(tmp_path_factory.mktemp("live"), dataset)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(databases, dataset, clock, monkeypatch):
    opened = open_store(databases.url(), dataset, now=clock)
    monkeypatch.setattr(request, "record", lambda: opened)
    monkeypatch.setattr(request, "opened_record", lambda: opened)
    monkeypatch.setattr(request, "dataset", lambda: dataset)
    monkeypatch.setattr(request, "actor", lambda: NOBODY)
    yield opened
    opened.close()


@pytest.fixture
def server(store):
    made = flask.Flask("dashboard")
    cache.init_app(made, config={"CACHE_TYPE": "SimpleCache"})
    private_lines.protect(made)
    routes.serve(made)
    return made


@pytest.fixture
def client(server):
    return server.test_client()


def token_of(store, department=None):
    values = {"scope": sharing.LIVE, "label": "QGIS de la región", "expires_on": "2014-06-30", "department": department}
    return sharing.share(store, ME, values)[0]


@pytest.fixture
def token(store):
    walk(store, draw(store, name="Picota & <Cía>", critical_area="Anemia", note="=NoSeVe"), "focas_applied")
    return token_of(store)


@pytest.fixture
def root(server):
    """The address of a server that other programs reach."""
    serving = make_server("127.0.0.1", 0, server, threaded=True)
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{serving.port}/"
    serving.shutdown()
    thread.join()


def test_gdal_and_pandas_read_the_districts_as_they_are_in_the_files(root, token, dataset):
    own = district_table(dataset, "es").frame
    table = pd.read_csv(addresses.address(root, token, "distritos", "csv"), dtype=CODES)
    layer = gpd.read_file(f"/vsicurl/{addresses.address(root, token, 'distritos', 'geojson')}")
    for read in (table, layer):
        assert list(read["ubigeo"]) == list(own["ubigeo"]) and read["department_code"].str.len().eq(2).all()
        for indicator in dataset.catalog.index:
            expected = dataset.value(indicator, dataset.latest_year(indicator)).to_numpy()
            assert read[indicator].to_numpy(dtype=float) == pytest.approx(expected, nan_ok=True)
            assert set(read[f"{indicator}_year"]) == {dataset.latest_year(indicator)}
    assert layer.crs.to_epsg() == 4326
    assert layer.to_crs(6933).area.sum() == pytest.approx(dataset.limits.to_crs(6933).area.sum())
    assert "3 Lamas" in set(layer["proposals"])


def test_proposals_and_coverage_are_those_that_a_shared_page_shows(root, token, store):
    for kind, read in (("csv", pd.read_csv), ("geojson", gpd.read_file)):
        shown = read(addresses.address(root, token, "propuestas", kind))
        covered = read(addresses.address(root, token, "cobertura", kind))
        assert set(shown["name"]) == set(covered["name"]) >= {"Picota & <Cía>", "Lamas"}
        assert list(shown.set_index("name")["number"].sort_index()) == list(
            covered.set_index("name")["number"].sort_index()
        )
        row = covered.set_index("name").loc["Picota & <Cía>"]
        assert row["state"] == texts.say("es", "records.state.focas_applied")
    layer = gpd.read_file(addresses.address(root, token, "cobertura", "geojson"))
    assert not (layer.geometry.is_empty | layer.geometry.isna()).any()


def test_columns_have_one_name_in_every_language_and_are_told(client, token):
    heads = set()
    for language in texts.LANGUAGES:
        at = f"?lang={language}"
        head = client.get(f"/datos-vivos/{token}/distritos.csv{at}").get_data(as_text=True).splitlines()[0]
        heads.add(head)
        told = client.get(f"/datos-vivos/{token}/columnas.csv{at}").get_data(as_text=True)
        rows = list(csv.reader(io.StringIO(told)))
        assert [row[1] for row in rows if row[0] == "distritos"] == head.lstrip("\ufeff").split(",")
        assert all(row[2] and row[3] and row[4] and row[5] for row in rows[1:])
    assert len(heads) == 1


@pytest.mark.parametrize("name, kind", addresses.EVERY)
def test_an_answer_is_told_to_be_the_same_until_something_changes(client, store, token, name, kind):
    path = f"/datos-vivos/{token}/{name}.{kind}"
    first = client.get(path)
    assert first.status_code == 200 and first.headers["Cache-Control"] == "private, max-age=60"
    assert first.headers["Referrer-Policy"] == "no-referrer" and "noindex" in first.headers["X-Robots-Tag"]
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.data == b""
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip" and gzip.decompress(packed.data) == first.data
    assert packed.headers["ETag"] != first.headers["ETag"] and packed.headers["Vary"] == "Accept-Encoding"
    part = client.get(path, headers={"Range": "bytes=3-9", "Accept-Encoding": "gzip"})
    assert part.status_code == 206 and part.data == first.data[3:10]
    lamas = next(p for p in proposals.listing(store, ME) if p.id == "lamas")
    proposals.edit(store, ME, lamas.id, lamas.version, {"name": "Otro nombre"})
    later = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert later.status_code == (304 if name == "columnas" else 200)


def test_a_token_of_a_department_shows_that_department_alone(client, store):
    token = token_of(store, "22")
    get = partial(lambda name: client.get(f"/datos-vivos/{token}/{name}.geojson").json["features"])
    assert {f["properties"]["department_code"] for f in get("distritos")} == {"22"}
    for name in ("propuestas", "cobertura"):
        assert {ubigeo[:2] for f in get(name) for ubigeo in f["properties"]["ubigeos"].split("; ")} == {"22"}
    nobody = token_of(store, "17")
    assert client.get(f"/datos-vivos/{nobody}/propuestas.csv").status_code == 200


def test_where_there_is_no_proposal_the_tables_are_there_all_the_same(client, store, dataset):
    for p in proposals.listing(store, ME):
        if p.department == "17":
            proposals.step(store, ME, p.id, p.version, "withdraw", note="Se retira")
    token = token_of(store, "17")
    for name, kind in addresses.EVERY:
        answer = client.get(f"/datos-vivos/{token}/{name}.{kind}")
        assert answer.status_code == 200
    assert client.get(f"/datos-vivos/{token}/cobertura.geojson").json["features"] == []


def test_nothing_private_goes_along(client, token):
    for name, kind in addresses.EVERY:
        body = client.get(f"/datos-vivos/{token}/{name}.{kind}").get_data(as_text=True)
        assert not any(word in body for word in ("NoSeVe", 'Anemia"', "QGIS de la", "Ana Ríos", token))
        assert "note" not in body.splitlines()[0].split(",")


def test_what_is_ended_or_over_says_so_and_what_never_was_opens_nothing(client, store, clock, token):
    path = f"/datos-vivos/{token}/distritos.csv"
    assert client.get(path).status_code == 200
    for wrong in (f"/datos-vivos/{token}x/distritos.csv", "/datos-vivos/%00/distritos.csv", f"{path[:-3]}exe",
                  f"/datos-vivos/{token}/columnas.geojson", f"/datos-vivos/{'x' * 5000}/distritos.csv"):  # fmt: skip
        answer = client.get(wrong)
        assert answer.status_code == 404 and answer.mimetype == "text/plain" and answer.data
    page = sharing.share(store, ME, {"scope": sharing.COVERAGE, "label": "x", "expires_on": "2014-06-30"})[0]
    assert client.get(f"/datos-vivos/{page}/distritos.csv").status_code == 404
    assert client.get(f"{path.replace('distritos', 'cobertura')}?al=nunca").status_code == 400
    clock.pass_by(days=4000)
    assert client.get(path).status_code == 410
    clock.pass_by(days=-4000)
    made = sharing.shares(store, ME, sharing.LIVE)[0]
    sharing.end_share(store, ME, made.id, 1)
    answer = client.get(path)
    assert answer.status_code == 410 and answer.get_data(as_text=True).strip() == texts.say("es", "live.ended")
    assert client.post(path).status_code == 405


def test_that_it_is_used_is_noted_now_and_then_and_reading_goes_on_where_nothing_can_be(
    client, store, clock, token, monkeypatch
):  # noqa: E501
    made = sharing.shares(store, ME, sharing.LIVE)[0]
    assert sharing.last_uses(store, ME, sharing.LIVE) == {}
    client.get(f"/datos-vivos/{token}/distritos.csv")
    first = sharing.last_uses(store, ME, sharing.LIVE)[made.id]
    client.get(f"/datos-vivos/{token}/distritos.csv")
    assert sharing.last_uses(store, ME, sharing.LIVE)[made.id] == first
    clock.pass_by(days=1)

    def full(_):
        raise CannotSave("disk")

    monkeypatch.setattr(type(store), "write", lambda self, work: full(work))
    assert client.get(f"/datos-vivos/{token}/distritos.csv").status_code == 200
    monkeypatch.undo()


def test_pages_and_addresses_are_made_and_listed_apart(store):
    token_of(store)
    assert sharing.shares(store, ME) == ()
    with pytest.raises(Refused):
        sharing.shares(store, NOBODY, sharing.LIVE)


def test_no_log_has_a_token(token, server, caplog):
    log = logging.getLogger("werkzeug")
    with caplog.at_level(logging.INFO, logger="werkzeug"):
        log.info('"%s" %s', f"GET /datos-vivos/{token}/distritos.csv?lang=en HTTP/1.1", 200)
    assert token not in caplog.text and "/datos-vivos/…" in caplog.text and "lang=en" in caplog.text


# ---- the description


def resolved(tree, ref):
    found = tree
    for part in ref.removeprefix("#/").split("/"):
        found = found[part]
    return found


def references(tree):
    if isinstance(tree, dict):
        yield from ([tree["$ref"]] if "$ref" in tree else [])
        tree = list(tree.values())
    for part in tree if isinstance(tree, list) else ():
        yield from references(part)


def holds(value, schema, tree):
    """Judge a value by the words of JSON Schema that the description uses."""
    if "$ref" in schema:
        return holds(value, resolved(tree, schema["$ref"]), tree)
    if "oneOf" in schema:
        return sum(holds(value, each, tree) for each in schema["oneOf"]) == 1
    types = {"string": str, "number": (int, float), "object": dict, "array": list, "null": type(None)}
    named = schema.get("type", [])
    named = [named] if isinstance(named, str) else named
    if named and not any(isinstance(value, types[each]) for each in named):
        return False
    if "const" in schema and value != schema["const"] or "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, dict):
        inner = schema.get("properties", {})
        return all(key in value for key in schema.get("required", ())) and all(
            holds(part, inner[key], tree) for key, part in value.items() if key in inner
        )
    return not isinstance(value, list) or all(holds(part, schema.get("items", {}), tree) for part in value)


def test_the_description_is_openapi_and_tells_what_is_answered(client, token):
    answer = client.get("/datos-vivos/openapi.json")
    tree = json.loads(answer.data)
    assert tree["openapi"].startswith("3.1.") and tree["info"]["title"] and tree["info"]["version"]
    assert all(resolved(tree, ref) for ref in references(tree))
    named = [path["get"]["operationId"] for path in tree["paths"].values()]
    assert len(set(named)) == len(named) == len(addresses.EVERY)
    for path, item in tree["paths"].items():
        assert [resolved(tree, p["$ref"])["name"] for p in item["parameters"]][0] == "token" and "{token}" in path
        assert all(r.get("description") or "$ref" in r for r in item["get"]["responses"].values())
        got = client.get(path.replace("{token}", token))
        ((kind, content),) = item["get"]["responses"]["200"]["content"].items()
        assert got.status_code == 200 and got.content_type == kind
        if path.endswith("geojson"):
            assert holds(got.json, content["schema"], tree)
            columns = resolved(tree, f"#/components/schemas/{path.rsplit('/')[-1].partition('.')[0]}")["properties"]
            assert list(columns) == list(got.json["features"][0]["properties"])
    odd = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": 5, "properties": {}}]}
    shape = tree["paths"]["/datos-vivos/{token}/distritos.geojson"]["get"]["responses"]["200"]["content"]
    assert not holds(odd, shape["application/geo+json"]["schema"], tree)
