"""The room of a meeting: who may come in, what they answer, and that nothing of it is lost, doubled or another's."""

import contextlib
import multiprocessing
import random
import time
from uuid import uuid4

import pytest
from sqlalchemy import select

from dashboard.records.admin.audit import audit
from dashboard.records.core.actors import Actor
from dashboard.records.core.errors import BadInput, Conflict, NotNow, Refused
from dashboard.records.core.models import EntryRow
from dashboard.records.meetings import meetings
from dashboard.records.rooms import ASKED, IN, REMOVED, answers, desk, gathered, joining, mark, names_of, seat
from dashboard.records.rooms.joining import GUESSES
from tests.record import writing
from tests.record.drawn import ME, held

LAMAS = "lamas"


def phone():
    return uuid4().hex


def judging(seq, subject=LAMAS, level=4, round=1, key=None, **more):
    content = {"values": {"political_will": level, "safe_travel": None}, "note": "", **more}
    return {
        "key": key or phone(),
        "seq": seq,
        "round": round,
        "kind": "judgement",
        "subject": subject,
        "content": content,
    }


def weighing(seq, **weights):
    content = {"way": "points", "values": weights or {"gap": 5, "risk": 1}}
    return {"key": phone(), "seq": seq, "round": 1, "kind": "weights", "subject": "", "content": content}


def drawing(seq, name="Mi idea", ubigeos=("220501", "220505", "220510"), subject="d1"):
    content = {"name": name, "ubigeos": list(ubigeos), "services": ["health"]}
    return {"key": phone(), "seq": seq, "round": 1, "kind": "drawing", "subject": subject, "content": content}


def voting(seq, vote="agree", reason="", subject=LAMAS):
    content = {"vote": vote, "reason": reason}
    return {"key": phone(), "seq": seq, "round": 1, "kind": "vote", "subject": subject, "content": content}


@pytest.fixture
def meeting(store):
    return held(store, LAMAS, complete=False)


@pytest.fixture
def room(store, meeting):
    return desk.open_room(store, ME, meeting.id)


def come(store, room, who, device=None):
    return joining.join(store, room.code, who, device or phone(), "10.0.0.9")


def kept(store, token):
    return {(a.round, a.kind, a.subject): dict(a.content) for a in seat(store, token).answers}


# ---- coming in


def test_a_name_is_of_the_first_who_takes_it_and_asked_for_by_the_next(store, meeting, room):
    one = meeting.present[0]
    first, mine = come(store, room, one)
    assert mine.state == IN and mine.name == "Miembro 00"
    answers.keep_answers(store, first, [judging(1)])
    second, other = come(store, room, one)
    assert other.state == ASKED
    with pytest.raises(Refused):
        answers.keep_answers(store, second, [judging(1)])
    admitted = desk.admit(store, ME, other.id)
    # the device changes, the person stays, with all that was answered
    assert admitted.id == mine.id and seat(store, second).own.id == mine.id
    assert len(seat(store, second).answers) == 1
    with pytest.raises(Refused) as error:
        seat(store, first)
    assert error.value.reason == "no_seat"


def test_the_same_phone_that_asks_again_has_the_same_seat(store, meeting, room):
    device = phone()
    once = come(store, room, meeting.present[0], device)
    assert come(store, room, meeting.present[0], device) == once
    assert len(desk.people(store, ME, meeting.id)) == 1


def test_a_phone_that_comes_under_another_name_leaves_the_one_before(store, meeting, room):
    device = phone()
    _, before = come(store, room, meeting.present[0], device)
    _, now = come(store, room, meeting.present[1], device)
    states = {p.id: p.state for p in desk.people(store, ME, meeting.id)}
    assert states == {before.id: REMOVED, now.id: IN}


def test_whoever_types_a_name_is_asked_and_an_observer_is_in(store, meeting, room):
    token, guest = come(store, room, {"role": "invited", "name": "Rosa  Tello"})
    assert guest.state == ASKED
    desk.admit(store, ME, guest.id)
    assert answers.keep_answers(store, token, [judging(1)]).keys
    _, watcher = come(store, room, {"role": "observer"})
    assert watcher.state == IN


