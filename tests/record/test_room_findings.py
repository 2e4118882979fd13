"""What a room's answers come to is the members' and nobody's by name, is frozen, and can be computed again."""

import json
from uuid import uuid4

import pytest

from dashboard.documents.blocks import Table
from dashboard.documents.room_annex import room_blocks
from dashboard.records.admin.audit import audit
from dashboard.records.core.actors import Actor, local_actor
from dashboard.records.core.models import SnapshotRow
from dashboard.records.meetings import (
    decisions,
    follows,
    group_judgements,
    has_votes,
    meeting_record,
    meetings,
    room_findings,
    snapshots,
)
from dashboard.records.rooms import answers, desk, joining
from tests.record.drawn import ME, held

LAMAS, OTHER = "lamas", "mariscal-caceres"
READER = Actor("r", "Rita", "reader")


@pytest.fixture
def meeting(store):
    return held(store, LAMAS, OTHER, complete=False)


@pytest.fixture
def room(store, meeting):
    return desk.open_room(store, ME, meeting.id)


def come(store, room, who):
    token, person = joining.join(store, room.code, who, uuid4().hex, "10.0.0.9")
    return token if person.state == "in" else (token, desk.admit(store, ME, person.id))[0]


def say(store, token, *said):
    sent = [
        {"key": uuid4().hex, "seq": n, "round": round, "kind": kind, "subject": subject, "content": content}
        for n, (round, kind, subject, content) in enumerate(said, 1)
    ]
    kept = answers.keep_answers(store, token, sent)
    assert not kept.refused


def judgement(level, subject=LAMAS, round=1, travel=3):
    return round, "judgement", subject, {"values": {"political_will": level, "safe_travel": travel}, "note": "x"}


def weights(round=1, **values):
    return round, "weights", "", {"way": "points", "values": values}


def filled(store, meeting, room):
    """Three members and somebody invited, who judge both; two weigh."""
    phones = [come(store, room, member) for member in meeting.present[:3]]
    guest = come(store, room, {"role": "invited", "name": "Rosa Tello"})
    for phone, level in zip([*phones, guest], (5, 4, None, 1), strict=True):
        say(store, phone, judgement(level), judgement(2, OTHER))
    say(store, phones[0], weights(gap=3, political_will=1))
    say(store, phones[1], weights(gap=1, political_will=9))
    say(store, guest, weights(density=1))
    return phones


def close(store, meeting):
    for id in meeting.proposals:
        snapshots.take(store, ME, meeting.id, id)
        decisions.decide(store, ME, meeting.id, id, "deferred", in_favour=3)
    now = meetings.get_meeting(store, ME, meeting.id)
    now = meetings.change_meeting(store, ME, now.id, now.version, {"next_agenda": ["Avances"]})
    return meetings.close_meeting(store, ME, now.id, now.version)


def test_members_count_as_the_group_and_the_invited_are_heard_apart(store, meeting, room):
    filled(store, meeting, room)
    content = room_findings(store, ME, meeting.id).content
    assert content["people"] == {"member": 3, "invited": 1}
    assert content["answered"] == {"weights": 2, "judgement": {LAMAS: 3, OTHER: 3}}
    heard = content["judgements"][LAMAS]["political_will"]
    assert (heard["answers"], heard["invited"]) == ([None, 4, 5], [1])
    assert len(content["outcome"]["weights"]) == 2 and "density" not in [
        k for w in content["weights"] for k in w if w[k]
    ]
    will = content["field"]["used"].index("political_will")
    # the median 4.5 of those who know is 87.5 points; it is 4 to 5 once the third knows, the other's is 2
    assert content["field"]["points"][0][will] == 87.5
    assert (content["field"]["low"][0][1][will], content["field"]["high"][0][1][will]) == (50.0, 75.0)


def test_nobody_is_named(store, meeting, room):
    phones = filled(store, meeting, room)
    desk.change_room(store, ME, meeting.id, room.version, {"vote": LAMAS})
    say(store, phones[0], (1, "vote", LAMAS, {"vote": "agree", "reason": ""}))
    said = json.dumps(room_findings(store, ME, meeting.id).content)
    people = desk.people(store, ME, meeting.id)
    assert people and not any(word in said for p in people for word in (p.id, p.name, p.member) if word)
    assert has_votes(room_findings(store, ME, meeting.id).content)


