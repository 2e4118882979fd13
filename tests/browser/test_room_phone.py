"""Take part in a meeting from a phone: come in, judge, weigh, draw and vote, with the network coming and going.

A server of its own, whose record the tests write to as the secretariat does at the desk.
"""

import os
from itertools import count

import pytest

from dashboard import texts
from dashboard.clusters.group import weights_of
from dashboard.records.opening import open_store
from dashboard.records.rooms import desk, gathered
from dashboard.settings import PREFIX
from tests.browser import driving
from tests.browser.axe import faults
from tests.browser.conftest import served
from tests.browser.touching import PHONE, Fingers
from tests.record.drawn import ME, held

TWO = ("lamas", "mariscal-caceres")
LAMAS = "220505"
AWAY = "ERR_INTERNET_DISCONNECTED"
JUDGED, DONE = "#juzgar", "in"
# what a finger needs, in pixels; the list of proposals scrolls sideways, and what is read aloud alone is no target
SMALL = """() => [...document.querySelectorAll("button, a, select, input, textarea, label")].filter((node) => {
    const box = (node.closest("label") || node).getBoundingClientRect();
    const seen = node.checkVisibility({ visibilityProperty: true }) && box.width > 1;
    const words = node.matches("label") && !node.querySelector("input");
    return seen && !words && !node.matches(".skip-link") && (box.height < 43.5 || box.width < 43.5);
}).map((node) => node.outerHTML.slice(0, 120))"""
SPOT = """(u) => {
    const path = document.querySelector(`#draw-map path.district[data-u="${u}"]`);
    const [box, point] = [path.getBoundingClientRect(), path.ownerSVGElement.createSVGPoint()];
    const into = path.getScreenCTM().inverse();
    const spots = [];
    for (let i = 1; i < 14; i++) for (let j = 1; j < 14; j++) {
        const spot = [Math.round(box.left + (box.width * i) / 14), Math.round(box.top + (box.height * j) / 14)];
        [point.x, point.y] = spot;
        const top = document.elementFromPoint(...spot);
        if (top && top.closest("#draw-map") && path.isPointInFill(point.matrixTransform(into))) spots.push(spot);
    }
    return spots[Math.floor(spots.length / 2)];
}"""


def said(key, language="es", **fields):
    return texts.say(language, key, **fields)


class Room:
    """A room that is open, as the secretariat leads it."""

    def __init__(self, store, url, number):
        self.store, self.url = store, url
        self.meeting = held(store, *TWO, number=number, complete=False).id
        self.code = desk.open_room(store, ME, self.meeting).code

    def change(self, **changes):
        found = desk.room_of(self.store, ME, self.meeting)
        desk.change_room(self.store, ME, found.id, found.version, changes)

    def close(self):
        found = desk.room_of(self.store, ME, self.meeting)
        desk.close_room(self.store, ME, found.id, found.version)

    def answers(self, kind):
        """What was answered of a kind, by round and subject."""
        given = gathered(self.store, ME, self.meeting).answers
        return {(a.round, a.subject): dict(a.content) for a in given if a.kind == kind}


@pytest.fixture(scope="module")
def stand(tmp_path_factory, dataset):
    path = tmp_path_factory.mktemp("room") / "record.sqlite"
    store = open_store(f"sqlite:///{path}", dataset)
    with served(os.environ[f"{PREFIX}STORE"], RECORDS=str(path)) as url:
        yield store, url, count(1)
    store.close()


@pytest.fixture
def room(stand):
    store, url, numbers = stand
    return Room(store, url, next(numbers))


@pytest.fixture
def phone(browser, room):
    """A maker of phones, each a browser of its own; what goes wrong in one fails the test."""
    made = []

    def make(language="es", **options):
        watched = driving.watched_context(browser, room.url, **{**PHONE, **options})
        watched.begin(room.url, language)
        made.append(watched)
        return watched.page

    yield make
    wrong = [line for watched in made for line in watched.wrong() if AWAY not in line]
    for watched in made:
        watched.context.close()
    # a phone may be told no: a code of no room, a room that has closed
    assert [line for line in wrong if "404" not in line and "409" not in line] == []


