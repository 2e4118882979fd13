"""A meeting as an institution: its act has a number, hours, a quorum; what it agreed is followed; its act corrected."""

from datetime import date

import pytest

from dashboard.records.admin import audit
from dashboard.records.core.actors import Actor
from dashboard.records.core.errors import BadInput, Conflict, NotNow
from dashboard.records.core.programme import load_programme
from dashboard.records.meetings import agreements, corrections, groups, meetings, snapshots
from dashboard.records.meetings.composition import diversity
from dashboard.records.meetings.whole import meeting_record
from dashboard.records.proposals import amend, proposals
from tests.record.drawn import ME, PERIOD, agree, draw, group, held

READER = Actor("r", "Lectora", "reader")


def reasons(error):
    return {fault.message.removeprefix("records.fault.") for fault in error.value.faults}


def reviewed(store, **changes):
    made = draw(store, critical_area="Anemia", **changes)
    made = proposals.step(store, ME, made.id, 1, "propose", on=date(2013, 1, 10))
    return proposals.step(store, ME, made.id, 2, "review", note="Conforme", on=date(2013, 2, 1))


def change(store, meeting, **values):
    return meetings.change_meeting(store, ME, meeting.id, meeting.version, values)


def test_an_act_has_the_number_of_the_pattern_and_keeps_it(sqlite_store):
    acts = load_programme().acts
    planned = meetings.plan_meeting(sqlite_store, ME, "22", 1, date(2013, 3, 15))
    assert planned.act == "N.° 001-2013-GCD-SM" == planned.act_number(acts)
    assert [acts.quorum(n) for n in (0, 1, 6, 7, 12)] == [1, 1, 4, 4, 7]


def test_hours_guests_and_what_was_said_are_kept_and_faults_told_at_once(store):
    meeting = held(store, "lamas")
    guest = {"name": "Rosa Ruiz", "institution": "UNICEF", "office": "Oficial", "dni": "12345678"}
    point = meeting.agenda[0]
    meeting = change(store, meeting, began_at="9:30", ended_at="13.05", presides=meeting.present[0], secretary="Luz",
                     guests=[guest, {"name": " ", "institution": ""}], development={point: "Se vio"})  # fmt: skip
    assert (meeting.began_at, meeting.ended_at, meeting.guests) == ("09:30", "13:05", (guest,))
    with pytest.raises(BadInput) as error:
        change(store, meeting, began_at="25:00", presides="nobody", secretary="x" * 300, development={"Otro": "x"})
    assert reasons(error) == {"not_an_hour", "unknown_items", "too_long"}
    with pytest.raises(BadInput) as error:
        change(store, meeting, guests=[{"name": "", "dni": "1"}])
    assert reasons(error) == {"empty", "not_a_dni"}
    with pytest.raises(BadInput) as error:
        change(store, meeting, ended_at="09:00")
    assert reasons(error) == {"ends_before"}
    assert audit.audit(store).faults == ()


def test_what_was_said_on_a_point_goes_with_it_and_is_not_lost_with_it(sqlite_store):
    meeting = held(sqlite_store, "lamas")
    meeting = change(sqlite_store, meeting, agenda=["Uno", "Dos"])
    meeting = change(sqlite_store, meeting, development={"Uno": "Se dijo", "Dos": ""})
    assert dict(meeting.development) == {"Uno": "Se dijo"}
    meeting = change(sqlite_store, meeting, agenda=["Dos", "Uno"])
    assert dict(meeting.development) == {"Uno": "Se dijo"}
    meeting = change(sqlite_store, meeting, agenda=["Dos", "Primero"])
    assert dict(meeting.development) == {"Primero": "Se dijo"}
    with pytest.raises(BadInput) as error:
        change(sqlite_store, meeting, agenda=["Dos"])
    assert reasons(error) == {"point_written_on"}


def test_without_a_quorum_a_meeting_is_closed_with_a_reason(store):
    meeting = held(store)
    meeting = change(store, meeting, present=meeting.present[:3], next_agenda=["Avances"])
    with pytest.raises(NotNow) as error:
        meetings.close_meeting(store, ME, meeting.id, meeting.version)
    assert reasons(error) == {"no_quorum"}
    meeting = change(store, meeting, quorum_reason="Segunda convocatoria")
    meetings.close_meeting(store, ME, meeting.id, meeting.version)
    assert meeting_record(store, ME, meeting.id).quorum == 4


