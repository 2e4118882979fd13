"""A meeting: what was seen is frozen, what was decided is kept with its dissent, and a closed one never changes."""

from datetime import date

import pytest
from sqlalchemy import insert, select, update

from dashboard.clusters.measures.measures import measure_all
from dashboard.clusters.model import codes
from dashboard.records.admin import audit
from dashboard.records.core import history
from dashboard.records.core.errors import BadInput, Conflict, NotNow
from dashboard.records.core.models import DecisionRow, EntryRow, SnapshotRow
from dashboard.records.meetings import decisions, groups, meetings, snapshots
from dashboard.records.meetings.whole import meeting_record
from dashboard.records.proposals import proposals
from tests.record.drawn import ALL_THE_SAME, ME, PERIOD, PICOTA, agree, draw, group, held, walk


def reasons(error):
    return {fault.message.removeprefix("records.fault.") for fault in error.value.faults}


def test_a_meeting_is_planned_once_in_a_period(store):
    planned = meetings.plan_meeting(store, ME, "22", 1, date(2013, 3, 15), agenda=["Uno", " ", "Dos"])
    assert (planned.id, planned.period, planned.state) == ("22-2013-1", PERIOD, "planned")
    assert planned.agenda == ("Uno", "Dos")
    with pytest.raises(BadInput) as again:
        meetings.plan_meeting(store, ME, "22", 1, date(2013, 4, 1))
    assert reasons(again) == {"meeting_kept"}
    with pytest.raises(BadInput) as outside:
        meetings.plan_meeting(store, ME, "22", 1, date(2012, 3, 1))
    assert reasons(outside) == {"no_period"}


def test_only_members_are_present_and_only_proposals_of_the_department_are_reviewed(store):
    meeting = held(store, "lamas")
    with pytest.raises(BadInput) as error:
        change = {"present": ["nobody"], "proposals": ["tambopata"], "weights": {"luck": 3}, "colour": "red"}
        meetings.change_meeting(store, ME, meeting.id, meeting.version, change)
    assert reasons(error) == {"unknown_items", "unknown_field"}
    assert len(error.value.faults) == 4


def test_two_who_change_a_meeting_at_once(store):
    meeting = held(store, "lamas")
    first = meetings.change_meeting(store, ME, meeting.id, meeting.version, {"place": "Lamas"})
    with pytest.raises(Conflict) as told:
        meetings.change_meeting(store, ME, meeting.id, meeting.version, {"place": "Tarapoto"})
    assert (told.value.mine.place, told.value.theirs) == ("Tarapoto", first)


# ---- snapshots


def test_a_snapshot_keeps_what_was_seen_whatever_happens_afterwards(store, dataset):
    meeting = held(store, "lamas")
    seen = proposals.get(store, ME, "lamas")
    taken = snapshots.take(store, ME, meeting.id, "lamas")
    proposals.edit(store, ME, "lamas", 2, {"ubigeos": ["220501", "220502", "220503"], "name": "Lamas norte"})
    (kept,) = snapshots.snapshots(store, ME, meeting.id)
    assert kept == taken
    assert kept.content["proposal"]["ubigeos"] == sorted(seen.ubigeos)
    assert (kept.proposal_version, kept.edition) == (2, dataset.edition)
    figures = measure_all(proposals.candidate(seen), dataset)
    assert {k: m["value"] for k, m in kept.content["measures"].items()} == {k: f.value for k, f in figures.items()}
    assert codes.decode(kept.content["code"], dataset.territory) == seen.ubigeos
    failed = {r["rule"] for r in kept.content["rules"] if r["status"] == "fail"}
    assert "contiguous" in failed


def test_a_comparison_is_frozen_with_the_weights_of_the_meeting(store):
    meeting = held(store, "lamas", "mariscal-caceres", "moyobamba-rioja")
    meeting = meetings.change_meeting(store, ME, meeting.id, meeting.version, {"weights": {"gap": 5, "density": 0}})
    taken = snapshots.take_comparison(store, ME, meeting.id, ["lamas", "mariscal-caceres"])
    weights = {row["criterion"]["key"]: row["weight"] for row in taken.content["criteria"]}
    assert (weights["gap"], weights["density"]) == (5, 0)
    assert taken.content["proposals"] == ["lamas", "mariscal-caceres"]
    with pytest.raises(ValueError):
        snapshots.take_comparison(store, ME, meeting.id, ["lamas"])
    with pytest.raises(BadInput):
        snapshots.take_comparison(store, ME, meeting.id, ["lamas", "tambopata"])


