"""An overlay of known kinds that is added by one module is switched, explained and drawn, and follows its period."""

import os

import pytest

from dashboard.pages.map.ids import Map, legend_of
from dashboard.settings import PREFIX
from tests import toy_overlay
from tests.browser import driving
from tests.browser.conftest import served

HOUSE = """
from pathlib import Path

import layers.overlays
from dashboard import texts

FOLDER = Path(__file__).parent / "toy"
layers.overlays.__path__.append(str(FOLDER))
texts.FOLDERS = (*texts.FOLDERS, FOLDER)

from dashboard.app import create_server  # only now: it publishes what is there
"""


@pytest.fixture(scope="module")
def toy_url(tmp_path_factory):
    """Serve the application with one overlay more; give its address."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "toy").mkdir()
    toy_overlay.write(folder / "toy")
    (folder / "toy_house.py").write_text(HOUSE, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        with served(os.environ[f"{PREFIX}STORE"], app="toy_house:create_server()") as url:
            yield url


def test_it_is_switched_explained_drawn_and_follows_its_period(toy_url, visit_at):
    page = visit_at(toy_url)
    driving.open_map(page, {"o": "toy", "ph": "2012-2014"})
    words = toy_overlay.WORDS["es"]
    assert words["overlay"]["toy"] in page.locator(f"#{Map.OVERLAYS}").inner_text()
    page.locator(f"#{legend_of('toy')}", has_text=words["legend"]["toy_star"]).wait_for()
    shown = driving.layers(page)
    assert shown["toy.lines"]["n"] > 6
    assert sorted(shown["toy.names"]["text"]) == ["T1", "T2"]
    assert shown["toy.points"]["about"] == [{"u": "220501"}] and shown["toy.points"]["text"] == ["2"]
    assert shown["toy.circles"]["about"] == [{"u": "220505", "n": 4}]
    driving.set_period(page, Map.HAZARD_PERIOD, [2020, 2022])
    driving.until_view(page, hazardPeriod=[2020, 2022])
    driving.until_settled(page)
    shown = driving.layers(page)
    assert shown["toy.points"]["about"] == [{"place": "1601"}]
    assert shown["toy.circles"]["about"] == [{"u": "220505", "n": 9}]
    driving.switch_overlay(page, "toy")
    driving.until_view(page, overlays=[])
    driving.until_settled(page)
    assert not any(layer["n"] for layer in driving.layers(page).values() if layer["overlay"] == "toy")
