"""Scores compare like with like: fixed anchors, proportions of weights, nothing unknown counted."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dashboard.clusters.scoring.criteria import load_criteria
from dashboard.clusters.scoring.scores import (
    full_weights,
    lacking,
    order,
    ranks,
    score,
    score_all,
    turns,
)
from geodata.shared import Unusable

CRITERIA = load_criteria()
numbers = st.floats(-1e6, 1e6, allow_nan=False)
full = st.fixed_dictionaries(dict.fromkeys(CRITERIA, numbers))
partial = st.fixed_dictionaries({key: st.none() | numbers for key in CRITERIA})
# a weight below a millionth is no weight that anybody gives; far below, floats run out
weights = st.fixed_dictionaries({key: st.just(0.0) | st.floats(1e-6, 100) for key in CRITERIA})


def totals(rows, given_weights=None):
    return [s.total for s in score_all(rows, given_weights)[0]]


@given(partial, weights)
def test_a_score_lies_between_0_and_100(values, given_weights):
    result = score(values, given_weights)
    if result.total is not None:
        assert -1e-9 <= result.total <= 100 + 1e-9
        assert math.isclose(result.total, sum(result.contributions.values()))
    assert set(result.points) == {key for key, value in values.items() if value is not None}


@given(st.lists(partial, min_size=2, max_size=4), weights, st.sampled_from([1e-6, 0.1, 3, 7.5, 1e6]))
def test_scaling_all_weights_leaves_scores_and_order_alone(rows, given_weights, factor):
    scaled = {key: weight * factor for key, weight in given_weights.items()}
    before, after = totals(rows, given_weights), totals(rows, scaled)
    assert all(a is b is None or math.isclose(a, b, abs_tol=1e-9) for a, b in zip(before, after, strict=True))
    if not any(0 < abs(a - b) < 1e-8 for a in before for b in before if a is not None and b is not None):
        assert order(before) == order(after)


@given(st.lists(full, min_size=2, max_size=3), full, weights)
def test_adding_a_candidate_with_full_data_changes_no_other_score(rows, extra, given_weights):
    assert totals([*rows, extra], given_weights)[: len(rows)] == totals(rows, given_weights)


@given(full, weights, st.sampled_from(sorted(CRITERIA)), st.floats(0, 1e5))
def test_more_of_what_is_better_never_lowers_a_score(values, given_weights, key, step):
    better = 1 if CRITERIA[key].direction == "higher" else -1
    before, after = (
        score(values, given_weights),
        score(values | {key: values[key] + better * step}, given_weights),
    )
    assert before.total is None or after.total >= before.total - 1e-9


@given(st.lists(partial, min_size=2, max_size=4))
def test_what_one_candidate_lacks_is_left_out_for_all(rows):
    scores, left_out = score_all(rows)
    assert left_out == lacking(rows) == tuple(k for k in CRITERIA if any(row[k] is None for row in rows))
    assert all(set(s.points) == set(CRITERIA) - set(left_out) for s in scores)


def test_points_follow_the_anchors_and_stop_there():
    gap, conflicts = CRITERIA["gap"], CRITERIA["conflicts"]
    assert [gap.points(v) for v in (-5, 0, 61, 100, 140)] == [0, 0, 61, 100, 100]
    assert [conflicts.points(v) for v in (0, 1, 5, 9)] == [100, 80, 0, 0]


def test_a_score_by_hand():
    values = dict.fromkeys(CRITERIA) | {"gap": 60.0, "conflicts": 1.0}
    result = score(values, {"gap": 3, "conflicts": 1})
    assert result.total == pytest.approx((3 * 60 + 1 * 80) / 4)
    assert result.contributions == pytest.approx({"gap": 45.0, "conflicts": 20.0})


def test_nothing_left_or_nothing_weighed_is_no_score():
    assert score(dict.fromkeys(CRITERIA)).total is None
    everything = dict.fromkeys(CRITERIA, 1.0)
    assert score(everything, dict.fromkeys(CRITERIA, 0)).total is None
    assert score(everything | {"gap": math.nan}, dict.fromkeys(CRITERIA, 0) | {"gap": 1}).total is None


@pytest.mark.parametrize("weight", [-1, -1e-9, math.nan, math.inf, -math.inf, "3", None, True])
def test_weights_that_are_not_numbers_of_0_or_more_are_refused(weight):
    with pytest.raises(Unusable) as caught:
        score(dict.fromkeys(CRITERIA, 1.0), {"gap": weight, "nothing": 1})
    assert len(caught.value.faults) == 2


def test_a_criterion_without_a_weight_keeps_its_own():
    assert full_weights({"gap": 0}, CRITERIA)["proximity"] == CRITERIA["proximity"].weight
    assert full_weights({"gap": 0}, CRITERIA)["gap"] == 0


def test_ties_share_a_place():
    assert ranks([50.0, 70.0, 50.0 + 1e-12, None]) == (2, 1, 2, None)
    assert order([50.0, 70.0, 50.0 + 1e-12, None]) == ((1,), (0, 2))
    assert order([None, None]) == ()


@given(st.lists(full, min_size=2, max_size=4), weights)
def test_at_a_turning_weight_two_candidates_are_level(rows, given_weights):
    scores, _ = score_all(rows, given_weights)
    leader = order([s.total for s in scores])
    for turn in turns(scores, given_weights):
        assume(turn.weight < 1e6)
        level = totals(rows, given_weights | {turn.criterion: turn.weight})
        assume(level[0] is not None)
        assert level[leader[0][0]] == pytest.approx(level[turn.overtakes], abs=1e-6)
