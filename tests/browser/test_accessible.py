"""Let axe look at every screen: nothing serious or critical may be wrong."""

import pytest

from dashboard.clusters.model import codes
from dashboard.pages.data.ids import Data
from dashboard.pages.map.ids import Map
from dashboard.web.request import LANGUAGE_COOKIE
from layers.overlays import overlays
from tests.browser import driving, maps, planning, proposing
from tests.browser.axe import faults
from tests.browser.touching import PHONE, Fingers

both_languages = pytest.mark.parametrize("language", ["es", "en"])
TRIO = codes.encode(["160101", "160102", "160103"])


def test_the_map_is_accessible_with_an_open_list_too(page):
    driving.open_map(page, {"o": ".".join(overlays())})
    assert faults(page) == []
    page.click(f"#{Map.FILL}")
    page.wait_for_selector(".dash-dropdown-content")
    assert faults(page) == []


def test_the_map_with_a_candidate_its_details_and_a_sheet_is_accessible(page):
    driving.open_map(page, {"d": "16", "c": f"Ribera~{TRIO}~h~1~", "a": "0", "f": "emergencies_per_10000"})
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    driving.choose_tool(page, "sheet")
    driving.click_district(page, "160101")
    page.locator(f"#{Map.SHEET}").wait_for()
    driving.until_settled(page)
    assert faults(page) == []


def test_the_map_in_english_with_problems_to_tell_is_accessible(visitor, server_url):
    visitor.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": "en", "url": server_url}])
    driving.open_map(visitor.page, "d=99&c=junk&f=nothing&o=" + ".".join(overlays()))
    assert faults(visitor.page) == []


def test_the_comparison_is_accessible(visitor, server_url):
    driving.open_comparison(visitor.page, {"a": "p:lamas"})
    assert faults(visitor.page) == []


def test_every_screen_has_one_main_part_and_a_heading_and_that_of_the_data_is_accessible(page):
    page.goto("/nada")
    page.get_by_text("No hay nada en esta dirección").first.wait_for()
    assert page.locator("main").count() == page.locator("h1").count() == 1
    for path in ("/", "/comparar", "/datos"):
        driving.go(page, path)
        driving.until_laid_out(page, path)
        page.wait_for_selector("main :is(h2, h3):visible")
        assert page.locator("main").count() == 1
        assert page.locator("h1").count() == 1
        assert page.locator("html").get_attribute("lang") == "es"
    page.wait_for_selector(f"#{Data.EDITIONS} table")
    assert faults(page) == []


def test_states_of_rules_are_told_by_a_word_and_a_sign_as_well_as_colour(still):
    for item in still.locator(f"#{Map.VERDICTS} li.rule").all():
        assert item.locator(".sign").inner_text() in ("✓", "!", "✗", "·")
        assert item.locator(".visually-hidden").inner_text().strip(": ") in (
            "cumple", "atención", "no cumple", "aún no se juzga",
        )  # fmt: skip


@both_languages
def test_the_map_of_a_phone_is_accessible_with_each_panel_open(visit_at, server_url, language):
    page = visit_at(server_url, language, **PHONE)
    driving.open_map(page, {"d": "16", "o": ".".join(overlays()), "pc": "2007-2023"}, tool="sheet")
    legend = page.locator(f"#{Map.LEGEND_FOLDED}")
    legend.locator("summary").first.tap()
    legend.locator(".legend-classes").wait_for()
    found = {"the legend": faults(page, contrast=language == "es")}
    legend.locator("summary").first.tap()
    fingers = Fingers(page)
    fingers.tap(maps.spot_of_mark(page, "conflicts.points"))
    page.locator(f"#{Map.HOVER}").wait_for()
    found["the card"] = faults(page, contrast=language == "es")
    page.locator(f"#{Map.HOVER} .hover-close").tap()
    fingers.tap(driving.spot_inside(page, "160107"))
    page.locator(f"#{Map.SHEET}").wait_for()
    driving.until_settled(page)
    found["the sheet"] = faults(page, contrast=language == "es")
    assert found == dict.fromkeys(found, [])


@both_languages
def test_the_map_is_accessible_with_its_card_and_years_open(visit_at, server_url, language):
    page = visit_at(server_url, language)
    driving.open_map(page, {"d": "16"})
    driving.open_years(page)
    page.mouse.move(*driving.spot_inside(page, "160107"))
    card = page.locator(f"#{Map.HOVER}")
    card.locator("summary").click()
    assert card.locator(".hover-source").is_visible()
    assert faults(page, contrast=language == "es") == []


@both_languages
def test_the_other_screens_with_maps_are_accessible(visit_at, server_url, language):
    page = visit_at(server_url, language)
    found = {}
    planning.open_plan(page)
    planning.pick(page, planning.codes(page)[0])
    found["plan"] = faults(page, contrast=language == "es")
    proposing.open_proposals(page, {"p": "2205"})
    page.locator(f"{proposing.ROWS} .pick").first.click()
    found["propose"] = faults(page, contrast=language == "es")
    for path in ("/cobertura", "/registro/lamas"):
        page.goto(path)
        driving.until_laid_out(page, path)
        page.wait_for_selector(".map-leaf path.district")
        page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        driving.until_settled(page)
        found[path] = faults(page, contrast=language == "es")
    assert found == dict.fromkeys(found, [])
