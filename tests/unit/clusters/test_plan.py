"""A plan is the best there is, keeps what it was asked, and says what stands in the way where there is none."""

import random
from collections import Counter
from dataclasses import replace
from functools import partial
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import texts
from dashboard.clusters.model.candidate import Candidate
from dashboard.clusters.planning import model as plan_model
from dashboard.clusters.planning.ledger import ledger, load_plan_parameters, read_plan_parameters
from dashboard.clusters.planning.plan import PlanError, feasible_pool, make_plan
from dashboard.clusters.planning.request import Fixed, Request, settled
from dashboard.clusters.rules.rules import Context, judge
from dashboard.clusters.scoring.criteria import load_criteria
from dashboard.clusters.scoring.pools import pool
from dashboard.clusters.scoring.terms import Terms
from dashboard.clusters.writing import sentences
from geodata.model.dataset import default
from geodata.model.territory import UnknownUbigeo
from geodata.shared import Unusable
from tests.unit.clusters.drawn import grid, on_a_grid
from tests.unit.clusters.test_search import TOTALS

DATASET = default()
QUOTA = {"01": 3, "16": 3, "17": 3, "22": 4, "25": 3}


def blocked(**asked):
    with pytest.raises(PlanError) as caught:
        make_plan(asked.pop("dataset", DATASET), Request(**asked))
    return {b.message.removeprefix("engine.plan.blocked."): b for b in caught.value.blockers}


@pytest.fixture(scope="module")
def by_score():
    return make_plan(DATASET, Request(objective="score"))


def greedy(dataset, objective, per_province=1):
    """The best candidate left that fits, one after the other; no government is asked for."""
    candidates = feasible_pool(dataset, Terms(), Context.of(dataset))
    values = candidates.values["affected"] if objective == "affected" else candidates.totals
    left, provinces, taken, value = Counter(), Counter(), set(), 0.0
    for (department, _), n in dataset.quotas.items():
        left[department] += n
    for row in np.argsort(-values, kind="stable"):
        ubigeos = candidates.groups.ubigeos(row)
        province = candidates.groups.provinces[row]
        full = per_province is not None and provinces[province] >= per_province
        if left[province[:2]] == 0 or full or ubigeos & taken:
            continue
        left[province[:2]] -= 1
        provinces[province] += 1
        taken |= ubigeos
        value += values[row]
    return value if not left.total() else None


# ---- the sixteen


@pytest.mark.parametrize("objective", ["affected", "score", "spread"])
def test_the_sixteen_are_proven_and_keep_every_rule(objective, dataset, context):
    plan = make_plan(dataset, Request(objective=objective))
    assert plan.proven and plan.gap == 0 and plan.bound == pytest.approx(plan.value)
    assert plan.considered == sum(TOTALS.values()) and plan.unknown == 0
    assert len(plan.clusters) == 16
    assert Counter((c.department, c.phase) for c in plan.clusters) == Counter(dataset.quotas)
    assert Counter(c.department for c in plan.clusters) == QUOTA
    assert plan.provinces == 16
    districts = [u for c in plan.clusters for u in c.ubigeos]
    assert len(set(districts)) == len(districts)
    assert plan.value == pytest.approx(sum(c.value for c in plan.clusters))
    for cluster in plan.clusters:
        form = {v.rule: v.status for v in judge(Candidate(cluster.ubigeos), context)}
        rules = ("one_department", "one_province", "minimum_size", "contiguous")
        assert [form[r] for r in rules] == ["pass"] * 4


@pytest.mark.parametrize(("objective", "per_province"), [("affected", 1), ("score", 1), ("score", None)])
def test_the_optimum_is_never_below_greedy(objective, per_province):
    plan = make_plan(DATASET, Request(objective=objective, per_province=per_province))
    assert plan.value >= greedy(DATASET, objective, per_province) - 1e-6


def test_fixing_what_the_optimum_chose_leaves_it_the_optimum(by_score):
    for chosen in ([by_score.clusters[3]], by_score.clusters[:5], by_score.clusters):
        again = make_plan(DATASET, Request(objective="score", fixed=[Fixed(c.ubigeos) for c in chosen]))
        assert again.value == pytest.approx(by_score.value)
        assert {c.ubigeos for c in chosen} <= {c.ubigeos for c in again.clusters}
        assert all(c.fixed == (c.ubigeos in {x.ubigeos for x in chosen}) for c in again.clusters)


