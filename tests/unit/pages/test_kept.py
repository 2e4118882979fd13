"""Hold that an answer is made once for what was asked, and never shared between editions or languages."""

import flask
import pytest

from dashboard.pages.kit.memo import kept
from dashboard.web import request
from dashboard.web.cache import cache


@pytest.fixture
def application():
    made = flask.Flask(__name__)
    cache.init_app(made, config={"CACHE_TYPE": "SimpleCache"})
    return made


def asked_of(application, question, answer, language="es"):
    with application.test_request_context("/", headers={"Cookie": f"{request.LANGUAGE_COOKIE}={language}"}):
        return kept("test", question, lambda: answer)


def test_the_same_question_is_answered_once(application):
    assert asked_of(application, {"a": 1, "b": [2]}, "first") == "first"
    assert asked_of(application, {"b": [2], "a": 1}, "second") == "first"
    assert asked_of(application, {"a": 1, "b": [3]}, "third") == "third"


def test_each_language_has_its_own_answer(application):
    assert asked_of(application, {"a": 1}, "uno") == "uno"
    assert asked_of(application, {"a": 1}, "one", "en") == "one"


def test_another_edition_is_answered_anew(application, monkeypatch):
    assert asked_of(application, {"a": 1}, "before") == "before"
    monkeypatch.setattr(request, "cache_key", lambda *parts: ":".join(("another", *map(str, parts))))
    assert asked_of(application, {"a": 1}, "after") == "after"


def test_what_json_cannot_say_is_answered_and_not_kept(application):
    assert asked_of(application, {"a": {1, 2}}, "first") == "first"
    assert asked_of(application, {"a": {1, 2}}, "second") == "second"