# ---- decisions


def test_a_decision_is_on_the_last_snapshot_and_keeps_who_did_not_agree(store):
    meeting = held(store, "lamas")
    with pytest.raises(NotNow) as error:
        decisions.decide(store, ME, meeting.id, "lamas", "agreed", waivers=ALL_THE_SAME, in_favour=5, against=1)
    assert reasons(error) == {"no_snapshot"}
    snapshots.take(store, ME, meeting.id, "lamas")
    last = snapshots.take(store, ME, meeting.id, "lamas")
    why = {meeting.present[0]: "Falta un distrito que una"}
    votes = {"in_favour": 5, "against": 1}
    kept = decisions.decide(store, ME, meeting.id, "lamas", "agreed", waivers=ALL_THE_SAME, dissent=why, **votes)
    assert (kept.snapshot, dict(kept.dissent)) == (last.id, why)
    with pytest.raises(Conflict) as told:
        decisions.decide(store, ME, meeting.id, "lamas", "deferred", in_favour=2)
    assert told.value.theirs == kept
    changed = decisions.decide(store, ME, meeting.id, "lamas", "deferred", in_favour=2, version=1)
    assert decisions.decisions(store, ME, meeting.id) == (changed,)


@pytest.mark.parametrize(
    ("votes", "reason"),
    [
        ({"in_favour": 4, "against": 2, "abstained": 1}, "more_votes"),
        ({"in_favour": 7}, "not_whole"),
        ({"in_favour": -1}, "not_whole"),
        ({"in_favour": 3, "against": 3}, "not_a_majority"),
        ({"in_favour": 5, "dissent": {"nobody": "no"}}, "unknown_items"),
        ({"in_favour": 5, "text": "x" * 5000}, "too_long"),
    ],
)
def test_votes_that_do_not_add_up_are_refused(sqlite_store, votes, reason):
    meeting = held(sqlite_store, "lamas")
    snapshots.take(sqlite_store, ME, meeting.id, "lamas")
    with pytest.raises(BadInput) as error:
        decisions.decide(sqlite_store, ME, meeting.id, "lamas", "agreed", waivers=ALL_THE_SAME, **votes)
    assert reason in reasons(error)
    assert decisions.decisions(sqlite_store, ME, meeting.id) == ()


def test_dissent_needs_a_vote_that_was_not_in_favour(store):
    meeting = held(store, "lamas")
    snapshots.take(store, ME, meeting.id, "lamas")
    with pytest.raises(BadInput) as error:
        why = {meeting.present[0]: "No"}
        decisions.decide(store, ME, meeting.id, "lamas", "agreed", waivers=ALL_THE_SAME, in_favour=6, dissent=why)
    assert reasons(error) == {"more_dissent"}


# ---- closing


def test_a_meeting_closes_when_it_has_decided_and_set_the_next_agenda(store):
    planned = meetings.plan_meeting(store, ME, "22", 2, date(2013, 6, 1), proposals=["lamas"])
    with pytest.raises(NotNow) as early:
        meetings.close_meeting(store, ME, planned.id, planned.version)
    assert reasons(early) == {"meeting_state"}
    opened = meetings.open_meeting(store, ME, planned.id, planned.version)
    with pytest.raises(NotNow) as error:
        meetings.close_meeting(store, ME, opened.id, opened.version)
    assert reasons(error) == {"no_present", "no_next_agenda", "undecided"}
    assert meetings.lacking(store, ME, opened.id) == error.value.faults


