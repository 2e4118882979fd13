"""Whatever people do in whatever order, record and history agree and the rules of a proposal's life hold."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from dashboard.records.admin import audit
from dashboard.records.core import history
from dashboard.records.core.codec import build, plain
from dashboard.records.core.errors import Conflict, RecordsError
from dashboard.records.proposals import proposals
from dashboard.records.proposals.steps import CHAIN, STATES, load_steps, path
from tests.record.drawn import ME, PICOTA, agree, baseline, draw

EDITS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["A", "B", "C"]),
        "ubigeos": st.lists(st.sampled_from(PICOTA), min_size=1, max_size=4, unique=True),
        "services": st.lists(st.sampled_from(["health", "education", "environment"]), max_size=3, unique=True),
        "critical_area": st.sampled_from(["", "Agua segura"]),
        "phase": st.integers(1, 3),
    },
)
STEPS = st.sampled_from([step.name for step in load_steps() if step.name != "edit"])
DEEDS = st.lists(
    st.tuples(STEPS | EDITS | st.sampled_from(["agree", "measure", "forward"]), st.integers(0, 2), st.booleans()),
    max_size=25,
)
FORWARD = {step.origins[0]: step.name for step in load_steps() if step.target in CHAIN and step.name != "reopen"}
START = date(2013, 1, 1)


def do(store, proposal, deed, stale, told, day):
    """Try one thing; return the proposal as it then is."""
    version = proposal.version - (1 if stale and proposal.version > 1 else 0)
    needs = {"note": "n", "document": "d"} if told else {}
    if deed == "agree":
        number = 1 + len(proposals.history(store, ME, proposal.id)) % 12
        agree(store, proposal.id, number=number, on=day, complete=False)
    elif deed == "measure":
        baseline(store, proposal, on=day)
    elif isinstance(deed, dict):
        return proposals.edit(store, ME, proposal.id, version, deed)
    else:
        name = FORWARD.get(proposal.state, "propose") if deed == "forward" else deed
        return proposals.step(store, ME, proposal.id, version, name, on=day, **needs)
    return proposal


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_history_replays_to_the_present_and_every_step_was_one_of_the_table(store, deeds):
    proposal, seen = draw(store), {}
    seen[1] = proposal
    for n, (deed, stale, told) in enumerate(deeds):
        before = proposal
        try:
            proposal = do(store, proposal, deed, stale == 2, told, START + timedelta(days=n))
        except Conflict as conflict:
            assert conflict.theirs == before
        except RecordsError:
            pass
        assert proposals.get(store, ME, proposal.id) == proposal
        assert proposal.version - before.version in (0, 1)
        seen[proposal.version] = proposal

    entries = proposals.history(store, ME, proposal.id)
    assert [entry.version for entry in entries] == list(range(1, proposal.version + 1))
    for entry in entries:
        # what was at any entry is what was seen then
        assert proposals.as_of(store, ME, proposal.id, entry.id) == seen[entry.version]
    for last, entry in zip(entries, entries[1:], strict=False):
        assert entry.before == last.after
        step = load_steps()[entry.action]
        assert entry.before["state"] in step.origins
        assert entry.after["state"] == load_steps().target(step, entry.before["state"])
        assert not step.note or entry.note
        assert not step.document or entry.document
    stood = path(entries)
    assert stood[-1][0] == proposal.state
    days = [day for state, day in stood if state != "candidate"]
    assert days == sorted(days)
    assert audit.audit(store).faults == ()


@pytest.mark.parametrize("state", STATES)
def test_every_state_but_the_last_has_a_way_on(state):
    assert load_steps().open(state)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)


@given(
    st.builds(
        proposals.Proposal,
        id=TEXT, version=st.integers(1, 9), name=TEXT, department=st.just("22"), phase=st.integers(1, 3),
        state=st.sampled_from(STATES), services=st.frozensets(st.sampled_from(["health", "education"])),
        ubigeos=st.frozensets(st.sampled_from(PICOTA)), note=TEXT, critical_area=TEXT,
        judgements=st.dictionaries(st.just("political_will"), st.integers(1, 5).map(float)), source=TEXT,
    )
)  # fmt: skip
def test_a_record_written_as_json_and_read_back_is_the_same(proposal):
    assert build(proposals.Proposal, plain(proposal)) == proposal


def test_the_audit_sees_a_record_that_was_changed_behind_the_history(store):
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE proposal SET name = 'forged' WHERE id = 'lamas'"))
        connection.execute(text("DELETE FROM proposal WHERE id = 'tambopata'"))
    assert set(audit.audit(store).faults) == {("proposal", "lamas", "differs"), ("proposal", "tambopata", "no_record")}


def test_nothing_is_kept_when_a_transaction_fails_at_its_end(store):
    def work(transaction):
        current = transaction.load(proposals.PROPOSAL, "lamas")
        transaction.change(proposals.PROPOSAL, current, 1, lambda p: p)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        history.carry_out(store, ME, proposals.EditProposal("lamas", 1, {}), work)
    assert proposals.get(store, ME, "lamas").version == 1
    assert len(proposals.history(store, ME, "lamas")) == 1
