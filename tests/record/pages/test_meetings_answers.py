"""What the meetings screen answers: what was asked is kept once, both are told of a conflict, garbage harms nothing."""

import json
from datetime import UTC, date, datetime
from functools import partial

import pytest
from hypothesis import given, settings
from plotly.utils import PlotlyJSONEncoder

from dashboard import texts
from dashboard.pages.meetings import agendas, answers, overview, review
from dashboard.pages.meetings.sitting import GroupPeriod, Sitting, department_of, period_of
from dashboard.records.core.actors import NOBODY, Actor
from dashboard.records.core.errors import Refused
from dashboard.records.core.words import Words
from dashboard.records.meetings import decisions, groups, meetings, snapshots
from dashboard.records.proposals import proposals
from dashboard.web.request import RequestContext
from tests.record.databases import Clock, SqliteDatabases
from tests.record.drawn import ALL_THE_SAME, ME, agree, draw, group, held
from tests.unit.pages import garbage


def answered(*asked):
    """What goes back to the browser."""
    return answers.answer(*asked).sent()


def first(*asked):
    return answers.first(*asked).sent()


READER = Actor("r", "Lectora", "reader")
BETWEEN = datetime(2014, 6, 2, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def databases(tmp_path_factory, dataset):
    return SqliteDatabases(tmp_path_factory.mktemp("meetings"), dataset)


@pytest.fixture
def store(databases, dataset):
    from dashboard.records.opening import open_store

    opened = open_store(databases.url(), dataset, now=Clock(BETWEEN))
    yield opened
    opened.close()


def desk_of(store, actor=ME, language="es"):
    number = lambda value, decimals: texts.number(value, language, decimals)  # noqa: E731
    return RequestContext(store, actor, Words(partial(texts.say, language), number, language))


@pytest.fixture
def context(store):
    return desk_of(store)


def told(parts):
    """All that components say and carry, as one text."""
    return json.dumps(parts, cls=PlotlyJSONEncoder, ensure_ascii=False)


def said(key, **fields):
    return texts.say("es", key, **fields)


def ask(context, does, of, values=None, subject="", version=None, key="k1", form="f"):
    asked = {"do": does, "form": form, "of": of, "values": values or {}, "subject": subject, "version": version}
    return answered(asked | {"key": key, "at": 1}, context)


# ---- which group


@pytest.mark.parametrize(
    ("today", "wanted", "key", "in_one"),
    [
        ((2013, 1, 1), None, "2013-2014", True),
        ((2016, 7, 1), None, "2015-2017", True),
        ((2016, 7, 1), "2013-2014", "2013-2014", True),
        ((2012, 12, 1), None, "2013-2014", False),
        ((2026, 1, 1), None, "2015-2017", False),
        ((2026, 1, 1), ["nonsense"], "2015-2017", False),
    ],
)
def test_the_period_is_the_one_asked_for_else_that_of_today_else_the_nearest(store, today, wanted, key, in_one):
    object.__setattr__(store, "now", Clock(datetime(*today, 15, tzinfo=UTC)))
    period, now = period_of(desk_of(store), wanted)
    assert (period.key, now) == (key, in_one)


def test_the_department_is_the_one_asked_for_else_ones_own(store):
    coordinator = Actor("c", "Coordinadora", "coordinator", "22")
    assert department_of(desk_of(store, coordinator), None) == "22"
    assert department_of(desk_of(store, coordinator), "16") == "16"
    assert department_of(desk_of(store), "99") == "01"


# ---- what the year still lacks


def test_a_year_names_the_meetings_it_still_lacks_and_offers_the_first(context):
    period = context.store.programme.periods[0]
    assert overview.next_lacking(GroupPeriod(context, "22", period)) == (1, 2014)  # of the year of today
    meetings.plan_meeting(context.store, ME, "22", 1, date(2014, 3, 1))
    meetings.plan_meeting(context.store, ME, "22", 3, date(2014, 11, 1))
    seen = GroupPeriod(context, "22", period)
    assert overview.next_lacking(seen) == (2, 2014)
    text = told(overview.years(seen))
    assert said("meetings.year_lacks", names="2", n=1, asked=3) in text
    assert said("meetings.year_lacks", names="1, 2 y 3", n=3, asked=3) in text
    assert '"/reuniones/22-2014-3"' in text and "/presentar/22-2014-3" in text


def test_each_meeting_of_the_year_has_a_purpose_and_an_agenda_of_its_own(context):
    offered = [agendas.offered(context.words, n, 3) for n in (1, 2, 3, 4, 12)]
    assert len(set(offered)) == 4 and offered[3] == offered[4]
    assert all(len(points) >= 3 and all(points) for points in offered)
    assert all("genda tentativa" in points[-1] for points in offered)


# ---- asking


def test_a_meeting_is_planned_once_however_often_it_is_asked_for(context):
    values = {"number": "1", "held_on": "2014-03-14", "place": "Lamas", "agenda": ["Uno", ""]}
    first = ask(context, "plan", "22/2013-2014", values, subject="22")
    again = ask(context, "plan", "22/2013-2014", values, subject="22")
    assert first["saved"] and again["saved"] and told(first["outcome"]) == told(again["outcome"])
    (kept,) = meetings.meetings(context.store, ME, "22")
    assert (kept.id, kept.agenda, kept.place) == ("22-2014-1", ("Uno",), "Lamas")
    other = ask(context, "plan", "22/2013-2014", values, subject="22", key="k2")
    assert not other["saved"] and "22-2014-1" in told(other["outcome"])


def test_all_faults_are_told_at_once_and_nothing_is_kept(context):
    found = ask(
        context, "member", "22/2013-2014", {"name": "", "institution": "", "sector": "district", "place": "2205"}
    )
    text = told(found["outcome"])
    for fault in ("wrong_place", "empty"):
        assert said(f"records.fault.{fault}", field=said("records.field.name")) in text
    assert said("forms.nothing_changed") in text and not found["saved"]
    assert groups.members(context.store, ME, "22", "2013-2014") == ()


def test_a_member_is_added_changed_and_ended_and_the_rules_follow(context):
    of = "22/2013-2014"
    values = {"name": "Ana", "institution": "GORE", "sector": "regional", "place": "22", "accreditation": "Oficio 1"}
    assert ask(context, "member", of, values)["saved"]
    (kept,) = groups.members(context.store, ME, "22", "2013-2014")
    seen = GroupPeriod(context, "22", context.store.programme.periods[0])
    assert next(v for v in seen.verdicts if v.rule == "regional").args["n"] == 1
    ended = ask(context, "member", of, values | {"ended_on": "2014-05-01"}, kept.id, kept.version, key="k2")
    assert ended["saved"] and said("meetings.ended", day="1 de mayo de 2014") in told(ended["shown"])
    seen = GroupPeriod(context, "22", context.store.programme.periods[0])
    assert next(v for v in seen.verdicts if v.rule == "regional").args["n"] == 0


def test_the_second_of_two_is_shown_both_versions_and_decides(context):
    held(context.store, "lamas")
    (meeting,) = meetings.meetings(context.store, ME)
    meetings.change_meeting(context.store, ME, meeting.id, meeting.version, {"place": "Tarapoto", "note": "Ya empezó"})
    mine = ask(context, "change", meeting.id, {"place": "Rioja"}, meeting.id, meeting.version)
    assert mine["conflict"] and not mine["saved"]
    text = told(mine["outcome"])
    assert all(word in text for word in ("Moyobamba", "Rioja", "Tarapoto", "Ya empezó", '"mine"', '"theirs"'))
    assert meetings.get_meeting(context.store, ME, meeting.id).place == "Tarapoto"
    # the form as it is drawn now has their version: with it, what one typed is kept on top
    assert f'"data-version": "{meeting.version + 1}"' in told(mine["shown"]["when"])
    assert ask(context, "change", meeting.id, {"place": "Rioja"}, meeting.id, meeting.version + 1, key="k2")["saved"]
    kept = meetings.get_meeting(context.store, ME, meeting.id)
    assert (kept.place, kept.note) == ("Rioja", "Ya empezó")


def test_two_who_decide_are_shown_both_decisions_in_words(context):
    meeting = held(context.store, "lamas")
    snapshots.take(context.store, ME, meeting.id, "lamas")
    why = {meeting.present[0]: "Falta Zapatero"}
    votes = {"in_favour": 5, "against": 1}
    decisions.decide(context.store, ME, meeting.id, "lamas", "agreed", waivers=ALL_THE_SAME, dissent=why, **votes)
    snapshots.take(context.store, ME, meeting.id, "lamas")
    values = {"outcome": "deferred", "in_favour": 6, "against": 0, "abstained": 0, "dissent": {}, "text": ""}
    text = told(ask(context, "decide", meeting.id, values, "lamas")["outcome"])
    assert all(said(f"records.outcome.{outcome}") in text for outcome in ("agreed", "deferred"))
    assert "Miembro 00: Falta Zapatero" in text
    values = values | {"in_favour": 5}
    assert ask(context, "decide", meeting.id, values, "lamas", 1, key="k2")["saved"]
    (kept,) = decisions.decisions(context.store, ME, meeting.id)
    assert (kept.outcome, kept.in_favour) == ("deferred", 5)


def test_a_comparison_of_one_is_refused_in_words(context):
    meeting = held(context.store, "lamas", "mariscal-caceres")
    found = ask(context, "compare", meeting.id, {"proposals": ["lamas"]})
    assert not found["saved"] and '"error"' in told(found["outcome"])
    assert ask(context, "compare", meeting.id, {"proposals": ["lamas", "mariscal-caceres"]}, key="k2")["saved"]


# ---- one meeting


def test_a_meeting_says_beforehand_what_it_lacks_to_be_closed(context):
    meeting = held(context.store, "lamas")
    shown = told(answers.page_of(meeting.id, context)["lacking"])
    assert said("records.fault.undecided", names="Lamas") in shown
    assert said("records.fault.no_next_agenda") in shown
    found = ask(context, "close", meeting.id, subject=meeting.id, version=meeting.version)
    assert not found["saved"] and said("records.fault.undecided", names="Lamas") in told(found["outcome"])


def test_a_copy_says_whether_the_proposal_has_changed_since(context):
    meeting = held(context.store, "lamas")
    snapshots.take(context.store, ME, meeting.id, "lamas")
    assert said("meetings.changed_since", version=3) not in told(review.cards(Sitting(context, meeting.id)))
    proposals.edit(context.store, ME, "lamas", 2, {"note": "Otra"})
    assert said("meetings.changed_since", version=3) in told(review.cards(Sitting(context, meeting.id)))


def test_a_closed_meeting_shows_what_the_group_saw_and_can_be_changed_by_nobody(context):
    closed = agree(context.store, "lamas")
    former = proposals.get(context.store, ME, "lamas")
    proposals.edit(context.store, ME, "lamas", 2, {"name": "Lamas norte", "ubigeos": ["220501", "220502", "220503"]})
    seen = Sitting(context, closed.id)
    look = review.look_at(seen, seen.reviewed[0])
    assert (look.frozen_at is not None, look.proposal.ubigeos, look.proposal.name) == (True, former.ubigeos, "Lamas")
    text = told(answers.page_of(closed.id, context))
    assert text.count('"data-form": ') == text.count('"data-form": "correct"') == 1  # what is signed is only added to
    assert "Lamas norte" not in text
    assert said("meetings.after_agreed_early", state=said("records.state.proposed")) in text
    refused = ask(context, "change", closed.id, {"place": "Otro"}, closed.id, closed.version)
    assert not refused["saved"] and meetings.get_meeting(context.store, ME, closed.id) == closed


def test_text_of_people_stays_text(context):
    evil = "<script>alert(1)</script> \"'ñ\u05d0"
    group(context.store)
    (first, *_) = groups.members(context.store, ME, "22", "2013-2014")
    values = {"name": evil, "institution": evil, "sector": "regional", "place": "22", "accreditation": evil}
    kept = ask(context, "member", "22/2013-2014", values, first.id, first.version)
    assert kept["saved"]
    names = json.loads(told(kept["shown"]["members"]))
    assert evil in _strings(names)


def _strings(tree):
    if isinstance(tree, dict):
        return {text for value in tree.values() for text in _strings(value)}
    if isinstance(tree, list):
        return {text for value in tree for text in _strings(value)}
    return {tree} if isinstance(tree, str) else set()


# ---- who may


def test_a_reader_sees_meetings_but_neither_forms_nor_members(context, store):
    meeting = held(store, "lamas")
    for of in (meeting.id, "22/2013-2014"):
        text = told(answers.page_of(of, desk_of(store, READER)))
        assert "data-form" not in text
    assert said("meetings.members_hidden") in text and "Miembro 00" not in text
    refused = ask(desk_of(store, READER), "change", meeting.id, {"place": "X"}, meeting.id, meeting.version)
    assert not refused["saved"] and said("records.error.refused") in told(refused["outcome"])


def test_whoever_is_signed_out_meanwhile_is_told_and_the_screen_stays(context, store):
    meeting = held(store, "lamas")
    with pytest.raises(Refused):
        first(meeting.id, desk_of(store, NOBODY))
    found = ask(desk_of(store, NOBODY), "change", meeting.id, {"place": "X"}, meeting.id, meeting.version)
    assert found["shown"] == {} and said("records.error.not_signed_in") in told(found["outcome"])


@pytest.fixture(scope="module")
def one_desk(databases, dataset):
    from dashboard.records.opening import open_store

    opened = open_store(databases.url(), dataset, now=Clock(BETWEEN))
    held(opened, "lamas")
    yield desk_of(opened)
    opened.close()


REQUESTS = garbage.records(
    {
        "do": garbage.st.sampled_from([*answers.DOES, "nothing"]),
        "of": garbage.st.sampled_from(["22-2013-1", "22/2013-2014", "/", "99/1"]),
        "subject": garbage.st.sampled_from(["22-2013-1", "lamas", "22"]),
        "version": garbage.st.integers(-1, 9),
        "values": garbage.records({"outcome": garbage.st.just("agreed"), "proposals": garbage.st.just(["lamas"])}),
    }
)


@settings(max_examples=50)
@given(asked=garbage.st.one_of(garbage.anything, REQUESTS))
def test_whatever_is_sent_is_answered(one_desk, asked):
    found = answered(asked, one_desk)
    assert found["outcome"] and set(found) >= {"form", "saved", "shown", "conflict"}
    told(found)


def test_before_a_vote_the_screen_says_what_keeps_the_group_from_agreeing(context):
    bare = draw(context.store, services=[])
    meeting = meetings.plan_meeting(context.store, ME, "22", 3, date(2013, 11, 15), proposals=[bare.id, "lamas"])
    members_ = [m.id for m in group(context.store)]
    meeting = meetings.open_meeting(context.store, ME, meeting.id, meeting.version)
    meetings.change_meeting(context.store, ME, meeting.id, meeting.version, {"present": members_})
    for id_ in (bare.id, "lamas"):
        snapshots.take(context.store, ME, meeting.id, id_)
    text = told(review.cards(Sitting(context, meeting.id)))
    assert text.count(said("meetings.cannot_agree")) == 2  # neither has a critical area
    assert said("records.fault.no_critical_area") in text
    rule = said("rule.contiguous.name")
    assert said("meetings.waiver_of", rule=rule) in text
    values = {"outcome": "agreed", "in_favour": 5, "against": 0, "abstained": 0, "waivers": {"contiguous": "El río"}}
    refused = answered({"do": "decide", "of": meeting.id, "subject": "lamas", "values": values, "key": "w"}, context)
    assert not refused["saved"] and said("records.fault.no_critical_area") in told(refused["outcome"])
    proposals.edit(context.store, ME, "lamas", 1, {"critical_area": "Anemia"})
    snapshots.take(context.store, ME, meeting.id, "lamas")
    kept = answered({"do": "decide", "of": meeting.id, "subject": "lamas", "values": values, "key": "x"}, context)
    assert kept["saved"], told(kept["outcome"])
    text = told(review.cards(Sitting(context, meeting.id)))
    assert said("meetings.waived") in text and "El río" in text
