"""The plain addresses of the coverage: files, what comes in by them, and the page that is shared without an account."""

import io
import logging
import re
from datetime import date

import flask
import openpyxl
import pytest

from dashboard.pages.coverage import routes
from dashboard.records.core.actors import NOBODY, Actor
from dashboard.records.opening import open_store
from dashboard.records.people import sharing
from dashboard.records.tracking import focas
from dashboard.records.tracking.intake import MOST_BYTES
from dashboard.web import request
from dashboard.web.access import private_lines, safety
from dashboard.web.cache import cache
from tests.record.databases import Clock, SqliteDatabases
from tests.record.drawn import ME, draw, walk

READER = Actor("r", "Lee", "reader")
COORDINATOR = Actor("c", "Coordina", "coordinator", "22")


@pytest.fixture(scope="module")
def databases(tmp_path_factory, dataset):
    return SqliteDatabases(tmp_path_factory.mktemp("serving"), dataset)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(databases, dataset, clock, monkeypatch):
    """A record of its own that the routes serve."""
    opened = open_store(databases.url(), dataset, now=clock)
    monkeypatch.setattr("dashboard.web.request.record", lambda: opened)
    yield opened
    opened.close()


@pytest.fixture
def acting(monkeypatch):
    """Say who asks; the one person of local mode first."""

    def act(actor):
        monkeypatch.setattr(request, "actor", lambda: actor)

    act(ME)
    return act


@pytest.fixture
def client(store, acting):
    server = flask.Flask("dashboard")
    private_lines.protect(server)
    cache.init_app(server, config={"CACHE_TYPE": "SimpleCache"})
    routes.serve(server)
    return server.test_client()


def test_the_desk_asks_who_acts_in_each_request(store, acting):
    acting(READER)
    with flask.Flask("x").test_request_context():
        assert request.context().actor == READER


def test_the_workbook_is_of_the_department_asked_for(client):
    answer = client.get("/cobertura/cobertura.xlsx?departamento=16")
    assert answer.status_code == 200 and "filename=loreto_cobertura_" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert {row[1].value for row in book.worksheets[2].iter_rows(min_row=5)} == {"Alto Amazonas"}
    assert client.get("/cobertura/cobertura.xlsx?departamento=99").status_code == 400


@pytest.mark.parametrize(
    ("actor", "workbook", "paper", "template"),
    [(NOBODY, 403, 403, 403), (READER, 403, 200, 403), (COORDINATOR, 200, 200, 200)],
)
def test_files_are_for_those_who_may(client, acting, actor, workbook, paper, template):
    acting(actor)
    assert client.get("/cobertura/cobertura.xlsx").status_code == workbook
    assert client.get("/cobertura/imprimir").status_code == paper
    path = "/cobertura/plantilla/focas.xlsx?momento=baseline&conglomerado=lamas"
    assert client.get(path).status_code == template


def test_a_template_is_for_clusters_and_a_round_that_exist(client):
    path = "/cobertura/plantilla"
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}/qsip.xlsx?conglomerado=lamas").data)).active
    assert sheet.max_row == 1 + 25 and sheet.cell(2, 1).value == "lamas"
    assert client.get(f"{path}/focas.xlsx?momento=never&conglomerado=lamas").status_code == 400
    assert client.get(f"{path}/focas.xlsx?momento=end&conglomerado=nobody").status_code == 404
    assert client.get(f"{path}/other.xlsx").status_code == 404


def test_the_day_up_to_which_lateness_counts_goes_along_to_workbook_paper_and_shared_page(client, token):
    chosen = "al 30 de junio de 2013, día elegido"
    book = openpyxl.load_workbook(io.BytesIO(client.get("/cobertura/cobertura.xlsx?al=2013-06-30").data))
    assert chosen in book.worksheets[2].cell(2, 1).value
    assert chosen in client.get("/cobertura/imprimir?al=2013-06-30").get_data(as_text=True)
    assert chosen not in client.get("/cobertura/imprimir").get_data(as_text=True)
    shared = client.get(f"/compartido/{token}?al=2013-06-30").get_data(as_text=True)
    assert chosen in shared and "?lang=en&amp;al=2013-06-30" in shared
    for wrong in ("2014-06-03", "x"):  # one that has not come, and none
        for path in ("/cobertura/cobertura.xlsx", "/cobertura/imprimir", f"/compartido/{token}"):
            answer = client.get(f"{path}?al={wrong}")
            assert answer.status_code == 400 and "día hasta el que se cuenta" in answer.get_data(as_text=True)


# ---- a spreadsheet comes in


def sheet(*rows):
    book = openpyxl.Workbook()
    for row in (["government", "round", "area", "points", "measured_on", "note"], *rows):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


GOOD = sheet(["22", "baseline", "revenue", 40, date(2014, 5, 1), None])
NAMED = {"X-File-Name": "a.xlsx"}


def test_a_file_is_kept_on_the_second_time_only(client, store):
    first = client.post("/cobertura/planilla/focas", data=GOOD, headers=NAMED)
    assert first.status_code == 200 and first.json["print"] and not first.json["kept"]
    assert focas.scores(store, ME) == ()
    second = client.post("/cobertura/planilla/focas", data=GOOD, headers={**NAMED, "X-Seen": first.json["print"]})
    assert second.json["kept"] and [s.points for s in focas.scores(store, ME)] == [40.0]


