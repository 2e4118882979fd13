"""Propose clusters as a group does: choose a province, weigh, point, pick, and take one away."""

import numpy as np
import pytest
from playwright.sync_api import expect

from dashboard.clusters.scoring.pools import pool
from dashboard.clusters.scoring.terms import Terms
from dashboard.pages.map.ids import Map
from dashboard.pages.propose.ids import Propose
from tests.browser import charts, driving, maps, proposing
from tests.browser.proposing import ROWS
from tests.browser.test_accessible import faults

LAMAS, PURUS = "2205", "2504"
BARRANQUITA = "220503"
POINTED = f"{proposing.MAP} [data-layer=pointed] .line"
CONFLICTS, HAZARDS = (2007, 2023), (2017, 2022)
SLIDERS = f"#{Propose.WEIGHT_ROWS} input[type=range]"


def best_of(dataset, place: str, **given) -> list[tuple[int, str, float]]:
    """The first of a place by the engine: place, names, score."""
    among = pool(dataset, Terms(conflict_period=CONFLICTS, hazard_period=HAZARDS, **given), place)
    names = dataset.territory.districts
    return [
        (int(among.places[row]), ", ".join(names[u].name for u in sorted(among.groups.ubigeos(int(row)))),
         float(np.round(among.totals[row], 1)))
        for row in among.order
    ]  # fmt: skip


@pytest.fixture
def lamas(shared):
    """The page of the candidates of Lamas, which the tests of this module share: one is picked, none pointed at."""
    page = shared(proposing.open_proposals, {"p": LAMAS, "sv": ""}).page
    page.locator(proposing.SCATTER).scroll_into_view_if_needed()  # the one before may have looked at the map below it
    proposing.until_marked(page, "picked")
    return page


def test_weights_change_the_order_at_once_and_cost_no_request(visitor, dataset):
    page = visitor.page
    with page.expect_request(f"**{charts.BUNDLE}*"):
        proposing.open_proposals(page, {"p": LAMAS, "sv": ""})
    charts.until_drawn(page, proposing.SCATTER)
    before, asked = proposing.listed(page)[0]["names"], len(visitor.requests)
    page.locator(SLIDERS).first.focus()
    page.keyboard.press("Home")
    page.wait_for_function(
        "([rows, old]) => document.querySelector(`${rows} .pick`).textContent !== old", arg=[ROWS, before]
    )
    wanted = best_of(dataset, LAMAS, weights={"gap": 0.0})
    found = proposing.listed(page)
    assert [(r["place"], r["names"]) for r in found] == [(n, names) for n, names, _ in wanted[:50]]
    assert [r["score"] for r in found] == pytest.approx([s for _, _, s in wanted[:50]], abs=0.11)
    assert str(len(wanted)) in page.locator(f"#{Propose.TITLE}").inner_text().replace("\u202f", "")
    page.wait_for_function("() => new URLSearchParams(location.search).get('w') === 'gap-0'")
    assert visitor.requests[asked:] == []


def test_what_is_pointed_at_is_shown_in_list_scatter_and_map(lamas):
    page = lamas
    assert proposing.outlines(page)["picked"]
    page.locator(f"{ROWS} .pick").nth(4).hover()
    page.wait_for_selector(f"{ROWS}.pointed")
    box = proposing.until_marked(page, "picked", "pointed")["pointed"]
    assert proposing.outlines(page)["pointed"]
    # in the scatter: where the mark of that one was drawn
    page.mouse.move(0, 0)
    proposing.until_marked(page, "picked")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("(line) => document.querySelector(line).getAttribute('d')", arg=POINTED)
    again = proposing.until_marked(page, "picked", "pointed")["pointed"]
    assert (again["x"], again["y"]) == pytest.approx((box["x"], box["y"]), abs=2)
    # on the map, a district stands for the best candidate that holds it
    page.mouse.move(0, 0)
    proposing.until_marked(page, "picked")
    page.mouse.move(*proposing.spot_of(page, BARRANQUITA))
    page.wait_for_selector(f"{ROWS}.pointed, .pointed-at:not(:empty)")
    card = page.locator(f"{proposing.MAP} ~ .hover-card")
    card.wait_for()
    assert card.locator(".hover-name").inner_text() == "Barranquita Lamas, San Martín"
    assert "Brecha" in card.inner_text()