def test_open_votes_name_who_votes_to_those_alone_who_may_know_the_group(store, meeting, room):
    room = desk.change_room(store, ME, meeting.id, room.version, {"vote": LAMAS, "open_voting": True})
    phone = come(store, room, meeting.present[0])
    say(store, phone, (1, "vote", LAMAS, {"vote": "disagree", "reason": "Lejos"}))
    of = {actor: room_findings(store, actor, meeting.id).content["votes"][LAMAS] for actor in (ME, READER)}
    assert of[ME]["named"] == [["disagree", "Miembro 00"]]
    assert of[READER]["named"] == [] and of[READER]["disagree"] == 1


def test_whoever_is_removed_no_longer_counts(store, meeting, room):
    filled(store, meeting, room)
    who = next(p for p in desk.people(store, ME, meeting.id) if p.member == meeting.present[0])
    desk.remove(store, ME, who.id)
    content = room_findings(store, ME, meeting.id).content
    assert content["judgements"][LAMAS]["political_will"]["answers"] == [None, 4]
    assert content["answered"]["weights"] == 1


def test_a_second_round_replaces_the_first_and_tells_who_moved(store, meeting, room):
    phones = filled(store, meeting, room)
    desk.change_room(store, ME, meeting.id, room.version, {"round": 2})
    say(store, phones[0], judgement(3, round=2), weights(2, gap=1))
    say(store, phones[2], judgement(4, round=2))
    content = room_findings(store, ME, meeting.id).content
    heard = content["judgements"][LAMAS]["political_will"]
    assert heard["answers"] == [3, 4, 4] and heard["moves"] == [[None, 4, 1], [5, 3, 1]]
    ((before, after, n),) = content["first_moves"]
    assert n == 1 and set(before) | set(after) <= {LAMAS, OTHER}


def test_closing_freezes_it_and_what_follows_can_be_computed_again(store, meeting, room):
    filled(store, meeting, room)
    live = room_findings(store, ME, meeting.id)
    close(store, meeting)
    kept = room_findings(store, ME, meeting.id)
    assert live.frozen_at is None and kept.frozen_at is not None
    assert json.loads(json.dumps(kept.content)) == json.loads(json.dumps(live.content))
    content = kept.content
    assert follows(content)
    assert {s.kind for s in meeting_record(store, ME, meeting.id).snapshots} == {"proposal"}
    assert audit(store).faults == ()


def test_an_outcome_that_is_not_what_its_answers_give_is_found_by_the_audit(store, meeting, room):
    filled(store, meeting, room)
    close(store, meeting)

    def forge(session):
        row = session.query(SnapshotRow).filter(SnapshotRow.kind == "room").one()
        changed = json.loads(json.dumps(row.content))
        changed["outcome"]["proposals"][0]["given"]["shown"] += 1
        session.add(
            SnapshotRow(id="forged", meeting=row.meeting, kind="room", content=changed, edition=row.edition,
                        taken_at=row.taken_at)
        )  # fmt: skip

    store.write(forge)
    assert audit(store).faults == (("snapshot", "forged", "not_recomputed"),)


def test_the_judgement_becomes_part_of_the_proposals_record_once_the_meeting_is_closed(store, meeting, room):
    filled(store, meeting, room)
    assert group_judgements(store, ME, LAMAS) == ()
    closed = close(store, meeting)
    (own,) = group_judgements(store, ME, LAMAS)
    assert (own.meeting, own.held_on) == (closed.id, closed.held_on)
    will = own.judged["political_will"]
    assert (will.median, will.low, will.high, will.n, will.unknown) == (4.5, 4, 5, 2, 1)
    assert group_judgements(store, ME, "condorcanqui") == ()


def test_a_meeting_without_a_room_has_no_findings(store, meeting):
    assert room_findings(store, local_actor("Otra"), meeting.id) is None
    close(store, meeting)
    assert room_findings(store, ME, meeting.id) is None


def test_the_acta_has_what_the_room_answered_as_an_annex_that_names_nobody(sqlite_store, words):
    meeting = held(sqlite_store, LAMAS, OTHER, complete=False)
    filled(sqlite_store, meeting, desk.open_room(sqlite_store, ME, meeting.id))
    before = room_blocks(meeting_record(sqlite_store, ME, meeting.id), words)
    assert tuple(before) == ()
    close(sqlite_store, meeting)
    record = meeting_record(sqlite_store, ME, meeting.id)
    made = tuple(room_blocks(record, words))
    judgements, given = (block for block in made if isinstance(block, Table))
    name = record.identity(LAMAS, "Lamas").title
    assert judgements.rows[0] == (name, words.say("criterion.political_will.name"), "4,5", "4-5", "2", "1")
    assert len(given.head) == 1 + 2
    follows_ = made[-2].text
    assert f"semilla {record.room['seed']}" in follows_ and made[-1].items[0].startswith(name)
    assert "Miembro" not in repr(made) and "Rosa" not in repr(made)