def test_more_votes_than_people_present_keep_a_meeting_open(sqlite_store):
    store = sqlite_store
    meeting = held(store, "lamas")
    snapshots.take(store, ME, meeting.id, "lamas")
    decisions.decide(store, ME, meeting.id, "lamas", "agreed", waivers=ALL_THE_SAME, in_favour=5, against=1)
    change = {"next_agenda": ["Avances"], "present": meeting.present[:4]}
    meeting = meetings.change_meeting(store, ME, meeting.id, meeting.version, change)
    with pytest.raises(NotNow) as error:
        meetings.close_meeting(store, ME, meeting.id, meeting.version)
    (fault,) = error.value.faults
    assert (fault.message, dict(fault.fields)) == (
        "records.fault.votes_of_more",
        {"name": "Lamas", "n": 6, "present": 4},
    )
    decisions.decide(store, ME, meeting.id, "lamas", "agreed", waivers=ALL_THE_SAME, in_favour=4, version=1)
    assert meetings.close_meeting(store, ME, meeting.id, meeting.version).state == "closed"


def test_nothing_of_a_closed_meeting_changes_any_more(store):
    drawn = draw(store)
    closed = agree(store, drawn.id)
    for attempt in (
        lambda: meetings.change_meeting(store, ME, closed.id, closed.version, {"place": "Otro"}),
        lambda: meetings.open_meeting(store, ME, closed.id, closed.version),
        lambda: meetings.close_meeting(store, ME, closed.id, closed.version),
        lambda: snapshots.take(store, ME, closed.id, drawn.id),
        lambda: decisions.decide(store, ME, closed.id, drawn.id, "rejected", in_favour=1, version=1),
    ):
        with pytest.raises(NotNow) as error:
            attempt()
        assert reasons(error) == {"meeting_state"}
    assert meetings.get_meeting(store, ME, closed.id) == closed


def test_the_record_of_a_closed_meeting_is_the_same_for_ever(store):
    drawn = draw(store)
    closed = agree(store, drawn.id)
    before = meeting_record(store, ME, closed.id)
    member = groups.members(store, ME, "22", PERIOD)[0]
    values = {n: getattr(member, n) for n in ("department", "period", "institution", "sector", "place")}
    groups.keep_member(store, ME, {**values, "name": "Otra Persona"}, id=member.id, version=member.version)
    proposals.edit(store, ME, drawn.id, 2, {"name": "Otro nombre"})
    assert meeting_record(store, ME, closed.id) == before
    assert len(before.present) == 6 and before.absent == ()


# ---- a group agrees only to what can be validated


def _before(store, *ids):
    """An open meeting with a copy of each proposal."""
    meeting = held(store, *ids)
    for id in ids:
        snapshots.take(store, ME, meeting.id, id)
    return meeting


def test_nobody_agrees_to_what_cannot_be_validated_and_is_told_all_that_lacks(store):
    bare = draw(store, services=[])
    meeting = meetings.plan_meeting(store, ME, "22", 1, date(2013, 3, 15), proposals=[bare.id])
    meeting = meetings.open_meeting(store, ME, meeting.id, meeting.version)
    meeting = meetings.change_meeting(store, ME, meeting.id, meeting.version, {"present": [m.id for m in group(store)]})
    snapshots.take(store, ME, meeting.id, bare.id)
    vote = decisions.vote_on(store, ME, meeting.id, bare.id)
    assert {f.message for f in vote.faults} == {"records.fault.number_of_services", "records.fault.no_critical_area"}
    with pytest.raises(NotNow) as refused:
        decisions.decide(store, ME, meeting.id, bare.id, "agreed", in_favour=6, waivers=ALL_THE_SAME)
    assert reasons(refused) == {"number_of_services", "no_critical_area"}
    assert decisions.decisions(store, ME, meeting.id) == ()
    put_off = decisions.decide(store, ME, meeting.id, bare.id, "deferred", in_favour=6)  # anything else can be decided
    assert put_off.waivers == {}
    with pytest.raises(NotNow):
        decisions.decide(store, ME, meeting.id, bare.id, "agreed", in_favour=6, version=put_off.version)


