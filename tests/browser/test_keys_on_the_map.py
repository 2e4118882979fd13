"""Choose districts on the map itself by keyboard, and switch what is drawn there."""

from itertools import product

import pytest

from dashboard.pages.map.ids import Map
from dashboard.pages.plan.ids import PlanId
from tests.browser import driving, maps, planning, proposing

LORETO = "16"
LEAF = ".map-leaf"
OVERLAY = "risk"
# whether the cross of the keyboard is drawn in the middle of a map
CROSS = """(place) => {
    const map = document.querySelector(`${place} .map-leaf`), cross = getComputedStyle(map, "::after");
    return cross.content !== "none" && parseFloat(cross.width) > 20 && document.activeElement === map;
}"""
SHOWN = """(key) => [
    Boolean(document.querySelector(`#map-overlays input[value="${key}"]:checked`)),
    amazonia.map.last.view.overlays.includes(key),
    [...document.querySelectorAll("#map-graph g[data-overlay]")]
        .some((g) => g.dataset.overlay === key && g.querySelector("circle, path, text")),
]"""


def to_the_map(page, place: str, most: int = 60) -> int:
    """Press Tab until a map has the focus; return how often."""
    for count in range(1, most + 1):
        page.keyboard.press("Tab")
        if page.evaluate("(place) => document.activeElement.matches(`${place} .map-leaf`)", place):
            return count
    raise AssertionError(f"{most} tabs do not lead to the map")


def name_of(page, ubigeo: str) -> str:
    return page.evaluate("(u) => amazonia.facts.names[amazonia.facts.index.get(u)]", ubigeo)


def told(page, card: str) -> None:
    """Hold that the card tells the district under the cross, to who hears the screen too."""
    page.locator(card).wait_for()
    assert page.locator(card).get_attribute("aria-live") == "polite"


def test_a_first_press_on_the_sea_tells_of_nothing_and_shows_no_cross(page):
    driving.open_map(page, {"d": LORETO}, tool="sheet")
    page.reload()
    driving.until_usable(page)
    place = f"#{Map.GRAPH}"
    box = page.locator(place).bounding_box()
    page.mouse.click(box["x"] + 3, box["y"] + 0.6 * box["height"])  # nothing had the focus before
    driving.until_settled(page)
    assert page.evaluate("() => document.activeElement.matches('.map-leaf')")
    assert not page.evaluate(CROSS, place) and page.locator(f"#{Map.HOVER}").is_hidden()
    page.keyboard.press("ArrowRight")
    told(page, f"#{Map.HOVER}")
    assert page.evaluate(CROSS, place)


@pytest.fixture
def loreto(shared_map):
    """The page of a map of Loreto that the tests of this module share."""
    return shared_map({"d": LORETO}).page


def test_a_district_is_found_by_arrows_told_and_taken_by_enter(loreto):
    page = loreto
    driving.start_candidate(page)
    page.locator(f"#{Map.TOOL} input:checked").focus()
    place, card = f"#{Map.GRAPH}", page.locator(f"#{Map.HOVER}")
    page.locator(f"#{Map.SEARCH}").focus()
    assert to_the_map(page, place) < 40
    assert page.evaluate(CROSS, place)
    node = page.locator(f"{place} {LEAF}")
    assert node.get_attribute("role") == "application"
    assert node.get_attribute("aria-label") and "Entrar" in node.get_attribute("aria-description")
    first = maps.in_the_middle(page, place)
    told(page, f"#{Map.HOVER}")
    assert card.inner_text().startswith(name_of(page, first))

    before = driving.view_box(page)
    page.keyboard.press("ArrowRight")
    driving.until_settled(page)
    after = driving.view_box(page)
    assert after["lon"] > before["lon"] and after["scale"] == pytest.approx(before["scale"])
    second = maps.in_the_middle(page, place)
    assert second != first and card.inner_text().startswith(name_of(page, second))

    for key, scale in (("+", 2), ("-", 1)):
        page.keyboard.press(key)
        driving.until_settled(page)
        assert driving.view_box(page)["scale"] == pytest.approx(scale * before["scale"])

    for chosen in ([second], []):
        page.keyboard.press("Enter")
        driving.until_chosen(page, chosen)
        assert page.evaluate(CROSS, place), "the map has lost the focus"
    driving.until_settled(page)  # what is judged anew tells of the district again
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")


def test_enter_opens_the_sheet_of_the_district_under_the_cross_and_escape_closes_it(loreto):
    page = loreto
    driving.choose_tool(page, "sheet")
    page.locator(f"#{Map.SEARCH}").focus()
    to_the_map(page, f"#{Map.GRAPH}")
    name = name_of(page, maps.in_the_middle(page, f"#{Map.GRAPH}"))
    page.keyboard.press("Enter")
    sheet = page.locator(f"#{Map.SHEET}")
    sheet.wait_for()
    assert sheet.locator("h2").first.inner_text().startswith(f"{name} (")
    page.wait_for_function("(id) => document.getElementById(id).contains(document.activeElement)", arg=str(Map.SHEET))
    page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")
    page.wait_for_function(CROSS, arg=f"#{Map.GRAPH}")


