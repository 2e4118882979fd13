"""Present a meeting as its secretary does: with the keys of a remote control, offline, on paper and by touch.

A server of its own, whose record is filled beforehand; nobody else writes to it.
"""

import os
import re

import pytest

from dashboard import texts
from dashboard.pages.present.ids import Present
from dashboard.records.meetings import decisions, meetings, snapshots
from dashboard.records.opening import open_store
from dashboard.records.proposals import proposals
from dashboard.settings import PREFIX
from tests.browser import driving
from tests.browser.conftest import served
from tests.browser.test_accessible import faults
from tests.record.drawn import ME, draw, held

THREE = ("moyobamba-rioja", "lamas", "mariscal-caceres")
ROOT = f"#{Present.ROOT}"
IN_SIGHT = ".present-slide:not([hidden])"


@pytest.fixture(scope="module")
def record(tmp_path_factory, dataset):
    """The record that the server reads, with an open meeting on three proposals."""
    path = tmp_path_factory.mktemp("presented") / "record.sqlite"
    store = open_store(f"sqlite:///{path}", dataset)
    meeting = held(store, *THREE)
    meetings.change_meeting(store, ME, meeting.id, meeting.version, {"next_agenda": ["Avances de la línea de base"]})
    snapshots.take(store, ME, meeting.id, "lamas")
    decisions.decide(store, ME, meeting.id, "lamas", "returned", in_favour=4, against=1, text="Se devuelve")
    with served(os.environ[f"{PREFIX}STORE"], RECORDS=str(path)) as url:
        yield store, url, meeting.id
    store.close()


@pytest.fixture
def presenter(browser, record):
    """A browser of its own; what goes wrong in it fails the test."""
    _, url, _ = record
    watched = driving.watched_context(browser, url, has_touch=True)
    watched.begin(url)
    yield watched
    watched.context.close()
    assert not watched.strays
    assert not watched.errors


def open_presentation(page, path):
    page.goto(path)
    until_drawn(page)


def until_drawn(page):
    """Wait until a slide is in sight and every map is drawn."""
    page.wait_for_function(
        """() => {
            const maps = [...document.querySelectorAll(".present-map")];
            const at = document.querySelector(".present[data-at]");
            return at && maps.length && maps.every((map) => map.dataset.ready);
        }"""
    )


def in_sight(page) -> str:
    """Return the key of the slide in sight, of which there is one."""
    (key,) = page.locator(IN_SIGHT).evaluate_all("(slides) => slides.map((s) => s.dataset.key)")
    return key


def press(page, *keys) -> str:
    for key in keys:
        page.keyboard.press(key)
    return in_sight(page)


def test_a_meeting_is_stepped_through_with_the_keys_of_a_remote(presenter, record):
    page, (_, _, meeting) = presenter.page, record
    open_presentation(page, f"/presentar/{meeting}")
    assert in_sight(page) == "title"
    assert not page.locator("header.header").is_visible()
    assert faults(page) == []
    # what a remote control sends
    assert press(page, "PageDown") == "p.moyobamba-rioja"
    assert press(page, "ArrowRight") == "p.lamas"
    assert page.locator(f"{IN_SIGHT} .district[data-kind=cut]").count() == 3
    assert page.locator(f"{IN_SIGHT} .name").all_text_contents()[:1]
    assert "Cuñumbuqui" in page.locator(f"{IN_SIGHT} .present-map").inner_text()
    assert page.locator(ROOT).locator("[data-shows=spoken]").inner_text() == "3 de 9: Lamas"
    assert page.evaluate("() => document.activeElement.dataset.key") == "p.lamas"
    assert faults(page) == []
    # the address keeps the slide
    page.reload()
    until_drawn(page)
    assert in_sight(page) == "p.lamas"
    assert press(page, " ") == "p.mariscal-caceres"
    assert press(page, "PageUp", "ArrowLeft") == "p.moyobamba-rioja"
    assert press(page, "4") == "p.mariscal-caceres"
    assert press(page, "c") == "c1.maps"
    assert faults(page) == []
    assert press(page, "End") == "next"
    assert press(page, "ArrowLeft") == "decisions"
    assert "Se devuelve" in page.locator(IN_SIGHT).inner_text()
    assert press(page, "Home", "ArrowLeft") == "title"
    # the map alone, the black sheet and the list of keys; Esc takes back one thing at a time
    small = page.locator(".present-slide[data-key='p.lamas'] .map-sheet").bounding_box()["width"]
    press(page, "3", "m")
    page.wait_for_function(
        "(was) => document.querySelector(\".present-slide[data-key='p.lamas'] .map-sheet\").clientWidth > 1.5 * was",
        arg=small,
    )
    press(page, "b")
    assert page.locator(".present-blank").is_visible()
    press(page, "Escape", "Escape", "?")
    assert page.locator(".present-keys").is_visible() and not page.locator(".present-blank").is_visible()
    press(page, "Escape")
    assert not page.locator(".present-keys").is_visible() and in_sight(page) == "p.lamas"
    page.keyboard.press("Escape")
    page.wait_for_url(f"**/reuniones/{meeting}**")


