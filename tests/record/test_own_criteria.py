"""Criteria that a group makes for itself are kept with its meeting, asked in the room, scored, and told in the acta."""

import pytest

from dashboard.clusters.scoring import load_criteria, own_key, with_own
from dashboard.documents.blocks import Table
from dashboard.documents.room_annex import room_blocks
from dashboard.pages.meetings.deeds import content
from dashboard.pages.room import state as phone
from dashboard.records.core import BadInput
from dashboard.records.meetings import (
    follows,
    group_judgements,
    meeting_record,
    meetings,
    room_findings,
    speaking,
)
from dashboard.records.rooms import desk
from tests.record.drawn import ME, held
from tests.record.test_room_findings import LAMAS, OTHER, close, come, say, weights

SUPPORT = {"name": "Apoyo de las rondas", "question": "¿Apoyan?", "lowest": "nada", "highest": "mucho"}
RISK = {"name": "Riesgo de invasión", "direction": "lower", "weight": "2,5"}
KEYS = [own_key(SUPPORT["name"]), own_key(RISK["name"])]


@pytest.fixture
def meeting(store):
    kept = held(store, LAMAS, OTHER, complete=False)
    return meetings.change_meeting(store, ME, kept.id, kept.version, {"own_criteria": [SUPPORT, RISK, {"name": " "}]})


def test_they_are_kept_whole_with_the_meeting_and_its_history(store, meeting):
    first, second = meeting.own_criteria
    assert first == {**SUPPORT, "direction": "higher", "weight": 1.0}
    assert (second["direction"], second["weight"], second["question"]) == ("lower", 2.5, "")
    criteria = with_own(meeting.own_criteria)
    assert list(criteria) == [*load_criteria(), *KEYS]
    assert [criteria[KEYS[1]].points(level) for level in (1, 3, 5)] == [100, 50, 0]
    assert meetings.get_meeting(store, ME, meeting.id).own_criteria == meeting.own_criteria


@pytest.mark.parametrize(
    "rows",
    [
        [{**SUPPORT, "weight": 6}],
        [{**SUPPORT, "weight": "mucho"}],
        [{**SUPPORT, "direction": "sideways"}],
        [SUPPORT, {"name": "apoyo de las RONDAS"}],
        [{"name": f"Criterio {n}"} for n in range(9)],
        "Apoyo",
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_lost(store, meeting, rows):
    with pytest.raises(BadInput):
        meetings.change_meeting(store, ME, meeting.id, meeting.version, {"own_criteria": rows})
    assert meetings.get_meeting(store, ME, meeting.id).own_criteria == meeting.own_criteria


def test_a_form_sends_them_column_by_column():
    sent = content({"own_name": {"0": "A", "1": "B"}, "own_weight": {"0": 2, "1": 1}, "note": "x"})
    assert sent == {"note": "x", "own_criteria": [{"name": "A", "weight": 2}, {"name": "B", "weight": 1}]}


def judged(level, subject, support, risk):
    values = {"political_will": level, "safe_travel": 3, KEYS[0]: support, KEYS[1]: risk}
    return 1, "judgement", subject, {"values": values, "note": ""}


def test_phones_are_asked_them_and_what_follows_counts_them(store, meeting, words, monkeypatch):
    monkeypatch.setattr(phone, "remembered", lambda _, make: make())  # without a server
    room = desk.open_room(store, ME, meeting.id)
    phones = [come(store, room, member) for member in meeting.present[:2]]
    seen = phone.state(store, phones[0], "", words)
    assert [c["key"] for c in seen["criteria"]][-2:] == KEYS
    assert seen["criteria"][-2] | {"key": ""} == {
        "key": "", "name": SUPPORT["name"], "question": SUPPORT["question"], "lowest": "nada", "highest": "mucho",
    }  # fmt: skip
    assert {w["key"]: w["weight"] for w in seen["weighable"]}[KEYS[1]] == 2.5
    for one in phones:
        say(store, one, judged(3, LAMAS, 5, 1), judged(3, OTHER, 1, 5), weights(**{KEYS[0]: 1}))
    close(store, meeting)
    found = room_findings(store, ME, meeting.id).content
    assert follows(found) and set(KEYS) <= set(found["field"]["used"])
    assert [p["given"]["shown"] for p in found["outcome"]["proposals"]] == [2, 0]  # all who weigh it put Lamas first
    (kept,) = group_judgements(store, ME, LAMAS)
    assert kept.judged[KEYS[0]].median == 5
    assert speaking(words, kept.own_criteria).say(f"criterion.{KEYS[0]}.name") == SUPPORT["name"]
    tables = [b for b in room_blocks(meeting_record(store, ME, meeting.id), words) if isinstance(b, Table)]
    assert SUPPORT["name"] in str(tables[0].rows) and SUPPORT["name"] in str(tables[1].rows)


def test_what_was_frozen_before_there_were_any_is_read_as_it_is(words):
    assert speaking(words, ()) is words
