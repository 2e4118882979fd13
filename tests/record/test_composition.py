"""Who sits in a consultative group: the programme's numbers, judged one by one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.clusters.writing.wording import sentence
from dashboard.records.core.errors import BadInput, Conflict
from dashboard.records.core.programme import load_programme
from dashboard.records.meetings import groups
from dashboard.records.meetings.composition import RULES, judge_group
from dashboard.records.meetings.groups import SECTORS, Member
from tests.record.drawn import ME, PERIOD, group

NUMBERS = load_programme().group
PLACES = {"regional": "22", "provincial": "2205", "district": "220501", "civil": ""}


def members(regional=3, provincial=2, district=1, civil=4, **changes):
    wanted = {"regional": regional, "provincial": provincial, "district": district, "civil": civil}
    made = []
    for sector, n in wanted.items():
        for i in range(n):
            place = f"220{i + 1}" if sector == "provincial" else PLACES[sector]
            values = {"place": place, "accreditation": "Oficio", **changes}
            made.append(Member(f"{sector}{i}", 1, "22", PERIOD, f"{sector} {i}", "Entidad", sector, **values))
    return made


def statuses(found, ubigeos=()):
    return {verdict.rule: verdict.status for verdict in judge_group(found, NUMBERS, ubigeos)}


def test_the_full_group_of_ten_passes_every_rule():
    assert set(statuses(members()).values()) == {"pass"}


@pytest.mark.parametrize(
    ("numbers", "broken"),
    [
        ({"regional": 2}, {"regional": "fail", "size": "warn"}),
        ({"regional": 4}, {"regional": "fail"}),
        ({"provincial": 0}, {"provincial": "fail", "size": "warn"}),
        ({"provincial": 1}, {"size": "warn"}),
        ({"provincial": 3}, {"provincial": "fail"}),
        ({"district": 0}, {"district": "fail", "size": "warn"}),
        ({"district": 2}, {"district": "fail"}),
        ({"civil": 5}, {"civil": "fail"}),
        ({"civil": 0}, {"size": "warn"}),
        ({"civil": 7}, {"civil": "fail", "balance": "fail", "size": "fail"}),
        (
            {"regional": 0, "provincial": 1, "district": 1, "civil": 3},
            {"regional": "fail", "balance": "fail", "size": "warn"},
        ),
        ({"accreditation": ""}, {"accredited": "warn"}),
    ],
)
def test_each_rule_sees_its_own_fault_and_no_other(numbers, broken):
    found = statuses(members(**numbers))
    assert {rule: status for rule, status in found.items() if status != "pass"} == broken


def test_two_of_one_province_fail():
    pair = [m for m in members(provincial=2) if m.sector != "provincial"]
    pair += [Member(f"p{i}", 1, "22", PERIOD, f"p{i}", "Lamas", "provincial", "2205", "Oficio") for i in range(2)]
    assert statuses(pair)["provincial"] == "fail"


def test_members_come_from_where_there_is_a_cluster():
    found = statuses(members(provincial=1), ubigeos={"220101", "220102", "220103"})
    assert (found["provincial"], found["district"]) == ("pass", "warn")
    assert statuses(members(provincial=1), ubigeos={"220501"})["provincial"] == "warn"


@given(st.tuples(*[st.integers(0, 7)] * 4))
def test_civil_society_never_outnumbers_government_in_a_group_that_passes(numbers):
    regional, provincial, district, civil = numbers
    found = statuses(members(regional, provincial, district, civil))
    passes = set(found.values()) == {"pass"}
    # brute force: the only group the programme's numbers allow in full
    assert passes == (regional == 3 and provincial == 2 and district == 1 and civil == 4)
    assert (found["balance"] == "pass") == (sum(numbers) > 0 and civil <= regional + provincial + district)


def test_of_nobody_it_is_not_said_that_all_are_accredited():
    found = statuses([])
    assert (found["accredited"], found["balance"]) == ("none", "none")


def test_every_verdict_has_a_sentence_in_both_languages(say):
    cases = [[], members(), members(provincial=3, civil=7), members(accreditation=""), members(0, 1, 2, 1)]
    for case in cases:
        for verdict in judge_group(case, NUMBERS, {"010101"}):
            assert sentence(say, verdict.message, verdict.args)
    assert all(say(f"group.{rule}.{part}") for rule in RULES for part in ("name", "help"))


# ---- kept in the database


def test_members_are_kept_by_period_and_leave_on_a_day(store):
    made = group(store)
    assert {m.id for m in groups.members(store, ME, "22", PERIOD)} == {m.id for m in made}
    assert groups.members(store, ME, "22", "2015-2017") == ()
    values = {n: getattr(made[0], n) for n in ("department", "period", "name", "institution", "sector", "place")}
    groups.keep_member(store, ME, {**values, "ended_on": "2013-06-30"}, id=made[0].id, version=1)
    for day, there in ((date(2013, 6, 29), True), (date(2013, 7, 1), False)):
        assert (made[0].id in {m.id for m in groups.members(store, ME, "22", PERIOD, day)}) == there
    with pytest.raises(Conflict):
        groups.keep_member(store, ME, values, id=made[0].id, version=1)


@pytest.mark.parametrize(
    "changes",
    [
        {"department": "99"}, {"period": "1999"}, {"name": ""}, {"name": "x" * 10_000}, {"sector": "king"},
        {"sector": "provincial", "place": "0101"}, {"sector": "district", "place": "2205"}, {"place": "22"},
        {"accredited_on": "ayer"}, {"version": 3},
    ],
)  # fmt: skip
def test_a_member_that_does_not_fit_is_refused(sqlite_store, changes):
    values = {"department": "22", "period": PERIOD, "name": "X", "institution": "Y", "sector": "civil", **changes}
    with pytest.raises(BadInput) as error:
        groups.keep_member(sqlite_store, ME, values)
    assert error.value.faults
    assert groups.members(sqlite_store, ME, "22", PERIOD) == ()


def test_sectors_are_those_of_the_programme():
    assert SECTORS == ("regional", "provincial", "district", "civil")