NAMES = """(of) => {
    const sideways = ["left", "right"];
    const find = (selector) => [...document.querySelectorAll(`${of} ${selector}`)];
    const [room] = find(".present-map").map((map) => map.getBoundingClientRect());
    const boxOf = (text) => ({ name: text.parentNode.dataset.text, at: text.getBoundingClientRect() });
    const all = find(".name text").map(boxOf);
    const shared = ({ at: a }, { at: b }, [low, high]) => Math.min(a[high], b[high]) - Math.max(a[low], b[low]);
    const over = (a, b) => shared(a, b, sideways) > 1 && shared(a, b, ["top", "bottom"]) > 4;
    const within = ({ at }) =>
        at.left >= room.left - 1 && at.right <= room.right + 1
        && at.top >= room.top - 1 && at.bottom <= room.bottom + 1;
    return {
        own: find(".name-chosen text").map((text) => parseFloat(getComputedStyle(text).fontSize)),
        outside: all.filter((one) => !within(one)).map(({ name }) => name),
        overlapping: all.flatMap((a, i) => all.slice(i + 1).filter((b) => over(a, b)).map((b) => [a.name, b.name])),
    };
}"""


def test_the_maps_of_slides_are_read_from_the_back_and_moved_by_hand(presenter, record):
    page, (_, _, meeting) = presenter.page, record
    page.set_viewport_size({"width": 1366, "height": 768})
    open_presentation(page, f"/presentar/{meeting}")
    for place, id in enumerate(THREE, 1):
        press(page, "Home", *["ArrowRight"] * place)
        told = page.evaluate(NAMES, IN_SIGHT)
        own = page.locator(f"{IN_SIGHT} .district:is([data-kind=own], [data-kind=cut])").count()
        # each of its own is named, as large as what is read; nothing is cut off or lies on another
        assert len(told["own"]) == own >= 3 and min(told["own"]) >= 20, (id, told)
        assert told["outside"] == [] and told["overlapping"] == [], (id, told)
    # one scale on all maps that are compared
    press(page, "c")
    scales = page.locator(f"{IN_SIGHT} .leaflet-control-scale-line")
    assert len(set(scales.evaluate_all("(all) => all.map((s) => s.textContent + Math.round(s.offsetWidth / 4))"))) == 1
    assert scales.count() == 3 and page.evaluate(NAMES, IN_SIGHT)["overlapping"] == []
    # a map is brought nearer by hand and by keys, and is whole again for who comes back; arrows step
    press(page, "Home", "ArrowRight", "ArrowRight")
    land = page.locator(f"{IN_SIGHT} [data-layer=land]")
    whole = land.get_attribute("transform")
    assert press(page, "+") == "p.lamas"
    assert land.get_attribute("transform") != whole
    assert press(page, "ArrowRight", "ArrowLeft") == "p.lamas"
    assert land.get_attribute("transform") == whole
    page.locator(f"{IN_SIGHT} .present-map").hover()
    page.mouse.wheel(0, -240)
    page.wait_for_function(
        "([of, whole]) => document.querySelector(`${of} [data-layer=land]`).getAttribute('transform') !== whole",
        arg=[IN_SIGHT, whole],
    )
    assert page.locator(f"{IN_SIGHT} .map-leaf[tabindex]").count() == 0