@pytest.mark.parametrize("seen", ["", "x", "0" * 64, "' or 1=1"])
def test_a_forged_print_keeps_nothing(client, store, seen):
    answer = client.post("/cobertura/planilla/focas", data=GOOD, headers={**NAMED, "X-Seen": seen})
    assert not answer.json["kept"] and focas.scores(store, ME) == ()


def test_a_page_of_another_site_cannot_send(client):
    assert client.post("/cobertura/planilla/focas", data=GOOD).status_code == 403
    other = {**NAMED, "Origin": "http://elsewhere.example"}
    assert client.post("/cobertura/planilla/focas", data=GOOD, headers=other).status_code == 403
    assert client.post("/cobertura/planilla/other", data=GOOD, headers=NAMED).status_code == 404


def test_what_is_too_large_is_not_read(client):
    answer = client.post("/cobertura/planilla/focas", data=b"x" * (MOST_BYTES + 1), headers=NAMED)
    assert answer.status_code == 413 and answer.json["print"] is None


def test_a_file_of_someone_without_the_right_is_refused(client, acting, store):
    for actor in (NOBODY, READER, Actor("c", "C", "coordinator", "16")):
        acting(actor)
        answer = client.post("/cobertura/planilla/focas", data=GOOD, headers=NAMED)
        assert answer.json["print"] is None and not answer.json["kept"]
    assert focas.scores(store, ME) == ()


def test_a_page_is_written_anew_when_the_record_or_the_day_is_another(client, store, clock, monkeypatch):
    written = []
    real = routes.paper.page
    monkeypatch.setattr(routes.paper, "page", lambda *args: written.append(1) or real(*args))
    first = client.get("/cobertura/imprimir").data
    assert client.get("/cobertura/imprimir").data == first and len(written) == 1
    walk(store, draw(store, name="Picota", critical_area="Anemia"), "validated")
    assert b"Picota" in client.get("/cobertura/imprimir").data and len(written) == 2
    clock.pass_by(days=1)
    assert "3 de junio de 2014" in client.get("/cobertura/imprimir").get_data(as_text=True) and len(written) == 3
    client.get("/cobertura/imprimir?departamento=22")
    assert len(written) == 4


def test_a_page_kept_for_others_is_not_given_to_whoever_may_not_read_it(client, acting):
    assert client.get("/cobertura/imprimir").status_code == 200
    acting(NOBODY)
    assert client.get("/cobertura/imprimir").status_code == 403


# ---- the shared page


@pytest.fixture
def token(store):
    walk(store, draw(store, name="Picota & <Cía>", critical_area="Anemia"), "focas_applied")
    values = {"scope": "coverage", "label": "Embajada", "expires_on": "2014-06-30", "department": "22"}
    return sharing.share(store, ME, values)[0]


def test_whoever_has_the_link_reads_the_page_without_an_account(client, acting, token):
    acting(NOBODY)
    answer = client.get(f"/compartido/{token}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "Picota &amp; &lt;Cía&gt;" in page and "Lamas" in page and "Condorcanqui" not in page  # of San Martín
    assert "Embajada" not in page and "Ana Ríos" not in page and "Miembro" not in page and token not in page
    assert 'lang="en"' in client.get(f"/compartido/{token}?lang=en").get_data(as_text=True)


def test_the_page_can_do_nothing_and_tells_nobody_of_itself(client, token):
    answer = client.get(f"/compartido/{token}")
    page, policy = answer.get_data(as_text=True), answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy and "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer" and answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert not re.search(r"<(script|form|input|button|iframe|link [^>]*stylesheet)", page)
    assert " style=" not in page and not re.search(r"\son\w+=", page) and not re.search(r'(src|href)="(/|http)', page)
    assert client.post(f"/compartido/{token}").status_code == 405


def test_ended_expired_forged_and_empty_links_all_say_the_same(client, store, clock, token):
    forged = client.get(f"/compartido/{token}x")
    said = {forged.data}
    for path in ("", "x", "../etc", "a/b/c", "%00", "x" * 5000, "\u202e"):
        answer = client.get(f"/compartido/{path}")
        assert answer.status_code == 404
        said.add(answer.data)
    clock.pass_by(days=40)
    expired = client.get(f"/compartido/{token}")
    clock.pass_by(days=-40)
    sharing.end_share(store, ME, sharing.shares(store, ME)[0].id, 1)
    ended = client.get(f"/compartido/{token}")
    assert {expired.status_code, ended.status_code} == {404}
    assert said | {expired.data, ended.data} == {forged.data}
    assert "San Martín".encode() not in forged.data
    assert forged.headers["Content-Security-Policy"] == safety.closed_policy(routes.paper.STYLE)


def test_the_style_of_the_page_is_the_one_its_policy_allows(client, token):
    page = client.get(f"/compartido/{token}").get_data(as_text=True)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.S)
    assert style == routes.paper.STYLE and "<" not in style


@pytest.mark.parametrize(
    "name",
    ["werkzeug", "gunicorn.access", "waitress", "dashboard", "dashboard.web.access.safety"],
)
def test_servers_write_no_token_into_their_logs(client, token, caplog, name):
    log, path = logging.getLogger(name), f"/compartido/{token}"
    with caplog.at_level(logging.INFO, logger=name):
        log.info('"%s" %s', f"GET {path}?lang=en HTTP/1.1", 200)
        log.info("GET " + path)
        log.info("%(r)s %(s)s", {"r": f"GET {path} HTTP/1.1", "s": "200"})
    assert token not in caplog.text and caplog.text.count("/compartido/…") == 3
    assert "200" in caplog.text and "lang=en" in caplog.text
