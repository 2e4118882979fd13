"""What follows from a group's answers agrees with areas, with enumeration and with chance, computed apart."""

import json
from dataclasses import replace
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from dashboard.clusters.group import ALLOWED, ANY, Outcome, PointsField, field_of, firsts, judged, measured, outcome
from dashboard.clusters.group.programs import lead, nearest
from dashboard.clusters.group.weights import drawn_within
from dashboard.clusters.model.candidate import from_proposal
from dashboard.clusters.ranking.fillings import difference
from dashboard.clusters.scoring import Scale, Terms
from geodata.model.dataset import default

DRAWS = 20_000
KEYS = ("gap", "risk", "density", "affected", "p20")
NEAR = 4 * 0.5 / DRAWS**0.5  # four standard errors of a share at most


def certain(points):
    """A field of which everything is known."""
    table = np.array(points, dtype=float)
    apart = table[:, None, :] - table[None, :, :]
    return PointsField(KEYS[: table.shape[1]], (), table, apart, apart, {}, {})


def given_by(*rows):
    return [dict(zip(KEYS, row, strict=False)) for row in rows]


# ---- two and three criteria, exactly


def test_two_criteria_are_a_line():
    """The first leads where 20 + 60w >= 90 - 60w, from a weight w of 7/12 on; the answers allow 0.2 to 0.8."""
    found = outcome(certain([[80, 20], [30, 90]]), given_by((0.2, 0.8), (0.8, 0.2), (0.6, 0.4)), DRAWS)
    a, b = found.proposals
    assert (a.given.shown, b.given.shown) == (2, 1)
    exact = (0.8 - 7 / 12) / 0.6
    assert a.allowed.shown == pytest.approx(exact, abs=NEAR) and b.allowed.shown == pytest.approx(1 - exact, abs=NEAR)
    assert a.ranks == pytest.approx((exact, 1 - exact), abs=NEAR)
    assert a.central[0] == pytest.approx((0.8 + 7 / 12) / 2, abs=0.005)
    assert b.nearest.moved == pytest.approx(0.0) and found.reference == pytest.approx((1.6 / 3, 1.4 / 3))
    assert a.nearest.moved == pytest.approx(7 / 12 - 1.6 / 3) and a.nearest.weights[0] == pytest.approx(7 / 12)


def region(low, high):
    """The weights (w1, w2) of three criteria between low and high; w3 is what is left."""
    x, y = (low[0], high[0]), (low[1], high[1])
    corner = 3.0
    own = box(x[0], y[0], x[1], y[1])
    for sign, bound in ((1, 1 - low[2]), (-1, -(1 - high[2]))):  # sign * (w1 + w2) <= bound
        own = own & half((sign, sign), bound, corner)
    return own


def half(normal, bound, far):
    """The half plane normal . w <= bound, as far as anything reaches."""
    n = np.array(normal, dtype=float)
    length = np.linalg.norm(n)
    if length < 1e-12:
        return box(-far, -far, far, far) if bound >= 0 else Polygon()
    n, at = n / length, n * bound / length**2
    along = np.array([-n[1], n[0]])
    return Polygon([at + 9 * far * along, at - 9 * far * along, at - 9 * far * (along + n), at + 9 * far * (along - n)])


def ahead_of(points, i, j):
    """Where i scores at least as j, in (w1, w2)."""
    d = np.array(points[j], dtype=float) - np.array(points[i], dtype=float)
    return half((d[0] - d[2], d[1] - d[2]), -d[2], 3.0)


POINTS = ([90, 10, 40], [20, 80, 50], [50, 60, 45], [10, 30, 95])
GIVEN = ((0.6, 0.2, 0.2), (0.1, 0.5, 0.4), (0.3, 0.1, 0.6), (0.3, 0.4, 0.3))


def test_three_criteria_are_areas():
    found = outcome(certain(POINTS), given_by(*GIVEN), DRAWS)
    low, high = np.min(GIVEN, axis=0), np.max(GIVEN, axis=0)
    assert found.low == pytest.approx(low) and found.high == pytest.approx(high)
    whole = region(low, high)
    shares = np.zeros((4, 4))
    for order in permutations(range(4)):
        own = whole
        for before, after in zip(order, order[1:], strict=False):
            own = own & ahead_of(POINTS, before, after)
        for place, i in enumerate(order):
            shares[i, place] += own.area / whole.area
    assert np.array([own.ranks for own in found.proposals]) == pytest.approx(shares, abs=NEAR)
    for i, own in enumerate(found.proposals):
        first = whole
        for j in range(4):
            first = first if i == j else first & ahead_of(POINTS, i, j)
        assert own.allowed.shown == pytest.approx(first.area / whole.area, abs=NEAR)
        if own.allowed.shown > 0.02:
            assert own.central[:2] == pytest.approx((first.centroid.x, first.centroid.y), abs=0.01)
        own_first = [i in np.flatnonzero(np.isclose(t, t.max())) for t in np.array(GIVEN) @ np.array(POINTS).T]
        assert own.given.shown == sum(own_first)


