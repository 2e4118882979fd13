"""What groups rule on a proposal is known with it: the decisions of closed meetings, in order, and of no others."""

from datetime import date

import pytest

from dashboard.records.core.actors import NOBODY, Actor
from dashboard.records.core.errors import Missing, Refused
from dashboard.records.meetings import decisions, snapshots
from dashboard.records.meetings.ruling import rulings
from dashboard.records.people import sharing
from dashboard.records.proposals import proposals
from dashboard.records.tracking import coverage
from dashboard.records.tracking.register import overview
from tests.record.drawn import ALL_THE_SAME, ME, agree, held


def test_only_a_closed_meeting_rules_and_the_last_one_stands(store):
    open_ = held(store, "lamas", number=3, on=date(2013, 11, 1))
    snapshots.take(store, ME, open_.id, "lamas")
    decisions.decide(store, ME, open_.id, "lamas", "rejected", in_favour=6)
    assert rulings(store, ME, "lamas") == ()
    agree(store, "lamas", number=2, on=date(2013, 7, 1))
    agree(store, "lamas", number=1, outcome="deferred")
    made = rulings(store, ME, "lamas")
    assert [(r.number, r.outcome) for r in made] == [(1, "deferred"), (2, "agreed")]
    assert (made[1].meeting, made[1].held_on) == ("22-2013-2", date(2013, 7, 1))
    assert (made[1].in_favour, made[1].against, made[1].by) == (5, 1, ME.name)
    assert made[1].waivers == {"contiguous": ALL_THE_SAME["contiguous"]} and made[0].waivers == {}
    by_id = {line.proposal.id: line.ruling for line in overview(store, ME)}
    assert by_id["lamas"] == made[1] and by_id["tambopata"] is None


def test_a_ruling_is_told_to_those_who_may_read_meetings_and_stays_out_of_what_is_shared(store):
    agree(store, "lamas", outcome="deferred")
    with pytest.raises(Refused):
        rulings(store, NOBODY, "lamas")
    with pytest.raises(Missing):
        rulings(store, ME, "nothing")
    reader = Actor("r", "Lectora", "reader")
    assert rulings(store, reader, "lamas")
    seen = {s.proposal.id: s.ruling for s in coverage.coverage(store, reader).standings}
    assert seen["lamas"].outcome == "deferred"
    token, _ = sharing.share(store, ME, {"scope": "coverage", "label": "x", "expires_on": store.today})
    assert all(s.ruling is None for s in coverage.shared_coverage(store, token).standings)
    assert proposals.get(store, ME, "lamas").state == "proposed"
