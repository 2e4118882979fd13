"""Measuring, judging and scoring many groups at once gives each what it would get alone."""

import math
import random
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.clusters.measures.measures import MEASURES, measure_all
from dashboard.clusters.model.candidate import SERVICES, Candidate
from dashboard.clusters.model.search import Groups
from dashboard.clusters.rules.parameters import load_parameters, read_parameters
from dashboard.clusters.rules.rules import RULES, STATUSES, Context, judge, judge_groups, worst
from dashboard.clusters.scoring.anchors import anchored
from dashboard.clusters.scoring.criteria import load_criteria, values_for
from dashboard.clusters.scoring.pools import pool, pool_of
from dashboard.clusters.scoring.scores import score_all
from dashboard.clusters.scoring.terms import Terms
from geodata.model.dataset import default
from geodata.shared import Unusable

DATASET = default()
CODES = sorted(DATASET.territory.districts)
JUDGED = tuple(key for key, item in load_criteria().items() if item.judged)

# groups that lie close enough together for rules to differ, and some that span departments
groups = st.integers(0, len(CODES) - 12).flatmap(
    lambda start: st.sets(st.sampled_from(CODES[start : start + 12]), min_size=1, max_size=7)
)
periods = st.none() | st.tuples(st.integers(2004, 2016), st.integers(2016, 2022))
services = st.sets(st.sampled_from(SERVICES)).map(frozenset)


def same(array, value):
    return math.isnan(array) if value is None else math.isclose(array, value, rel_tol=1e-12, abs_tol=1e-12)


def alone(group, terms, dataset=DATASET):
    """The figures and raw criterion values of one group, measured by itself."""
    candidate = Candidate(group, services=terms.services)
    figures = measure_all(
        candidate, dataset, terms.conflict_period, terms.hazard_period, terms.capital_has_municipality
    )
    return figures, values_for(candidate, figures, criteria=terms.criteria)


def assert_measured_as_alone(found, rows):
    for row in rows:
        figures, values = alone(found.groups.ubigeos(row), found.terms, found.dataset)
        assert [k for k in MEASURES if not same(found.measures[k][row], figures[k].value)] == []
        assert [k for k in values if not same(found.values[k][row], values[k])] == []


@settings(max_examples=40)
@given(st.lists(groups, min_size=1, max_size=6), periods, periods, services, st.booleans())
def test_many_groups_are_measured_as_each_is_alone(sets, conflict_period, hazard_period, chosen, capitals):
    terms = Terms((1, 7), chosen, None, conflict_period, hazard_period, capitals)
    assert_measured_as_alone(pool_of(DATASET, terms, sets), range(len(sets)))


def test_enumerated_candidates_are_measured_and_scored_as_alone(dataset):
    found = pool(dataset, Terms(services={"health"}))
    rows = random.Random(8).sample(range(len(found)), 150)
    assert_measured_as_alone(found, rows)
    values = [alone(found.groups.ubigeos(row), found.terms)[1] for row in rows]
    scores, left_out = score_all(values, criteria=anchored(dataset, found.terms))
    assert left_out == found.scale.left_out
    assert found.totals[rows].tolist() == [s.total for s in scores]  # to the last bit: one is a batch of one


@pytest.fixture(scope="module")
def with_gaps():
    """The data set with figures struck out here and there, so that means, sums and scores have unknowns."""
    rng = np.random.default_rng(3)
    indicators = DATASET.indicators.copy()
    indicators.loc[rng.random(len(indicators)) < 0.35, "value"] = np.nan
    lamas = indicators["ubigeo"].str.startswith("2205") & (indicators["indicator"] == "population")
    indicators.loc[lamas, "value"] = np.nan
    return replace(DATASET, indicators=indicators)


def test_what_is_unknown_for_one_is_unknown_among_many(with_gaps):
    found = pool(with_gaps, Terms((3, 4)), "22")
    in_lamas = np.flatnonzero(found.groups.provinces == "2205")
    rows = [*in_lamas[:10], *random.Random(1).sample(range(len(found)), 40)]
    assert_measured_as_alone(found, rows)
    assert np.isnan(found.values["affected"][in_lamas]).all()
    assert found.scale.lacking["affected"] >= len(in_lamas)


def test_a_criterion_that_any_candidate_lacks_is_left_out_for_all_and_counted(with_gaps):
    found = pool(with_gaps, Terms((3, 4)), "22")
    values = [alone(found.groups.ubigeos(row), found.terms, with_gaps)[1] for row in range(0, len(found), 9)]
    assert {"gap", "affected", "density", "indigenous", "risk"} <= set(found.scale.left_out)
    scores, left_out = score_all(values)
    assert set(left_out) <= set(found.scale.left_out)
    assert set(found.scale.used).isdisjoint(found.scale.left_out)
    assert not np.isnan(found.totals).any()