def until(page, stage):
    page.wait_for_function("(stage) => document.body.dataset.stage === stage", arg=stage)


def come_in(page, room, who=0):
    page.goto(f"/sala/{room.code}")
    until(page, "who")
    page.locator("#members .name").nth(who).tap()
    page.locator("#who-form button[type=submit]").tap()
    until(page, DONE)


def go(page, tab):
    page.locator(f".tabs a[href='#{tab}']").tap()
    page.locator(f"section[data-tab={tab}] h2:not([hidden])").wait_for()


def until_quiet(page, sentence):
    page.locator("#quiet").get_by_text(sentence, exact=True).wait_for()


def judge(page, criterion, level):
    """Press a level of a criterion, "" for "no sé"."""
    page.locator(f"[data-criterion={criterion}] input[value='{level}']").locator("xpath=ancestor::label").tap()


def choose(page, ballot):
    page.locator(f".ballot:has(input[value={ballot}])").tap()


def test_a_member_judges_weighs_draws_and_votes_and_nothing_is_lost_on_a_bad_line(room, phone):
    page = phone()
    page.goto("/sala")
    page.fill("#code", "zzz zzz")
    page.locator("#code-form button").tap()
    page.locator("#code-fault").get_by_text(said("records.error.wrong_code")).wait_for()
    page.fill("#code", room.code.lower())
    page.locator("#code-form button").tap()
    until(page, "who")
    page.locator("#who-form button[type=submit]").tap()
    assert page.locator("#who-fault").inner_text() == said("browser.phone.no_choice")
    page.locator("#members .name").first.tap()
    page.locator("#who-form button[type=submit]").tap()
    until(page, DONE)
    kept = said("browser.phone.quiet.kept")
    until_quiet(page, said("browser.phone.quiet.fresh"))

    # judge
    judge(page, "political_will", 4)
    until_quiet(page, kept)
    assert room.answers("judgement") == {(1, "lamas"): {"values": {"political_will": 4}, "note": ""}}

    # the network goes: what is done waits, and stands after the page was left and opened again
    page.context.set_offline(True)
    judge(page, "safe_travel", "")
    page.fill("#note", "El alcalde se comprometió")
    page.locator("[data-go='1']").tap()
    judge(page, "political_will", 2)
    judge(page, "safe_travel", 5)
    until_quiet(page, said("browser.phone.quiet.away_waiting", n=2))
    page.goto("about:blank")
    page.goto(f"/sala/{room.code}")
    until(page, DONE)
    until_quiet(page, said("browser.phone.quiet.away_waiting", n=2))
    assert page.locator("[data-criterion=safe_travel] input:checked").input_value() == "5"
    assert len(room.answers("judgement")) == 1
    # map, rules and figures are there without a network
    page.locator("[data-see]").first.tap()
    page.locator("#sheet-map[data-ready=yes] path.district").first.wait_for()
    assert page.locator("#sheet .rule").count() == 7 and page.locator("#sheet .figure").count() == 5
    page.locator("#sheet [data-close]").tap()

    # and it comes back
    page.context.set_offline(False)
    until_quiet(page, kept)
    assert room.answers("judgement") == {
        (1, "lamas"): {"values": {"political_will": 4, "safe_travel": None}, "note": "El alcalde se comprometió"},
        (1, "mariscal-caceres"): {"values": {"political_will": 2, "safe_travel": 5}, "note": ""},
    }
    assert page.locator("#all-judged").is_visible()

    # weigh by order: with a button, then by hand
    go(page, "pesar")
    first, second = (page.locator(".ranked b").nth(n).inner_text() for n in (0, 1))
    page.locator(".ranked").first.locator("[data-move='1']").tap()
    assert page.locator(".ranked b").first.inner_text() == second
    fingers = Fingers(page)
    handle = page.locator(".ranked").nth(1).locator(".handle").bounding_box()
    x, y = handle["x"] + 20, handle["y"] + 20
    fingers.drag((x, y), (x, y - 70))
    page.wait_for_function("(name) => document.querySelector('.ranked b').textContent === name", arg=first)
    page.locator("#weigh-form button[type=submit]").tap()
    until_quiet(page, kept)
    ((_, weights),) = room.answers("weights").items()
    understood = weights_of(weights, weights["order"])
    assert weights["way"] == "ranking" and sorted(understood, key=lambda key: -understood[key]) == weights["order"]
    assert said(f"criterion.{weights['order'][0]}.name") == first

    # draw: a district by touch, others from the list, judged as ever
    go(page, "dibujar")
    page.locator("#draw-map[data-ready=yes]").wait_for()
    page.locator("#draw-map").scroll_into_view_if_needed()
    fingers.tap(page.evaluate(SPOT, "220205"))
    page.locator("#chosen .chip").first.wait_for()
    page.locator("#chosen .chip").first.tap()
    assert page.locator("#none-chosen").is_visible()
    for district in ("220501", LAMAS, "220510"):
        page.select_option("#add", district)
    page.locator("#draw-judged .rule.fail").first.wait_for()
    page.locator("#send-drawing").tap()
    assert page.locator("#draw-fault").inner_text() == said("browser.phone.no_drawing_name")
    page.fill("#drawing-name", "Bajo Mayo")
    page.locator("#send-drawing").tap()
    until_quiet(page, kept)
    ((_, drawing),) = room.answers("drawing").items()
    assert drawing["name"] == "Bajo Mayo" and set(drawing["ubigeos"]) == {"220501", LAMAS, "220510"}

    # vote: told on every screen, a reason to disagree, asked again before it counts
    room.change(vote="lamas")
    page.locator(".voting a").tap()
    choose(page, "disagree")
    page.locator("#do-vote").tap()
    assert page.locator("#vote-fault").inner_text() == said("browser.phone.no_reason")
    page.fill("#reason", "Falta un compromiso")
    page.locator("#do-vote").tap()
    assert "Falta un compromiso" in page.locator("#confirm").inner_text()
    page.locator("#confirm-yes").tap()
    page.locator("#voted").get_by_text(said("browser.phone.voted", ballot="en desacuerdo")).wait_for()
    assert room.answers("vote") == {(0, "lamas"): {"vote": "disagree", "reason": "Falta un compromiso"}}

    # one that comes too late is told of, and what was kept stays
    page.context.set_offline(True)
    choose(page, "agree")
    page.locator("#do-vote").tap()
    page.locator("#confirm-yes").tap()
    room.change(vote=None)
    page.context.set_offline(False)
    page.locator("#show-refused").tap()
    assert said("records.fault.no_vote_open") in page.locator("#refused-list").inner_text()
    page.locator("#put-away").tap()
    until_quiet(page, kept)
    assert room.answers("vote")[0, "lamas"]["vote"] == "disagree"

    # a second round: what was said before is marked, and may stay
    room.change(round=2)
    go(page, "juzgar")
    page.locator("#second").wait_for()
    page.locator(".step").first.tap()
    assert page.locator(".degree.was").count() == 1 and page.locator(".criterion input:checked").count() == 0
    judge(page, "political_will", 5)
    judge(page, "safe_travel", 3)
    page.locator("#keep-before").tap()
    until_quiet(page, kept)
    again = room.answers("judgement")
    assert again[2, "lamas"]["values"] == {"political_will": 5, "safe_travel": 3}
    assert again[2, "mariscal-caceres"]["values"] == again[1, "mariscal-caceres"]["values"]
    assert again[1, "lamas"]["values"]["political_will"] == 4

    # what did not arrive before the room closed is told of
    page.context.set_offline(True)
    judge(page, "political_will", 1)
    room.close()
    page.context.set_offline(False)
    until(page, "closed")
    assert page.locator("section[data-stage=closed] .unsent li").count() == 1