def test_forbidding_a_cluster_costs_something_or_nothing_but_never_gains(by_score):
    gone = by_score.clusters[0].ubigeos
    without = make_plan(DATASET, Request(objective="score", forbidden=[gone], banned={"250101"}))
    assert without.value <= by_score.value + 1e-9
    assert gone not in {c.ubigeos for c in without.clusters}
    assert all("250101" not in c.ubigeos for c in without.clusters)
    assert len(without.clusters) == len({c.ubigeos for c in without.clusters}) == 16


def test_required_districts_are_in_the_plan():
    plan = make_plan(DATASET, Request(objective="score", required={"220505", "220605"}))
    assert {"220505", "220605"} <= {u for c in plan.clusters for u in c.ubigeos}


def test_59_district_governments_can_be_asked_for_and_cost_score(by_score):
    plan = make_plan(DATASET, Request(objective="score", governments=59))
    assert by_score.governments < 59 <= plan.governments and plan.proven
    assert plan.value < by_score.value
    last = next(line for line in plan.ledger if line.department == "" and line.phase == 3)
    assert last.district == plan.governments
    assert last.total == 5 + 16 + plan.governments
    assert last.target["total"] == 80 and last.target["district"] == 59


def test_a_fixed_cluster_takes_its_phase_and_the_others_fill_up_best_first(by_score):
    own = next(c for c in by_score.clusters if c.department == "16" and c.phase == 1)
    plan = make_plan(DATASET, Request(objective="score", fixed=[Fixed(own.ubigeos, 3)]))
    loreto = sorted((c for c in plan.clusters if c.department == "16"), key=lambda c: c.phase)
    assert loreto[2].ubigeos == own.ubigeos and loreto[2].phase == 3
    assert loreto[0].value >= loreto[1].value
    assert own.phase != next(c.phase for c in plan.clusters if c.ubigeos == own.ubigeos)


def test_within_a_department_earlier_phases_have_the_better_ones(by_score):
    for department in QUOTA:
        own = sorted((c for c in by_score.clusters if c.department == department), key=lambda c: c.phase)
        assert [c.value for c in own] == sorted((c.value for c in own), reverse=True)


def test_only_some_phases_can_be_planned():
    plan = make_plan(DATASET, Request(objective="score", phases=(1,)))
    assert Counter(c.department for c in plan.clusters) == {"01": 1, "16": 1, "17": 1, "22": 2, "25": 1}
    assert {line.phase for line in plan.ledger} == {1}


# ---- on a grid, against every choice there is


def exhaustive(candidates, values, quota, per_province, governments=0, held=()):
    """The best value over every set of so many candidates beside those held, by trying them all."""
    rows = range(len(candidates))
    best = None
    for chosen in combinations(rows, quota):
        sets = [candidates[i] for i in chosen]
        others = frozenset().union(*held)
        if sum(map(len, sets)) + len(others) != len(others.union(*sets)):
            continue
        provinces = Counter(p for s in (*sets, *held) for p in {u[:4] for u in s})
        if per_province is not None and any(provinces[min(s)[:4]] > per_province for s in sets):
            continue
        if sum(not u.endswith("01") for u in others.union(*sets)) < governments:
            continue
        value = sum(values[i] for i in chosen)
        best = value if best is None or value > best else best
    return best


@settings(max_examples=12)
@given(st.integers(0, 10_000), st.sampled_from([1, 2, None]), st.integers(1, 3), st.integers(0, 8))
def test_every_choice_tried_finds_no_better_plan(seed, per_province, quota, governments):
    territory = grid(2, 3, ("0101", "0102"))
    rng = random.Random(seed)
    people = {u: rng.randint(1, 1000) for u in territory.districts}
    dataset = on_a_grid(DATASET, territory, {("01", phase): 1 for phase in range(1, quota + 1)}, people)
    terms = Terms((3, 3))
    found = pool(dataset, terms)
    sets = [found.groups.ubigeos(i) for i in range(len(found))]
    values = [sum(people[u] for u in s) / 2 for s in sets]
    assert found.values["affected"] == pytest.approx(values)
    wanted = exhaustive(sets, values, quota, per_province, governments)
    asked = Request(per_province=per_province, governments=governments)
    if wanted is None:
        with pytest.raises(PlanError):
            make_plan(dataset, asked, terms)
        return
    assert make_plan(dataset, asked, terms).value == pytest.approx(wanted)


