"""What waits for whom: by right and department, with why a proposal came back, and what is new since a visit."""

from datetime import date

import pytest

from dashboard.records import desk
from dashboard.records.dossier import comments
from dashboard.records.meetings import agreements, meetings
from dashboard.records.people import accounts, looks, visits
from dashboard.records.proposals import proposals
from tests.record.drawn import ME, draw, held
from tests.record.test_reading_without_writing import stop_writes

PASSWORD = "paiche-y-camu-camu"


@pytest.fixture
def people(sqlite_store):
    made = {}
    for role, login, home in (
        ("coordinator", "ana", "22"), ("regional", "rosa", "22"), ("regional", "far", "01"), ("reader", "leo", None),
        ("secretariat", "sara", None), ("leadership", "dina", None), ("administrator", "adan", None),
    ):  # fmt: skip
        values = {"login": login, "name": login.title(), "role": role, "department": home}
        made[login] = accounts.create_account(sqlite_store, ME, values, PASSWORD).actor
    return made


def kinds(store, actor):
    return {(item.kind, item.name) for item in desk.waiting(store, actor)}


def step(store, id, name, **needs):
    return proposals.step(store, ME, id, proposals.get(store, ME, id).version, name, **needs)


def test_what_waits_goes_from_desk_to_desk_as_a_proposal_goes_on(sqlite_store, people):
    store, new = sqlite_store, draw(sqlite_store, name="Nueva", critical_area="Anemia")
    assert kinds(store, people["ana"]) == {("propose", "Nueva")}
    assert ("review", "Lamas") in kinds(store, people["rosa"]) and ("review", "Nueva") not in kinds(
        store, people["rosa"]
    )
    assert ("review", "Lamas") not in kinds(store, people["far"])
    step(store, new.id, "propose")
    assert ("review", "Nueva") in kinds(store, people["rosa"]) and not kinds(store, people["ana"])
    step(store, new.id, "return", note="Falta Picota")
    (back,) = desk.waiting(store, people["ana"])
    assert (back.kind, back.note, back.by) == ("returned", "Falta Picota", "Ana Ríos")
    assert ("returned", "Nueva") not in kinds(store, people["rosa"])
    step(store, new.id, "propose")
    step(store, new.id, "review", note="Conforme")
    assert kinds(store, people["sara"]) == {("decide", "Nueva")}
    assert not kinds(store, people["leo"]) and not kinds(store, people["adan"])
    assert {kind for kind, _ in kinds(store, ME)} >= {"review", "decide"}  # who works alone does everything


def test_the_secretariat_sees_open_meetings_and_agreements_whose_day_is_near(sqlite_store, people):
    store, meeting = sqlite_store, held(sqlite_store, "lamas")
    today = store.today
    for day, text in ((date(2014, 1, 5), "Tarde"), (today, "Hoy"), (date(2030, 1, 1), "Lejos"), (None, "Sin fecha")):
        agreements.keep_agreement(store, ME, meeting.id, {"text": text, "responsible": "Zoila", "due_on": day})
    found = desk.waiting(store, people["sara"])
    assert [(i.kind, i.note, i.by) for i in found] == [
        ("meeting", "", ""), ("agreement", "Tarde", "Zoila"), ("agreement", "Hoy", "Zoila")]  # fmt: skip
    assert [i.note for i in desk.waiting(store, people["ana"]) if i.kind == "agreement"] == ["Tarde", "Hoy"]
    assert not [i for i in desk.waiting(store, people["dina"]) if i.kind == "agreement"]
    for number, day in ((2, date(2013, 9, 1)), (3, date(2015, 1, 9))):  # the day of the last has not come
        meetings.plan_meeting(store, ME, "22", number, day)
    assert [i.state for i in desk.waiting(store, people["sara"]) if i.kind == "meeting"] == ["open", "planned"]


def test_a_mention_waits_until_it_is_answered_or_seen(sqlite_store, people, clock):
    store, ana, rosa = sqlite_store, people["ana"], people["rosa"]
    first = comments.say(store, ana, "lamas", {"text": "¿Y el agua?", "mentions": [rosa.id]})
    (mention,) = [i for i in desk.waiting(store, rosa) if i.kind == "mention"]
    assert (mention.id, mention.note, mention.by, mention.comment) == ("lamas", "¿Y el agua?", "Ana", first.id)
    before = desk.count(store, rosa)
    clock.pass_by(minutes=1)
    comments.say(store, rosa, "lamas", {"text": "Va.", "parent": first.id, "mentions": [ana.id]})
    assert desk.count(store, rosa) == before - 1 and desk.count(store, ana) == 1
    clock.pass_by(minutes=1)
    looks.clear(store, ana)
    assert desk.count(store, ana) == 0


def test_new_is_what_others_changed_since_the_last_visit_as_far_as_one_may_know(sqlite_store, people, clock):
    store, rosa = sqlite_store, people["rosa"]
    token, _ = visits.sign_in(store, "rosa", PASSWORD)
    assert desk.news(store, rosa).since is None
    clock.pass_by(minutes=5)
    comments.say(store, rosa, "lamas", {"text": "Lo mío"})
    visits.sign_out(store, token)
    clock.pass_by(minutes=5)
    comments.say(store, people["ana"], "lamas", {"text": "Lo nuevo"})
    step(store, "condorcanqui", "withdraw", note="De otro departamento")
    step(store, "lamas", "review", note="Conforme")
    clock.pass_by(minutes=5)
    visits.sign_in(store, "rosa", PASSWORD)
    found = desk.news(store, rosa)
    assert [(c.kind, c.action, c.proposal) for c in found.changes] == [
        ("proposal", "review", "lamas"), ("comment", "comment", "lamas")]  # fmt: skip
    visits.sign_in(store, "leo", PASSWORD)
    looks.clear(store, people["leo"])
    comments.say(store, people["ana"], "lamas", {"text": "No para consulta"})
    assert desk.news(store, people["leo"]).n == 0
    clock.pass_by(minutes=5)
    looks.clear(store, rosa)
    assert desk.news(store, rosa).n == 0


def test_a_desk_is_looked_at_without_writing(store):
    values = {"login": "rosa", "name": "Rosa", "role": "regional", "department": "22"}
    rosa = accounts.create_account(store, ME, values, PASSWORD).actor
    stop_writes(store)
    assert desk.count(store, rosa) == len(desk.waiting(store, rosa)) == 3
    assert desk.news(store, rosa).since is None


def test_counting_again_reads_the_proposals_once(sqlite_store, people, monkeypatch):
    asked, overview = [], desk.items.overview
    monkeypatch.setattr(desk.items, "overview", lambda *of: asked.append(1) or overview(*of))
    assert [desk.count(sqlite_store, people["rosa"]) for _ in range(5)] == [3] * 5
    assert len(asked) == 1