def test_a_group_that_agrees_to_what_fails_a_rule_says_why_and_the_reason_stays(store):
    meeting = _before(store, "lamas")
    (failing,) = decisions.vote_on(store, ME, meeting.id, "lamas").failing
    assert failing.rule == "contiguous"
    for empty in (None, {}, {"contiguous": " "}, {"quota": "porque sí"}, ["contiguous"]):
        with pytest.raises(NotNow) as refused:
            decisions.decide(store, ME, meeting.id, "lamas", "agreed", in_favour=6, waivers=empty)
        (fault,) = refused.value.faults
        assert (fault.message, fault.fields["rule"]) == ("records.fault.no_waiver", "contiguous")
    told = {"contiguous": "Los une el río Mayo", "quota": "no hace falta"}
    kept = decisions.decide(store, ME, meeting.id, "lamas", "agreed", in_favour=6, waivers=told)
    assert kept.waivers == {"contiguous": "Los une el río Mayo"}  # of rules that fail, and of no others
    meeting = meetings.change_meeting(store, ME, meeting.id, meeting.version, {"next_agenda": ["Avances"]})
    meetings.close_meeting(store, ME, meeting.id, meeting.version)
    (entry,) = _entries(store, kept.id)
    assert entry.after["waivers"] == {"contiguous": "Los une el río Mayo"} and entry.actor_name == ME.name
    reviewed = proposals.step(store, ME, "lamas", 2, "review", note="Conforme", on=date(2013, 3, 16))
    done = {"document": "Acta", "on": date(2013, 3, 17)}
    assert proposals.step(store, ME, "lamas", reviewed.version, "validate", **done).state == "validated"
    assert audit.audit(store).faults == ()


def _entries(store, id):
    with store.reading() as session:
        return history.entries(session, decisions.DECISION, id)


def test_nothing_is_validated_while_a_rule_fails_that_no_group_set_aside(store):
    """As decided before reasons were asked for: the decision agreed, and says nothing of the rule."""
    closed = agree(store, "lamas")
    with store.engine.begin() as connection:
        connection.execute(update(DecisionRow).values(waivers={}))
    reviewed = proposals.step(store, ME, "lamas", 2, "review", note="Conforme", on=date(2013, 3, 16))
    (fault,) = proposals.lacking(store, ME, "lamas", "validate")
    assert (fault.message, fault.fields["rule"]) == ("records.fault.not_waived", "contiguous")
    with pytest.raises(NotNow):
        proposals.step(store, ME, "lamas", reviewed.version, "validate", document="Acta", on=date(2013, 3, 17))
    assert closed.state == "closed"


def test_no_group_agrees_over_the_districts_of_a_settled_cluster(store):
    walk(store, draw(store, name="Picota 1", phase=1, critical_area="Anemia"), "validated")
    over = walk(store, draw(store, phase=2, ubigeos=PICOTA[1:], critical_area="Anemia"), "reviewed")
    meeting = held(store, over.id, number=2)
    snapshots.take(store, ME, meeting.id, over.id)
    with pytest.raises(NotNow) as refused:
        decisions.decide(store, ME, meeting.id, over.id, "agreed", in_favour=6, waivers=ALL_THE_SAME)
    assert reasons(refused) == {"districts_taken"}


def test_what_was_kept_before_reasons_were_asked_for_still_agrees_with_its_history(store):
    """An entry without the field is read as one that has nothing in it, and can be changed on."""
    agree(store, "lamas")
    meeting = held(store, "mariscal-caceres", number=2)
    snapshots.take(store, ME, meeting.id, "mariscal-caceres")
    with store.engine.begin() as connection:
        row = {"at": store.now(), "actor": "a", "actor_name": "A", "actor_role": "local", "kind": "decision",
               "subject": f"{meeting.id}.mariscal-caceres", "action": "decide", "version": 1, "edition": "x",
               "note": "", "document": "", "happened_on": date(2013, 3, 15)}  # fmt: skip
        taken = connection.scalar(select(SnapshotRow.id).where(SnapshotRow.proposal == "mariscal-caceres"))
        kept = {"id": row["subject"], "version": 1, "meeting": meeting.id, "proposal": "mariscal-caceres",
                "snapshot": taken, "outcome": "deferred", "in_favour": 6, "against": 0, "abstained": 0,
                "dissent": {}, "text": ""}  # fmt: skip
        connection.execute(insert(EntryRow).values(**row, before=None, after=kept))
        connection.execute(insert(DecisionRow).values(**kept))
    assert audit.audit(store).faults == ()
    votes = {"in_favour": 5, "version": 1}
    decisions.decide(store, ME, meeting.id, "mariscal-caceres", "rejected", **votes)
    assert audit.audit(store).faults == ()
    with pytest.raises(Conflict):
        decisions.decide(store, ME, meeting.id, "mariscal-caceres", "deferred", **votes)