@settings(max_examples=8)
@given(st.integers(0, 10_000))
def test_naming_districts_otherwise_changes_no_value(seed):
    territory = grid(2, 3, ("0101", "0102"))
    rng = random.Random(seed)
    people = {u: rng.randint(1, 1000) for u in territory.districts}
    quotas = {("01", 1): 1, ("01", 2): 1}
    first = make_plan(on_a_grid(DATASET, territory, quotas, people), Request(), Terms((3, 4)))
    # turning the grid by half a turn gives every district another code and leaves who touches whom
    turned = {u: people[f"{u[:4]}{7 - int(u[4:]):02d}"] for u in people}
    again = make_plan(on_a_grid(DATASET, territory, quotas, turned), Request(), Terms((3, 4)))
    assert again.value == pytest.approx(first.value)


def test_the_widest_spread_reaches_more_provinces_than_the_highest_score():
    territory = grid(2, 3, ("0101", "0102"))
    people = {u: 900 if u.startswith("0101") else 10 for u in territory.districts}
    dataset = on_a_grid(DATASET, territory, {("01", 1): 2}, people)
    weights = dict.fromkeys(load_criteria(), 0) | {"affected": 1}
    terms = Terms((3, 3), weights=weights)
    spread = make_plan(dataset, Request(objective="spread", per_province=None), terms)
    score = make_plan(dataset, Request(objective="score", per_province=None), terms)
    assert (score.provinces, spread.provinces) == (1, 2)
    assert score.value > spread.value


# ---- what cannot be


def test_a_cluster_that_is_not_feasible_cannot_be_fixed(proposals):
    found = blocked(fixed=[Fixed(proposals["Lamas"].ubigeos)])
    assert found["fixed_pieces"].fields["cluster"] == ("Lamas", "Cuñumbuqui", "Tabalosos")
    assert set(blocked(fixed=[Fixed(proposals["Moyobamba-Rioja"].ubigeos)])) == {"fixed_pieces", "fixed_provinces"}


def test_contradictions_are_all_told_at_once(by_score):
    own = by_score.clusters[0].ubigeos
    found = blocked(
        fixed=[Fixed(own, 1), Fixed(own, 1)], forbidden=[own], banned={min(own)}, required={min(own), "220505"}
    )
    assert {"fixed_overlap", "fixed_forbidden", "fixed_banned", "fixed_province", "required_banned"} <= set(found)
    assert found["fixed_phase"].fields == {"department": "Amazonas", "phase": 1, "n": 2, "quota": 1}


def test_too_many_governments_are_answered_with_the_most_there_can_be():
    found = blocked(objective="score", governments=200)
    most = found["governments"].fields["nearest"]
    assert found["governments"].fields["governments"] == 200 and found["governments"].alone
    assert make_plan(DATASET, Request(objective="score", governments=most)).governments == most
    assert "governments" in blocked(objective="score", governments=most + 1)


def why(**asked):
    """Conflicts and ways as sets of (kind, what it is about, nearest value), and whether these are all ways."""
    terms = asked.pop("terms", None)
    with pytest.raises(PlanError) as caught:
        make_plan(DATASET, Request(**asked), terms)
    found = caught.value.why

    def short(blocker):
        fields = dict(blocker.fields)
        of = fields.get("department") or fields.get("ubigeos") or ""
        return blocker.message.removeprefix("engine.plan.blocked."), of, fields.get("nearest")

    return (
        *({frozenset(map(short, group)) for group in groups} for groups in (found.conflicts, found.ways)),
        found.whole,
    )


def test_a_district_that_no_candidate_holds_blocks_alone():
    conflicts, ways, whole = why(required={"250401"})  # Purús: one district, and never a cluster
    assert conflicts == ways == {frozenset({("required", "250401", None)})} and whole