def test_changes_are_told_and_the_cable_may_be_out(presenter, record):
    page, (store, _, _) = presenter.page, record
    page.goto("/presentar")
    page.wait_for_selector(".present-meetings")
    assert faults(page) == []
    page.locator(".present-meetings a.button").first.click()
    until_drawn(page)
    assert press(page, "3") == "p.lamas"
    changed, offline = (page.locator(f"[data-shows={name}]") for name in ("changed", "offline"))
    page.evaluate("() => amazonia.present.look()")
    assert not changed.is_visible() and not offline.is_visible()
    kept = proposals.get(store, ME, "lamas")
    proposals.edit(store, ME, "lamas", kept.version, {"critical_area": "Comprensión lectora <b>en</b> primaria"})
    page.evaluate("() => amazonia.present.look()")
    assert changed.is_visible()
    assert "Comprensión" not in page.locator(IN_SIGHT).inner_text()
    with page.expect_navigation():
        page.keyboard.press("r")
    until_drawn(page)
    assert in_sight(page) == "p.lamas"
    assert "Comprensión lectora <b>en</b> primaria" in page.locator(IN_SIGHT).inner_text()
    presenter.context.set_offline(True)
    page.evaluate("() => amazonia.present.look()")
    assert offline.is_visible() and not changed.is_visible()
    page.keyboard.press("r")
    page.evaluate("() => amazonia.present.look()")
    seen = [in_sight(page)]
    seen.extend(press(page, "ArrowRight") for _ in range(6))
    assert seen == [*(f"p.{id}" for id in THREE[1:]), "c1.maps", "c1.measures", "c1.criteria", "decisions", "next"]
    assert all("ERR_INTERNET_DISCONNECTED" in error for error in presenter.errors), presenter.errors
    presenter.errors.clear()


def test_the_old_projector_touch_a_chosen_comparison_and_paper(presenter, record):
    page, (store, url, _) = presenter.page, record
    presenter.context.add_cookies([{"name": "lang", "value": "en", "url": url}])
    page.set_viewport_size({"width": 1024, "height": 768})
    long = draw(store, name="Mancomunidad de los valles del Alto Huallaga y del Bajo Biavo, Picota y Bellavista")
    ids = [*THREE, long.id, "tambopata"]
    open_presentation(page, "/presentar?" + "&".join(f"p={id}" for id in ids))
    # nothing is cut, on any slide
    cut = page.locator(".present-slide, .present-side, .present-table td, .present-table th").evaluate_all(
        """(boxes) => boxes.filter((b) => b.scrollWidth > b.clientWidth + 1 || b.scrollHeight > b.clientHeight + 1)
            .map((b) => b.closest(".present-slide").dataset.key + " " + b.className)"""
    )
    assert cut == []
    page.locator(".present-edge.next").tap()
    assert in_sight(page) == f"p.{THREE[0]}"
    # another comparison than the first
    assert press(page, "c") == "c1.maps"
    pick = page.locator(f"{IN_SIGHT} .present-pick")
    assert pick.evaluate_all("(all) => all.map((b) => b.getAttribute('aria-pressed'))").count("true") == 2
    for button in pick.all():
        if button.get_attribute("aria-pressed") == "true":
            button.click()
    assert page.locator(f"{IN_SIGHT} [data-does=compare]").is_disabled()
    for place in (1, 4):
        pick.nth(place).click()
    with page.expect_navigation():
        page.locator(f"{IN_SIGHT} [data-does=compare]").click()
    until_drawn(page)
    heads = page.locator(f"{IN_SIGHT} .present-column h2").all_inner_texts()
    assert [re.sub(r"\s+", " ", head) for head in heads] == ["3 Lamas", "6 Tambopata"]
    assert texts.say("en", "present.compared_maps", numbers="3 and 6") in page.locator(IN_SIGHT).inner_text()
    # one page a slide, lying
    slides = page.locator(".present-slide").count()
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == slides == 9
    boxes = [tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", printed)]
    assert boxes and all(width > height for _, _, width, height in boxes)