def test_a_meeting_is_moved_cancelled_and_planned_again_each_with_its_reason(store):
    planned = meetings.plan_meeting(store, ME, "22", 1, date(2013, 3, 15), called_for="09:00")
    with pytest.raises(NotNow) as error:
        meetings.move_meeting(store, ME, planned.id, 1, {"held_on": date(2013, 3, 22)}, " ")
    assert reasons(error) == {"needs_note"}
    moved = meetings.move_meeting(store, ME, planned.id, 1, {"held_on": date(2013, 3, 22), "note": "x"}, "Lluvias")
    assert (moved.held_on, moved.note, moved.called_for) == (date(2013, 3, 22), "", "09:00")
    gone = meetings.cancel_meeting(store, ME, planned.id, 2, "Paro regional")
    assert (gone.state, meetings.reason_of(store, ME, planned.id)) == ("cancelled", "Paro regional")
    with pytest.raises(NotNow):
        meetings.open_meeting(store, ME, planned.id, 3)
    assert meetings.restore_meeting(store, ME, planned.id, 3).state == "planned"


def test_an_opening_is_undone_until_something_is_decided(store):
    meeting = held(store, "lamas")
    back = meetings.undo_opening(store, ME, meeting.id, meeting.version)
    assert back.state == "planned"
    meeting = meetings.open_meeting(store, ME, back.id, back.version)
    agreements.keep_agreement(store, ME, meeting.id, {"text": "Remitir el plan"})
    with pytest.raises(NotNow) as error:
        meetings.undo_opening(store, ME, meeting.id, meeting.version)
    assert reasons(error) == {"decided_already"}


def test_a_group_is_installed_once_in_its_period_and_before_it_meets(sqlite_store):
    first = meetings.plan_meeting(sqlite_store, ME, "22", 1, date(2013, 3, 15), kind="installation")
    assert first.kind == "installation"
    for number, day in ((2, date(2013, 6, 1)), (3, date(2013, 2, 1))):
        with pytest.raises(BadInput) as error:
            meetings.plan_meeting(sqlite_store, ME, "22", number, day, kind="installation")
        assert reasons(error) == {"installed_already"}
    meetings.plan_meeting(sqlite_store, ME, "22", 2, date(2015, 6, 1), kind="installation")


def test_agreements_are_numbered_and_those_left_open_begin_the_next_meeting(store):
    first = held(store, "lamas")
    one, two, three = (
        agreements.keep_agreement(store, ME, first.id, {"text": text, "responsible": "Luz", "due_on": "2013-05-01"})
        for text in ("Uno", "Dos", "Tres")
    )
    again = agreements.keep_agreement(store, ME, first.id, {"text": "Uno"}, key="k")
    assert agreements.keep_agreement(store, ME, first.id, {"text": "Uno"}, key="k") == again
    for gone in (two, again):
        agreements.keep_agreement(store, ME, first.id, None, id=gone.id, version=1)
    record = meeting_record(store, ME, first.id)
    assert [(n.number, n.agreement.text) for n in record.agreements] == [(1, "Uno"), (2, "Tres")]
    closed = agree_now(store, first)
    with pytest.raises(NotNow):
        agreements.keep_agreement(store, ME, closed.id, {"text": "Tarde"})
    second = held(store, number=2, on=date(2013, 6, 14))
    begins = meeting_record(store, ME, second.id)
    assert [n.agreement.text for n in begins.pending] == ["Uno", "Tres"]
    assert (begins.before.act, begins.pending[1].act) == ("N.° 001-2013-GCD-SM",) * 2
    assert one.is_late(date(2013, 5, 2)) and not one.is_late(date(2013, 5, 1))
    done = agreements.follow_agreement(
        store, ME, one.id, 1, {"state": "done", "progress": "Oficio 7"}, meeting=second.id
    )
    assert done.reviewed_in == second.id
    assert [n.agreement.state for n in meeting_record(store, ME, second.id).pending] == ["done", "pending"]
    third = meetings.plan_meeting(store, ME, "22", 3, date(2013, 9, 14))
    assert [n.agreement.text for n in meeting_record(store, ME, third.id).pending] == ["Tres"]
    # what was closed says what it said
    agreements.follow_agreement(store, ME, three.id, 1, {"state": "dropped"})
    assert [n.agreement.state for n in meeting_record(store, ME, first.id).agreements] == ["pending", "pending"]
    assert audit.audit(store).faults == ()


def agree_now(store, meeting):
    from dashboard.records.meetings import decisions

    for id in meeting.proposals:
        snapshots.take(store, ME, meeting.id, id)
        decisions.decide(store, ME, meeting.id, id, "deferred", in_favour=5)
    meeting = change(store, meeting, next_agenda=["Avances"])
    return meetings.close_meeting(store, ME, meeting.id, meeting.version)