def test_guests_of_the_meeting_are_in_under_their_names(store, meeting, room):
    guests = [{"name": "Rosa Tello", "institution": "UNSM", "office": "", "dni": ""}]
    meetings.change_meeting(store, ME, meeting.id, meeting.version, {"guests": guests})
    assert [t.name for t in names_of(store, room.code, "")[2] if t.id.startswith("guest:")] == ["Rosa Tello"]
    _, mine = come(store, room, "guest:Rosa Tello")
    assert (mine.state, mine.role, mine.name) == (IN, "invited", "Rosa Tello")
    _, other = come(store, room, {"role": "invited", "name": "rosa  tello"})
    assert other.state == ASKED


@pytest.mark.parametrize("who", [None, "", "nobody", 7, [], {"role": "king"}, {"role": "invited", "name": " "},
                                 {"role": "member"}, {"role": "member", "member": "x"}])  # fmt: skip
def test_nobody_comes_in_as_what_there_is_not(store, room, who):
    with pytest.raises((BadInput, NotNow)):
        come(store, room, who)
    assert desk.people(store, ME, room.id) == ()


def test_one_who_was_removed_is_out_and_asks_when_coming_back(store, meeting, room):
    device = phone()
    token, mine = come(store, room, meeting.present[0], device)
    answers.keep_answers(store, token, [judging(1)])
    desk.remove(store, ME, mine.id)
    assert gathered(store, ME, meeting.id).answers == ()
    with pytest.raises(Refused):
        answers.keep_answers(store, token, [judging(2)])
    assert come(store, room, meeting.present[0], device)[1].state == ASKED
    desk.admit(store, ME, mine.id)
    assert len(gathered(store, ME, meeting.id).answers) == 1


def test_wrong_codes_are_counted_by_where_they_come_from(sqlite_store):
    store, meeting = sqlite_store, held(sqlite_store, LAMAS, complete=False)
    room = desk.open_room(store, ME, meeting.id)
    reasons = []
    for _ in range(GUESSES + 3):
        with pytest.raises(Refused) as error:
            joining.find(store, "BBBBBB", "10.0.0.1")
        reasons.append(error.value.reason)
    assert reasons == ["wrong_code"] * GUESSES + ["room_locked"] * 3
    # not even the right one opens from there now, and it does from elsewhere
    with pytest.raises(Refused):
        joining.find(store, room.code, "10.0.0.1")
    assert joining.find(store, f" {room.code[:3].lower()}-{room.code[3:]}", "10.0.0.2").id == room.id


def test_the_code_ends_with_the_room_and_with_its_meeting(store, meeting, room):
    token, _ = come(store, room, meeting.present[0])
    closed = desk.close_room(store, ME, room.id, room.version)
    with pytest.raises(Refused):
        joining.find(store, room.code, "")
    with pytest.raises(NotNow):
        answers.keep_answers(store, token, [judging(1)])
    again = desk.open_room(store, ME, meeting.id)
    assert again.code != room.code and again.version == closed.version + 1
    assert answers.keep_answers(store, token, [judging(1)]).keys  # nobody must come in anew
    meetings.change_meeting(store, ME, meeting.id, meeting.version, {"proposals": [], "next_agenda": ["Dos"]})
    meetings.close_meeting(store, ME, meeting.id, meeting.version + 1)
    with pytest.raises(Refused):
        joining.find(store, again.code, "")
    with pytest.raises(NotNow):
        answers.keep_answers(store, token, [judging(2)])
    with pytest.raises(NotNow):
        desk.open_room(store, ME, meeting.id)


# ---- answering


def test_answers_are_kept_once_and_the_later_of_a_phone_stands(store, meeting, room):
    token, _ = come(store, room, meeting.present[0])
    first, second = judging(1, level=2), judging(2, level=5)
    assert answers.keep_answers(store, token, [second, first]).keys == (second["key"], first["key"])
    before = mark(store, ME, meeting.id)
    assert answers.keep_answers(store, token, [first, second, first]).keys
    assert mark(store, ME, meeting.id) == before
    assert kept(store, token)[1, "judgement", LAMAS]["values"] == {"political_will": 5, "safe_travel": None}
    assert audit(store).faults == ()