# ---- more criteria, by chance


def test_above_three_criteria_the_shares_are_those_of_weights_kept_from_the_whole_simplex():
    random = np.random.default_rng(5)
    weights = random.dirichlet(np.full(5, 2.0), 9)
    points = random.integers(0, 101, (4, 5)).tolist()
    found = outcome(certain(points), given_by(*weights), DRAWS)
    drawn = np.random.default_rng(77).dirichlet(np.ones(5), 400_000)
    kept = drawn[((drawn >= weights.min(axis=0)) & (drawn <= weights.max(axis=0))).all(axis=1)]
    assert len(kept) > 20_000
    totals = kept @ np.array(points, dtype=float).T
    first = totals.argmax(axis=1)
    for i, own in enumerate(found.proposals):
        assert own.allowed.shown == pytest.approx((first == i).mean(), abs=2 * NEAR)
        if own.allowed.shown > 0.05:
            assert own.central == pytest.approx(kept[first == i].mean(axis=0), abs=0.02)


def test_what_is_drawn_lies_within_what_the_answers_allow_and_a_seed_draws_the_same():
    weights = np.random.default_rng(2).dirichlet(np.ones(7), 6)
    weights[:, 3] = 0.1  # on which all agree
    weights = weights / weights.sum(axis=1, keepdims=True)
    drawn = drawn_within(weights, 500, 1)
    assert np.allclose(drawn.sum(axis=1), 1)
    assert (drawn >= weights.min(axis=0) - 1e-12).all() and (drawn <= weights.max(axis=0) + 1e-12).all()
    assert (drawn == drawn_within(weights, 500, 1)).all() and (drawn != drawn_within(weights, 500, 2)).any()
    assert (drawn_within(weights[:1], 20, 1) == weights[0]).all()


# ---- what no weights make first


table = st.lists(st.lists(st.integers(0, 20).map(lambda n: 5 * n), min_size=3, max_size=3), min_size=2, max_size=5)
GRID = np.array([(a, b, 20 - a - b) for a, b in product(range(21), repeat=2) if a + b <= 20]) / 20


@settings(max_examples=60, deadline=None)
@given(table)
def test_linear_programs_agree_with_every_weighting_of_a_grid_and_carry_their_proof(points):
    values = np.array(points, dtype=float)
    for i in range(len(values)):
        ahead = values[i] - np.delete(values, i, axis=0)
        own, on_grid = lead(ahead, np.zeros(3), np.ones(3)), (GRID @ ahead.T).min(axis=1)
        assert own.margin >= on_grid.max() - 1e-6
        assert (ahead @ np.array(own.weights)).min() == pytest.approx(own.margin, abs=1e-6)
        # nobody can lead a mixture of the others by more than on the criterion where it leads it by most
        mixture = np.array(own.rivals)
        assert (mixture >= -1e-9).all() and mixture.sum() == pytest.approx(1)
        assert (mixture @ ahead).max() == pytest.approx(own.margin, abs=1e-6)
        reference = np.array([0.5, 0.3, 0.2])
        near, moved = nearest(ahead, reference), np.abs(GRID - reference).sum(axis=1) / 2
        assert (near is not None) == own.first
        if near is not None:
            assert (ahead @ np.array(near.weights)).min() >= -1e-6
            assert np.abs(np.array(near.weights) - reference).sum() / 2 == pytest.approx(near.moved, abs=1e-6)
            assert not (moved[on_grid >= 0] < near.moved - 1e-6).any()


def test_what_others_exceed_together_but_not_alone_is_never_first():
    field = certain([[100, 0], [0, 100], [45, 45]])
    found = outcome(field, given_by((0.5, 0.5), (0.9, 0.1)), 100)
    middle = found.proposals[2]
    assert middle.never == ANY and middle.central is None and middle.nearest is None
    assert middle.best[ANY][1].rivals == pytest.approx((0.5, 0.5))
    assert middle.allowed.possible == 0
    # the second can be first, but not by what these answers allow
    found = outcome(field, given_by((0.6, 0.4), (0.9, 0.1)), 100)
    assert found.proposals[1].never == ALLOWED and found.proposals[1].nearest.moved == pytest.approx(0.25)


# ---- what is not known


