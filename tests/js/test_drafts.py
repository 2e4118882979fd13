"""Hold what edits make of drawings: steps back and forth, and the same whatever the order."""

import pytest


def test_a_hundred_steps_can_be_undone_and_redone_and_no_more_are_kept(run):
    found = run("""
            const { reduce, empty, shown } = await load("model/drafts");
            const us = (await load("core/facts")).facts.ubigeos;
            let state = reduce(empty(), { past: [], future: [] }, { type: "start" });
            for (let i = 0; i < 130; i++) state = reduce(state.drafts, state.history, { type: "toggle", u: us[i] });
            const full = JSON.stringify(state.drafts);
            const kept = state.history.past.length;
            let undone = 0;
            while (state.history.past.length) {
                state = reduce(state.drafts, state.history, { type: "undo" });
                undone += 1;
            }
            const left = shown(state.drafts).ubigeos.length;
            const more = reduce(state.drafts, state.history, { type: "undo" }).said[0];
            while (state.history.future.length) state = reduce(state.drafts, state.history, { type: "redo" });
            return { kept, undone, left, more, back: JSON.stringify(state.drafts) === full };
        """)
    assert found == {"kept": 100, "undone": 100, "left": 30, "more": "nothing_to_undo", "back": True}


def test_a_thirteenth_drawing_is_refused_in_words_and_the_twelve_stay(run):
    found = run("""
            const { reduce, empty, LIMITS } = await load("model/drafts");
            const { say } = await load("core/words");
            let state = { drafts: empty(), history: { past: [], future: [] } };
            for (let i = 0; i < LIMITS.candidates; i++) state = reduce(state.drafts, state.history, { type: "start" });
            const kept = JSON.stringify(state.drafts.candidates);
            const more = ["start", "duplicate"].map((type) => reduce(state.drafts, state.history, { type }));
            return {
                n: state.drafts.candidates.length,
                same: more.every(({ drafts }) => JSON.stringify(drafts.candidates) === kept),
                said: more.map(({ said: [key, fields] }) => say(`said.${key}`, fields)),
            };
        """)
    assert found["n"] == 12 and found["same"]
    assert all("12" in sentence for sentence in found["said"]) and len(found["said"]) == 2


def test_every_edit_can_be_taken_back(run):
    broken = run("""
            const { reduce, empty } = await load("model/drafts");
            const us = (await load("core/facts")).facts.ubigeos;
            const edits = [
                { type: "start" }, { type: "add", us: us.slice(0, 5) }, { type: "take", us: us.slice(1, 3) },
                { type: "toggle", u: us[9] }, { type: "describe", field: "name", value: "Otra" },
                { type: "describe", field: "services", value: ["health"] },
                { type: "describe", field: "phase", value: 2 }, { type: "duplicate" },
                { type: "remove" }, { type: "empty" },
            ];
            const drawn = ({ candidates, active }) => JSON.stringify([candidates, active]);
            let state = { drafts: empty(), history: { past: [], future: [] } };
            const wrong = [];
            for (const edit of edits) {
                const next = reduce(state.drafts, state.history, edit);
                const back = reduce(next.drafts, next.history, { type: "undo" });
                if (drawn(back.drafts) !== drawn(state.drafts)) wrong.push(edit.type);
                state = next;
            }
            return wrong;
        """)
    assert broken == []


def test_adding_and_taking_away_give_back_the_same_in_any_order(run):
    same = run("""
            const { reduce, empty, shown } = await load("model/drafts");
            const us = (await load("core/facts")).facts.ubigeos;
            const run = (actions) => actions.reduce(
                (s, a) => reduce(s.drafts, s.history, a), { drafts: empty(), history: { past: [], future: [] } });
            const [a, b] = [us.slice(10, 20), us.slice(15, 30)];
            const set = (...actions) => shown(run([{ type: "start" }, ...actions]).drafts).ubigeos.join();
            const [addA, addB] = [{ type: "add", us: a }, { type: "add", us: b }];
            const toggle = { type: "toggle", u: us[0] };
            return [
                set(addA, addB) === set(addB, addA),
                set(addA, addA) === set(addA),
                set(addA, toggle, toggle) === set(addA),
                set(addB, { type: "take", us: b }) === "",
            ];
        """)
    assert all(same)


def test_a_proposal_is_changed_only_as_a_copy(run, dataset):
    proposal = dataset.proposals[0]
    copy, original = run(
        """
            const { reduce, empty, find } = await load("model/drafts");
            const [id, u] = given;
            const begun = { ...empty(), active: `p:${id}` };
            const { drafts } = reduce(begun, { past: [], future: [] }, { type: "take", us: [u] });
            return [drafts.candidates[0], find(drafts, `p:${id}`)];
        """,
        [proposal.id, min(proposal.ubigeos)],
    )
    assert copy["replaces"] == proposal.id
    assert set(copy["ubigeos"]) == proposal.ubigeos - {min(proposal.ubigeos)}
    assert set(original["ubigeos"]) == proposal.ubigeos


def test_a_name_is_never_cut_within_a_letter(run):
    """Some letters are two of what a string counts; half of one could be written into no address."""
    name = run(
        """
            const { reduce, empty } = await load("model/drafts");
            const begun = reduce(empty(), { past: [], future: [] }, { type: "start" }).drafts;
            const edit = { type: "describe", field: "name", value: given };
            return reduce(begun, { past: [], future: [] }, edit).drafts.candidates[0].name;
        """,
        "a" + "🌳" * 70,
    )
    assert name == "a" + "🌳" * 59


@pytest.mark.parametrize("kept", [None, [], 7, {"version": 1, "candidates": [{"id": 1}], "active": 7}, {"version": 99}])
def test_what_a_browser_kept_may_be_damaged(run, kept):
    """It is not taken for whole, so that it is set aside unread; something is always shown."""
    whole, shown = run(
        """
            const { isSound, shown, sound } = await load("model/drafts");
            return [isSound(given), shown(sound(given))];
        """,
        kept,
    )
    assert whole is False and shown["ubigeos"]


def test_staying_within_one_province_refuses_others_and_says_why(run):
    said, chosen, across = run(
        """
            const { reduce, empty, shown } = await load("model/drafts");
            const { say } = await load("core/words");
            const steps = { past: [], future: [] };
            const [own, other] = given;
            const act = (drafts, action) => reduce(drafts, steps, action).drafts;
            const begun = act(act(empty(), { type: "start" }), { type: "toggle", u: own });
            const staying = act(begun, { type: "province", on: true });
            const { drafts, said: [key, fields] } = reduce(staying, steps, { type: "toggle", u: other });
            const both = reduce(staying, steps, { type: "add", us: [other, "160102"] });
            return [say(`said.${key}`, fields), shown(drafts).ubigeos, [shown(both.drafts).ubigeos, both.said[1].left]];
        """,
        ["160101", "160301"],
    )
    assert "no es de Maynas" in said
    assert chosen == ["160101"]
    assert across == [["160101", "160102"], 1]  # of several the others are taken, and how many were left is told