def test_the_map_of_the_plan_is_read_and_pressed_by_keys(page):
    planning.open_plan(page)
    place = f"#{PlanId.MAP}"
    to_the_map(page, place, 120)
    assert page.evaluate(CROSS, place)
    before = planning.scale(page)
    page.keyboard.press("+")
    page.wait_for_function("(s) => amazonia.planMap.state.map.leaflet.getZoom() > s", arg=before)
    page.keyboard.press("-")
    page.wait_for_function("(s) => amazonia.planMap.state.map.leaflet.getZoom() === s", arg=before)
    u = page.evaluate("() => [...amazonia.planMap.state.byDistrict.keys()][0]")
    page.evaluate("(u) => amazonia.planMap.goTo([u])", u)
    page.wait_for_function(
        "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))"
    )
    middle = maps.in_the_middle(page, place)
    card = page.locator(f"#{PlanId.CARD}")
    told(page, f"#{PlanId.CARD}")
    assert name_of(page, middle) in card.inner_text()
    page.keyboard.press("Enter")
    code = page.evaluate("(u) => amazonia.planMap.state.byDistrict.get(u)?.code", middle)
    if code:
        page.wait_for_selector(f"{planning.ROW}.picked[data-row='{code}']")


def test_the_map_that_proposes_picks_by_keys(page):
    proposing.open_proposals(page, {"p": "2205"})
    page.wait_for_selector(f"{proposing.MAP}[data-ready=yes]")
    to_the_map(page, proposing.MAP, 120)
    assert page.evaluate(CROSS, proposing.MAP)
    u = maps.in_the_middle(page, proposing.MAP)
    card = page.locator(f"{proposing.MAP} .hover-card, .map-part:has({proposing.MAP}) .hover-card")
    card.wait_for()
    assert card.get_attribute("aria-live") == "polite" and name_of(page, u) in card.inner_text()


def until_switched(page, key: str, on: bool) -> None:
    """Wait until a switch, the view and the map say the same of an overlay; and nothing changes it back."""
    page.wait_for_function(f"([key, on]) => ({SHOWN})(key).every((is) => is === on)", arg=[key, on])
    driving.until_settled(page)
    assert page.evaluate(SHOWN, key) == [on] * 3


def test_an_overlay_is_switched_by_the_space_bar_and_by_what_reads_the_screen(loreto):
    page = loreto
    switch = page.locator(f"#{Map.OVERLAYS} input[value='{OVERLAY}']")
    switch.focus()
    for on in (True, False):
        page.keyboard.press("Space")
        until_switched(page, OVERLAY, on)
        assert switch.evaluate("(node) => node === document.activeElement")
    for on in (True, False):
        # what reads the screen presses without a pointer
        switch.evaluate("(node) => node.click()")
        until_switched(page, OVERLAY, on)


def test_a_switch_that_is_pressed_again_at_once_ends_as_pressed_last(loreto):
    page = loreto
    label = page.locator(f"#{Map.OVERLAYS} label", has=page.locator(f"input[value='{OVERLAY}']")).first
    label.scroll_into_view_if_needed()
    box, on = label.bounding_box(), False
    page.mouse.move(box["x"] + 60, box["y"] + 10)
    for pause_ms, presses in product((0, 5, 20, 60), (2, 3, 2, 5)):
        for n in range(1, presses + 1):
            page.mouse.down(click_count=n)
            page.mouse.up(click_count=n)
            if pause_ms:
                page.wait_for_timeout(pause_ms)
        on = on if presses % 2 == 0 else not on
        until_switched(page, OVERLAY, on)


def test_a_fill_is_chosen_by_arrows_and_enter(loreto):
    page = loreto
    before = driving.colours(page)
    page.locator(f"#{Map.FILL}").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.matches('.dash-dropdown-content input[value=gap_combined]')")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => document.activeElement.value === 'gap_education'")
    page.keyboard.press("Enter")
    driving.until_view(page, fill="gap_education")
    driving.until_settled(page)
    page.wait_for_selector(".dash-dropdown-content", state="hidden")
    assert driving.colours(page) != before
    assert "Brecha en educación" in page.locator(f"#{Map.FILL}").inner_text()
    assert "Brecha en educación" in page.locator(f"#{Map.LEGEND}").inner_text()
    driving.set_value(page, Map.FILL, "gap_combined")
    driving.until_view(page, fill="gap_combined")
