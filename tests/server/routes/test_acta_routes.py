"""The acta's addresses: a page and a document in the reader's language, for those who may read it, kept by nobody."""

import re
from datetime import date
from io import BytesIO

import flask
import pytest
from docx import Document

from dashboard import texts
from dashboard.documents.acta_page import STYLE
from dashboard.pages.meetings import routes as acta
from dashboard.records.core.actors import NOBODY, Actor
from dashboard.records.meetings import meetings
from dashboard.web import request
from dashboard.web.request import LANGUAGE_COOKIE
from geodata.shared import style_hash
from tests.record.drawn import ME

ID = "25-2014-1"


@pytest.fixture(scope="module", autouse=True)
def meeting():
    store = request.record()
    key = "test of the addresses of the acta"
    return meetings.plan_meeting(store, ME, "25", 1, date(2014, 3, 14), key=key, place="Callería")


@pytest.fixture
def client():
    server = flask.Flask("acta")
    acta.serve(server)
    return server.test_client()


def test_the_page_is_in_the_readers_language_and_says_that_it_is_a_draft(client):
    for language in texts.LANGUAGES:
        client.set_cookie(LANGUAGE_COOKIE, language)
        answer = client.get(f"/reuniones/{ID}/acta.html")
        assert answer.status_code == 200 and answer.mimetype == "text/html"
        assert texts.say(language, "acta.draft") in answer.text and f'<html lang="{language}">' in answer.text


def test_the_page_may_load_nothing_and_use_its_own_style_only(client):
    answer = client.get(f"/reuniones/{ID}/acta.html")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and f"style-src '{style_hash(STYLE)}'" in policy and "unsafe" not in policy
    assert f"<style>{STYLE}</style>" in answer.text
    assert not re.search(r"\bstyle=|<script|\bon\w+=", answer.text)


def test_neither_is_kept_by_a_browser(client):
    for file in ("acta.html", "acta.docx", "acta.pdf", "convocatoria.docx"):
        assert client.get(f"/reuniones/{ID}/{file}").headers["Cache-Control"] == "no-store"


def test_the_pdf_has_a_plain_name(client):
    answer = client.get(f"/reuniones/{ID}/acta.pdf")
    assert (answer.mimetype, answer.data[:5]) == ("application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"] == "attachment; filename=ucayali-2014-1_acta_2014-03-14.pdf"


def test_letters_to_members_are_for_those_who_may_know_them(client, monkeypatch):
    for actor, status in ((Actor("r", "Lector", "reader"), 403), (Actor("c", "C", "coordinator", "01"), 403),
                          (Actor("c", "C", "coordinator", "25"), 200), (NOBODY, 401)):  # fmt: skip
        monkeypatch.setattr(request, "actor", lambda actor=actor: actor)
        assert client.get(f"/reuniones/{ID}/convocatoria.docx").status_code == status


def test_the_document_opens_and_has_a_plain_name(client):
    answer = client.get(f"/reuniones/{ID}/acta.docx")
    assert answer.mimetype == acta.DOCUMENT
    assert answer.headers["Content-Disposition"] == "attachment; filename=ucayali-2014-1_acta_2014-03-14.docx"
    words = "\n".join(p.text for p in Document(BytesIO(answer.data)).paragraphs)
    assert "Ucayali" in words and "Callería" in words


@pytest.mark.parametrize("kind", ["html", "docx", "pdf"])
@pytest.mark.parametrize("id_", ["nothing", "25-2014-2", "<script>", "%0d%0aSet-Cookie:x", "x" * 300, "%00"])
def test_what_there_is_not_is_told_in_a_page(client, id_, kind):
    answer = client.get(f"/reuniones/{id_}/acta.{kind}")
    assert answer.status_code == 404 and answer.mimetype == "text/html"
    assert texts.say("es", "records.error.missing_meeting") in answer.text
    assert "Set-Cookie" not in answer.headers and "<script" not in answer.text


@pytest.mark.parametrize(("actor", "status"), [(NOBODY, 401), (Actor("r", "Lector", "reader"), 200)])
@pytest.mark.parametrize("id_", [ID, "nothing"])
def test_who_may_not_read_learns_nothing_of_what_there_is(client, monkeypatch, actor, status, id_):
    monkeypatch.setattr(request, "actor", lambda: actor)
    answer = client.get(f"/reuniones/{id_}/acta.html")
    assert answer.status_code == (status if id_ == ID or status == 401 else 404)
    assert ("Callería" in answer.text) == (answer.status_code == 200)