def test_a_name_on_another_phone_is_asked_for_and_whoever_watches_answers_nothing(room, phone):
    first, second, watching = phone(), phone(), phone()
    come_in(first, room)
    second.goto(f"/sala/{room.code}")
    until(second, "who")
    taken = second.locator("#members .name").first
    assert said("browser.phone.taken") in taken.inner_text()
    taken.tap()
    second.locator("#who-form button[type=submit]").tap()
    until(second, "asked")
    asking = next(p for p in desk.people(room.store, ME, room.meeting) if p.state == "asked")
    desk.remove(room.store, ME, asking.id)
    until(second, "removed")
    second.locator("section[data-stage=removed] [data-leave]").tap()
    until(second, "who")
    second.locator("#members .name").first.tap()
    second.locator("#who-form button[type=submit]").tap()
    until(second, "asked")
    asking = next(p for p in desk.people(room.store, ME, room.meeting) if p.state == "asked")
    desk.admit(room.store, ME, asking.id)
    until(second, DONE)
    until(first, "who")  # its name is another phone's now

    watching.goto(f"/sala/{room.code}")
    until(watching, "who")
    watching.locator("#who-form input[value=observer]").check()
    watching.locator("#who-form button[type=submit]").tap()
    until(watching, DONE)
    assert watching.locator(".tabs a:visible").count() == 2
    assert watching.locator(".criterion:visible").count() == 0 and watching.locator("[data-see]").first.is_visible()


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_screen_of_the_phone_is_accessible_and_its_targets_are_as_large_as_a_finger(room, phone, language):
    page = phone(language)
    found = {}

    def look(name):
        found[name] = faults(page) + page.evaluate(SMALL)

    page.goto("/sala")
    until(page, "code")
    look("code")
    page.goto(f"/sala/{room.code}")
    until(page, "who")
    look("who")
    come_in(page, room)
    judge(page, "political_will", 4)
    until_quiet(page, said("browser.phone.quiet.kept", language))
    look("judge")
    page.locator("[data-see]").first.tap()
    page.locator("#sheet-map[data-ready=yes] path.district").first.wait_for()
    look("sheet")
    page.locator("#sheet [data-close]").tap()
    go(page, "pesar")
    look("order")
    page.locator(".ways label").nth(1).tap()
    look("points")
    go(page, "dibujar")
    page.locator("#draw-map[data-ready=yes]").wait_for()
    page.select_option("#add", LAMAS)
    page.locator("#draw-judged .figure").first.wait_for()
    look("draw")
    go(page, "votar")
    look("no vote")
    room.change(vote="lamas")
    page.locator("#vote-form").wait_for()
    choose(page, "disagree")
    look("vote")
    page.fill("#reason", "x")
    page.locator("#do-vote").tap()
    look("confirm")
    page.locator("#confirm [data-close]").tap()
    room.change(round=2, vote="lamas")
    go(page, "juzgar")
    page.locator("#second").wait_for()
    look("second round")
    room.close()
    until(page, "closed")
    look("closed")
    assert found == dict.fromkeys(found, [])


