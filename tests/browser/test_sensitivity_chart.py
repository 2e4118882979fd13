"""How firm an order is, as a person sees it: chosen by links without a load, drawn, sorted, on a phone too."""

from tests.browser import driving
from tests.browser.axe import faults
from tests.browser.touching import PHONE

PLACE = "/sensibilidad?departamento=17"


def test_a_gap_and_a_place_are_chosen_and_the_chart_follows(page):
    page.goto(PLACE)
    driving.until_laid_out(page, "/sensibilidad")
    page.locator(".sensitivity-ranges[data-drawn]").wait_for()
    before = page.locator(".sensitivity-verdict").inner_text()
    page.evaluate("() => { window.stays = true; }")
    page.get_by_role("link", name="En salud").click()
    page.wait_for_function("(text) => document.querySelector('.sensitivity-verdict').innerText !== text", arg=before)
    page.locator(".sensitivity-ranges[data-drawn]").wait_for()
    assert page.evaluate("() => window.stays"), "no page was loaded anew"
    assert page.url.endswith("brecha=health&departamento=17")
    rows = page.locator(".sensitivity-districts tbody tr").count()
    assert page.locator(".sensitivity-ranges .barlayer .point").count() == rows
    page.locator(".sensitivity-ways .sorts").nth(2).click()
    kept = [int(text) for text in page.locator(".sensitivity-ways td:nth-child(3)").all_inner_texts()]
    assert kept == sorted(kept)
    assert faults(page) == []


def test_on_a_phone_nothing_is_wider_than_the_page(visit_at, server_url):
    page = visit_at(server_url, **PHONE)
    page.goto(PLACE)
    page.locator(".sensitivity-ranges[data-drawn]").scroll_into_view_if_needed()
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
