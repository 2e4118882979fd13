"""The example for a notebook runs as it stands in the README, and its numbers are those that it tells."""

import re
from io import BytesIO

import pytest
from PIL import Image

from tests.root import ROOT

TEXT = (ROOT / "README.md").read_text("utf-8")
PART = TEXT[TEXT.index("## In a notebook") : TEXT.index("## Architecture")]
FIRST, WITH_PYSAL = re.findall(r"```python\n(.*?)```", PART, re.DOTALL)


@pytest.fixture(scope="module")
def names():
    found = {}
    exec(compile(FIRST, "README.md", "exec"), found)
    return found


def test_districts_a_pool_and_a_map_take_three_imports(names, dataset):
    assert len(re.findall(r"^(?:from|import) ", FIRST, re.MULTILINE)) == 3
    assert list(names["districts"].index) == list(dataset.territory.in_department("22"))
    assert set(dataset.catalog.index) <= set(names["districts"])
    told = int(re.search(r"all (\d+) feasible", FIRST)[1])
    assert len(names["everyone"]) == told
    assert dataset.territory.is_contiguous(names["best"]) and {u[:4] for u in names["best"]} == {"2205"}
    with Image.open(BytesIO(names["picture"])) as picture:
        assert picture.format == "PNG" and min(picture.size) > 100


def test_its_graph_is_one_of_pysal(names, dataset):
    pytest.importorskip("libpysal", reason="libpysal comes with the extra `bench`")
    scope = dict(names)
    exec(compile(WITH_PYSAL, "README.md", "exec"), scope)
    assert list(scope["graph"].unique_ids) == list(names["districts"].index)
    assert scope["high"] and set(scope["high"]) <= set(dataset.territory.in_department("22"))
