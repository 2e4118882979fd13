"""Messages that are seen, and a server that does not answer: told on every screen in the same way."""

from itertools import pairwise

import pytest

from dashboard import texts
from dashboard.pages.data.ids import Data
from dashboard.pages.map.ids import Map
from dashboard.pages.plan.ids import PlanId
from tests.browser import driving, importing, planning

STANDS = ".notice-standing[data-name=server]"
GONE = "El servidor no responde"
BACK = "El servidor responde de nuevo"

# what a person sees of a node: on screen, opaque, of some size, and nothing over it
SEEN = """(selector) => [...document.querySelectorAll(selector)].filter((node) => {
    const box = node.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && box.width > 20 && box.height > 10 && box.bottom <= innerHeight && box.right <= innerWidth
        && top && node.contains(top);
}).map((node) => node.innerText)"""


def seen(page, selector):
    return page.evaluate(SEEN, selector)


def test_every_message_is_seen_also_the_same_one_again(page):
    driving.open_map(page)
    for _ in range(3):
        page.click(f"#{Map.START}")
        page.wait_for_function(f"() => ({SEEN})('.notice-done').some((text) => text.startsWith('Nueva'))")
        page.evaluate("() => document.querySelectorAll('.notice-done').forEach((node) => node.remove())")
    page.evaluate("() => amazonia.notices.tell('otra cosa')")
    page.evaluate("() => amazonia.notices.tell('otra cosa')")
    assert seen(page, ".notice-done") == ["otra cosa"]


@pytest.fixture
def clocked(browser, server_url):
    """A map whose time a test lets pass, in a browser of its own: a clock is that of a whole browser."""
    watched = driving.watched_context(browser, server_url)
    watched.begin(server_url)
    watched.page.clock.install()
    driving.open_map(watched.page)
    yield watched.page
    wrong = watched.wrong()
    watched.context.close()
    assert not wrong


def test_an_error_stands_until_it_is_put_away(clocked):
    page = clocked
    page.evaluate("() => { amazonia.notices.tell('hecho'); amazonia.notices.tell('no se pudo', 'error'); }")
    page.clock.run_for(60_000)
    assert seen(page, ".notice-done") == []
    assert [text.split("\n")[0] for text in seen(page, ".notice-error")] == ["no se pudo"]
    assert page.locator(".notice-error").get_attribute("role") == "alert"
    page.click(".notice-error .notice-close")
    assert seen(page, ".notice-error") == []


@pytest.fixture
def refusing(visitor):
    """A page whose questions get no answer from the server from when it is told on, and those that it asked."""

    def refuse(on: bool):
        if on:
            visitor.page.route(driving.QUESTIONS, lambda route: route.abort())
            visitor.page.route("**/assets/css/style.css", lambda route: route.abort())
        else:
            visitor.page.unroute_all()

    yield refuse
    visitor.errors.clear()  # the browser reports each answer that it did not get


SCREENS = ("/", "/proponer", "/plan", "/comparar", "/registro", "/reuniones", "/cobertura", "/datos", "/")


def test_on_every_screen_a_server_that_is_gone_is_told_and_navigation_says_that_it_failed(page, refusing):
    page.goto(SCREENS[0])
    for path, following in pairwise(SCREENS):
        driving.until_laid_out(page, path)
        refusing(True)
        page.locator(f"nav a:is([href='{following}'], [href^='{following}?'])").click()
        page.wait_for_function(f"() => ({SEEN})('{STANDS}').some((t) => t.includes('No se pudo abrir'))")
        assert GONE in seen(page, STANDS)[0], path
        assert page.evaluate("() => location.pathname") == path
        refusing(False)
        page.click(f"{STANDS} button")  # that it looks by itself too is told below
        page.wait_for_function(f"() => ({SEEN})('{STANDS}').some((t) => t.includes('{BACK}'))")
        page.click(f"{STANDS} a")  # follows the link that could not be followed


def test_a_verdict_that_is_old_says_so_and_follows_when_the_server_is_back(page, refusing):
    driving.open_map(page)
    driving.start_candidate(page)
    refusing(True)
    driving.toggle_district(page, "160105")
    page.wait_for_selector(STANDS)
    stale = page.locator(f"#{Map.VERDICTS}.stale")
    stale.wait_for()
    said = stale.evaluate("(node) => getComputedStyle(node, '::before').content")
    assert "reglas y medidas son las de antes" in said
    refusing(False)
    page.click(f"{STANDS} button")
    page.wait_for_selector(f"#{Map.VERDICTS}:not(.stale)")
    page.wait_for_selector(f"#{Map.MEASURES}:not(.stale) code")


def test_a_plan_that_is_awaited_goes_on_when_the_server_is_back(page, refusing):
    planning.open_plan(page)
    page.evaluate(f"() => document.getElementById('{PlanId.ROOT}').removeAttribute('data-answer')")
    refusing(True)
    page.click(f"#{PlanId.CALCULATE}")
    page.wait_for_selector(STANDS)
    refusing(False)
    page.click(f"{STANDS} button")
    planning.until_planned(page)