def test_each_of_two_bans_is_named_by_itself_and_the_quota_with_its_nearest_value():
    # without either of them Tahuamanu has no cluster, and three are asked for
    conflicts, ways, whole = why(banned={"170301", "170302", "220101"})
    one, other = ("banned", "170301", None), ("banned", "170302", None)
    quota = ("quota", "Madre de Dios", None)
    assert conflicts == {frozenset({quota, one}), frozenset({quota, other})}
    assert ways == {frozenset({("quota", "Madre de Dios", 2)}), frozenset({one, other})} and whole


def test_what_only_together_stands_in_the_way_has_ways_that_give_up_several_things():
    found = blocked(required={"250401"}, banned={"170301", "170302"})
    assert not any(blocker.alone for blocker in found.values())
    assert {"required", "banned", "quota"} == set(found)


def test_more_clusters_than_provinces_need_the_limit_or_the_quota_to_give_way():
    _, ways, whole = why(quotas={("22", 1): 11})
    assert ways == {frozenset({("quota", "San Martín", 10)}), frozenset({("province", "", 2)})} and whole
    # eleven districts hold no five clusters of three, whatever the limit; under it there are three provinces
    assert why(quotas={("17", 1): 5})[1] == {frozenset({("quota", "Madre de Dios", 3)})}


def test_the_example_with_two_conflicts_is_answered_without_the_solver_s_time_limit():
    conflicts, ways, whole = why(objective="score", governments=80, banned={"250301"})
    assert {frozenset(kind for kind, *_ in conflict) for conflict in conflicts} == {
        frozenset({"quota", "province", "banned"}), frozenset({"quota", "governments"})
    }  # fmt: skip
    assert frozenset({("governments", "", 78), ("banned", "250301", None)}) in ways and whole


def test_sizes_are_among_what_can_give_way():
    _, ways, _ = why(objective="score", governments=60, terms=Terms((3, 3)))
    assert frozenset({("size_most", "", 5)}) in ways
    assert make_plan(DATASET, Request(objective="score", governments=60), Terms((3, 5))).governments >= 60
    with pytest.raises(PlanError):
        make_plan(DATASET, Request(objective="score", governments=60), Terms((3, 4)))


def small(seed):
    """A request on two small grids that is mostly impossible, with its data set."""
    rng = random.Random(seed)
    territory = grid(2, 3, ("0101", "0102"))
    codes = sorted(territory.districts)
    dataset = on_a_grid(DATASET, territory, {("01", 1): rng.randint(1, 4)}, dict.fromkeys(codes, 100))
    request = Request(
        required=frozenset(rng.sample(codes, rng.randint(0, 2))),
        banned=frozenset(rng.sample(codes, rng.randint(0, 3))),
        governments=rng.choice([None, 5, 8, 11]),
        per_province=rng.choice([1, 2, None]),
    )
    return dataset, request, Terms(rng.choice([(3, 3), (3, 4), (4, 6)]))


def is_met(dataset, request, terms):
    """Whether any choice of disjoint candidates meets a request, by trying all of them."""
    found = feasible_pool(dataset, terms, Context.of(dataset))
    sets = [found.groups.ubigeos(i) for i in range(len(found)) if not found.groups.ubigeos(i) & request.banned]

    def choices(first, left, held):
        if not left:
            yield []
        for i in range(first, len(sets)) if left else ():
            if not sets[i] & held:
                yield from ([sets[i], *more] for more in choices(i + 1, left - 1, held | sets[i]))

    for chosen in choices(0, dataset.quotas[("01", 1)], frozenset()):
        held, counts = frozenset().union(*chosen), Counter(min(s)[:4] for s in chosen)
        if not request.required <= held or max(counts.values(), default=0) > (request.per_province or 9):
            continue
        if sum(not u.endswith("01") for u in held) >= (request.governments or 0):
            return True
    return False


