"""Hold what a phone keeps of its member's answers until the laptop has them: in order, once each, none lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BOX = """
    const Outbox = await load("model/outbox");
    const about = (subject, round = 1, kind = "judgement") => ({ round, kind, subject });
    const judged = (a) => ({ values: { a }, note: "" });
    const give = (box, subject, a, key) => Outbox.put(box, { ...about(subject), content: judged(a) }, key);
    const keys = (box) => box.waiting.map((one) => one.key);
"""


def test_what_waits_is_sent_in_the_order_in_which_it_was_given_and_the_last_word_of_a_slot_alone(run):
    keys, numbers, first = run(f"""{BOX}
        let box = Outbox.empty();
        box = give(box, "p1", 3, "k1");
        box = give(box, "p2", 4, "k2");
        box = give(box, "p1", 5, "k3");
        return [keys(box), box.waiting.map((one) => one.seq), keys({{ waiting: Outbox.batch(box, 1) }})];
    """)
    assert (keys, numbers, first) == (["k2", "k3"], [2, 3], ["k2"])


def test_to_say_the_same_again_is_no_answer(run):
    waiting, arrived = run(f"""{BOX}
        let box = give(give(Outbox.empty(), "p1", 3, "k1"), "p1", 3, "k2");
        const waiting = keys(box);
        box = Outbox.answered(box, {{ kept: ["k1"] }});
        const said = {{ note: "", values: {{ a: 3 }} }};  // the order of names is none
        return [waiting, keys(Outbox.put(box, {{ ...about("p1"), content: said }}, "k3"))];
    """)
    assert (waiting, arrived) == (["k1"], [])


def test_an_answer_changed_while_the_former_is_on_its_way_waits_for_its_own_arrival(run):
    waiting, shown, later = run(f"""{BOX}
        let box = give(Outbox.empty(), "p1", 3, "k1");
        const sent = Outbox.batch(box, 50);
        box = give(box, "p1", 4, "k2");
        box = Outbox.answered(box, {{ kept: sent.map((one) => one.key) }});
        const waiting = keys(box);
        const shown = Outbox.current(box, about("p1")).content.values.a;
        // back to what was on its way first: that is said too, or the laptop would keep the other
        box = Outbox.answered(give(box, "p1", 3, "k3"), {{ kept: ["k3"] }});
        const later = [keys(box), Outbox.current(box, about("p1")).content.values.a, Outbox.waits(box, about("p1"))];
        return [waiting, shown, later];
    """)
    assert (waiting, shown, later) == (["k2"], 4, [[], 3, False])


def test_the_same_answer_of_the_laptop_twice_changes_nothing_more(run):
    assert run(f"""{BOX}
        const box = give(give(Outbox.empty(), "p1", 3, "k1"), "p2", 3, "k2");
        const said = {{ kept: ["k1"], refused: [{{ key: "k2", sentence: "no" }}] }};
        const once = Outbox.answered(box, said);
        return [said, {{}}].every((again) => Outbox.same(once, Outbox.answered(once, again)));
    """)


def test_what_is_refused_is_told_with_its_reason_until_it_is_read_or_given_anew_and_kept(run):
    refused, shown, read, anew = run(f"""{BOX}
        let box = give(Outbox.empty(), "p1", 3, "k1");
        box = Outbox.answered(box, {{ refused: [{{ key: "k1", sentence: "La ronda terminó." }}] }});
        const refused = box.refused.map(({{ answer, sentence }}) => [answer.content.values.a, sentence]);
        const again = Outbox.answered(give(box, "p1", 3, "k2"), {{ kept: ["k2"] }});
        return [refused, Outbox.current(box, about("p1")), Outbox.putAway(box, "k1").refused, again.refused];
    """)
    assert refused == [[3, "La ronda terminó."]]
    assert shown is None  # it does not look as if it counted
    assert read == anew == []


def test_a_phone_learns_what_the_laptop_has_of_it_and_counts_on_from_there(run):
    seq, own, other = run(f"""{BOX}
        const mine = [
            {{ seq: 7, ...about("p1"), content: {{ values: {{ a: 1 }}, note: "" }} }},
            {{ seq: 4, ...about("p2"), content: {{ values: {{ a: 2 }}, note: "" }} }},
        ];
        let box = Outbox.learn(Outbox.empty(), mine);
        box = give(box, "p1", 5, "k1");
        // an older word of the laptop does not undo what waits, nor what it has said it keeps since
        box = Outbox.learn(box, mine);
        const waiting = Outbox.current(box, about("p1"));
        box = Outbox.learn(Outbox.answered(box, {{ kept: ["k1"] }}), mine);
        const value = (subject) => Outbox.current(box, about(subject)).content.values.a;
        return [waiting.seq, value("p1"), value("p2")];
    """)
    assert (seq, own, other) == (8, 5, 2)


@pytest.mark.parametrize(
    ("room", "how", "waiting", "spared"),
    [(3, "whole", 2, 0), (2, "whole", 2, 1), (1, "lighter", 2, 1), (0, "not", 2, 1)],
)
def test_a_full_phone_lets_go_of_what_the_laptop_has_and_never_of_what_waits_or_was_refused(
    run, room, how, waiting, spared
):
    """room: 3 for everything, 2 once what can be had again is gone, 1 for what is nowhere else, 0 for nothing."""
    found = run(
        f"""{BOX}
        let box = give(Outbox.empty(), "p0", 1, "k0");
        box = Outbox.answered(box, {{ kept: ["k0"] }});
        box = give(box, "p3", 1, "k3");
        box = Outbox.answered(box, {{ refused: [{{ key: "k3", sentence: "no" }}] }});
        box = give(give(box, "p1", 3, "k1"), "p2", 3, "k2");
        let [room, spared, written] = [given, 0, null];
        const write = (what) => {{
            const size = Object.keys(what.kept).length ? 2 : 1;
            const fits = room >= size && (room !== 2 || spared > 0);
            if (fits) written = what;
            return fits;
        }};
        const how = Outbox.keep(box, write, () => {{ spared += 1; }});
        const held = written || box;
        return [how, held.waiting.length, held.refused.length, spared, written === null || written.seq === box.seq];
        """,
        room,
    )
    assert found == [how, waiting, 1, spared, True]


@pytest.mark.parametrize(
    "kept",
    [None, 7, [], {}, {"version": 2}, {"version": 1, "seq": 1, "waiting": [{}], "kept": {}, "refused": []},
     {"version": 1, "seq": "1", "waiting": [], "kept": {}, "refused": []}],
)  # fmt: skip
def test_what_a_browser_kept_may_be_damaged(run, kept):
    whole, sound = run(
        'const Outbox = await load("model/outbox"); return [Outbox.isSound(given), Outbox.isSound(Outbox.empty())];',
        kept,
    )
    assert (whole, sound) == (False, True)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("give"), st.integers(0, 3), st.integers(1, 5)),
        st.tuples(st.just("send"), st.sampled_from(["arrives", "is lost", "its answer is lost"])),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_lost_on_the_way_the_laptop_ends_with_the_last_word_of_every_slot(run, steps):
    told, has, left = run(
        f"""{BOX}
        let [box, n] = [Outbox.empty(), 0];
        const laptop = new Map(); // slot -> answer, as the server keeps it
        const seen = new Set();
        const take = (sent) => {{
            for (const one of sent) {{
                const before = laptop.get(one.subject);
                if (!seen.has(one.key) && (!before || before.seq < one.seq)) laptop.set(one.subject, one);
                seen.add(one.key);
            }}
            return {{ kept: sent.map((one) => one.key) }};
        }};
        const send = (how) => {{
            const sent = Outbox.batch(box, 2);
            if (how === "is lost") return;
            const said = take(sent);
            if (how === "arrives") box = Outbox.answered(box, said);
        }};
        const told = {{}};
        for (const [what, one, other] of given) {{
            if (what === "send") send(one);
            else {{
                told[`p${{one}}`] = other;
                box = give(box, `p${{one}}`, other, `k${{n += 1}}`);
            }}
        }}
        for (let i = 0; i < 4; i++) send("arrives");
        const has = Object.fromEntries([...laptop].map(([subject, one]) => [subject, one.content.values.a]));
        return [told, has, box.waiting.length];
        """,
        [list(step) for step in steps],
    )
    assert has == told
    assert left == 0


def test_a_phone_that_gets_no_answer_asks_ever_more_seldom_and_not_with_all_others(run):
    waits, apart = run("""
        const { pause } = await load("model/outbox");
        return [[1, 2, 3, 4, 5, 6, 7, 40].map((n) => pause(n, 0.5)), [pause(3, 0), pause(3, 1)]];
    """)
    assert waits == [1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]
    assert apart[0] < waits[2] < apart[1]
