"""Read a candidate's place in the panel, try what would better it, keep districts, and see an order's firmness."""

import json
from urllib.parse import quote

from dashboard.clusters.model import codes
from dashboard.pages.compare.ids import Compare
from dashboard.pages.map import judging
from dashboard.pages.map.ids import Map
from tests.browser import driving
from tests.browser.test_accessible import faults

LAMAS = ["220501", "220505", "220510"]
OTHER_EDITION = "0123456789"
PLACED = f"#{Map.STANDING}:not(.waiting) .place"
DRAFTS = "amazonia.map.last.drafts"


def open_placed(page, query) -> None:
    driving.open_map(page, query)
    page.wait_for_selector(PLACED)


def until_placed(page, text: str) -> None:
    page.locator(f"{PLACED} b", has_text=text).first.wait_for()


def test_a_broken_proposal_is_mended_by_one_press_that_can_be_undone(page):
    open_placed(page, {"d": "22", "a": "p:lamas"})
    until_placed(page, "No está entre las candidatas factibles de Lamas (hay 341)")
    offered = page.locator(f"#{Map.STANDING} .changes li").first
    assert "Zapatero" in offered.inner_text() and "Distritos contiguos" in offered.inner_text()
    offered.locator(".try").click()
    driving.until_verdict(page, "Distritos contiguos", "pass")
    assert len(driving.chosen(page)) == 4
    # the proposal itself stays as it was: the change is on a copy
    kept = page.evaluate(f"() => [{DRAFTS}.candidates.length, {DRAFTS}.candidates[0].replaces]")
    assert kept == [1, "lamas"]
    until_placed(page, "Lugar")
    page.keyboard.press("Control+z")
    driving.until_chosen(page, LAMAS)
    until_placed(page, "No está entre las candidatas factibles de Lamas (hay 341)")


def test_the_answer_is_of_the_candidate_in_hand_and_small(visitor):
    page = visitor.page
    open_placed(page, {"d": "22"})
    driving.start_candidate(page)
    asked, sizes = [], []

    def note(response) -> None:
        body = json.loads(response.request.post_data or "{}")
        if judging.PLACE in body.get("parts", ()):
            asked.append(body["drawing"]["ubigeos"])
            sizes.append(int(response.request.sizes()["responseBodySize"]))

    page.on("response", note)
    driving.set_value(page, Map.ADD, LAMAS[0])
    driving.until_chosen(page, LAMAS[:1])
    page.wait_for_selector(PLACED)
    driving.until_settled(page)
    assert asked[-1] == LAMAS[:1]
    assert max(sizes) < 8_000


def test_a_locked_district_stays_in_every_change_and_in_the_address(page):
    open_placed(page, {"d": "22", "c": f"Lamas~{codes.encode(LAMAS)}~h~1~", "a": "0"})
    name = page.evaluate("(u) => amazonia.place.district(u)", LAMAS[1])
    lock = page.locator(f"#{Map.CHIPS} .lock").nth(1)
    assert lock.get_attribute("aria-pressed") == "false" and name in lock.get_attribute("aria-label")
    lock.click()
    page.wait_for_function(f"(us) => {DRAFTS}.candidates[0].locked.join() === us.join()", arg=[LAMAS[1]])
    page.wait_for_selector(f"#{Map.STANDING}:not(.waiting) .try")
    page.wait_for_function("(code) => decodeURIComponent(location.search).includes(code)", arg=codes.encode([LAMAS[1]]))
    driving.until_settled(page)
    taken = page.locator(f"#{Map.STANDING} .try").evaluate_all("(all) => all.map((b) => b.dataset.take)")
    assert taken and not any(LAMAS[1] in codes_taken for codes_taken in taken)
    page.goto(page.url)
    driving.until_usable(page)  # a map that still moves has another district under the pointer by the time of the click
    page.wait_for_selector(f"#{Map.CHIPS} .lock[aria-pressed=true]")
    assert page.locator(f"#{Map.CHIPS} .lock[aria-pressed=true]").count() == 1
    # taken off by hand, it is locked no more
    driving.toggle_district(page, LAMAS[1])
    assert page.evaluate(f"() => {DRAFTS}.candidates[0].locked") == []


def test_its_place_follows_the_weights_of_the_group(page):
    open_placed(page, {"d": "22", "a": "p:lamas", "w": "gap-0*affected-0"})
    one = page.locator(f"#{Map.STANDING} .place").first.inner_text()
    open_placed(page, {"d": "22", "a": "p:lamas", "w": ""})
    assert page.locator(f"#{Map.STANDING} .place").first.inner_text() != one


def test_a_candidate_judged_on_other_data_says_so_until_it_is_accepted(page):
    query = f"d=22&a=0&e={OTHER_EDITION}&c={quote(f'Vieja~{codes.encode(LAMAS)}~h~1~')}"
    open_placed(page, query)
    notice = page.locator(f"#{Map.EDITION} .edition-notice")
    notice.wait_for()
    own = page.evaluate("() => document.documentElement.dataset.edition")
    assert OTHER_EDITION in notice.inner_text() and own in notice.inner_text()
    assert faults(page) == []
    notice.locator("button").click()
    notice.wait_for(state="detached")
    assert page.evaluate(f"() => {DRAFTS}.candidates[0].edition") == own
    assert page.evaluate("() => new URLSearchParams(location.search).get('e')") == own


def test_the_panel_with_everything_open_is_accessible(page):
    open_placed(page, {"d": "22", "a": "p:moyobamba-rioja"})
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert page.locator(f"#{Map.STANDING} .strip-slot.own").count() > 5
    assert faults(page) == []


def test_how_firm_an_order_is_is_worked_out_on_request_and_goes_stale(page):
    driving.open_comparison(page, "k=p%3Alamas.p%3Acondorcanqui.p%3Atambopata")
    page.click(f"#{Compare.FIRM}")
    page.locator(".duel").first.wait_for()
    assert page.locator(".duel").count() == 3
    assert "semilla" in page.locator(f"#{Compare.FIRMNESS}").inner_text()
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert faults(page) == []
    page.locator("input.weight-slider, .weight-control input[type=range]").first.focus()
    page.keyboard.press("Home")
    page.locator(f"#{Compare.FIRMNESS} .stale").wait_for()
    assert page.locator(".duel").count() == 0
