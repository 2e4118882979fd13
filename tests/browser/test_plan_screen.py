"""The plan as a group works with it: solved on sight, asked anew, fixed and forbidden, compared, taken away."""

import re

import pytest

from dashboard.clusters.model import codes
from dashboard.pages.compare.ids import Compare
from dashboard.pages.plan.ids import PlanId
from tests.browser import driving, planning
from tests.browser.test_accessible import faults

MAYNAS = "1601"


@pytest.fixture
def plan(shared):
    """The page of the first plan, which the tests of this module share: what is asked of it is taken back."""
    page = shared(planning.open_plan, "").page
    planning.until_planned(page)
    return page


def test_a_first_visit_shows_sixteen_clusters_by_phase_and_what_they_reach(page):
    planning.open_plan(page)
    assert len(planning.codes(page)) == 16
    marks = planning.drawn(page)
    assert [len(marks[f"phase-{n}"]) for n in (1, 2, 3)] == [6, 5, 5]
    # the dash of an outline tells the state, as on every map; the shape of a number its phase
    signs = [sign for group in marks.values() for sign in group]
    assert planning.dashes(page) == {"6,4" if sign.isdigit() else "2,3" for sign in signs}
    told = page.locator(".plan-phases").inner_text()
    assert all(f"Fase {n}" in told for n in (1, 2, 3)) and "propuesto" in told and "solo en este plan" in told
    assert "validado" not in told  # no cluster of this plan is
    assert "Óptimo demostrado" in page.inner_text(f"#{PlanId.SUMMARY}")
    ledger = page.inner_text(f"#{PlanId.LEDGER}")
    assert all(f"previsto {n}" in ledger for n in (29, 54, 80))
    assert page.is_disabled(f"#{PlanId.UNDO}")


def test_what_the_map_is_coloured_by_is_named_however_late_the_facts_come(page):
    held = []
    page.route("**/published/facts*", lambda route: held.append(route), times=1)
    page.goto("/plan")  # it is loaded before they are
    for route in held:
        route.continue_()
    planning.until_planned(page)
    assert "Brecha combinada" in page.locator(f"#{PlanId.FILL}").inner_text()


def test_the_map_and_the_list_point_at_each_other(plan, dataset):
    page = plan
    code = next(c for c in planning.codes(page) if c.startswith(MAYNAS))
    ubigeo = "160107"  # Napo, the largest
    assert ubigeo in codes.decode(code, dataset.territory)
    x, y = planning.spot_of(page, ubigeo)
    page.mouse.move(x, y)
    page.wait_for_selector(f"#{PlanId.CARD}:not([hidden])")
    assert "Maynas, fase" in page.inner_text(f"#{PlanId.CARD}")
    page.mouse.click(x, y)
    page.wait_for_selector(f"{planning.ROW}.picked[data-row='{code}']")
    before = planning.scale(page)
    planning.do(page, code, "see")
    page.wait_for_function("(z) => amazonia.planMap.state.map.leaflet.getZoom() > z", arg=before)


def test_forbidding_a_cluster_shows_what_changes_and_undo_brings_it_back(plan):
    page = plan
    before = planning.codes(page)
    planning.do(page, before[3], "forbid")
    planning.until_codes(page, before, same=False)
    assert before[3] not in planning.codes(page)
    said = page.inner_text(f"#{PlanId.DIFFERENCE}")
    assert "Qué cambió" in said and "Salen (1)" in said
    assert page.locator(f"#{PlanId.CHIPS} .chip").count() == 1
    marks = planning.drawn(page)
    assert len(marks["gone"]) == 1
    assert any(text.startswith("+") for name, texts in marks.items() for text in texts)
    page.click(f"#{PlanId.UNDO}")
    planning.until_codes(page, before)
    page.wait_for_selector(f"#{PlanId.CHIPS} .chip", state="detached")
    assert page.inner_text(f"#{PlanId.DIFFERENCE}") == ""


def test_fixing_what_the_plan_chose_leaves_it_as_it_was(plan):
    page = plan
    before = planning.codes(page)
    planning.do(page, before[0], "fix")
    page.wait_for_selector(f"#{PlanId.DIFFERENCE} .plan-nothing")
    assert planning.codes(page) == before
    assert "fijo" in page.inner_text(f"{planning.ROW}[data-row='{before[0]}']")
    page.click(f"#{PlanId.CHIPS} .chip")
    page.wait_for_selector(f"#{PlanId.CHIPS} .chip", state="detached")