def given_up(dataset, request, terms, blockers):
    """What is asked once each of some demands is given up or moved to its nearest value."""
    for blocker in blockers:
        kind, fields = blocker.message.rsplit(".", 1)[-1], blocker.fields
        if kind == "quota":
            dataset = replace(dataset, quotas={("01", 1): fields["nearest"]})
        elif kind in ("province", "governments"):
            request = replace(request, **{{"province": "per_province"}.get(kind, kind): fields["nearest"]})
        elif kind.startswith("size"):
            least, most = terms.sizes
            terms = Terms((fields["nearest"], most) if kind == "size_least" else (least, fields["nearest"]))
        else:
            request = replace(request, **{kind: getattr(request, kind) - {fields["ubigeos"]}})
    return dataset, request, terms


@settings(max_examples=12)
@given(st.integers(0, 100_000))
def test_conflicts_and_ways_are_what_trying_every_choice_finds(seed):
    dataset, request, terms = small(seed)
    if request.required & request.banned or is_met(dataset, request, terms):
        return
    with pytest.raises(PlanError) as caught:
        make_plan(dataset, request, terms)
    found = caught.value.why
    assert found.conflicts
    for way in found.ways:
        assert is_met(*given_up(dataset, request, terms, way))
        # a way gives up nothing needlessly: without any one part of it there is no plan
        for left in way if len(way) > 1 else ():
            assert not is_met(*given_up(dataset, request, terms, [step for step in way if step is not left]))
    # every way out takes something from every conflict
    for conflict in found.conflicts:
        names = {(b.message, b.fields.get("ubigeos")) for b in conflict}
        assert all(names & {(b.message, b.fields.get("ubigeos")) for b in way} for way in found.ways)


# ---- a solver that stops, or fails: the status is put in its place, so that no test depends on a clock


def stopping(monkeypatch, status, bound=None, message="HiGHS stopped"):
    answer = SimpleNamespace(x=None, status=status, message=message, mip_dual_bound=bound, fun=None)
    monkeypatch.setattr(plan_model.scipy.optimize, "milp", lambda *args, **kwargs: answer)


@pytest.mark.parametrize("bound", [None, -1234.5])
def test_a_time_limit_is_told_as_that_and_never_as_impossible(monkeypatch, bound):
    stopping(monkeypatch, status=1, bound=bound)
    found = blocked(objective="score")
    assert set(found) == {"time" if bound is None else "time_bound"}
    (blocker,) = found.values()
    assert blocker.fields == {"seconds": Request().time_limit, "bound": None if bound is None else 1234.5}


def test_a_solver_that_fails_is_told_as_that_with_its_own_words(monkeypatch):
    stopping(monkeypatch, status=4, message="(HiGHS Status 4: Solve error)")
    assert blocked(objective="score")["solver"].fields == {"reason": "(HiGHS Status 4: Solve error)"}


@pytest.mark.parametrize("status", [1, 4])
def test_what_is_impossible_is_explained_even_where_the_solver_stops_or_fails(monkeypatch, status):
    stopping(monkeypatch, status)
    _, ways, _ = why(objective="score", governments=80, banned={"250301"})
    assert frozenset({("governments", "", 78), ("banned", "250301", None)}) in ways


def test_a_spread_whose_provinces_were_not_proven_the_most_is_not_called_the_best(monkeypatch):
    solve = plan_model.scipy.optimize.milp

    def stopped_at_first(c, **kwargs):
        result = solve(c, **kwargs)
        if set(np.unique(c)) <= {0.0, -1.0}:  # how many provinces are reached
            result.status, result.mip_dual_bound = 1, result.fun - 1
        return result

    monkeypatch.setattr(plan_model.scipy.optimize, "milp", stopped_at_first)
    territory = grid(2, 3, ("0101", "0102", "0103"))
    dataset = on_a_grid(DATASET, territory, {("01", 1): 2}, dict.fromkeys(territory.districts, 100))
    plan = make_plan(dataset, Request(objective="spread", per_province=2), Terms((3, 3)))
    assert (plan.proven, plan.provinces, plan.reach) == (False, 2, 3)
    assert plan.message == "engine.plan.stopped_reach"


