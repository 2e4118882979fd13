"""What a person types stays as they typed it: under their fingers, after a reload, beside another tab, theirs alone."""

import os
import re

import pytest
from playwright.sync_api import expect

from dashboard.pages.kit.ids import Shell
from dashboard.pages.map.ids import Map
from tests.browser import conftest, driving, signing

NAME, NOTE = f"#{Map.NAME} input", f"#{Map.NOTE} textarea"
SHAPAJA = "220914"
TITLE = "Segunda versión de Shapaja 2013"
DRAWINGS = "() => amazonia.map.last.drafts.candidates.map((c) => c.name).sort()"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A server at which two coordinators share a computer."""
    store, folder = os.environ["CONGLOMERADOS_STORE"], tmp_path_factory.mktemp("office")
    people = {"coordinator": "22", "leadership": None, "administrator": None}
    with signing.served_with_accounts(conftest.served, store, folder, **people) as url:
        yield url


def begin_drawing(page, query="d=22"):
    driving.open_map(page, query)
    driving.start_candidate(page)
    driving.set_value(page, Map.ADD, SHAPAJA)
    driving.until_chosen(page, [SHAPAJA])
    page.locator("details.describe summary").click()


def slow(page):
    """Have every answer of the server come late, each by another while."""
    waits = iter([900, 350, 700, 150] * 500)

    def late(route):
        page.wait_for_timeout(next(waits))
        route.continue_()

    page.route(re.compile("_dash-update-component"), late)


# as another tab writes, whose event has not come yet
CHANGED_UNHEARD = """(name) => {
    const kept = JSON.parse(localStorage["conglomerados.drafts.local"]);
    const [drawing] = kept.candidates;
    const [tab, n] = drawing.stamp.split(".");
    Object.assign(drawing, { name, stamp: "another.1", seen: { ...drawing.seen, [tab]: Number(n) } });
    localStorage["conglomerados.drafts.local"] = JSON.stringify(kept);
}"""
FILL_THE_STORE = """() => {
    window.full = true;
    const keep = Storage.prototype.setItem;
    Storage.prototype.setItem = function (...what) {
        if (window.full) throw new DOMException("full", "QuotaExceededError");
        return keep.apply(this, what);
    };
}"""


def accept_leaving(page):
    page.on("dialog", lambda dialog: dialog.accept())


def test_a_name_typed_with_pauses_on_a_slow_server_comes_out_as_it_was_typed(page):
    begin_drawing(page)
    slow(page)
    for n in (0, 2):  # with five pauses each, every one after another word
        page.fill(NAME, "")
        words = f"{TITLE} {n}".split(" ")
        for at, word in enumerate(words):
            # a pause after a word, about as long as the one after which the page is told
            page.locator(NAME).press_sequentially(word if at == 0 else f" {word}")
            page.wait_for_timeout([480, 520, 30, 600, 0, 505][(n + at) % 6])
        assert page.input_value(NAME) == f"{TITLE} {n}"
    page.click(f"#{Map.DUPLICATE}")  # at once, from within the field
    page.wait_for_function(f"() => ({DRAWINGS})().length === 2")
    assert page.evaluate(DRAWINGS) == [f"{TITLE} 2", f"{TITLE} 2 (2)"]
    page.unroute_all(behavior="wait")


def test_a_note_is_there_after_a_reload_and_in_what_is_pressed_at_once(page):
    begin_drawing(page)
    page.locator(NOTE).press_sequentially("El río se cruza en bote")
    page.reload()  # still in the field
    driving.until_usable(page)
    page.locator("details.describe summary").click()
    assert page.input_value(NOTE) == "El río se cruza en bote"
    page.locator(NOTE).press_sequentially("!")
    page.click(f"#{Map.SAVE}")
    reason = page.locator(f"#{Map.SAVING} textarea")
    reason.wait_for()
    assert "El río se cruza en bote" in reason.input_value() and "!" in reason.input_value()

    # the form too, as it was left, and with a way to be rid of it
    accept_leaving(page)
    reason.fill("Lo pidió la mesa de salud")
    page.reload()
    driving.until_usable(page)
    page.locator(f"#{Map.SAVING} .typed-before").wait_for()
    assert reason.input_value() == "Lo pidió la mesa de salud"
    page.click(f"#{Map.SAVING} .typed-before button")
    assert "El río" in reason.input_value()
    assert not page.locator(f"#{Map.SAVING} .typed-before").count()


def test_two_tabs_that_change_the_same_drawing_both_keep_theirs(visitor):
    first = visitor.page
    begin_drawing(first)
    second = visitor.context.new_page()
    driving.open_map(second, "d=22")
    second.locator("details.describe summary").click()

    # what one changes, the other shows
    first.fill(NAME, "De la primera")
    first.press(NAME, "Enter")
    second.wait_for_function("([at]) => document.querySelector(at).value === 'De la primera'", arg=[NAME])
    assert "otra pestaña" in second.inner_text(f"#{Shell.STATUS}")

    # what one changes before the other has heard of it stands beside what the other changes
    second.evaluate(CHANGED_UNHEARD, "Otra vez de la primera")
    second.fill(NOTE, "Nota de la segunda")
    driving.set_value(second, Map.ADD, "220901")
    notice = second.locator("[data-name=tabs]")
    notice.wait_for()
    assert "Otra vez de la primera" in notice.inner_text()
    assert second.input_value(NAME) == "De la primera (2)"
    for tab in (first, second):
        tab.wait_for_function(f"() => ({DRAWINGS})().length === 2")
    kept = second.evaluate("() => JSON.parse(localStorage['conglomerados.drafts.local']).candidates")
    assert {(c["name"], c["note"], len(c["ubigeos"])) for c in kept} == {
        ("Otra vez de la primera", "", 1), ("De la primera (2)", "Nota de la segunda", 2),
    }  # fmt: skip


def test_a_browser_that_cannot_keep_says_so_for_as_long_as_it_cannot(page):
    begin_drawing(page)
    page.evaluate(FILL_THE_STORE)
    page.locator(NOTE).press_sequentially("a")
    notice = page.locator("[data-name=store]")
    notice.wait_for()
    page.press(NOTE, "Tab")
    driving.set_value(page, Map.ADD, "220901")
    driving.until_chosen(page, ["220901", SHAPAJA])
    assert notice.is_visible()
    with page.expect_download() as taken:
        notice.locator("button").click()
    text = taken.value.path().read_text("utf-8")
    assert "Shapaja" in text and "Nota: a" in text and "http://" in text
    page.evaluate("() => { window.full = false; }")
    notice.wait_for(state="detached")


def test_the_next_person_finds_nothing_of_the_former_and_the_former_everything(office, visit_at):
    page = visit_at(office)
    page.goto("/?d=22")
    signing.sign_in(page, "coordinator")
    driving.until_usable(page)
    begin_drawing(page)
    page.fill(NAME, "Sólo mío")
    page.fill(NOTE, "Lo que sólo yo sé")
    page.click(".who button")
    leaving = page.locator("dialog.leaving")
    leaving.wait_for()
    assert "1 dibujo" in leaving.inner_text()
    leaving.locator("button", has_text="Salir").click()
    page.wait_for_selector("#login")
    signing.sign_in(page, "leadership")
    begin_drawing(page)
    assert "Sólo mío" not in page.evaluate(DRAWINGS) and page.input_value(NOTE) == ""
    page.click(".who button")
    leaving.wait_for()
    leaving.locator("button", has_text="Salir").click()
    page.wait_for_selector("#login")
    signing.sign_in(page, "coordinator")
    driving.open_map(page, "d=22")
    assert "Sólo mío" in page.evaluate(DRAWINGS)
    page.locator("details.describe summary").click()
    assert page.input_value(NOTE) == "Lo que sólo yo sé"


def test_a_refused_account_stands_as_typed_and_another_shows_its_own(office, visit_at):
    page = visit_at(office)
    page.goto("/cuentas")
    signing.sign_in(page, "administrator")
    login, password = page.locator("#new-login"), page.locator("#new-password")
    login.fill("no vale")
    password.fill(signing.PASSWORD)
    page.click("#new-save")
    page.locator("form[data-form=new] [role=alert]").wait_for()
    assert (login.input_value(), password.input_value()) == ("no vale", signing.PASSWORD)
    assert login.evaluate("(node) => node === document.activeElement")
    accept_leaving(page)
    page.reload()
    login.wait_for()
    expect(login).to_have_value("no vale")
    assert password.input_value() == "" and "una clave" not in page.evaluate("() => JSON.stringify(localStorage)")

    name, which = page.locator("#change-name"), page.locator("#which-account")
    labels = which.locator("option").all_inner_texts()
    by_login = {label.split(" ")[0]: label for label in labels if label}
    for login_of, shown in (("coordinator", "Persona coordinator"), ("leadership", "Persona leadership")):
        which.select_option(label=by_login[login_of])
        expect(name).to_have_value(shown)
        assert page.input_value("#change-department") == ("22" if login_of == "coordinator" else "")
        name.fill(f"{shown}, otra")
    which.select_option(label=by_login["coordinator"])
    expect(name).to_have_value("Persona coordinator, otra")


def test_of_two_who_change_an_account_the_second_is_shown_both_and_goes_over_it(office, visit_at):
    first, second = (visit_at(office) for _ in range(2))
    for page in (first, second):
        page.goto("/cuentas")
        signing.sign_in(page, "administrator")
        page.select_option("#which-account", label="leadership · Persona leadership")
        expect(page.locator("#change-name")).to_have_value("Persona leadership")
    first.fill("#change-name", "Liderazgo")
    first.click("#change-save")
    first.locator("form[data-form=change] .done").wait_for()
    assert "Liderazgo" in first.inner_text("[data-part=accounts-list]")
    second.fill("#change-name", "Dirección")
    second.click("#change-save")
    both = second.locator("form[data-form=change] .conflict")
    both.wait_for()
    assert "Liderazgo" in both.inner_text() and "Dirección" in both.inner_text()
    assert second.input_value("#change-name") == "Dirección"
    second.click("[data-conflict=mine]")
    second.locator("form[data-form=change] .done").wait_for()
    assert "Dirección" in second.inner_text("[data-part=accounts-list]")


def test_a_score_begun_for_one_government_is_neither_lost_nor_shown_for_another(visit):
    page = visit()
    accept_leaving(page)
    page.goto("/cobertura?parte=focas")
    points, area = page.locator("#focas-points"), page.locator("#focas-of-area")
    points.wait_for()
    points.fill("42.5")
    first = area.input_value()
    area.select_option(index=1)
    expect(points).to_have_value("")
    page.reload()
    expect(points).to_have_value("42.5")
    assert area.input_value() == first and page.locator("form[data-form=focas] [data-unsaved]").is_visible()
