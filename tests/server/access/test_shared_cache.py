"""Hold that workers share computed answers through a Redis, and that one that is gone stops nobody."""

import flask
import pytest
from dash import html

from dashboard.settings import Settings
from dashboard.web import cache as cache_module
from dashboard.web.cache import cache, remembered, serve_cache
from tests.server.access import redis_server


@pytest.fixture
def redis():
    with redis_server.server() as started:
        yield started


def worker(url):
    server = flask.Flask(__name__)
    serve_cache(server, Settings(cache_redis=url))
    return server


@pytest.fixture(autouse=True)
def no_grudge(monkeypatch):
    """A cache that failed another test is asked again."""
    monkeypatch.setattr(cache_module, "_left_alone_until", 0.0)


def asked(server, key, answer):
    with server.app_context():
        return remembered(key, lambda: answer)


def test_what_one_worker_computed_another_answers(redis):
    url, _ = redis
    assert asked(worker(url), "k", {"shown": html.P("first")})["shown"].children == "first"
    assert asked(worker(url), "k", {"shown": html.P("second")})["shown"].children == "first"
    assert asked(worker(url), "other", "second") == "second"


def test_a_redis_that_is_gone_stops_no_answer(redis, caplog):
    url, process = redis
    server = worker(url)
    assert asked(server, "k", "first") == "first"
    process.kill()
    process.wait()
    assert asked(server, "k", "computed anew") == "computed anew"
    assert "the cache does not answer" in caplog.text


def test_without_a_redis_each_process_keeps_its_own():
    server = flask.Flask(__name__)
    serve_cache(server, Settings())
    assert asked(server, "k", "first") == asked(server, "k", "second") == "first"
    with server.app_context():
        assert cache.get("k") == "first"
