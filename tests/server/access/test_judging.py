"""A drawing is judged beside Dash: by a route that is checked, bounded and told in headers as Dash's questions are."""

from functools import partial

import pytest

from dashboard.pages.map import judging
from dashboard.pages.map.ids import Map
from dashboard.web.overview import PRINT
from dashboard.web.request import EDITION_IN_USE, PAGE_EDITION
from tests.server.access.conftest import ask

ADDRESS = f"/{judging.ADDRESS}"
DRAWN = {"ubigeos": ["220501", "220505", "220510"], "services": ["health"], "phase": 1, "replaces": "lamas"}


@pytest.fixture
def send(local):
    return partial(ask, local, ADDRESS, "POST")


@pytest.mark.parametrize(
    "parts, filled",
    [
        (["rules"], {Map.VERDICTS, Map.MEASURES}),
        (["place"], {Map.STANDING, Map.EDITION}),
        (["rules", "place"], {Map.VERDICTS, Map.MEASURES, Map.STANDING, Map.EDITION}),
        ([], set()),
        (5, set()),
    ],
)
def test_what_is_asked_is_answered_and_no_more(send, parts, filled):
    answer = send(json={"drawing": DRAWN, "parts": parts})
    assert answer.status_code == 200 and set(answer.json) == filled
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_tells_of_edition_and_proposals_as_every_question_does(send):
    answer = send(json={"drawing": DRAWN, "parts": ["rules"]}, headers={PAGE_EDITION: "0123456789"})
    assert answer.headers[EDITION_IN_USE] and answer.headers[PRINT]


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"\xff", b"[" * 5000])
def test_what_is_no_question_is_refused_in_a_sentence(send, body):
    answer = send(data=body, headers={"Accept": "application/json"})
    assert answer.status_code == 400 and answer.json["said"]


def test_more_than_any_drawing_is_not_read(send):
    assert send(data=b" " * (judging.MOST_BYTES + 1)).status_code == 413


def test_a_page_of_another_site_asks_nothing(send):
    body = {"drawing": DRAWN, "parts": ["rules"]}
    assert send(json=body, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