def test_on_the_map_a_district_is_chosen_by_click_and_by_key_with_others_faint_around(lamas, dataset):
    page = lamas
    drawn = page.locator(f"{proposing.MAP} path.district:not([fill-opacity])")
    own = [u for u in dataset.territory.districts if u.startswith(LAMAS)]
    assert set(drawn.evaluate_all("(paths) => paths.map((path) => path.dataset.u)")) == set(own)
    page.mouse.click(*proposing.spot_of(page, BARRANQUITA))
    proposing.until_picked(page, next(names for _, names, _ in best_of(dataset, LAMAS) if "Barranquita" in names))
    # the keyboard chooses what lies under the cross in the middle, and hears what that is
    page.locator(f"{proposing.MAP} .map-leaf").focus()
    page.keyboard.press("+")
    under = dataset.territory.districts[maps.in_the_middle(page, proposing.MAP)].name
    expect(page.locator(f"{proposing.MAP} ~ .hover-card .hover-name")).to_contain_text(under)
    page.keyboard.press("Enter")
    best = next(names for _, names, _ in best_of(dataset, LAMAS) if under in names.split(", "))
    proposing.until_picked(page, best)


def test_the_map_tells_proposals_of_the_record_by_number_and_no_name_lies_over_another(lamas):
    page = lamas
    page.locator("[data-zoom=home]").click()
    numbers = page.locator(f"{proposing.MAP} [data-layer=numbers] > g")
    expect(numbers.filter(has_text="3")).to_be_visible()
    assert maps.overlapping(page, proposing.MAP) == []
    box = page.locator(f"{proposing.MAP} .leaflet-control-scale-line")
    assert "km" in box.inner_text()
    before = box.inner_text()
    page.locator("[data-zoom=in]").click()
    page.locator("[data-zoom=in]").click()
    expect(box).not_to_have_text(before)
    assert maps.overlapping(page, proposing.MAP) == []
    page.locator("[data-zoom=home]").click()
    expect(box).to_have_text(before)


def test_every_candidate_stands_in_the_scatter_where_its_figures_are_and_is_picked_there(lamas, dataset):
    page = lamas
    drawn = charts.traces(page, proposing.SCATTER)
    among = pool(dataset, Terms(conflict_period=CONFLICTS, hazard_period=HAZARDS), LAMAS)
    by_row = {
        row: point
        for name in ("others", "frontier")
        for row, *point in zip(*(drawn[name][part] for part in ("custom", "x", "y")), strict=True)
    }
    assert sorted(by_row) == list(range(len(among.groups)))
    for axis, key in enumerate(("gap", "proximity")):
        assert [by_row[row][axis] for row in sorted(by_row)] == pytest.approx(list(among.values[key]), abs=0.06)
    spots = charts.spots(page, proposing.SCATTER)
    assert len(spots) == len(by_row)
    # the one with the largest gap: nobody else stands there
    x, y = max(spots)
    page.mouse.click(x, y)
    best = max(by_row, key=lambda row: by_row[row][0])
    names = dataset.territory.districts
    proposing.until_picked(page, ", ".join(names[u].name for u in sorted(among.groups.ubigeos(best))))
    box = proposing.until_marked(page, "picked", "pointed")["picked"]
    assert (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == pytest.approx((x, y), abs=1)


def test_the_scatter_s_library_is_asked_for_once_it_is_in_sight(open_context):
    visitor = open_context(viewport={"width": 390, "height": 600})
    proposing.open_proposals(visitor.page, {"p": LAMAS})
    assert not charts.asked(visitor.requests)
    visitor.page.locator(proposing.SCATTER).scroll_into_view_if_needed()
    charts.until_drawn(visitor.page, proposing.SCATTER)
    assert charts.asked(visitor.requests) == 1


def test_where_the_scatter_cannot_be_fetched_it_is_said_and_can_be_asked_for_again(visitor):
    page = visitor.page
    page.route(f"**{charts.BUNDLE}*", lambda route: route.fulfill(status=503, body=""))
    proposing.open_proposals(page, {"p": LAMAS})
    page.locator(".chart-missing", has_text="no se pudo traer").wait_for()
    page.unroute(f"**{charts.BUNDLE}*")
    page.locator(".chart-missing button").click()
    proposing.until_marked(page, "picked")
    visitor.errors.clear()  # that of the refusal itself


def test_one_is_picked_by_key_and_the_address_brings_it_back(page):
    proposing.open_proposals(page, {"p": LAMAS})
    third = proposing.listed(page)[2]["names"]
    page.locator(f"{ROWS} .pick").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    proposing.until_picked(page, third)
    page.wait_for_function("() => location.search.includes('q=2205')")
    page.goto(page.url)
    proposing.until_found(page)
    proposing.until_picked(page, third)


def test_where_there_can_never_be_a_cluster_it_is_said_why(page):
    proposing.open_proposals(page, {"p": PURUS})
    said = page.locator(f"#{Propose.LIST}").inner_text()
    assert "Purús tiene un solo distrito" in said and "3" in said
    assert page.locator(ROWS).count() == 0
    assert faults(page) == []


def test_one_goes_to_the_map_as_a_draft_that_can_be_undone(page):
    proposing.open_proposals(page, {"p": LAMAS, "d": "22", "a": "p:lamas"})
    names = proposing.listed(page)[0]["names"]
    page.click(f"#{Propose.TO_MAP}")
    driving.until_usable(page)
    assert sorted(driving.chips(page)) == sorted(names.split(", "))
    candidate = page.evaluate("() => amazonia.drafts.shown(amazonia.map.last.drafts)")
    assert candidate["replaces"] == "lamas"
    assert driving.verdict(page, "Distritos contiguos")[0] == "pass"
    page.locator(f"#{Map.STANDING} .place b", has_text="Lugar 1 de 341 en Lamas").wait_for()
    page.keyboard.press("Control+z")
    page.wait_for_function("() => amazonia.map.last.drafts.candidates.length === 0")


def test_two_go_into_the_comparison(page):
    proposing.open_proposals(page, {"p": LAMAS})
    first, second = (r["names"] for r in proposing.listed(page)[:2])
    page.click(f"#{Propose.COMPARE}")
    page.locator(f"#{Propose.MESSAGE}", has_text="1 de 4").wait_for()
    page.locator(f"{ROWS} .pick").nth(1).click()
    proposing.until_picked(page, second)
    page.click(f"#{Propose.COMPARE}")
    page.locator(f"#{Propose.MESSAGE}", has_text="2 de 4").wait_for()
    page.click(f"#{Propose.TO_COMPARE}")
    driving.until_compared(page)
    assert [name.rstrip("…") for name in driving.compared(page)] == [first[:54].rstrip("…"), second[:54].rstrip("…")]


def test_the_screen_is_accessible(visitor, server_url):
    proposing.open_proposals(visitor.page, {"p": LAMAS})
    visitor.page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert faults(visitor.page) == []
    assert visitor.page.locator("h1").count() == 1


def test_a_finger_on_the_scatter_scrolls_the_page_and_a_tap_picks(open_context):
    page = open_context(viewport={"width": 390, "height": 600}, has_touch=True, is_mobile=True).page
    proposing.open_proposals(page, {"p": LAMAS})
    page.locator(proposing.SCATTER).scroll_into_view_if_needed()
    charts.until_drawn(page, proposing.SCATTER)
    x, y = max(charts.spots(page, proposing.SCATTER))
    # without windows Chromium has a mouse all the same: where it rests outside, the chart hears that it left at once
    page.mouse.move(x - 100, y)
    page.touchscreen.tap(x, y)
    # the mouse may have pointed before
    page.wait_for_function(
        """([room, x, y]) => [...document.querySelectorAll(`${room} .shapelayer path`)].some((mark) => {
            const box = mark.getBoundingClientRect();
            return Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y) < 1;
        })""",
        arg=[proposing.SCATTER, x, y],
    )
    box = proposing.until_marked(page, "picked", "pointed")["pointed"]
    assert (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == pytest.approx((x, y), abs=1)
    top = "() => document.querySelector('#propose-scatter').getBoundingClientRect().top"
    before, finger = page.evaluate(top), page.context.new_cdp_session(page)
    box = page.locator(proposing.SCATTER).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 12):
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + 10 * step}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function(f"(before) => ({top})() > before + 40", arg=before)


