"""What phones ask of a room by plain addresses: who is answered, and that nothing else is reached by a token."""

from datetime import date
from uuid import uuid4

import pytest

from dashboard.records.core.actors import local_actor
from dashboard.records.meetings import groups, meetings
from dashboard.records.rooms import desk
from dashboard.web import request
from tests.server.access.conftest import ask

ME = local_actor("Quien prepara")
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def sitting(_local):
    """A meeting with an open room, and its code."""
    _local.stand()
    store = request.record()
    values = {"department": "22", "period": "2013-2014", "sector": "civil", "institution": "Ong"}
    there = [groups.keep_member(store, ME, values | {"name": n, "accreditation": "O"}).id for n in ("Ana", "Luz")]
    planned = meetings.plan_meeting(store, ME, "22", 1, date(2013, 3, 15), present=there, proposals=["lamas"])
    meetings.open_meeting(store, ME, planned.id, planned.version)
    return there, desk.open_room(store, ME, planned.id).code


def phone(server, path, token="", sent=None, **more):
    headers = JSON | ({"X-Room-Token": token} if token else {})
    return ask(server, path, "GET" if sent is None else "POST", headers, json=sent, **more)


def joined(server, code, who):
    answer = phone(server, "/sala/api/join", sent={"code": code, "device": uuid4().hex, "who": who})
    assert answer.status_code == 200, answer.data
    return answer.json["token"]


def test_a_phone_finds_its_name_joins_judges_and_sees_what_it_said(local, sitting):
    (ana, _), code = sitting
    before = phone(local, f"/sala/api/state?code={code}").json
    assert {"id": ana, "name": "Ana", "taken": False} in before["who"]
    token = joined(local, code, ana)
    told = phone(local, "/sala/api/state", token).json
    assert told["me"]["state"] == "in" and told["me"]["may_vote"]
    (proposal,) = told["proposals"]
    assert proposal["id"] == "lamas" and len(proposal["figures"]) == 5 and len(proposal["rules"]) == 7
    assert [c["key"] for c in told["criteria"]] == ["political_will", "safe_travel"] and len(told["weighable"]) > 2
    assert phone(local, f"/sala/api/state?since={told['n']}", token).json == {"n": told["n"]}
    content = {"values": {"political_will": 5, "safe_travel": None}, "note": "Se comprometió"}
    answer = {"key": "k1", "seq": 1, "round": 1, "kind": "judgement", "subject": "lamas", "content": content}
    assert phone(local, "/sala/api/answers", token, {"answers": [answer]}).json == {"kept": ["k1"], "refused": []}
    again = phone(local, f"/sala/api/state?since={told['n']}", token).json
    assert again["mine"] == [answer] and again["me"]["seq"] == 1


def test_what_is_refused_is_said_in_a_sentence(local, sitting):
    (_, luz), code = sitting
    token = joined(local, code, luz)
    wrong = {"key": "k2", "seq": 1, "round": 2, "kind": "weights", "subject": "",
             "content": {"way": "points", "values": {"gap": 1}}}  # fmt: skip
    (refused,) = phone(local, "/sala/api/answers", token, {"answers": [wrong]}).json["refused"]
    assert refused == {"key": "k2", "sentence": "La ronda 2 todavía no empieza."}


def test_a_drawing_is_judged_as_on_the_map(local, sitting):
    token = joined(local, sitting[1], {"role": "observer"})
    told = phone(local, "/sala/api/judge", token, {"ubigeos": ["220501", "220101"], "services": ["health"]}).json
    status = {rule["key"]: rule["status"] for rule in told["rules"]}
    assert status["minimum_size"] == "fail" and len(told["figures"]) == 5
    assert phone(local, "/sala/api/judge", token, {"ubigeos": ["999999"]}).status_code == 400


@pytest.mark.parametrize(
    "path, sent", [("/sala/api/state", None), ("/sala/api/answers", {"answers": []}), ("/sala/api/judge", {})]
)
def test_a_token_of_nobody_is_answered_nothing(local, sitting, path, sent):
    for token in ("", "x", "a" * 64, "a" * 5000):
        answer = phone(local, path, token, sent)
        assert answer.status_code == 401 and set(answer.json) == {"said", "status"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b'{"answers": 7}', b'{"code": 7, "who": {"a": []}}', b"\xff"])
@pytest.mark.parametrize("name", ["join", "answers", "judge"])
def test_garbage_is_refused_in_a_sentence(local, sitting, name, body):
    token = joined(local, sitting[1], {"role": "observer"})
    answer = ask(local, f"/sala/api/{name}", "POST", JSON | {"X-Room-Token": token}, data=body)
    assert answer.status_code in (200, 400, 404) and (answer.status_code == 200 or answer.json["said"])


def test_too_large_a_body_is_not_read(local, sitting):
    assert ask(local, "/sala/api/answers", "POST", JSON, data=b"x" * 2**19).status_code == 413


def test_a_page_of_another_site_sends_nothing(local, sitting):
    headers = JSON | {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"}
    assert ask(local, "/sala/api/join", "POST", headers, json={"code": sitting[1]}).status_code == 403