def test_a_file_that_gets_no_answer_is_said_in_its_place_and_as_everywhere(page, refusing, tmp_path):
    importing.open_data(page)
    refusing(True)
    page.route("**/uploads", lambda route: route.abort())
    (tmp_path / "pobreza.csv").write_text("CODIGO;A\n160101;1\n", "utf-8")
    page.set_input_files(f"#{Data.FILE} input[type=file]", tmp_path / "pobreza.csv")
    page.wait_for_selector(f"#{Data.PROGRESS} [role=alert]")
    assert page.inner_text(f"#{Data.PROGRESS}") == texts.say("es", "browser.intake.lost")
    page.wait_for_selector(STANDS)


def test_work_on_a_file_is_asked_after_when_the_server_is_back(page, refusing, tmp_path):
    importing.open_data(page)
    (tmp_path / "pobreza.csv").write_text("CODIGO;A\n160101;1\n", "utf-8")
    importing.send(page, tmp_path / "pobreza.csv")
    importing.write(page, "source", "INEI")
    refusing(True)
    page.click(f"#{Data.MAPPING} button[type=submit]")
    page.wait_for_selector(f"#{Data.PROGRESS} [role=alert]")
    assert page.inner_text(f"#{Data.PROGRESS}") == texts.say("es", "browser.intake.silent")
    refusing(False)
    page.click(f"{STANDS} button")
    importing.until_answered(page)
    assert page.input_value('input[data-answer="source"]') == "INEI"  # it was never checked: it stays
    importing.press(page, "forget")


def test_whoever_asked_is_told_in_the_place_where_they_asked_and_may_ask_again(page, refusing):
    page.goto("/registro")
    page.wait_for_selector(".found-count")
    refusing(True)
    page.locator("[data-state]").first.click()
    page.wait_for_selector("[data-outcome] [role=alert]")
    assert page.inner_text("[data-outcome]") == texts.say("es", "browser.forms.silent")
    assert page.locator("[aria-busy=true]").filter(visible=True).count() == 0
    refusing(False)
    page.locator("[data-state]").nth(1).click()
    page.wait_for_function("() => location.search.includes('estado=')")


def test_a_server_that_is_frozen_is_told_too(clocked):
    page = clocked
    # neither refused nor answered
    page.route(driving.QUESTIONS, lambda route: None)
    page.route("**/assets/css/style.css", lambda route: None)
    page.locator("nav a.nav-link", has_text="Datos").click()
    page.wait_for_function("() => window.answersAwaited > 0")
    page.clock.run_for(11_000)
    page.wait_for_selector(STANDS)
    assert GONE in seen(page, STANDS)[0]
    page.unroute("**/assets/css/style.css")
    page.unroute(driving.QUESTIONS)
    page.clock.run_for(5_000)
    page.wait_for_function(f"() => ({SEEN})('{STANDS}').some((t) => t.includes('{BACK}'))")


def test_a_file_that_is_never_answered_is_given_up_by_the_same_time(clocked, tmp_path):
    page = clocked
    importing.open_data(page)
    page.route("**/uploads", lambda route: None)
    page.route("**/assets/css/style.css", lambda route: None)
    (tmp_path / "pobreza.csv").write_text("CODIGO;A\n160101;1\n", "utf-8")
    page.set_input_files(f"#{Data.FILE} input[type=file]", tmp_path / "pobreza.csv")
    page.wait_for_selector(f"#{Data.PROGRESS} [role=status]")
    page.clock.run_for(11_000)
    page.wait_for_selector(STANDS)
    page.wait_for_selector(f"#{Data.PROGRESS} [role=alert]")
    assert page.inner_text(f"#{Data.PROGRESS}") == texts.say("es", "browser.intake.lost")


def test_what_the_server_refuses_is_said_as_long_as_it_takes_to_read_it(visitor):
    """Dash itself would throw an error that nobody sees."""
    page = visitor.page
    driving.open_map(page)
    why = "Pidió muchos archivos seguidos. Podrá descargar o imprimir de nuevo desde las 14:05 (hora del Perú)."
    refusal = {"status": 429, "json": {"said": why, "status": 429}, "headers": {"Retry-After": "60"}}

    def answer(route):
        is_file = f'"output":"{Map.DOWNLOAD}.data"' in (route.request.post_data or "")
        route.fulfill(**refusal) if is_file else route.fallback()

    page.route("**/_dash-update-component*", answer)
    page.click(f"#{Map.DOWNLOAD_BUTTON}")
    page.wait_for_selector(".notice-error")
    assert [text.split("\n")[0] for text in seen(page, ".notice-error")] == [why]
    assert [error for error in visitor.errors if "429" not in error] == []
    visitor.errors.clear()  # what the browser itself says of such an answer