def test_what_weights_do_is_told_beside_what_they_ask_and_they_can_be_solved_for(page):
    """In San Martín, where the gap weighs most and does next to nothing."""
    proposing.open_proposals(page, {"p": "22"})
    box = page.locator("#propose-effects")
    shares = """() => [...document.querySelectorAll('#propose-effects tbody tr')].map((tr) =>
        [...tr.cells].slice(1, 3).map(({ textContent }) =>
            Number(textContent.replace('\u2212', '-').replace(/[^0-9-]/g, ''))))"""
    page.wait_for_selector("#propose-effects tbody tr.far")
    expect(box.locator(".effects-said")).to_be_visible()
    before, weights = page.evaluate(shares), page.locator("[data-weight-of]").all_inner_texts()
    assert abs(sum(asked for asked, _ in before) - 100) <= 5 and abs(sum(done for _, done in before) - 100) <= 5
    page.get_by_role("button", name="Que cada criterio haga lo que pide").click()
    expect(box.locator(".effects-said")).to_have_text("Cada criterio hace más o menos lo que su peso pide.")
    after = page.evaluate(shares)
    assert [asked for asked, _ in after] == [asked for asked, _ in before], "what is asked for stays in sight"
    assert all(abs(asked - done) < 5 for asked, done in after)
    expect(page.get_by_text("Hecho: con estos pesos")).to_be_visible()
    page.get_by_role("button", name="Volver a los pesos de antes").click()
    expect(page.get_by_role("button", name="Volver a los pesos de antes")).to_be_hidden()
    assert page.locator("[data-weight-of]").all_inner_texts() == weights
    card = page.locator("#propose-card")
    expect(card).to_contain_text("de las ponderaciones posibles queda entre las mejores 5 (1 000 al azar)")
    card.get_by_role("button", name="Comparar solo las de").click()
    expect(card.get_by_role("button", name="Comparar solo las de")).to_have_count(0)
