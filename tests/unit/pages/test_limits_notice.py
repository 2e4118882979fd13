"""What the map, the comparison and the data screen say of the limits follows the data, and is never fixed."""

from dataclasses import replace
from importlib import import_module

import pytest
from dash import html

from dashboard.pages.data import editions
from dashboard.pages.map.ids import Map

# the packages name a function like the module it is in
map_layout, comparison = (import_module(f"dashboard.pages.{screen}.layout") for screen in ("map", "compare"))
SKETCH, OFFICIAL = "Límites esquemáticos, no oficiales.", "Límites del conjunto de datos cargado."


def texts_of(component) -> list[str]:
    if isinstance(component, (list, tuple)):
        return [text for child in component for text in texts_of(child)]
    if isinstance(component, str):
        return [component]
    return texts_of(getattr(component, "children", None) or [])


@pytest.fixture(params=[False, True], ids=["sketch", "official"])
def in_use(request, dataset, monkeypatch):
    """The default data, and the same with limits said to be official of which one is missing."""
    found = dataset
    if request.param:
        limits = dataset.limits.copy()
        limits.loc["010204", "geometry"] = None
        found = replace(dataset, limits_official=True, limits=limits)
    monkeypatch.setattr("dashboard.web.request.dataset", lambda: found)
    return found


@pytest.mark.parametrize("screen", ["map", "comparison", "data"])
def test_the_notice_on_every_screen_follows_the_data(in_use, screen):
    shown = {
        "map": lambda: map_layout._map(in_use),
        "comparison": comparison.layout,
        "data": lambda: editions.in_use(None, in_use),
    }[screen]()
    words = " ".join(texts_of(shown))
    assert (SKETCH in words) != in_use.limits_official
    assert (OFFICIAL in words) == in_use.limits_official
    assert ("El Parco" in words) == in_use.limits_official


def test_the_caption_is_what_the_picture_of_the_map_takes_over(in_use):
    (foot,) = [c for c in map_layout._map(in_use).children if getattr(c, "className", "") == "map-foot"]
    caption = foot.children[0]
    assert isinstance(caption, html.Span) and caption.id == Map.CAPTION
