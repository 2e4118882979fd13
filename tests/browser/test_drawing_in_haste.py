"""Draw faster than the server answers, and without a server: every click counts, and what is old says so."""

from dashboard.clusters.model.codes import encode
from dashboard.pages.map.ids import Map
from tests.browser import driving

LORETO = "16"
QUICK = ("160101", "160102", "160107", "160104", "160108")
NO_ANSWER = "El servidor no responde"


def test_clicks_in_a_row_are_all_taken_without_waiting_for_any_answer(page):
    driving.open_map(page, {"d": LORETO})
    driving.start_candidate(page)
    spots = [driving.spot_inside(page, ubigeo) for ubigeo in QUICK]
    for spot in spots:
        page.mouse.click(*spot)
    driving.until_chosen(page, QUICK)
    page.mouse.click(*spots[0])
    page.mouse.click(*spots[1])
    driving.until_chosen(page, QUICK[2:])
    page.wait_for_selector(f"#{Map.MEASURES} code:text-is('{encode(QUICK[2:])}')")


def test_without_a_server_a_drawing_goes_on_and_its_verdict_says_that_it_is_old(visitor):
    page = visitor.page
    driving.open_map(page, {"d": LORETO})
    driving.start_candidate(page)
    page.route(driving.QUESTIONS, lambda route: route.abort())
    page.mouse.click(*driving.spot_inside(page, QUICK[0]))
    driving.until_chosen(page, QUICK[:1])
    page.wait_for_selector(f"#{Map.VERDICTS}.stale")
    page.wait_for_function("(text) => document.getElementById('shell-status').innerText.includes(text)", arg=NO_ANSWER)
    page.unroute(driving.QUESTIONS)
    page.mouse.click(*driving.spot_inside(page, QUICK[1]))
    page.wait_for_selector(f"#{Map.MEASURES}:not(.stale) code:text-is('{encode(QUICK[:2])}')")
    driving.until_chosen(page, QUICK[:2])
    visitor.errors.clear()  # the browser reports each answer that it did not get