def test_a_settled_cluster_is_in_every_plan_and_nobody_is_told_to_let_go_of_it():
    own = next(c for c in make_plan(DATASET, Request(objective="score")).clusters if c.department == "17")
    kept = replace(DATASET.proposals[0], id="x", state="validated", phase=own.phase, ubigeos=own.ubigeos)
    context = Context.of(DATASET, [kept])
    plan = make_plan(DATASET, Request(objective="score"), context=context)
    assert any(c.fixed and c.ubigeos == own.ubigeos for c in plan.clusters)
    with pytest.raises(PlanError) as caught:
        make_plan(DATASET, Request(objective="score", governments=90), context=context)
    kinds = {step.message.rsplit(".", 1)[-1] for way in caught.value.why.ways for step in way}
    assert "governments" in kinds and "fixed" not in kinds


def beside(*clusters, dataset=DATASET):
    """The context in which some groups of districts, each with its phase, are settled."""
    own = DATASET.proposals[0]
    kept = [replace(own, id=f"k{n}", state="validated", phase=p, ubigeos=u) for n, (u, p) in enumerate(clusters)]
    return Context.of(dataset, kept)


def some_of(province, n):
    return frozenset(sorted(u for u in DATASET.territory.districts if u.startswith(province))[:n])


SETTLED = {
    "in pieces": [(next(p.ubigeos for p in DATASET.proposals if p.id == "lamas"), 1)],
    "over several provinces": [(next(p.ubigeos for p in DATASET.proposals if p.id == "moyobamba-rioja"), 2)],
    "over the quota": [(some_of("2205", 3), 1), (some_of("2206", 3), 1), (some_of("2207", 3), 1)],
    "two in a province": [(some_of("2205", 3), 1), (some_of("2205", 6) - some_of("2205", 3), 2)],
    "of two districts": [(some_of("2205", 2), 3)],
    "of one district": [(frozenset({"250401"}), 2)],
    "more than the whole quota": [(some_of(p, 3), 1) for p in ("2201", "2202", "2203", "2205", "2206", "2207")],
    "sharing districts": [(some_of("2205", 3), 1), (some_of("2205", 4), 2)],
}


@pytest.mark.parametrize("name", SETTLED)
def test_a_settled_cluster_is_a_fact_whatever_it_exceeds(name):
    held = SETTLED[name]
    plan = make_plan(DATASET, Request(objective="score"), context=beside(*held))
    assert plan.proven
    own = [c for c in plan.clusters if c.settled]
    assert sorted((sorted(c.ubigeos), c.phase) for c in own) == sorted((sorted(u), p) for u, p in held)
    assert all(c.fixed and c.value is not None for c in own) and plan.unvalued == 0
    others, taken = [c for c in plan.clusters if not c.settled], frozenset().union(*(u for u, _ in held))
    assert all(not c.fixed and not c.ubigeos & taken for c in others)
    standing = Counter((Candidate(u).main_province[:2], p) for u, p in held)
    left = {key: n - standing[key] for key, n in DATASET.quotas.items() if n > standing[key]}
    assert Counter((c.department, c.phase) for c in others) == left
    assert not {c.province for c in others} & {u[:4] for u in taken}
    assert plan.value == pytest.approx(sum(c.value for c in plan.clusters))
    last = max((line for line in plan.ledger if not line.department), key=lambda line: line.phase)
    reached = {u for c in plan.clusters for u in c.ubigeos}
    assert last.clusters == len(held) + sum(left.values())
    assert last.slots == sum(c.slots for c in plan.clusters)
    assert last.district == plan.governments == sum(not u.endswith("01") for u in reached)
    assert last.provincial == plan.provinces == len({u[:4] for u in reached})


@pytest.mark.parametrize("name", SETTLED)
def test_why_no_plan_is_possible_counts_what_is_settled_and_never_lets_go_of_it(name):
    context = beside(*SETTLED[name])
    with pytest.raises(PlanError) as caught:
        make_plan(DATASET, Request(objective="score", governments=200), context=context)
    steps = [way[0] for way in caught.value.why.ways if len(way) == 1]
    assert "fixed" not in {step.message.rsplit(".", 1)[-1] for way in caught.value.why.ways for step in way}
    most = next(step.fields["nearest"] for step in steps if step.message.endswith(".governments"))
    assert make_plan(DATASET, Request(objective="score", governments=most), context=context).governments == most