def test_all_of_it_is_done_by_keyboard(room, phone):
    page = phone(viewport={"width": 390, "height": 844}, has_touch=False, is_mobile=False)
    page.goto(f"/sala/{room.code}")
    until(page, "who")
    page.locator("#members input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    until(page, DONE)
    page.locator("[data-criterion=political_will] input").first.focus()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    until_quiet(page, said("browser.phone.quiet.kept"))
    assert room.answers("judgement")[1, "lamas"]["values"] == {"political_will": 4}
    page.locator(".tabs a").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('section[data-tab=pesar] h2')")
    name = page.locator(".ranked b").nth(1).inner_text()
    page.locator(".ranked").nth(1).locator("[data-move='-1']").focus()
    page.keyboard.press("Enter")
    assert page.locator(".ranked b").first.inner_text() == name
    assert page.evaluate("document.activeElement.matches('.move[data-move=\"-1\"]')"), (
        "who goes on goes on with the same"
    )
    assert name in page.locator("#weigh-said").inner_text()
    page.locator(".tabs a").nth(2).focus()
    page.keyboard.press("Enter")
    page.locator("#draw-map[data-ready=yes]").wait_for()
    page.locator("#draw-map .map-leaf").focus()
    page.keyboard.press("Enter")
    page.locator("#chosen .chip").first.wait_for()