def test_what_cannot_be_met_names_what_is_in_the_way_and_mends_it(page):
    planning.open_plan(page)
    page.locator(f"#{PlanId.REACH} input").locator("xpath=ancestor::label").first.click()
    page.fill(f"#{PlanId.GOVERNMENTS} input", "90")
    page.press(f"#{PlanId.GOVERNMENTS} input", "Tab")
    page.wait_for_selector(f"#{PlanId.CHANGED}:not([hidden])")
    page.click(f"#{PlanId.CALCULATE}")
    planning.until_planned(page, "failed")
    assert "Bajar de 90 a 78" in page.inner_text(f"#{PlanId.SAID}")
    assert page.is_visible(".plan-stays")
    page.click(f"#{PlanId.SAID} [data-kind=governments]")
    planning.until_planned(page)
    assert "78 municipalidades distritales" in page.inner_text(f"#{PlanId.SUMMARY}")
    assert page.input_value(f"#{PlanId.GOVERNMENTS} input") == "78"


def test_a_way_that_gives_up_two_things_is_taken_with_one_press(page):
    page.goto("/plan?p=g80*b250301")
    planning.until_planned(page, "failed")
    page.click(f"#{PlanId.SAID} [data-value='governments:78|banned:250301']")
    planning.until_planned(page)
    assert page.input_value(f"#{PlanId.GOVERNMENTS}") == "78"
    assert page.locator(f"#{PlanId.CHIPS} .chip").count() == 0


def test_a_link_shows_both_plans_elsewhere(page, open_context):
    planning.open_plan(page)
    page.click(f"#{PlanId.KEEP}")
    page.wait_for_selector(".plan-sides")
    driving.choose_radio(page, PlanId.OBJECTIVE, "score")
    page.click(f"#{PlanId.CALCULATE}")
    page.wait_for_function("() => /[?&]p=oscore/.test(window.location.search)")
    page.wait_for_selector(f"#{PlanId.DIFFERENCE} .plan-changes")
    planning.until_planned(page)
    other = open_context().page
    other.goto(page.url)
    planning.until_planned(other)
    assert planning.codes(other) == planning.codes(page)
    assert other.inner_text(f"#{PlanId.DIFFERENCE}") == page.inner_text(f"#{PlanId.DIFFERENCE}")
    assert "Plan A y plan B" in other.inner_text(f"#{PlanId.DIFFERENCE}")


def test_nothing_that_explains_the_map_covers_it(page):
    planning.open_plan(page)
    for width in (390, 768, 1024):
        page.set_viewport_size({"width": width, "height": 768})
        page.wait_for_function("(w) => document.documentElement.clientWidth === w", arg=width)
        assert planning.over_the_map(page) == [], width
    page.set_viewport_size({"width": 1366, "height": 768})
    page.emulate_media(media="print")
    assert planning.over_the_map(page) == []
    page.emulate_media(media="screen")
    # where there is room beside the land the keys stand there: no number is under them
    page.wait_for_function(
        """() => {
            const keys = document.querySelectorAll(".plan-key, .plan-phases");
            const boxes = [...keys].map((key) => key.getBoundingClientRect());
            return [...document.querySelectorAll('#plan-map g[data-layer="numbers"] > g')].every((mark) => {
                const { left, right, top, bottom } = mark.getBoundingClientRect();
                return !boxes.some((b) => left < b.right && right > b.left && top < b.bottom && bottom > b.top);
            });
        }"""
    )


def test_clusters_go_into_the_comparison(page):
    planning.open_plan(page)
    for n, code in enumerate(planning.codes(page)[:2], 1):
        planning.do(page, code, "compare")
        page.wait_for_function("(n) => document.querySelector('.status').innerText.includes(`(${n} de 4)`)", arg=n)
    page.click("nav >> text=Comparar")
    page.wait_for_selector(f"#{Compare.RESULT} .order")
    assert page.locator(".compare-head").count() == 2
    page.click("nav >> text=Plan")  # and back, with nothing lost
    planning.until_planned(page)
    assert len(planning.codes(page)) == 16


def test_a_plan_is_taken_away_as_files_and_on_one_page(page):
    planning.open_plan(page)
    for kind in ("xlsx", "kml"):
        driving.set_value(page, PlanId.FORMAT, kind)
        with page.expect_download() as download:
            page.click(f"#{PlanId.TAKE}")
        assert download.value.suggested_filename.endswith(f".{kind}")
    code = planning.codes(page)[3]
    planning.do(page, code, "forbid")
    page.wait_for_selector(f"#{PlanId.DIFFERENCE} .plan-changes")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1


def test_the_plan_is_accessible(visitor, server_url):
    page = visitor.page
    planning.open_plan(page, "p=oaffected*x.2201-010203040506.V*r160107&pa=oaffected")
    planning.pick(page, planning.codes(page)[0])
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert faults(page) == []
