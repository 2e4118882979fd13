"""Hold what a phone shows of a room: its screen, what is answered, and how a member weighs the criteria."""

import pytest

ROOM = {"round": 1, "vote": None, "open_voting": False, "state": "open"}
ME = {"participant": "x", "name": "Ana", "role": "member", "state": "in"}


def _phone(**more):
    return {"code": "ABCDEF", "token": "t", "ended": "", "state": {"room": ROOM, "me": ME}, **more}


@pytest.mark.parametrize(
    ("phone", "stage"),
    [
        (_phone(), "in"),
        (_phone(code=""), "code"),
        (_phone(ended="unknown"), "code"),
        (_phone(token=None), "who"),
        (_phone(state=None), "who"),
        (_phone(state={"room": ROOM, "me": {**ME, "state": "asked"}}), "asked"),
        (_phone(state={"room": ROOM, "me": {**ME, "state": "removed"}}), "removed"),
        (_phone(state={"room": {**ROOM, "state": "closed"}, "me": ME}), "closed"),
        (_phone(ended="closed", state=None), "closed"),
    ],
)
def test_a_phone_is_on_the_screen_that_the_room_and_it_are_at(run, phone, stage):
    assert run('return (await load("model/room")).stage(given);', phone) == stage


@pytest.mark.parametrize(
    ("me", "answer", "vote"),
    [
        ({"role": "member", "may_vote": True}, True, True),
        ({"role": "member", "may_vote": False}, True, False),
        ({"role": "invited", "may_vote": False}, True, False),
        ({"role": "observer", "may_vote": False}, False, False),
        (None, False, False),
    ],
)
def test_who_looks_on_answers_nothing_and_who_the_laptop_lets_votes(run, me, answer, vote):
    found = run('return (await load("model/room")).may({ me: given });', me)
    assert found == {"answer": answer, "vote": vote}


def test_what_was_told_stays_where_less_is_told_and_goes_with_its_meeting(run):
    kept, other = run("""
        const { learned } = await load("model/room");
        const before = learned(null, { n: "1", meeting: { id: "m" }, room: {}, me: {}, proposals: [{ id: "p" }] });
        const kept = learned(before, { n: "2", meeting: { id: "m" }, room: { state: "closed" } });
        const other = learned(before, { n: "3", meeting: { id: "o" }, room: {} });
        return [[kept.n, kept.proposals, kept.me, kept.who], other.proposals];
    """)
    assert kept == ["2", [{"id": "p"}], None, []]
    assert other == []


JUDGING = """
    const Room = await load("model/room");
    const Outbox = await load("model/outbox");
    const [criteria, proposals] = [[{ key: "a" }, { key: "b" }], [{ id: "p1" }, { id: "p2" }]];
    const state = (round) => ({ room: { round }, criteria, proposals });
    let [box, n] = [Outbox.empty(), 0];
    const judge = (round, id, more) => { box = Outbox.put(box, Room.judging(box, round, id, more), `k${n += 1}`); };
"""


def test_not_to_know_is_an_answer_and_a_proposal_is_judged_once_every_criterion_has_one(run):
    counts, whole, said = run(f"""{JUDGING}
        judge(1, "p1", {{ values: {{ a: 4 }} }});
        const counts = [Room.answeredOf(box, state(1), "p1")];
        judge(1, "p1", {{ note: "cerca" }});
        judge(1, "p1", {{ values: {{ b: null }} }});
        counts.push(Room.answeredOf(box, state(1), "p1"), Room.answeredOf(box, state(1), "p2"));
        return [counts, Room.judgedWhole(box, state(1)), Room.judgement(box, 1, "p1")];
    """)
    assert counts == [1, 2, 0]
    assert whole == 1
    assert said == {"values": {"a": 4, "b": None}, "note": "cerca"}


def test_a_second_round_begins_empty_and_may_take_over_what_was_not_said_anew(run):
    count, taken, after = run(f"""{JUDGING}
        judge(1, "p1", {{ values: {{ a: 4, b: 2 }} }});
        judge(1, "p2", {{ values: {{ a: 1, b: 1 }} }});
        const count = Room.judgedWhole(box, state(2));
        judge(2, "p2", {{ values: {{ a: 5 }} }});
        const taken = Room.fromBefore(box, state(2));
        taken.forEach((answer) => {{ box = Outbox.put(box, answer, `k${{n += 1}}`); }});
        const told = taken.map((one) => [one.round, one.subject, one.content.values]);
        return [count, told, Room.fromBefore(box, state(2))];
    """)
    assert count == 0
    assert taken == [[2, "p1", {"a": 4, "b": 2}]]
    assert after == []


@pytest.mark.parametrize(("typed", "code"), [("abc def", "ABCDEF"), ("ab-c1deféx9", "ABC1DE"), ("", "")])
def test_a_code_is_read_however_it_is_typed(run, typed, code):
    assert run('return (await load("model/room")).codeOf(given, 6);', typed) == code


def test_a_drawing_takes_districts_and_lets_them_go_up_to_what_one_may_hold(run):
    found = run("""
        const { toggled } = await load("model/room");
        const one = toggled(["160102"], "160101", 2);
        return [one, toggled(one, "160103", 2), toggled(one, "160102", 2)];
    """)
    assert found == [["160101", "160102"], ["160101", "160102"], ["160101"]]


def test_points_weigh_by_their_share_and_none_weigh_nothing(run):
    shares, none = run("""
        const { ofPoints } = await load("model/weighing");
        return [ofPoints({ a: 6, b: 2, c: 0 }), ofPoints({ a: 0 })];
    """)
    assert (shares, none) == ({"a": 0.75, "b": 0.25, "c": 0}, {})


def test_an_order_is_changed_by_steps_and_holds_every_criterion_once(run):
    up, last, beyond, whole, weights = run("""
        const { moved, wholeOrder, ofOrder } = await load("model/weighing");
        const order = ["a", "b", "c"];
        const shifted = [moved(order, "c", 1), moved(order, "a", 2), moved(order, "a", 9)];
        return [...shifted, wholeOrder(["c", "old", "a"], order), ofOrder(["a", "b"])];
    """)
    assert (up, last, beyond) == (["a", "c", "b"], ["b", "c", "a"], ["b", "c", "a"])
    assert whole == ["c", "a", "b"]  # one that is new comes last, one that is gone goes
    assert weights == {"a": 0.75, "b": 0.25}
