"""A change that is offered betters the candidate and harms nothing; the smallest mend is the smallest there is."""

from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.clusters.model.candidate import Candidate
from dashboard.clusters.ranking.changes import single_changes, smallest_mends
from dashboard.clusters.rules.rules import Context, judge, worst
from dashboard.clusters.scoring.anchors import anchored
from dashboard.clusters.scoring.pools import pool
from dashboard.clusters.scoring.scores import score
from dashboard.clusters.scoring.terms import Terms
from geodata.model.dataset import default
from geodata.model.territory import UnknownUbigeo
from geodata.shared import SentenceError
from tests.unit.clusters.drawn import own_values

DATASET = default()
CONTEXT = Context.of(DATASET)
TERRITORY = DATASET.territory
GRAVITY = {"pass": 0, "none": 0, "warn": 1, "fail": 2}
LOCKED = {"Lamas": {"220505"}, "Mariscal Cáceres": {"220605"}}  # Cuñumbuqui and Pajarillo: the SUMA experience

of_a_province = st.sampled_from(sorted(TERRITORY.provinces)).flatmap(
    lambda p: st.sets(st.sampled_from(TERRITORY.in_province(p)), min_size=1, max_size=6)
)


def statuses_of(candidate):
    return {v.rule: v.status for v in judge(candidate, CONTEXT)}


def harmless(before, after):
    return all(GRAVITY[after[r]] <= GRAVITY[before[r]] for r in before if before[r] != "none")


@settings(max_examples=25)
@given(of_a_province, st.data())
def test_every_change_offered_mends_or_raises_and_harms_nothing(ubigeos, data):
    candidate = Candidate(ubigeos, services={"health"})
    locked = data.draw(st.sets(st.sampled_from(sorted(ubigeos)), max_size=2))
    offered = single_changes(candidate, DATASET, CONTEXT, locked=locked, limit=None)
    before = statuses_of(candidate)
    own_distance = smallest_mends(candidate, DATASET, CONTEXT, locked=locked).n
    assert len({c.candidate.ubigeos for c in offered.changes}) == len(offered.changes) == offered.found
    for change in offered.changes:
        after = {v.rule: v.status for v in change.verdicts}
        assert after == statuses_of(change.candidate)
        assert harmless(before, after) and change.graver == ()
        assert change.mended == tuple(r for r in before if GRAVITY[after[r]] < GRAVITY[before[r]])
        assert all(after[rule] == before[rule] for rule in change.nearer)
        assert change.left == smallest_mends(change.candidate, DATASET, CONTEXT, locked=locked - change.removed).n
        nearer = own_distance is not None and change.left < own_distance
        assert change.mended or change.nearer or nearer or change.gain > 0
        assert own_distance is None or change.left <= own_distance
        assert locked <= change.candidate.ubigeos
        assert change.candidate.ubigeos == (ubigeos | change.added) - change.removed
        assert len(change.added) <= 1 and len(change.removed) <= 1 and change.n >= 1
    # less left to change, then fewer failing, then fewer warning, then known scores, then the better score
    if own_distance is None:
        return
    merits = [
        (c.left, *(sum(v.status == grave for v in c.verdicts) for grave in ("fail", "warn")), c.score is None)
        for c in offered.changes
    ]
    assert merits == sorted(merits)
    scores = [c.score for c in offered.changes]
    pairs = zip(merits, merits[1:], scores, scores[1:], strict=False)
    assert all(a >= b - 1e-9 for m, n, a, b in pairs if m == n and a is not None)


def test_a_change_whose_score_is_unknown_is_offered_for_the_rules_it_mends():
    candidate = Candidate({"160702", "160704"}, services={"health"})
    offered = single_changes(candidate, DATASET, CONTEXT, limit=None)
    assert any(c.score is None and c.mended for c in offered.changes)


def distance(candidate):
    """Districts to change until no rule fails, by trying every feasible group of its main province."""
    if worst(judge(candidate, CONTEXT)) != "fail":
        return 0
    among = pool(DATASET, Terms((3, max(6, len(candidate)))), candidate.main_province)
    every = (among.groups.ubigeos(row) for row in range(len(among)))
    sound = (group for group in every if worst(judge(candidate.with_ubigeos(group), CONTEXT)) != "fail")
    return min(len(group ^ candidate.ubigeos) for group in sound)


def shortfalls(candidate):
    """How far a candidate is from each rule, by hand: districts missing or outside, parts too many."""
    held = Counter(u[:4] for u in candidate.ubigeos)
    outside = len(candidate) - max(held.values())
    return {
        "one_province": (len(held) - 1, outside),
        "minimum_size": max(0, 3 - len(candidate)),
        "contiguous": len(TERRITORY.components(candidate.ubigeos)) - 1,
    }


