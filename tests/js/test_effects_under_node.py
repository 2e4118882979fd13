"""Hold that what weights do is what numpy finds by its own way, and that weights solved for do what was asked."""

import numpy as np
import pytest

EFFECTS = """
const { effects } = await load("model/effects");
const [points, weights, keys] = given;
return effects(points, weights, keys);"""
BALANCED = """
const { balanced, effects } = await load("model/effects");
const [points, weights, keys, scale] = given;
const found = balanced(points, weights, keys, scale);
return found && { ...found, effects: effects(points, found.weights, keys) };"""
FIRST = """
const { acceptability } = await load("model/effects");
const [points, keys, rows, how] = given;
return acceptability(points, keys, rows, how).shares;"""
FINE = {"most": 5, "step": 1e-6}


def sent(points):
    return {key: column.tolist() for key, column in points.items()}


def drawn(seed, rows=400, kinds=4):
    """Points of criteria that hang together, some against the others."""
    chance = np.random.default_rng(seed)
    common = chance.normal(size=rows)
    made = {f"c{k}": common * chance.uniform(-0.8, 0.8) + chance.normal(size=rows) for k in range(kinds)}
    return {key: np.clip(50 + 20 * column, 0, 100) for key, column in made.items()}


@pytest.mark.parametrize("seed", range(5))
def test_the_shares_are_those_of_the_covariances_and_together_one(run, seed):
    points = drawn(seed)
    weights = dict(zip(points, [3.0, 1.0, 0.0, 2.0], strict=True))
    found = {each["key"]: each for each in run(EFFECTS, [sent(points), weights, list(points)])}
    assert list(found) == ["c0", "c1", "c3"], "what weighs nothing does nothing"
    total = sum(weights[key] * column for key, column in points.items()) / 6
    for key, each in found.items():
        asked = weights[key] / 6
        assert each["asked"] == pytest.approx(asked)
        assert each["share"] == pytest.approx(
            asked * np.cov(points[key], total)[0, 1] / np.var(total, ddof=1), abs=1e-9
        )
    assert sum(each["share"] for each in found.values()) == pytest.approx(1)


def test_a_criterion_against_the_others_is_below_zero_however_much_it_weighs(run):
    x = np.linspace(0, 100, 200)
    points = {"gap": 100 - 0.2 * x, "near": x}
    [gap, near] = run(EFFECTS, [sent(points), {"gap": 2.0, "near": 1.0}, list(points)])
    assert gap["asked"] > near["asked"] and gap["share"] < 0 < near["share"]


def test_the_ratio_of_what_alone_decides_is_one_and_of_chance_is_nought(run):
    chance = np.random.default_rng(1)
    points = {"all": chance.uniform(0, 100, 2000), "none": chance.uniform(0, 0.001, 2000)}
    [every, none] = run(EFFECTS, [sent(points), {"all": 1.0, "none": 1.0}, list(points)])
    assert every["ratio"] > 0.99 and none["ratio"] < 0.02


def test_the_ratio_sees_what_is_no_straight_line(run):
    """Points that count at both ends: no covariance with their criterion, and yet they decide."""
    x = np.linspace(-1, 1, 1000)
    points = {"bent": x, "other": x**2}
    found = {e["key"]: e for e in run(EFFECTS, [sent(points), {"bent": 1e-6, "other": 1.0}, list(points)])}
    assert abs(found["bent"]["share"]) < 0.01 and found["bent"]["ratio"] > 0.95


@pytest.mark.parametrize("seed", range(8))
def test_weights_that_are_solved_for_do_what_was_asked(run, seed):
    points = drawn(seed, kinds=5)
    asked = dict(zip(points, np.random.default_rng(seed + 50).uniform(0.5, 5, 5), strict=True))
    found = run(BALANCED, [sent(points), asked, list(points), FINE])
    whole = sum(asked.values())
    for each in found["effects"]:
        assert each["share"] == pytest.approx(asked[each["key"]] / whole, abs=1e-4)
    assert max(found["weights"].values()) == pytest.approx(5) and found["idle"] == []


def test_a_criterion_in_which_all_are_alike_keeps_its_weight_and_is_named(run):
    points = drawn(3) | {"same": np.full(400, 40.0)}
    found = run(BALANCED, [sent(points), dict.fromkeys(points, 1.0), list(points), FINE])
    assert found["idle"] == ["same"] and found["weights"]["same"] == 1


@pytest.mark.parametrize("other", [lambda x: 100 - x, lambda x: np.full_like(x, 7.0)], ids=["opposite", "one alone"])
def test_where_no_weights_do_what_was_asked_there_are_none(run, other):
    x = np.linspace(0, 100, 50)
    points = {"a": x, "b": other(x)}
    assert run(BALANCED, [sent(points), {"a": 1.0, "b": 1.0}, list(points), FINE]) is None
    assert run(EFFECTS, [sent({"a": np.full(9, 3.0)}), {"a": 1.0}, ["a"]]) == []


def test_among_the_first_as_often_as_the_area_of_weights_says(run):
    """Of two criteria all weightings are a line: A leads where the first weighs more than a half, C nowhere."""
    points = {"x": [100.0, 0.0, 40.0], "y": [0.0, 100.0, 40.0]}
    how = {"first": 1, "draws": 20_000, "seed": 3}
    shares = run(FIRST, [points, ["x", "y"], 3, how])
    assert shares[:2] == pytest.approx([0.5, 0.5], abs=0.012) and shares[2] == 0
    assert run(FIRST, [points, ["x", "y"], 3, how]) == shares, "the same seed draws the same"


@pytest.mark.parametrize("first", [1, 3])
def test_how_often_a_row_is_among_the_first_agrees_with_draws_of_numpy(run, first):
    points = drawn(11, rows=30, kinds=3)
    matrix = np.column_stack(list(points.values()))
    weights = np.random.default_rng(5).dirichlet(np.ones(3), 20_000)
    totals = weights @ matrix.T
    bar = -np.sort(-totals, axis=1)[:, [first - 1]]
    own = (totals >= bar).mean(axis=0)
    shares = run(FIRST, [sent(points), list(points), 30, {"first": first, "draws": 20_000, "seed": 9}])
    assert shares == pytest.approx(own, abs=0.02)
    assert sum(shares) == pytest.approx(first, abs=0.01)
