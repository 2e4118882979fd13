"""Present a room as it answers: each answer is seen without a touch of the projector, and stays once it is closed."""

import os
import re
from uuid import uuid4

import pytest

from dashboard import texts
from dashboard.records.meetings import decisions, meetings, snapshots
from dashboard.records.opening import open_store
from dashboard.records.rooms import answers, desk, joining
from dashboard.settings import PREFIX
from tests.browser import driving
from tests.browser.conftest import served
from tests.record.drawn import ME, held

TWO = ("lamas", "mariscal-caceres")
IN_SIGHT = ".present-slide:not([hidden])"


@pytest.fixture(scope="module")
def stand(tmp_path_factory, dataset):
    path = tmp_path_factory.mktemp("projected") / "record.sqlite"
    store = open_store(f"sqlite:///{path}", dataset)
    with served(os.environ[f"{PREFIX}STORE"], RECORDS=str(path)) as url:
        yield store, url
    store.close()


@pytest.fixture
def presenter(browser, stand):
    watched = driving.watched_context(browser, stand[1])
    watched.begin(stand[1])
    yield watched
    watched.context.close()
    assert not watched.strays
    assert not watched.errors


def said(key, **fields):
    return texts.say("es", key, **fields)


def answer(store, token, kind, subject, content):
    sent = {"key": uuid4().hex, "seq": 1, "round": 1, "kind": kind, "subject": subject, "content": content}
    assert not answers.keep_answers(store, token, [sent]).refused


def judge(store, token, subject, will, travel=None):
    answer(store, token, "judgement", subject, {"values": {"political_will": will, "safe_travel": travel}, "note": ""})


def weigh(store, token, **values):
    answer(store, token, "weights", "", {"way": "points", "values": values})


def close(store, meeting):
    for id in TWO:
        snapshots.take(store, ME, meeting, id)
        decisions.decide(store, ME, meeting, id, "deferred", in_favour=3)
    now = meetings.get_meeting(store, ME, meeting)
    now = meetings.change_meeting(store, ME, now.id, now.version, {"next_agenda": ["Avances"]})
    meetings.close_meeting(store, ME, now.id, now.version)


def test_answers_are_seen_as_they_come_and_stay_as_they_were(presenter, stand):
    store, url = stand
    page = presenter.page
    meeting = held(store, *TWO, complete=False)
    room = desk.open_room(store, ME, meeting.id)
    phones = [joining.join(store, room.code, m, uuid4().hex, "10.0.0.9")[0] for m in meeting.present[:3]]

    page.goto(f"{url}/presentar/{meeting.id}#r.answered")
    slide = page.locator(IN_SIGHT)
    slide.get_by_text(said("voices.of_members", n=0, of=3)).first.wait_for()
    for phone, will in zip(phones, (5, 5, 2), strict=True):
        judge(store, phone, "lamas", will)
        judge(store, phone, "mariscal-caceres", 1)
    slide.get_by_text(said("voices.of_members", n=3, of=3)).first.wait_for()

    page.keyboard.press("PageDown")
    row = slide.get_by_role("row").filter(has_text="Lamas").filter(has_text=said("criterion.political_will.name"))
    row.get_by_text(said("voices.median", median=5)).wait_for()
    assert row.locator(".voice-dot.certain").count() == 3
    # the largest disagreement stands first
    assert "Lamas" in slide.get_by_role("row").nth(1).inner_text()

    page.keyboard.press("PageDown")
    slide.get_by_text(said("voices.nobody_weighed")).wait_for()
    page.keyboard.press("PageDown")
    for phone in phones:
        weigh(store, phone, political_will=5)
    lamas = slide.get_by_role("row").filter(has_text=re.compile("^3"))
    lamas.get_by_text(said("voices.given_all", of=3)).wait_for()
    assert page.locator(".present").get_attribute("data-at") == "r.follows"

    close(store, meeting.id)
    page.reload()
    lamas.get_by_text(said("voices.given_all", of=3)).wait_for()
    assert slide.get_by_text("Copia del").is_visible()