def test_judgements_are_left_out_and_said_so(dataset):
    scale = pool(dataset, Terms(), "2205").scale
    assert scale.judged == JUDGED
    assert set(JUDGED) == {key for key, item in load_criteria().items() if item.judged}
    assert math.isclose(sum(scale.used.values()), 1)


def test_weights_decide_the_score_and_none_is_no_score(dataset):
    only_near = dict.fromkeys(load_criteria(), 0) | {"proximity": 5}
    found = pool(dataset, Terms(weights=only_near), "2205")
    assert found.totals[found.order[0]] == found.totals.max()
    full = found.values["proximity"] <= anchored(dataset, found.terms)["proximity"].hundred_at
    assert full.any() and full[found.order[: full.sum()]].all()
    nothing = pool(dataset, Terms(weights=dict.fromkeys(load_criteria(), 0)), "2205")
    assert np.isnan(nothing.totals).all()
    with pytest.raises(Unusable):
        pool(dataset, Terms(weights={"gap": -1}), "2205")


def test_a_part_of_a_pool_is_the_pool_of_that_part(dataset):
    whole, part = pool(dataset, Terms(), "22"), pool(dataset, Terms(), "2205")
    taken = whole.within("2205")
    assert (taken.groups.members == part.groups.members).all()
    assert (taken.totals == part.totals).all()
    assert taken.place == "2205"


def test_a_place_without_candidates_is_an_empty_pool(dataset):
    empty = pool(dataset, Terms(), "2504")
    assert len(empty) == len(empty.totals) == 0


def test_no_groups_at_all_are_measured_as_none(dataset):
    nothing = pool_of(dataset, Terms(), [])
    assert len(nothing) == 0 and set(nothing.measures) == set(MEASURES)


def test_terms_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="sizes"):
        Terms(sizes=(5, 4))
    with pytest.raises(ValueError, match="unknown services"):
        Terms(services={"sports"})


# ---- rules


def rival(name, ubigeos, state, phase):
    return SimpleNamespace(
        id=name, name=name, ubigeos=frozenset(ubigeos), state=state, phase=phase, services=frozenset()
    )


def parameters(**changes):
    rules = load_parameters()
    tree = {rule: dict(values) | changes.get(rule, {}) for rule, values in rules.rules.items()}
    states = {kind: [s for s, k in rules.states.items() if k == kind] for kind in ("apart", "proposed", "settled")}
    return read_parameters(tree | {"states": states})


rivals = st.lists(
    st.builds(
        rival,
        st.sampled_from(["one", "two", "three", "four"]),
        st.sets(st.sampled_from(CODES[:24]), min_size=1, max_size=5),
        st.sampled_from(sorted(load_parameters().states)),
        st.integers(1, 4),
    ),
    max_size=4,
    unique_by=lambda proposal: proposal.id,
)
near_each_other = st.sets(st.sampled_from(CODES[:24]), min_size=1, max_size=7)


@settings(max_examples=80)
@given(
    st.lists(groups | near_each_other, min_size=1, max_size=8),
    st.integers(1, 4),
    services,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["warn", "fail"]),
    st.none() | st.sampled_from(["one", "four"]),
    rivals,
)
def test_many_groups_are_judged_as_each_is_alone(sets, phase, chosen, capitals, across, severity, replaces, others):
    rules = parameters(
        minimum_size={"capitals_count": capitals},
        no_overlap={"across_phases": across},
        quota={"proposals_over_quota": severity},
    )
    context = Context.of(DATASET, others, rules)
    intent = Candidate(services=chosen, phase=phase, replaces=replaces)
    judgement = judge_groups(Groups.of(CODES, sets), intent, context)
    settled = [p for p in others if rules.kind(p.state) == "settled" and p.id != replaces]
    for row, group in enumerate(sets):
        verdicts = judge(intent.with_ubigeos(group), context)
        assert judgement.verdicts(row) == verdicts
        found = {rule: STATUSES[finding.status[row]] for rule, finding in judgement.findings.items()}
        assert found == {v.rule: v.status for v in verdicts}
        assert STATUSES[judgement.gravest[row]] == worst(verdicts)
        taken = next(v for v in verdicts if v.rule == "no_overlap")
        assert (taken.status == "fail") == any(p.ubigeos & group for p in settled)


def test_what_is_found_passes_the_rules_of_form(dataset, context):
    found = pool(dataset, Terms(), "22")
    of_form = [key for key, rule in RULES.items() if rule.of_form]
    assert set(of_form) == {"one_department", "one_province", "minimum_size", "contiguous"}
    for finding in judge_groups(found.groups, Candidate(), context, of_form).findings.values():
        assert (finding.status == STATUSES.index("pass")).all()


def test_a_measured_table_has_no_column_of_objects(dataset):
    frame = pd.DataFrame(dict(pool(dataset, Terms(), "2205").measures))
    assert {dtype.name for dtype in frame.dtypes} == {"float64"}
