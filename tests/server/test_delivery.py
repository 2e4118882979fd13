"""Hold how much comes before a screen can be used, and that nothing comes that the screen does not need.

What a browser asks for of itself is read off the document: sheets, scripts, what is preloaded. It is counted as packed.
"""

import os
import re
from collections.abc import Iterator

import httpx
import pytest

from dashboard.settings import PREFIX
from tests.browser.conftest import served

LINKED = re.compile(r'<link rel="(?:stylesheet|preload)"[^>]* href="(/[^"]+)"')
RUN = re.compile(r'<script(?! type="application/json")[^>]* src="(/[^"]+)"')
MOST_REQUESTS = 14
# of which what a screen asks for by itself has to be left out; the others bring what they do along
MOST_KB = {"/": 435}
MOST_KB_ELSEWHERE = 475
OF_MAPS = ("limits.", "facts.", "map.", "leaflet.", "plotly.", "async-graph.js")
OF_NO_SCREEN_AT_FIRST = ("async-slider.js", "plotly-charts.", "dash_table", "polyfill")
WITH_MAP = ["/", "/plan", "/proponer", "/comparar", "/presentar", "/registro", "/cobertura"]
WITHOUT_MAP = ["/reuniones", "/datos", "/cuentas", "/nowhere"]


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with served(os.environ[f"{PREFIX}STORE"]) as url, httpx.Client(base_url=url, timeout=60) as client:
        client.headers["Accept"], client.headers["Accept-Encoding"] = "text/html", "br"
        yield client


def _asked(client: httpx.Client, path: str) -> dict[str, int]:
    """What is asked for at once by address, the document first, with its bytes as they are sent."""
    document = client.get(path).text
    return {a: _sent(client, a) for a in dict.fromkeys((path, *LINKED.findall(document), *RUN.findall(document)))}


def _sent(client: httpx.Client, address: str) -> int:
    with client.stream("GET", address) as answer:
        return sum(map(len, answer.iter_raw()))


@pytest.mark.parametrize("path", [*WITH_MAP, *WITHOUT_MAP])
def test_few_and_small_files_come_before_a_screen_can_be_used(client, path):
    asked = _asked(client, path)
    assert len(asked) <= MOST_REQUESTS, asked
    assert sum(asked.values()) <= MOST_KB.get(path, MOST_KB_ELSEWHERE) * 1000, asked
    assert not [address for address in asked if any(part in address for part in OF_NO_SCREEN_AT_FIRST)]


@pytest.mark.parametrize("path", WITHOUT_MAP)
def test_a_screen_without_a_map_asks_for_none_of_its_files(client, path):
    assert not [address for address in _asked(client, path) if any(f"/{part}" in address for part in OF_MAPS)]


@pytest.mark.parametrize("path", [*WITH_MAP, "/reuniones", "/datos", "/cuentas"])
def test_what_the_other_screens_do_comes_with_them_and_not_with_the_map(client, path):
    assert any("/screens." in address for address in _asked(client, path)) == (path != "/")


@pytest.mark.parametrize("path", WITH_MAP)
def test_a_screen_with_a_map_asks_for_limits_and_facts_at_once(client, path):
    asked = " ".join(_asked(client, path))
    assert "/limits." in asked and "/facts." in asked


@pytest.mark.parametrize("language, said", [("es", "Cargando…"), ("en", "Loading…")])
def test_a_frame_is_seen_before_anything_else_is_there(client, language, said):
    page = client.get("/", headers={"Cookie": f"lang={language}"}).text
    head, _, body = page.partition("<body>")
    assert re.findall(r'rel="stylesheet" href="/published/(\w+)', head) == ["first_styles"], "no other keeps it waiting"
    frame = body.partition('<link rel="stylesheet"')[0]
    assert said in frame and 'aria-busy="true"' in frame and "<script" not in frame


def test_the_map_can_be_drawn_before_the_screen_is_laid_out(client):
    page = client.get("/?d=22&f=gap_education").text
    view = re.search(r'id="browser-view">(\{[^<]*\})</script>', page)[1]
    assert '"department":"22"' in view and '"fill":"gap_education"' in view
    assert page.index('id="map-stage"') < page.index('id="react-entry-point"')
    assert "browser-view" not in client.get("/datos").text