@pytest.mark.parametrize("seed", range(4))
def test_in_whatever_order_and_however_often_it_is_sent_it_ends_the_same(sqlite_store, seed):
    store, drawn = sqlite_store, random.Random(seed)
    meeting = held(store, LAMAS, complete=False)
    room = desk.open_room(store, ME, meeting.id)
    room = desk.change_room(store, ME, room.id, room.version, {"vote": LAMAS, "round": 2})
    given = [judging(n, level=drawn.randint(1, 5), round=drawn.choice((1, 2))) for n in range(1, 9)]
    given += [weighing(20 + n, gap=n, risk=1) for n in range(1, 4)]
    given += [voting(30 + n, drawn.choice(("agree", "abstain"))) for n in range(3)]
    given += [drawing(40 + n, f"Idea {n}", subject=f"d{n % 2}") for n in range(4)]
    last = {}
    for answer in given:
        in_round = 0 if answer["kind"] in ("vote", "drawing") else answer["round"]
        last[in_round, answer["kind"], answer["subject"]] = answer["content"]
    ends = []
    for person in meeting.present[:3]:
        token, _ = come(store, room, person)
        keyed = [{**answer, "key": f"{person[:8]}-{answer['seq']}"} for answer in given]
        sent = keyed + drawn.choices(keyed, k=12)
        drawn.shuffle(sent)
        while sent:
            part, sent = sent[: (size := drawn.randint(1, 6))], sent[size:]
            assert not answers.keep_answers(store, token, part).refused
        ends.append(kept(store, token))
    assert ends[0] == ends[1] == ends[2] and set(ends[0]) == set(last)
    for about, content in last.items():
        assert {name: ends[0][about][name] for name in content} == {
            name: sorted(v) if name == "ubigeos" else v for name, v in content.items()
        }
    assert audit(store).faults == ()


def test_each_answer_is_judged_for_itself(store, meeting, room):
    token, _ = come(store, room, meeting.present[0])
    wrong = [
        judging(1, level=6), judging(2, level=2.5), judging(3, subject="moyobamba"), judging(4, round=2),
        {**judging(5), "content": {"values": {"gap": 3}}}, {**judging(6), "kind": "bribe"}, 7, {},
        weighing(8, gap=-1), weighing(9, gap=0), drawing(10, ubigeos=["999999"]), drawing(11, name=""), voting(12),
        {**judging(13), "content": []}, {**judging(14), "seq": -1}, {**judging(15), "key": ""},
    ]  # fmt: skip
    good = judging(16)
    done = answers.keep_answers(store, token, [*wrong, good])
    assert done.keys == (good["key"],) and len(done.refused) == len(wrong)
    assert list(kept(store, token)) == [(1, "judgement", LAMAS)]


def test_a_key_is_of_one_answer_only(store, meeting, room):
    token, _ = come(store, room, meeting.present[0])
    answers.keep_answers(store, token, [judging(1, key="one")])
    done = answers.keep_answers(store, token, [judging(2, level=1, key="one")])
    assert done.keys == () and done.refused[0][0] == "one"


def test_a_drawing_without_districts_is_taken_back(store, meeting, room):
    token, _ = come(store, room, meeting.present[0])
    answers.keep_answers(store, token, [drawing(1), drawing(2, ubigeos=[])])
    assert kept(store, token)[0, "drawing", "d1"]["ubigeos"] == []


def test_only_present_and_accredited_members_vote_and_only_while_it_is_open(store, meeting, room):
    token, _ = come(store, room, meeting.present[0])
    guest, asks = come(store, room, {"role": "invited", "name": "Rosa"})
    desk.admit(store, ME, asks.id)
    assert answers.keep_answers(store, token, [voting(1)]).refused
    room = desk.change_room(store, ME, room.id, room.version, {"vote": LAMAS})
    assert answers.keep_answers(store, guest, [voting(1)]).refused
    assert answers.keep_answers(store, token, [voting(2, "disagree")]).refused  # without a reason
    assert answers.keep_answers(store, token, [voting(3, "disagree", "Está muy lejos")]).keys
    gone = meetings.change_meeting(store, ME, meeting.id, meeting.version, {"present": list(meeting.present[1:])})
    assert answers.keep_answers(store, token, [voting(4)]).refused
    meetings.change_meeting(store, ME, meeting.id, gone.version, {"present": list(meeting.present)})
    desk.change_room(store, ME, room.id, room.version, {"vote": None})
    assert answers.keep_answers(store, token, [voting(5)]).refused
    assert kept(store, token)[0, "vote", LAMAS] == {"vote": "disagree", "reason": "Está muy lejos"}


def test_votes_that_were_given_in_secret_are_never_told(store, meeting, room):
    token, _ = come(store, room, meeting.present[0])
    room = desk.change_room(store, ME, room.id, room.version, {"vote": LAMAS})
    answers.keep_answers(store, token, [voting(1)])
    with pytest.raises(NotNow):
        desk.change_room(store, ME, room.id, room.version, {"open_voting": True})
    assert {(p.name, p.member) for p in gathered(store, ME, meeting.id).people} == {("", "")}


