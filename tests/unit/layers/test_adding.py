"""An overlay is added by one module and its words: it is published, offered, explained and drawn."""

import sys

import flask
import orjson
import pytest

from dashboard import texts
from dashboard.pages.map import choices
from dashboard.pages.map.ids import legend_of
from dashboard.web import publish, view
from geodata.model import default
from layers import overlays
from layers.overlay import Outlines, Overlay
from tests import toy_overlay


@pytest.fixture
def toy(tmp_path, monkeypatch):
    """Add the module to those that are there, for one test."""
    toy_overlay.write(tmp_path)
    monkeypatch.setattr(overlays, "__path__", [*overlays.__path__, str(tmp_path)])
    monkeypatch.setattr(texts, "FOLDERS", (*texts.FOLDERS, tmp_path))
    overlays.overlays.cache_clear()
    yield overlays.overlays()["toy"]
    overlays.overlays.cache_clear()
    sys.modules.pop("layers.overlays.toy", None)


def test_it_stands_in_the_panel_at_its_place(toy):
    assert list(overlays.overlays())[:3] == ["clusters", "toy", "conflicts"]
    assert "toy" not in overlays.at_first()


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_it_is_offered_and_explained_in_each_language(toy, language):
    wanted = toy_overlay.WORDS[language]
    with flask.Flask("toy").test_request_context(headers={"Cookie": f"lang={language}"}):
        (switch,) = [option for option in choices.switches(default()) if option["value"] == "toy"]
        rows = choices.legends()[legend_of("toy")]
    name, place = switch["label"].children
    assert name == wanted["overlay"]["toy"] and place.id == legend_of("toy")
    assert [row.children[1] for row in rows] == list(wanted["legend"].values())
    assert all(row.children[0].src.startswith("data:image/svg+xml,") for row in rows)


def test_an_address_can_ask_for_it(toy, dataset):
    found = view.read_view({"o": "toy.risk"}, dataset)
    assert found.overlays == ("toy", "risk") and found.problems == ()


def test_its_figures_and_what_is_drawn_from_them_are_published(toy, dataset):
    sent = orjson.loads(publish.publish(dataset)["facts"].body)["overlays"]["toy"]
    assert sent["needs"] == ["hazardPeriod"]
    assert [(part["kind"], part["of"]) for part in sent["parts"]] == [
        ("outlines", "groups"), ("labels", "groups"), ("marks", "toys"), ("rings", "games"), ("spans", "paths"),
    ]  # fmt: skip
    assert sent["rows"]["groups"][0] == {"members": ["2205"], "text": "T1"}


def test_each_of_its_parts_has_a_layer_at_its_height(toy):
    found = {part.layer(key): part.height for key, overlay in overlays.overlays().items() for part in overlay.parts}
    assert {"toy.lines", "toy.names", "toy.points", "toy.circles"} <= set(found)
    assert found["departments.lines"] < found["toy.lines"] < found["clusters.proposed"] < found["toy.points"]
    assert found["toy.points"] < found["toy.names"] < found["clusters.names"]


def test_a_part_without_figures_is_told_at_once(dataset):
    part = Outlines(of="nowhere", colour="#000000", width=1)
    with pytest.raises(ValueError, match="nowhere"):
        Overlay(key="toy", place=1, parts=(part,), legend=()).facts(dataset)


def test_two_overlays_of_one_key_are_told_at_once(tmp_path, monkeypatch):
    (tmp_path / "twin.py").write_text(toy_overlay.MODULE.replace('key="toy"', 'key="risk"'), "utf-8")
    monkeypatch.setattr(overlays, "__path__", [*overlays.__path__, str(tmp_path)])
    overlays.overlays.cache_clear()
    with pytest.raises(ValueError, match="risk"):
        overlays.overlays()
    overlays.overlays.cache_clear()
    sys.modules.pop("layers.overlays.twin", None)
