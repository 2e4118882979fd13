"""The link of a printed map as a square that a telephone reads."""

import flask
import pytest

from dashboard.pages.map import paper


@pytest.fixture
def client():
    server = flask.Flask("square")
    paper.serve(server)
    return server.test_client()


def test_a_link_is_drawn_and_carries_no_style(client):
    answer = client.get("/qr.svg", query_string={"link": "http://example.org/?d=22&c=Ñandú"})
    assert answer.status_code == 200 and answer.mimetype == "image/svg+xml"
    drawn = answer.get_data(as_text=True)
    assert drawn.startswith("<svg") and "viewBox" in drawn and "style" not in drawn and "example.org" not in drawn


@pytest.mark.parametrize("link", ["", "x" * (paper.MOST_LETTERS + 1)])
def test_what_is_no_link_or_too_long_is_refused_without_a_word(client, link):
    answer = client.get("/qr.svg", query_string={"link": link})
    assert answer.status_code == 400 and not answer.data


def test_the_longest_link_has_a_square(client):
    assert client.get("/qr.svg", query_string={"link": "x" * paper.MOST_LETTERS}).status_code == 200
