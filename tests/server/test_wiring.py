"""Hold that callbacks name what is on a screen, and that a document carries its own screen and no other.

Dash would have the browser do it, and send the layouts of all screens with every document. The screens are asked of a
server, as a browser does.
"""

import inspect
import json
import os
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from dash import dcc, html

from dashboard.pages.kit import screens
from dashboard.settings import PREFIX
from tests.browser.conftest import served

MOST_BYTES = 250_000  # of a document with its screen, before it is compressed
WHOLE = re.compile(r"(data|aria)-[\w-]+")
PATHS = [screen.path for screen in screens().values() if screen.path]


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with served(os.environ[f"{PREFIX}STORE"]) as url, httpx.Client(base_url=url, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def callbacks(client) -> list[dict]:
    return client.get("/_dash-dependencies").json()


@pytest.fixture(scope="module")
def asked(client, callbacks) -> dict[str, dict]:
    """What Dash is answered when it asks for a screen, by address."""
    router = next(one for one in callbacks if "_pages_content.children" in one["output"])
    answers = {}
    for path in (*PATHS, "/nowhere"):
        inputs = [{**i, "value": path if i["property"] == "pathname" else ""} for i in router["inputs"]]
        outputs = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]
        asked = {"output": router["output"], "outputs": outputs, "inputs": inputs, "state": []}
        asked["changedPropIds"] = ["_pages_location.pathname"]
        answers[path] = client.post("/_dash-update-component", json=asked).json()["response"]
    return answers


@pytest.fixture(scope="module")
def laid_out(client, asked) -> dict[str, tuple[str, str]]:
    """The library and kind of every component that has an id, of all screens."""
    layouts = [client.get("/_dash-layout").json(), *(answer["_pages_content"] for answer in asked.values())]
    return {str(props["id"]): of for of, props in _components(layouts)}


def _components(part: Any) -> Iterator[tuple[tuple[str, str], dict]]:
    if isinstance(part, dict):
        if "namespace" in part and "props" in part and "id" in part["props"]:
            yield (part["namespace"], part["type"]), part["props"]
        part = part.values()
    elif not isinstance(part, list):
        return
    for each in part:
        yield from _components(each)


def _given(callback: dict) -> list[tuple[str, str]]:
    """Return id and property of all that one callback gives."""
    output = callback["output"]
    names = output.strip(".").split("...") if output.startswith("..") else [output]
    return [tuple(name.partition("@")[0].rsplit(".", 1)) for name in names]


def _named(callbacks: list[dict]) -> Iterator[tuple[str, str]]:
    """Give id and property of all that callbacks take and give."""
    for one in callbacks:
        yield from ((d["id"], d["property"]) for d in (*one["inputs"], *one["state"]))
        yield from _given(one)


def _unknown(named, laid_out) -> list[str]:
    """Return what is named and not there. Ids with parts are of components that callbacks make."""
    found = []
    for id_, prop in named:
        if id_.startswith("{"):
            assert all(isinstance(key, str) for key in json.loads(id_))
        elif id_ not in laid_out:
            found.append(id_)
        elif prop not in _properties(*laid_out[id_]) and not WHOLE.fullmatch(prop):
            found.append(f"{id_}.{prop}")
    return found


def _properties(namespace: str, kind: str) -> list[str]:
    library = {"dash_html_components": html, "dash_core_components": dcc}[namespace]
    return [*inspect.signature(getattr(library, kind)).parameters]


def test_every_component_and_property_that_a_callback_names_is_on_a_screen(callbacks, laid_out):
    named = set(_named(callbacks))
    assert len(named) > 200
    assert _unknown(named, laid_out) == []


@pytest.mark.parametrize(
    "id_, prop, told", [("map-sheet-f", "data", "map-sheet-f"), ("map-sheet-of", "dta", "map-sheet-of.dta")]
)
def test_a_misspelt_one_is_found(laid_out, id_, prop, told):
    assert _unknown([(id_, prop)], laid_out) == [told]


def _chosen_before_choices(callbacks: list[dict]) -> list[tuple[str, str]]:
    """Return the lists that a callback chooses in while their choices come by another: a list lets go of what is not
    among its choices, so that which callback is drawn first would decide what stays chosen. One that answers to
    what a person chose in the list comes after its choices."""
    filled = {id_ for one in callbacks for id_, prop in _given(one) if prop == "options"}
    return [
        (id_, prop)
        for one in callbacks
        for id_, prop in _given(one)
        if prop == "value"
        and id_ in filled
        and (id_, "options") not in _given(one)
        and not any((d["id"], d["property"]) == (id_, "value") for d in (*one["inputs"], *one["state"]))
    ]


def test_what_is_chosen_in_a_list_comes_with_its_choices(callbacks):
    assert _chosen_before_choices(callbacks) == []


def test_one_that_comes_before_them_is_found():
    begins = {"output": "..begun.data...district.value..", "inputs": [], "state": []}
    fills = {**begins, "output": "..district.options...district.value@1.."}
    assert _chosen_before_choices([begins, fills]) == [("district", "value")]


def test_no_store_is_only_given(callbacks, laid_out):
    """A callback that gives nothing names the element that it is about, not a store that nobody reads."""
    taken = {d["id"] for one in callbacks for d in (*one["inputs"], *one["state"])}
    given = {id_ for one in callbacks for id_, _ in _given(one)}
    stores = {id_ for id_, (_, kind) in laid_out.items() if kind == "Store"}
    assert not (given - taken) & stores


def _document(client, path: str) -> tuple[str, dict[tuple[str, str], dict]]:
    """Return a document, and the components of the layout in it by id."""
    answer = client.get(path, headers={"Accept": "text/html"})
    layout = answer.text.partition('id="first-layout">')[2].partition("</script>")[0]
    return answer.text, {str(props["id"]): props for _, props in _components(json.loads(layout))}


@pytest.mark.parametrize("path", [*PATHS, "/nowhere"])
def test_a_document_carries_its_own_screen_and_no_other(client, asked, path):
    document, carried = _document(client, path)
    assert carried["_pages_content"]["children"] == asked[path]["_pages_content"]["children"]
    title = asked[path]["_pages_store"]["data"]["title"]
    assert carried["_pages_store"]["data"]["title"] == title and f"<title>{title}</title>" in document
    assert "validation_layout" not in document and len(document.encode()) < MOST_BYTES


@pytest.mark.parametrize("path", ["/", "/registro/no%20hay", "/b/%C3%B1(1)"])
@pytest.mark.parametrize("search", ["", "?d=22&f=gap_education", "?x=%C3%B1&y"])
def test_a_document_says_the_address_as_a_browser_has_it_so_that_nothing_is_asked_again(client, path, search):
    place = _document(client, path + search)[1]["_pages_location"]
    assert (place["pathname"], place["search"]) == (path, search)


def test_the_layout_by_itself_carries_no_screen(client):
    carried = {str(props["id"]): props for _, props in _components(client.get("/_dash-layout").json())}
    assert not carried["_pages_content"].get("children") and "pathname" not in carried["_pages_location"]


def test_what_depends_on_what_is_published_with_the_document(client, callbacks):
    path = re.search(r'id="dash-wiring" href="([^"]+)"', client.get("/").text)[1]
    assert client.get(path).json() == callbacks
