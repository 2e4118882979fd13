"""Hold that nothing that is sent makes the server fail, to a callback or an address, by who may do all or only read."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from dashboard.settings import PREFIX
from dashboard.web.access.requests import MOST_DEPTH, MOST_NUMBER, NotAsked, Questions
from tests import questions
from tests.root import ROOT
from tests.server.access.conftest import KEY, ask


@pytest.mark.parametrize("role", ["", "reader"])
def test_nothing_that_is_sent_makes_the_server_fail(tmp_path, role):
    own = {"RECORDS": str(tmp_path / "r.sqlite"), "STORE": str(tmp_path / "store"), "SECRET_KEY": KEY}
    done = subprocess.run(
        [sys.executable, "-m", "tests.server.access.odd", *filter(None, [role])],
        cwd=ROOT, text=True, capture_output=True,
        env=os.environ | {f"{PREFIX}{name}": value for name, value in own.items()},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["failed"] == [] and told["sent"] > (1500 if role else 3000)


# ---- the one place that checks


def answer(n: int, asked: dict[str, Any] | None, ids: list[dict[str, str]], values: Any) -> Any:
    """What a callback may look like."""


FIELD = '{"of":"field","part":["ALL"]}'
OUTPUT = "..said.data...said.modified_timestamp@0af.."
DECLARED = {
    "output": OUTPUT,
    "inputs": [{"id": "go", "property": "n_clicks"}],
    "state": [
        {"id": "asked", "property": "data"}, {"id": FIELD, "property": "id"}, {"id": FIELD, "property": "value"},
    ],
    "callback": answer,
}  # fmt: skip


@pytest.fixture
def checked() -> Questions:
    return Questions(SimpleNamespace(callback_map={OUTPUT: DECLARED, "drawn.data": {"inputs": [], "state": []}}))


def question(**values: Any) -> dict[str, Any]:
    names = {"n": ("go", "n_clicks"), "asked": ("asked", "data")}
    return questions.body(DECLARED, {names[name]: value for name, value in values.items()})


@pytest.mark.parametrize("values", [{}, {"n": 1}, {"asked": {}}, {"asked": {"a": [1.5, None, "x"]}}])
def test_what_a_screen_asks_passes(checked, values):
    checked.check(orjson.dumps(question(**values)))


@pytest.mark.parametrize(
    "values",
    [
        {"n": "1"}, {"n": True}, {"n": []}, {"asked": []}, {"asked": "x"}, {"asked": 0},
        {"asked": {"a": MOST_NUMBER + 1}},
    ],
)  # fmt: skip
def test_another_kind_of_value_is_refused(checked, values):
    with pytest.raises(NotAsked):
        checked.check(orjson.dumps(question(**values)))


def _spoilt(of: dict) -> Iterator[dict]:
    yield {**of, "output": 5}
    yield {**of, "output": "map.data"}
    yield {**of, "output": "drawn.data"}
    yield {**of, "outputs": of["outputs"][0]}
    yield {**of, "outputs": of["outputs"][:1]}
    yield {**of, "outputs": [{"id": "x", "property": "data"}, of["outputs"][1]]}
    yield {**of, "inputs": []}
    yield {**of, "inputs": [5]}
    yield {**of, "inputs": [{"id": "other", "property": "n_clicks", "value": 1}]}
    yield {**of, "state": [of["state"][0], {}, []]}
    yield {**of, "state": [of["state"][0], [{**of["state"][1][0], "value": {"of": "field", "part": "other"}}], []]}
    yield {**of, "state": [of["state"][0], [{**of["state"][1][0], "id": {"of": "field", "part": []}}], []]}
    yield {**of, "changedPropIds": 5}
    yield {**of, "changedPropIds": [{}]}


def test_what_is_no_question_is_refused(checked):
    for spoilt in _spoilt(question()):
        with pytest.raises(NotAsked):
            checked.check(orjson.dumps(spoilt))


@pytest.mark.parametrize("text", ['"\\ud800"', "NaN", "1e400", "[" * (MOST_DEPTH + 1) + "]" * (MOST_DEPTH + 1)])
def test_what_no_browser_sends_is_refused_wherever_it_stands(checked, text):
    body = orjson.dumps(question(asked={"deep": "here"})).replace(b'"here"', text.encode())
    with pytest.raises(NotAsked):
        checked.check(body)


def test_a_refusal_is_a_sentence_and_is_written_down(local_question, caplog):
    with caplog.at_level(logging.WARNING):
        answer = local_question(b"{}")
    assert answer.status_code == 400 and "No se cambió nada" in answer.json["said"]
    assert "a question that no screen asks" in caplog.text


@pytest.fixture
def local_question(local):
    def send(body: bytes):
        headers = {"Accept": "application/json"}
        return ask(local, questions.ASK, "POST", headers=headers, data=body, content_type="application/json")

    return send