@pytest.mark.parametrize("name", ["Lamas", "Moyobamba-Rioja", "Tambopata"])
def test_no_change_that_betters_is_missed(proposals, name):
    candidate = proposals[name]
    offered = single_changes(candidate, DATASET, CONTEXT, limit=None)
    department = candidate.main_province[:2]
    left_out = frozenset(pool(DATASET, Terms(services=candidate.services), department).scale.left_out)
    criteria = anchored(DATASET, Terms(services=candidate.services))

    def total(of):
        return score(own_values(of, DATASET), criteria=criteria, left_out=left_out).total

    before, own = statuses_of(candidate), total(candidate)
    far, short = distance(candidate), shortfalls(candidate)
    news = set(TERRITORY.in_province(candidate.main_province)) - candidate.ubigeos
    drops = [set(), *({u} for u in candidate.ubigeos)]
    results = {frozenset((candidate.ubigeos - old) | new) for old in drops for new in [set(), *({n} for n in news)]} - {
        candidate.ubigeos
    }
    wanted = set()
    for result in results:
        changed = candidate.with_ubigeos(result)
        after, now = statuses_of(changed), shortfalls(changed)
        if not harmless(before, after) or any(now[rule] > short[rule] for rule in short):
            continue
        left = distance(changed)
        gain = total(changed) - own
        nearer = left < far or any(GRAVITY[after[r]] < GRAVITY[before[r]] for r in before if before[r] != "none")
        nearer |= any(now[rule] < short[rule] for rule in short)
        if left <= far and (nearer or gain > 1e-9):
            wanted.add(result)
    assert {c.candidate.ubigeos for c in offered.changes} == wanted
    assert offered.tried == len(results)


def test_two_districts_are_advised_to_take_a_third_and_not_to_drop_one():
    candidate = Candidate({"220601", "220602"}, services={"health"})
    alone, mends = Context.of(DATASET, []), smallest_mends(candidate, DATASET, CONTEXT)
    assert mends.n == 1 and {c.kind for c in mends.changes} == {"add"}
    # each of the three is in a proposal, which is a warning that the mend tells of
    assert {c.graver for c in mends.changes} == {("no_overlap",)}
    offered = single_changes(candidate, DATASET, alone, limit=None).changes
    assert (offered[0].kind, offered[0].left) == ("add", 0)
    assert "drop" not in {c.kind for c in offered}


anywhere = st.sets(st.sampled_from(sorted(TERRITORY.districts)), min_size=1, max_size=2)
settled_somewhere = st.sampled_from(["proposed", "validated", "plan_implemented"])


@settings(max_examples=60)
@given(of_a_province, anywhere | st.just(set()), st.booleans(), st.integers(1, 3), settled_somewhere)
def test_the_first_advice_never_leads_away_from_feasible_and_what_is_counted_is_listed(
    ubigeos, strays, has_rival, phase, state
):
    """Every way that the smallest mend counts is listed, and no advice adds a district of another province."""
    candidate = Candidate(ubigeos | strays, services={"health"}, phase=phase)
    rival = replace(DATASET.proposals[0], ubigeos=frozenset(sorted(ubigeos)[:2]), state=state, phase=1)
    context = Context.of(DATASET, [rival] if has_rival else [])
    mends = smallest_mends(candidate, DATASET, context, limit=None)
    singles = single_changes(candidate, DATASET, context, limit=None)
    assert len(mends.changes) == mends.found and len(singles.changes) == singles.found
    assert (mends.n in (None, 0)) == (not mends.changes)
    for change in mends.changes:
        assert change.n == mends.n and change.left == 0 and worst(change.verdicts) != "fail"
        assert len({u[:4] for u in change.candidate.ubigeos}) == 1
    if mends.changes and len({c.candidate.main_province for c in mends.changes} | {candidate.main_province}) == 1:
        assert all(u[:4] == candidate.main_province for c in mends.changes for u in c.added)
    assert all(u[:4] == candidate.main_province for c in singles.changes for u in c.added)
    for change in singles.changes[:1]:
        left = smallest_mends(change.candidate, DATASET, context, limit=1).n
        assert change.left == left and (mends.n is None or left <= mends.n)


def test_a_mend_that_leaves_a_warning_is_listed_and_says_so():
    found = smallest_mends(Candidate({"220803", "220804", "220805"}), DATASET, CONTEXT, limit=None)
    assert found.found == len(found.changes) > 0


def test_a_mend_across_departments_stays_in_the_province_that_the_rule_names(say_es):
    candidate = Candidate({"010401", "010402", "220501"}, services={"health"})
    for found in (single_changes(candidate, DATASET, CONTEXT), smallest_mends(candidate, DATASET, CONTEXT)):
        assert found.changes and all(u.startswith("0104") for c in found.changes for u in c.added)
    said = {v.rule: v for v in judge(candidate, CONTEXT)}
    # three provinces of Amazonas with one district each stand against two districts of one of San Martín
    split = Candidate({"010101", "010201", "010301", "220501", "220502"})
    said = {v.rule: v for v in judge(split, CONTEXT)}
    assert said["one_province"].args["main"] == "Lamas" and said["one_department"].args["main"] == "San Martín"
    assert said["one_department"].ubigeos == said["one_province"].ubigeos == {"010101", "010201", "010301"}
    assert all(u.startswith("2205") for u in said["contiguous"].mends)


