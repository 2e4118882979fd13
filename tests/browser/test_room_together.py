"""Hold a meeting with four pages at once: the secretariat's desk, two phones of the room, and the projector."""

import os

import pytest

from dashboard import texts
from dashboard.pages.meetings.ids import MeetingsPart
from dashboard.pages.present.ids import Present
from dashboard.records.opening import open_store
from dashboard.settings import PREFIX
from tests.browser import driving
from tests.browser.conftest import served
from tests.browser.test_room_phone import choose, go, judge, said, until, until_quiet
from tests.browser.touching import PHONE
from tests.record.drawn import held

TWO = ("lamas", "mariscal-caceres")
DESK = f"[data-part={MeetingsPart.ROOM}]"
PEOPLE = f"[data-part={MeetingsPart.ROOM_PEOPLE}]"


@pytest.fixture
def meeting(tmp_path, dataset):
    store = open_store(f"sqlite:///{tmp_path}/record.sqlite", dataset)
    open_ = held(store, *TWO, complete=False)
    with served(os.environ[f"{PREFIX}STORE"], RECORDS=f"{tmp_path}/record.sqlite") as url:
        yield url, open_.id
    store.close()


@pytest.fixture
def pages(browser, meeting):
    """The pages of the four, each of a browser of its own; what goes wrong in one fails the test."""
    made = [driving.watched_context(browser, meeting[0], **of) for of in ({}, PHONE, PHONE, {})]
    for watched in made:
        watched.begin(meeting[0])
    yield [watched.page for watched in made]
    wrong = [line for watched in made for line in watched.wrong()]
    for watched in made:
        watched.context.close()
    assert wrong == []


def until_projected(projector, key, text):
    """Wait until the slide with a key says something, whichever is in sight."""
    projector.wait_for_function(
        "([key, text]) => [...document.querySelectorAll('.present-slide')].some((slide) =>"
        " slide.dataset.key === key && slide.textContent.includes(text))",
        arg=[key, text],
    )


def test_a_room_works_on_one_meeting_from_four_places(pages, meeting):
    desk, one, other, projector = pages
    _, id_ = meeting

    # the secretariat opens the room; its code is on the screen
    desk.goto(f"/reuniones/{id_}")
    desk.locator("#room_open-save").click()
    code = desk.locator(f"{DESK} .room-code").inner_text().replace(" ", "")

    # two come in, which the desk sees; both ask for one name, and the second has to wait
    for page, who in ((one, 0), (other, 1)):
        page.goto(f"/sala/{code}")
        until(page, "who")
        page.locator("#members .name").nth(who).tap()
        page.locator("#who-form button[type=submit]").tap()
        until(page, "in")
    desk.locator(f"{PEOPLE} .count-line").get_by_text(texts.say("es", "rooms.inside", n=2), exact=True).wait_for()

    # what they judge is on the projector, as numbers and not by name
    projector.goto(f"/presentar/{id_}")
    projector.locator(f"#{Present.ROOT} .present-slide").first.wait_for(state="attached")
    for page, level in ((one, 2), (other, 5)):
        judge(page, "political_will", level)
        until_quiet(page, said("browser.phone.quiet.kept"))
    until_projected(projector, "r.spread.1", texts.say("es", "voices.range", low=2, high=5))
    assert "Miembro" not in projector.locator("#" + Present.ROOT).inner_text()

    # a vote is opened at the desk, told on both phones, and counted on the projector
    desk.locator("#room-vote-save").click()
    for page, ballot in ((one, "agree"), (other, "abstain")):
        page.locator(".voting a").tap()
        choose(page, ballot)
        page.locator("#do-vote").tap()
        page.locator("#confirm-yes").tap()
        until_quiet(page, said("browser.phone.quiet.kept"))
    projector.reload()
    projector.locator(".present-slide[data-key='r.votes']").wait_for(state="attached")
    until_projected(projector, "r.votes", "1")

    # the second round begins at the desk, and the phones know what was said before
    desk.locator("#room-round-save").click()
    for page in (one, other):
        go(page, "juzgar")
        page.locator("#second").wait_for()
        assert page.locator(".degree.was").count() == 1

    # whoever is sent out is told so, and the others go on
    row = desk.locator(f"{PEOPLE} tr", has_text="Miembro 01")
    row.locator("button").first.click()
    until(other, "removed")
    judge(one, "political_will", 3)
    until_quiet(one, said("browser.phone.quiet.kept"))

    # the room closes
    desk.locator("#fold-room-close > summary").click()
    desk.locator("#room_close-save").click()
    until(one, "closed")
