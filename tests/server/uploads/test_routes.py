"""Files are taken only from this server's own pages and from whoever may import; reports and copies go out."""

import csv
import io
import re
import zipfile
from types import SimpleNamespace

import flask
import pytest

from dashboard.settings import Settings
from dashboard.web import editions
from dashboard.web.access import gate, safety
from dashboard.web.uploads import routes, work
from dashboard.web.uploads.uploads import find
from geodata.editions.store import SHIPPED
from tests.unit.geodata.small import CODES

HERE = {"SERVER_NAME": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1"}
NAMED = {"X-File-Name": "Poblaci%C3%B3n%202017.csv"}
AT = "http://127.0.0.1:8050"


@pytest.fixture
def client(store, monkeypatch):
    monkeypatch.setattr(editions, "store", lambda: store)
    server = flask.Flask(__name__)
    safety.protect(server, Settings())
    gate.serve(server, Settings())
    routes.serve(server)
    return server.test_client()


def send(client, headers=NAMED, here=HERE, base=AT):
    return client.post("/uploads", base, data=b"a,b\n", headers=headers, environ_overrides=here)


def test_a_file_is_taken_under_a_name_of_ours_and_its_own_name_shown(client, store):
    answer = send(client)
    assert answer.status_code == 201
    upload = find(store.folder, answer.json["token"])
    assert upload.path.name == "Poblacion_2017.csv" and upload.path.read_bytes() == b"a,b\n"
    assert upload.request().name == "Población 2017.csv"
    assert send(client, {**NAMED, "Origin": AT}).status_code == 201


@pytest.mark.parametrize(
    "how",
    [
        {"headers": {}},  # a form of another site can send a file, but no header of ours
        {"headers": {**NAMED, "Origin": "http://elsewhere.example"}},
        {"here": {**HERE, "REMOTE_ADDR": "192.168.1.20"}},
        {"here": {**HERE, "SERVER_NAME": "0.0.0.0"}},
        {"base": "http://elsewhere.example"},
    ],
)
def test_a_file_from_elsewhere_is_refused_with_a_sentence(client, store, how):
    answer = send(client, **how)
    assert answer.status_code == 403
    assert answer.json["said"]
    assert not (store.folder / "uploads").exists()


def test_with_a_fixed_folder_of_data_nothing_is_taken(client, monkeypatch):
    # of the route alone: whether the server has accounts is looked up in the record, which needs its data
    monkeypatch.setattr(routes, "editions", SimpleNamespace(store=lambda: None))
    assert send(client).status_code == 403


@pytest.fixture
def imported(store, sent, until_ended):
    upload = sent()
    work.check(store, upload)
    until_ended(upload)
    work.bring_in(store, upload, "Ana")
    until_ended(upload)
    return upload


def test_the_report_of_a_check_and_of_an_edition_can_be_taken_away_whole(client, store, imported):
    for address in (f"/uploads/{imported.token}", f"/editions/{store.current_id()}"):
        table = client.get(f"{address}/report.csv")
        rows = list(csv.reader(io.StringIO(table.data.decode("utf-8-sig"))))
        assert len(rows) == 1 + len(imported.seen().report.events)
        assert re.search(
            r"attachment; filename=\S+_informe_\d{4}-\d\d-\d\d\.csv$", table.headers["Content-Disposition"]
        )
        page = client.get(f"{address}/report.html")
        assert page.status_code == 200 and b"<html" in page.data
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address",
    ["/uploads/" + "0" * 32 + "/report.csv", "/uploads/../report.csv", "/editions/default/report.html",
     "/editions/0123456789/report.csv", "/editions/0123456789.zip", "/editions/..%2f..%2fetc.zip"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, imported, address):
    assert client.get(address).status_code == 404
    assert client.get(f"/uploads/{imported.token}/report.exe").status_code == 404


@pytest.mark.parametrize("which", ["imported", "shipped"])
def test_a_copy_of_an_edition_holds_data_limits_and_sources(client, store, imported, which):
    id_ = store.current_id() if which == "imported" else SHIPPED
    answer = client.get(f"/editions/{id_}.zip")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = set(archive.namelist())
        figures = archive.read("data/indicators.csv").decode()
    assert {"data/dataset.json", "limits.gpkg", "sources.csv", "README.txt"} <= names
    assert ("report.html" in names) == (which == "imported")
    assert (f"{CODES[0]},50" in figures) == (which == "imported")
