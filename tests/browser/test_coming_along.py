"""Hold that what draws maps comes along with the first screen that needs it."""

from tests.browser import driving


def test_a_map_is_drawn_on_the_way_from_a_screen_without_one(visitor):
    page = visitor.page
    page.goto("/datos")
    driving.until_laid_out(page, "/datos")
    assert not page.evaluate("() => Boolean(window.L)"), "what draws maps is not there"
    asked = driving.asked(visitor, 0)
    assert not [path for path in asked if any(name in path for name in ("/facts.", "/limits.", "/leaflet."))]
    page.locator("#shell-to-map").click()
    driving.until_usable(page)
    assert page.title().startswith("Mapa")


def test_the_map_is_drawn_before_dash_is_there_and_goes_to_its_place_on_the_screen(page):
    held = []
    page.route("**/dash-renderer*", lambda route: held.append(route))
    page.goto("/?d=16", wait_until="commit")
    page.wait_for_function("() => performance.getEntriesByName('map-usable').length")
    drawn = page.locator("#map-stage path.district")
    assert drawn.count() == 238 and drawn.first.is_visible()
    page.wait_for_function(
        "() => document.querySelector('#map-stage path.district').getAttribute('fill').startsWith('#')"
    )
    held.pop().continue_()
    driving.until_usable(page)
    assert page.locator(".map-leaf").count() == 1
    assert page.locator("#map-graph path.district").count() == 238
    assert driving.view(page)["department"] == "16"


def test_a_district_clicked_before_dash_is_there_is_shown_once_it_is(page):
    held = []
    page.route("**/dash-renderer*", lambda route: held.append(route))
    page.goto("/?d=16", wait_until="commit")
    page.wait_for_function("() => performance.getEntriesByName('map-usable').length")
    box = page.locator("#map-stage path.district[data-u='160107']").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    held.pop().continue_()
    page.locator("#map-sheet").wait_for()
    assert "Loreto" in page.locator("#map-sheet").inner_text()


def test_a_screen_waits_for_what_it_does_in_the_browser_and_the_map_does_not(page):
    held = []
    page.route("**/screens.*", lambda route: held.append(route))
    page.goto("/?d=16")
    driving.until_usable(page)
    with page.expect_response(lambda answer: "_pages_content" in (answer.request.post_data or "")):
        page.locator("#shell-to-plan").click()
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert held and not page.locator("#plan-objective").count(), "laid out before what it does is there"
    held.pop().continue_()
    page.locator("#plan-objective").wait_for()