def test_a_closed_act_is_corrected_beside_itself(store):
    closed = agree(store, "lamas")
    before = meeting_record(store, ME, closed.id)
    with pytest.raises(BadInput) as error:
        corrections.correct_act(store, ME, closed.id, {"kind": "erratum", "place": "opening", "should_say": ""})
    assert reasons(error) == {"empty"} and len(error.value.faults) == 2
    wrong = {"kind": "erratum", "place": "opening", "says": "Moyobamba", "should_say": "Lamas"}
    made = corrections.correct_act(store, ME, closed.id, wrong)
    added = corrections.correct_act(
        store, ME, closed.id, {"kind": "addendum", "place": "agreements", "says": "x", "should_say": "Se adjunta"}
    )
    after = meeting_record(store, ME, closed.id)
    assert (after.meeting, after.corrections) == (before.meeting, (made, added)) and added.says == ""
    still_open = held(store, number=2, on=date(2013, 6, 1))
    with pytest.raises(NotNow):
        corrections.correct_act(store, ME, still_open.id, wrong)


def test_a_small_change_is_made_in_the_room_and_says_so(store):
    made = reviewed(store)
    meeting = held(store, made.id, complete=False)
    more = [*made.ubigeos, "220705"]
    changed = amend(store, ME, meeting.id, made.id, made.version, {"ubigeos": more, "phase": 3}, "Lo pidió el alcalde")
    assert (changed.ubigeos, changed.state, changed.phase) == (frozenset(more), "reviewed", made.phase)
    entry = proposals.history(store, ME, made.id)[-1]
    assert (entry.action, entry.document, entry.note) == ("amend", "N.° 001-2013-GCD-SM", "Lo pidió el alcalde")
    (told,) = meeting_record(store, ME, meeting.id).amended
    assert (told.proposal, told.note, told.fields, told.added) == (made.id, entry.note, ("ubigeos",), ("220705",))
    with pytest.raises(BadInput) as error:
        amend(store, ME, meeting.id, made.id, changed.version, {"ubigeos": ["220701"]}, "")
    assert reasons(error) == {"too_much_to_amend", "needs_note"}
    with pytest.raises(BadInput) as error:
        amend(store, ME, meeting.id, made.id, changed.version, {"name": changed.name}, "Nada")
    assert reasons(error) == {"nothing_amended"}
    with pytest.raises(Conflict):
        amend(store, ME, meeting.id, made.id, made.version, {"name": "Otra"}, "Tarde")
    with pytest.raises(NotNow) as error:
        amend(store, ME, meeting.id, "lamas", 1, {"name": "Otra"}, "No revisada")
    assert reasons(error) == {"wrong_state"}


def test_who_may_not_know_the_group_is_told_no_name_office_or_card(store):
    members = group(store)
    kept = {name: getattr(members[0], name) for name in groups.MemberForm.model_fields}
    groups.keep_member(store, ME, kept | {"office": "Alcaldesa", "dni": "4012 3456", "gender": "female",
                                          "speaks_for": ["women"]}, id=members[0].id, version=1)  # fmt: skip
    meeting = held(store, "lamas")
    guests = [{"name": "Rosa Ruiz", "institution": "UNICEF", "office": "Oficial", "dni": "12345678"}]
    meeting = change(store, meeting, guests=guests, secretary="Luz Paz", presides=members[0].id)
    agreements.keep_agreement(store, ME, meeting.id, {"text": "Remitir", "responsible": "Luz Paz"})
    own, public = meeting_record(store, ME, meeting.id), meeting_record(store, READER, meeting.id)
    told = (repr(own), repr(public), repr(meetings.get_meeting(store, READER, meeting.id)),
            repr(meetings.meetings(store, READER)), repr(agreements.agreements(store, READER)))  # fmt: skip
    for secret in ("Alcaldesa", "40123456", "Rosa Ruiz", "12345678", "Luz Paz"):
        assert [secret in text for text in told] == [True, False, False, False, False]
    assert "UNICEF" in told[1] and (own.chair.office, public.chair.office) == ("Alcaldesa", "")
    assert (public.diversity.women, public.diversity.womens) == (1, 1)


def test_the_balance_of_a_group_is_counted(sqlite_store):
    values = {"department": "22", "period": PERIOD, "institution": "Codepisam", "sector": "civil", "gender": "female"}
    groups.keep_member(sqlite_store, ME, values | {"name": "Ana", "speaks_for": ["indigenous", "women"]})
    groups.keep_member(sqlite_store, ME, values | {"name": "Luis", "gender": ""})
    found = diversity(groups.members(sqlite_store, ME, "22", PERIOD))
    assert (found.members, found.women, found.men, found.unsaid, found.indigenous, found.womens) == (2, 1, 0, 1, 1, 1)
    with pytest.raises(BadInput) as error:
        groups.keep_member(sqlite_store, ME, values | {"name": "X", "gender": "x", "dni": "1", "speaks_for": ["x"]})
    assert reasons(error) == {"not_one_of", "not_a_dni", "unknown_items"}
