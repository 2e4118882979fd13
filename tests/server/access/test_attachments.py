"""Documents come in by a stream of bounded size and go out to be kept, never to be shown."""

import pytest

from dashboard.records.dossier import MOST_BYTES, attachments
from dashboard.web import request
from tests.record.drawn import ME
from tests.server.access.conftest import ask, enter

PDF = b"%PDF-1.7\n<script>alert(1)</script>"
NAMED = {"X-File-Name": "Carta%20%C3%B1%2012.pdf", "X-Request-Key": "una vez", "Accept": "*/*"}


def send(server, content=PDF, headers=NAMED, client=None):
    return ask(server, "/adjuntos/lamas", "POST", headers, client, data=content)


def test_what_is_attached_is_handed_out_as_it_was_and_is_never_shown(local):
    sent = [send(local) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201] and sent[0].json["id"] == sent[1].json["id"]
    answer = ask(local, f"/adjuntos/{sent[0].json['id']}")
    assert answer.data == PDF and answer.mimetype == "application/pdf"
    told = answer.headers
    assert told["Content-Disposition"].startswith("attachment;") and "Carta%20%C3%B1%2012.pdf" in str(told)
    assert told["X-Content-Type-Options"] == "nosniff" and told["Cache-Control"] == "no-store"
    assert told["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    attachments.withdraw(request.record(), ME, sent[0].json["id"], 1)
    for gone in (sent[0].json["id"], "no-such", "%2e%2e", "x" * 500):
        assert ask(local, f"/adjuntos/{gone}").status_code == 404


@pytest.mark.parametrize(
    "content, said", [(b"plain", "no se puede adjuntar"), (b"", "vacío"), (PDF + b" " * MOST_BYTES, "20 MB")]
)
def test_what_may_not_be_kept_is_told_in_a_sentence_and_leaves_nothing(local, content, said):
    before = len(attachments.attachments(request.record(), ME, "lamas"))
    answer = send(local, content)
    assert answer.status_code == 422 and said in answer.json["said"]
    assert len(attachments.attachments(request.record(), ME, "lamas")) == before


def test_a_page_of_another_site_attaches_nothing(local):
    assert send(local, headers={**NAMED, "Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert send(local, headers={"Accept": "*/*"}).status_code == 403


def test_whoever_signs_in_lands_on_what_waits_unless_they_asked_for_a_page(served):
    client, entered = enter(served, "regional")
    assert entered.location == "/pendientes"
    assert "Mariscal Cáceres" in ask(served, entered.location, client=client).text
    again = served.test_client()
    data = {"login": "reader", "password": "a password of some length", "next": "/registro?f=1"}
    assert ask(served, "/entrar", "POST", client=again, data=data).location == "/registro?f=1"
