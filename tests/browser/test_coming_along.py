"""Hold that what draws maps comes along with the first screen that needs it."""

from tests.browser import driving


def test_a_map_is_drawn_on_the_way_from_a_screen_without_one(page):
    page.goto("/datos")
    driving.until_laid_out(page, "/datos")
    assert not page.evaluate("() => Boolean(window.L)"), "what draws maps is not there"
    page.locator("#shell-to-map").click()
    driving.until_usable(page)
    assert page.title().startswith("Mapa")
