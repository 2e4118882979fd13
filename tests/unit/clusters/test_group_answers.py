"""What a group judged is told with its spread, and a ranking becomes weights by its centroid."""

import json
from fractions import Fraction
from itertools import combinations, permutations
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.clusters.group import by_disagreement, centroid_weights, judged, moves, weights_of
from tests import cases

answers = st.lists(st.one_of(st.none(), st.integers(1, 5)), max_size=12)


@pytest.mark.parametrize("case", cases.read("group_weights"), ids=cases.why)
def test_centroid_weights(case):
    assert centroid_weights(case["places"]) == pytest.approx(case["weights"], abs=1e-15)


@pytest.mark.parametrize("n", [2, 3, 5])
def test_centroid_weights_are_the_mean_of_the_corners_that_agree_with_the_ranking(n):
    """Weights with w1 >= w2 >= ... are the mixtures of (1), (1/2, 1/2), ...: their centroid is the corners' mean."""
    corners = [[Fraction(1, size)] * size + [Fraction(0)] * (n - size) for size in range(1, n + 1)]
    exact = [sum(corner[k] for corner in corners) / n for k in range(n)]
    found = centroid_weights({str(k): k for k in range(n)})
    assert list(found.values()) == pytest.approx([float(weight) for weight in exact], abs=1e-15)


def test_equal_places_weigh_what_all_their_orders_weigh_on_average():
    orders = [centroid_weights(dict(zip(order, (1, 2, 3), strict=True)) | {"d": 4}) for order in permutations("abc")]
    found = centroid_weights({"a": 2, "b": 2, "c": 2, "d": 4})
    assert found == pytest.approx({key: np.mean([own[key] for own in orders]) for key in "abcd"})


def test_points_are_shares_of_all_points_and_what_is_not_named_weighs_nothing():
    given = {"way": "points", "values": {"gap": 30, "risk": 10, "unheard": 9, "p20": None}}
    assert weights_of(given, ("gap", "risk", "p20")) == {"gap": 0.75, "risk": 0.25, "p20": 0.0}
    assert weights_of({"way": "ranking", "values": {"risk": 1, "gap": 2}}, ("gap", "risk")) == {
        "gap": 0.25,
        "risk": 0.75,
    }
    assert weights_of({"way": "points", "values": {"gap": 0}}, ("gap",)) == {}


@given(answers)
def test_a_judgement_against_its_plain_definition(given):
    own, known = judged(given), [one for one in given if one is not None]
    assert sum(own.counts) == own.n == len(known) and own.unknown == given.count(None)
    if not known:
        assert own.median is own.low is own.least is None and own.apart == 0
        return
    assert (own.median, own.low, own.high) == (median(known), min(known), max(known))
    far = [abs(a - b) for a, b in combinations(known, 2)]
    assert own.apart == pytest.approx(np.mean(far) if far else 0)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.integers(0, 3))
def test_whoever_does_not_know_widens_the_median_as_far_as_any_answer_of_theirs_could(known, unknown):
    own = judged(known + [None] * unknown)
    every = np.stack(np.meshgrid(*[range(1, 6)] * unknown), -1).reshape(-1, unknown) if unknown else [()]
    medians = [median([*known, *filled]) for filled in every]
    assert (own.least, own.most) == (min(medians), max(medians))


def test_the_largest_disagreement_stands_first():
    found = {
        ("a", "will"): judged([3, 3, 3]),
        ("a", "travel"): judged([1, 5, 1, 5]),
        ("b", "will"): judged([2, 3, 4]),
        ("b", "travel"): judged([3, 3, None]),
    }
    order = (("a", "travel"), ("b", "will"), ("b", "travel"), ("a", "will"))
    assert by_disagreement(found) == order


def test_a_second_round_shows_who_moved_and_names_nobody():
    before = {"ana": 2, "luis": 4, "rosa": None, "hugo": 3, "gone": 1}
    after = {"ana": 4, "luis": 4, "rosa": 3, "hugo": 3, "new": 5}
    found = moves(before, after)
    assert dict(found.flows) == {(None, 3): 1, (2, 4): 1, (3, 3): 1, (4, 4): 1}
    assert (found.n, found.moved) == (4, 2)
    assert not any(name in repr(found) for name in json.loads(json.dumps(list(before))))