def test_what_is_wished_against_a_settled_cluster_has_to_give_way():
    lamas, other = SETTLED["in pieces"][0][0], some_of("2205", 3)
    assert lamas & other
    wished = {"fixed": [Fixed(other)], "banned": {min(lamas)}, "forbidden": [lamas], "required": {max(lamas)}}
    with pytest.raises(PlanError) as caught:
        make_plan(DATASET, Request(**wished), context=beside((lamas, 1)))
    kinds = {b.message.rsplit(".", 1)[-1] for b in caught.value.blockers}
    assert {"fixed_settled", "fixed_province", "settled_banned", "settled_forbidden"} <= kinds
    assert max(lamas) in {
        u for c in make_plan(DATASET, Request(required={max(lamas)}), context=beside((lamas, 1))).clusters
        for u in c.ubigeos
    }  # fmt: skip


def test_a_settled_cluster_whose_figure_is_unknown_stands_without_it_and_that_is_said():
    territory = grid(2, 3, ("0101", "0102"))
    people = {u: float("nan") if u.startswith("0101") else 100 for u in territory.districts}
    dataset = on_a_grid(DATASET, territory, {("01", 1): 2}, people)
    context = beside((frozenset({"010101", "010103"}), 1), dataset=dataset)
    plan = make_plan(dataset, Request(), Terms((3, 3)), context)
    own, other = plan.clusters
    assert (own.settled, own.value, own.affected, plan.unvalued) == (True, None, None, 1)
    assert plan.value == plan.mean == other.value == pytest.approx(150)
    words = sentences.Wording(partial(texts.say, "es"), lambda value, decimals: texts.number(value, "es", decimals))
    assert any("1 grupo que ya es conglomerado" in text for text in sentences.plan_sentences(words, plan))


def test_settled_clusters_alone_are_a_plan_where_there_is_no_candidate():
    territory = grid(1, 2, ("0101",))
    dataset = on_a_grid(DATASET, territory, {("01", 1): 1}, dict.fromkeys(territory.districts, 100))
    plan = make_plan(dataset, Request(), Terms((3, 3)), beside((frozenset(territory.districts), 1), dataset=dataset))
    assert [c.settled for c in plan.clusters] == [True] and plan.value == pytest.approx(100) and plan.proven


def test_a_spread_counts_the_provinces_of_settled_clusters_once():
    territory = grid(2, 3, ("0101", "0102", "0103"))
    dataset = on_a_grid(DATASET, territory, {("01", 1): 2}, dict.fromkeys(territory.districts, 100))
    context = beside((frozenset({"010101", "010102", "010201"}), 1), dataset=dataset)
    plan = make_plan(dataset, Request(objective="spread", per_province=None), Terms((3, 3)), context)
    assert plan.provinces == 3 and [c.province for c in plan.clusters] == ["0101", "0103"]


@settings(max_examples=15)
@given(st.integers(0, 100_000))
def test_every_choice_tried_beside_what_is_settled_finds_no_better_plan(seed):
    rng = random.Random(seed)
    territory = grid(2, 3, ("0101", "0102"))
    codes = sorted(territory.districts)
    people = {u: rng.randint(1, 1000) for u in codes}
    quota, per_province = rng.randint(0, 3), rng.choice([1, 2, None])
    dataset, terms = on_a_grid(DATASET, territory, {("01", 1): quota}, people), Terms((3, 3))
    held = [frozenset(rng.sample(codes, rng.randint(1, 4))) for _ in range(rng.randint(1, 2))]
    held = list(dict.fromkeys(held))
    found = pool(dataset, terms)
    sets = [found.groups.ubigeos(i) for i in range(len(found))]
    values = [sum(people[u] for u in s) / 2 for s in sets]
    standing = sum(people[u] / 2 for group in held for u in group)
    asked = Request(per_province=per_province, governments=rng.choice([None, 3, 6, 8]))
    context, left = beside(*((group, 1) for group in held), dataset=dataset), max(quota - len(held), 0)
    wanted = exhaustive(sets, values, left, per_province, asked.governments or 0, held)
    if wanted is not None:
        assert make_plan(dataset, asked, terms, context).value == pytest.approx(wanted + standing)
        return
    with pytest.raises(PlanError) as caught:
        make_plan(dataset, asked, terms, context)
    assert caught.value.why.conflicts and caught.value.why.ways
    for way in caught.value.why.ways:
        changed = given_up(dataset, asked, terms, way)
        again = Context.of(changed[0], context.proposals)
        assert all(group in {c.ubigeos for c in make_plan(*changed, again).clusters} for group in held)


