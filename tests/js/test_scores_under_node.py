"""Hold that the browser scores, orders and turns as the domain does."""

import random

import pytest

from dashboard.clusters.scoring import scores
from dashboard.clusters.scoring.criteria import load_criteria

SCORE = """
const scores = await load("model/scores");
const [cases, keys] = given;
return cases.map(({ points, weights, n }) => {
  const found = scores.score(points, weights, keys, n);
  return { ...found, places: scores.ranks(found.totals), turns: scores.turns(points, weights, found) };
});"""
POINTS = """
const { pointsOf } = await load("model/scores");
return [1, 2, 3, 4, 5].map((value) => pointsOf(given, value));"""


def test_the_browser_scores_as_the_domain_does(run):
    criteria = load_criteria()
    chance = random.Random(7)
    cases = []
    for _ in range(300):
        n = chance.randint(2, 4)
        rows = [{k: chance.choice([None, *[chance.uniform(0, 60)] * 12]) for k in criteria} for _ in range(n)]
        weights = {k: chance.choice([0, 0, 0.5, 1, 2.5, 5, chance.uniform(0, 5)]) for k in criteria}
        cases.append((rows, weights))
    cases.append(([dict.fromkeys(criteria, 3.0)] * 2, dict.fromkeys(criteria, 0.0)))
    sent = [
        {
            "points": {k: [None if r[k] is None else c.points(r[k]) for r in rows] for k, c in criteria.items()},
            "weights": weights,
            "n": len(rows),
        }
        for rows, weights in cases
    ]
    made = run(SCORE, [sent, list(criteria)])
    for (rows, weights), browser in zip(cases, made, strict=True):
        own, left_out = scores.score_all(rows, weights, criteria)
        assert browser["leftOut"] == list(left_out)
        assert browser["totals"] == pytest.approx([s.total for s in own], abs=1e-9)
        assert browser["places"] == list(scores.ranks([s.total for s in own]))
        turns = scores.turns(own, weights)
        assert [(t["key"], t["overtakes"]) for t in browser["turns"]] == [(t.criterion, t.overtakes) for t in turns]
        assert [t["weight"] for t in browser["turns"]] == pytest.approx([t.weight for t in turns])


def test_a_weight_out_of_reach_does_not_hide_one_within(run):
    """At 4 the first loses to the second beyond 6 and to the third below 1: with weights up to 5, that is near."""
    turns = run("""
            const points = { gap: [50, 70, 40], risk: [60, 0, 65] };
            const weights = { gap: 4, risk: 2 };
            const scores = await load("model/scores");
            const found = scores.score(points, weights, ["gap", "risk"], 3);
            return [Infinity, 5].map((most) => scores.turns(points, weights, found, most)
                .filter((turn) => turn.key === "gap").map(({ overtakes, weight }) => [overtakes, weight]));
        """)
    assert turns == [[[1, pytest.approx(6)]], [[2, pytest.approx(1)]]]


def test_the_points_of_a_judgement_are_those_of_the_domain(run):
    for criterion in load_criteria().values():
        if criterion.judged:
            made = run(POINTS, {"zero": criterion.zero_at, "hundred": criterion.hundred_at})
            assert made == pytest.approx([criterion.points(n) for n in (1, 2, 3, 4, 5)])