def test_open_voting_names_who_is_there(store, meeting, room):
    come(store, room, meeting.present[0])
    desk.change_room(store, ME, room.id, room.version, {"open_voting": True})
    assert [p.name for p in gathered(store, ME, meeting.id).people] == ["Miembro 00"]


def test_whoever_comes_second_at_the_desk_is_told(store, room):
    desk.change_room(store, ME, room.id, room.version, {"round": 2})
    with pytest.raises(Conflict):
        desk.change_room(store, ME, room.id, room.version, {"round": 1})


KILLS = 6


def test_a_laptop_that_is_killed_loses_no_answer_and_nobody_comes_in_anew(store, meeting, room):
    """The hundred kills of the bar are in `python -m tests.benchmarks.room`, over HTTP."""
    nursery, chance, told = multiprocessing.get_context("forkserver"), random.Random(3), []
    nursery.set_forkserver_preload(["tests.record.writing"])
    token, mine = come(store, room, meeting.present[0])
    for kill in range(KILLS):
        ear, end = nursery.Pipe(duplex=False)
        url = store.engine.url.render_as_string(hide_password=False)
        laptop = nursery.Process(target=writing.answer_until_killed, args=(url, token, 1000 * kill, end))
        laptop.start()
        end.close()
        assert ear.poll(60), "after the last kill nothing is answered"
        time.sleep(chance.uniform(0, 0.05))
        laptop.kill()
        laptop.join()
        with contextlib.suppress(EOFError):
            while ear.poll(0):
                told.append(ear.recv())
    with store.reading() as session:
        of = (EntryRow.kind == "answer", EntryRow.actor == mine.id)
        kept = session.scalars(select(EntryRow.request_key).where(*of)).all()
    assert {key for key, _ in told} <= set(kept) and len(kept) == len(set(kept))
    (answer,) = seat(store, token).answers
    assert answer.version == len(kept) and answer.seq >= max(seq for _, seq in told)
    assert audit(store).faults == ()


# ---- rights

PEOPLE = ("member", "invited", "observer")
MAY = {"judgement": ("member", "invited"), "weights": ("member", "invited"), "drawing": ("member", "invited"),
       "vote": ("member",)}  # fmt: skip
GIVEN = {"judgement": judging, "weights": weighing, "drawing": drawing, "vote": voting}


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("kind", MAY)
def test_people_in_a_room_may_what_the_table_says(sqlite_store, kind, role):
    store, meeting = sqlite_store, held(sqlite_store, LAMAS, complete=False)
    room = desk.open_room(store, ME, meeting.id)
    desk.change_room(store, ME, room.id, room.version, {"vote": LAMAS})
    token, mine = come(store, room, meeting.present[0] if role == "member" else {"role": role, "name": "Rosa"})
    desk.admit(store, ME, mine.id)
    assert bool(answers.keep_answers(store, token, [GIVEN[kind](1)]).keys) == (role in MAY[kind])


def test_a_phone_changes_its_own_answers_alone(store, meeting, room):
    one, _ = come(store, room, meeting.present[0])
    other, _ = come(store, room, meeting.present[1])
    answers.keep_answers(store, one, [judging(1, level=1)])
    # whatever it says of itself: there is no field for another
    done = answers.keep_answers(store, other, [{**judging(2), "participant": seat(store, one).own.id}])
    assert done.keys == ()
    answers.keep_answers(store, other, [judging(3, level=5)])
    assert kept(store, one)[1, "judgement", LAMAS]["values"]["political_will"] == 1


@pytest.mark.parametrize("role", ["reader", "coordinator", "regional", "leadership", "administrator", *PEOPLE])
def test_nobody_else_runs_a_room(store, meeting, room, role):
    who = Actor("x", "x", role, "22" if role in ("coordinator", "regional") else None)
    _, mine = come(store, room, meeting.present[0])
    for deed in (
        lambda: desk.open_room(store, who, meeting.id),
        lambda: desk.change_room(store, who, room.id, room.version, {"round": 2}),
        lambda: desk.close_room(store, who, room.id, room.version),
        lambda: desk.admit(store, who, mine.id),
        lambda: desk.remove(store, who, mine.id),
        lambda: desk.people(store, who, meeting.id),
    ):
        with pytest.raises(Refused):
            deed()
    assert audit(store).faults == ()