def test_what_does_not_exist_is_refused():
    with pytest.raises(UnknownUbigeo):
        make_plan(DATASET, Request(required={"999999"}))
    with pytest.raises(ValueError, match="objective"):
        Request(objective="beauty")


def test_candidates_whose_figure_is_unknown_are_left_out_and_counted():
    territory = grid(2, 3, ("0101", "0102"))
    people = {u: float("nan") if u.startswith("0101") else 100 for u in territory.districts}
    dataset = on_a_grid(DATASET, territory, {("01", 1): 1}, people)
    plan = make_plan(dataset, Request(), Terms((3, 3)))
    assert plan.unknown == len(pool(dataset, Terms((3, 3)), "0101")) > 0
    assert plan.clusters[0].province == "0102"


def test_settled_clusters_are_fixed_in_their_phase(proposals, dataset):
    own = replace(dataset.proposals[0], state="validated", phase=1)
    context = Context.of(dataset, [own, *dataset.proposals[1:]])
    assert settled(context) == (Fixed(own.ubigeos, 1),)
    plan = make_plan(dataset, Request(objective="score", fixed=settled(context)))
    assert any(c.fixed and c.ubigeos == own.ubigeos and c.phase == 1 for c in plan.clusters)


def test_progress_is_told_while_a_plan_is_made():
    said = []
    make_plan(DATASET, Request(objective="score"), progress=lambda doing, share: said.append((doing, share)))
    assert [doing for doing, _ in said] == sorted(
        (doing for doing, _ in said), key=["search", "measure", "solve"].index
    )
    assert said[-1] == ("solve", 1.0)


# ---- the ledger


def test_a_ledger_by_hand():
    clusters = [
        (frozenset({"010401", "010402", "010403"}), 1),
        (frozenset({"010402", "010403", "220505"}), 2),  # two repeated, and two departments
    ]
    lines = {(line.department, line.phase): line for line in ledger(clusters, targets={})}
    first, both = lines["", 1], lines["", 2]
    assert (first.slots, first.regional, first.provincial, first.district, first.total) == (3, 1, 1, 2, 4)
    assert (both.slots, both.regional, both.provincial, both.district, both.total) == (6, 2, 2, 3, 7)
    assert (both.new, both.clusters) == (1, 2)
    san_martin = lines["22", 2]
    assert (san_martin.slots, san_martin.clusters, san_martin.total) == (1, 1, 3)
    assert lines["22", 1].clusters == 0
    capitals = {(line.department, line.phase): line for line in ledger(clusters, {}, True)}
    assert capitals["", 1].district == 3


def test_the_targets_are_those_of_the_programme():
    targets = load_plan_parameters().targets
    assert {phase: t["total"] for phase, t in targets.items()} == {1: 29, 2: 54, 3: 80}
    assert {phase: t["clusters"] for phase, t in targets.items()} == {1: 6, 2: 11, 3: 16}
    assert load_plan_parameters().per_province == 1


def test_parameters_that_cannot_be_are_all_told():
    with pytest.raises(Unusable) as caught:
        read_plan_parameters(
            {"clusters_per_province": -1, "time_limit_seconds": 0, "other": 1, "targets": [{"phase": 1, "total": "x"}]}
        )
    assert len(caught.value.faults) == 3 + 5
    unequal = {"phase": 1, "clusters": 1, "regional": 1, "provincial": 1, "district": 1, "total": 5}
    with pytest.raises(Unusable, match="add up"):
        read_plan_parameters({"clusters_per_province": 0, "time_limit_seconds": 1, "targets": [unequal]})
    assert read_plan_parameters({"clusters_per_province": 0, "time_limit_seconds": 1}).per_province is None