def test_what_is_not_known_widens_the_first_places_and_takes_back_the_proof():
    field = certain([[60, 60], [50, 50]])
    low, high = field.low.copy(), field.high.copy()
    low[0, 1], high[0, 1] = (-10, 5), (20, 15)
    low[1, 0], high[1, 0] = -high[0, 1], -low[0, 1]
    open_field = replace(field, low=low, high=high)
    weights = given_by((0.9, 0.1), (0.1, 0.9))
    sure, found = outcome(field, weights, 1000), outcome(open_field, weights, 1000)
    assert (sure.proposals[1].never, found.proposals[1].never) == (ANY, "")
    a, b = found.proposals
    assert (a.given.certain, a.given.shown, a.given.possible) == (1, 2, 2)
    assert (b.given.certain, b.given.shown, b.given.possible) == (0, 0, 1)
    # -10w + 5(1 - w) >= 0 until w = 1/3; allowed are 0.1 to 0.9
    assert a.allowed.certain == pytest.approx((1 / 3 - 0.1) / 0.8, abs=0.07)
    assert (a.allowed.shown, b.allowed.shown) == (1, 0) and b.allowed.possible == pytest.approx(1 - a.allowed.certain)


def test_confidence_is_the_share_of_all_ways_in_which_one_member_each_judges():
    """Two proposals level on the data: first is whoever's judgement is not below the other's."""
    points, answers = [[50, 75], [50, 50]], ((100.0, 50.0, None), (50.0, 25.0))
    field = replace(certain(points), answers={"risk": answers}, levels={"risk": (0.0, 25.0, 50.0, 75.0, 100.0)})
    found = outcome(field, given_by((0.4, 0.6)), DRAWS)
    levels = field.levels["risk"]
    pairs = [
        (one, other, 1 / 3 / len(of) / 2) for of in ((100.0,), (50.0,), levels) for one in of for other in answers[1]
    ]
    exact = sum(chance for one, other, chance in pairs if one >= other)
    assert found.proposals[0].confidence == pytest.approx(exact, abs=NEAR)
    assert found.proposals[1].confidence is None


@pytest.fixture(scope="module")
def looked_at():
    dataset = default()
    return dataset, [from_proposal(proposal) for proposal in dataset.proposals if proposal.department == "22"]


def test_bounds_of_each_criterion_hold_the_bounds_of_the_whole_difference(looked_at):
    dataset, candidates = looked_at
    data = measured(candidates, dataset)
    nothing = [{} for _ in candidates]
    field = field_of(data, nothing, nothing)
    judged_ones = tuple(key for key, item in data.criteria[0].items() if item.judged)
    assert set(judged_ones) <= set(field.left_out)
    assert (field.low <= field.high).all() and (field.low == -np.swapaxes(field.high, 0, 1)).all()
    for seed in range(3):
        weights = np.random.default_rng(seed).dirichlet(np.ones(len(field.used)))
        full = dict.fromkeys(data.criteria[0], 0.0) | dict(zip(field.used, weights.tolist(), strict=True))
        scale = Scale(data.criteria[0], full, (), dict.fromkeys(field.left_out, 1))
        pair, rows = candidates[:2], data.values[:2]
        exact = difference(pair, rows, dataset, Terms(), scale)
        assert weights @ field.low[0, 1] <= exact.least.margin + 1e-6
        assert weights @ field.high[0, 1] >= exact.most.margin - 1e-6
        shown = weights @ (field.points[0] - field.points[1])
        assert weights @ field.low[0, 1] - 1e-6 <= shown <= weights @ field.high[0, 1] + 1e-6


def test_a_judgement_counts_by_its_median_and_no_se_widens_it(looked_at):
    dataset, candidates = looked_at
    data = measured(candidates, dataset)
    given = [{"political_will": [4, 5, None]}, {"political_will": [2]}, {"political_will": [3, 3, 3]}]
    found = [{key: judged(own) for key, own in of.items()} for of in given]
    field = field_of(data, found, given)
    at = field.used.index("political_will")
    assert field.points[:, at].tolist() == [87.5, 25.0, 50.0]
    # the first's median is 4 to 5 once the third says; the second's is 2
    assert (field.low[0, 1, at], field.high[0, 1, at]) == (50.0, 75.0)
    assert field.answers["political_will"][0] == (75.0, 100.0, None)
    assert "safe_travel" in field.left_out


def test_an_act_is_recomputed_from_what_was_kept_of_it(looked_at):
    dataset, candidates = looked_at
    given = [{"political_will": [n, 4, None]} for n in (5, 2, 3)]
    found = [{key: judged(own) for key, own in of.items()} for of in given]
    field = field_of(measured(candidates, dataset), found, given)
    weights = [{"gap": 0.5, "political_will": 0.5}, {"gap": 0.2, "affected": 0.7, "risk": 0.1}]
    made = outcome(field, weights, 500, 41)
    kept = json.loads(json.dumps({"field": field.to_dict(), "outcome": made.to_dict()}))
    again = outcome(PointsField.from_dict(kept["field"]), weights, kept["outcome"]["draws"], kept["outcome"]["seed"])
    assert Outcome.from_dict(kept["outcome"]) == made
    assert isinstance(again, Outcome) and json.loads(json.dumps(again.to_dict())) == kept["outcome"]
    for own in weights:
        assert firsts(field, own)
    assert outcome(field, []) is None and outcome(field, [{"safe_travel": 1.0}]) is None