def test_the_first_proposals_that_are_broken_are_mended_keeping_what_is_locked(proposals):
    wanted = {
        "Lamas": (1, {"Zapatero"}, set()),
        "Mariscal Cáceres": (1, {"Campanilla"}, set()),
        "Alto Amazonas": (1, {"Yurimaguas"}, set()),
        "Moyobamba-Rioja": (2, {"Moyobamba"}, {"Awajún"}),
    }
    for name, (n, added, removed) in wanted.items():
        candidate = proposals[name]
        found = smallest_mends(candidate, DATASET, CONTEXT, locked=LOCKED.get(name, ()))
        best = found.changes[0]
        assert found.n == n == best.n, name
        assert {TERRITORY.districts[u].name for u in best.added} == added
        assert {TERRITORY.districts[u].name for u in best.removed} == removed
        assert worst(best.verdicts) != "fail" and "contiguous" in best.mended
        assert LOCKED.get(name, set()) <= best.candidate.ubigeos


def test_what_fails_nothing_needs_no_mend(proposals):
    for name in ("Condorcanqui", "Coronel Portillo", "Tambopata"):
        found = smallest_mends(proposals[name], DATASET, CONTEXT)
        assert found.n == 0 and found.changes == ()


@settings(max_examples=15)
@given(of_a_province.filter(lambda u: len(u) <= 4))
def test_brute_force_finds_no_smaller_mend(ubigeos):
    candidate = Candidate(ubigeos)
    found = smallest_mends(candidate, DATASET, CONTEXT, limit=None)
    province = TERRITORY.in_province(next(iter(ubigeos))[:4])
    if found.n is None:
        assert len(province) < 3
        return
    if found.n == 0:
        assert worst(judge(candidate, CONTEXT)) != "fail"
        return
    for change in found.changes:
        assert change.n == found.n and worst(judge(change.candidate, CONTEXT)) != "fail"
    for n in range(1, min(found.n, 3)):
        for switched in combinations(province, n):
            result = candidate.with_ubigeos(candidate.ubigeos ^ set(switched))
            if 3 <= len(result) <= 6:
                assert worst(judge(result, CONTEXT)) == "fail", f"{switched} is a smaller mend"


def test_a_mend_may_take_several_changes():
    far = Candidate({"220501"})
    found = smallest_mends(far, DATASET, CONTEXT)
    assert found.n == 2 and all(c.kind == "several" and len(c.added) == 2 for c in found.changes)
    assert found.found >= len(found.changes)


def test_locked_districts_of_two_provinces_cannot_be_mended(proposals):
    candidate = proposals["Moyobamba-Rioja"]
    found = smallest_mends(candidate, DATASET, CONTEXT, locked={"220104", "220802"})
    assert found.n is None and found.changes == ()


def test_a_lock_on_what_is_not_there_is_refused(proposals):
    with pytest.raises(SentenceError) as caught:
        single_changes(proposals["Lamas"], DATASET, CONTEXT, locked={"220511"})
    assert caught.value.fields == {"ubigeos": ("220511",)}
    with pytest.raises(UnknownUbigeo):
        single_changes(Candidate({"999999"}), DATASET, CONTEXT)


def test_nothing_to_change_is_no_change():
    assert single_changes(Candidate(), DATASET, CONTEXT).changes == ()
    assert smallest_mends(Candidate(), DATASET, CONTEXT).changes == ()


def test_a_limit_keeps_the_first(proposals):
    every = single_changes(proposals["Lamas"], DATASET, CONTEXT, limit=None)
    three = single_changes(proposals["Lamas"], DATASET, CONTEXT, limit=3)
    assert three.changes == every.changes[:3] and three.found == every.found


def test_a_candidate_over_six_districts_can_be_mended():
    seven = Candidate({"220501", "220502", "220509", "220507", "220510", "220511", "220508"})
    found = smallest_mends(seven, DATASET, CONTEXT)
    assert (found.n == 0) == (worst(judge(seven, CONTEXT)) != "fail")
    apart = Candidate({"220601", "220603"})
    assert smallest_mends(apart, DATASET, CONTEXT).n >= 1


def test_a_candidate_of_every_district_is_answered_with_the_nearest_of_a_size_that_can_be_searched(dataset):
    candidate = Candidate(frozenset(dataset.territory.districts))
    found = smallest_mends(candidate, dataset, Context.of(dataset))
    assert found.n == len(candidate) - Terms().sizes[1]
