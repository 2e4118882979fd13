"""A comparison puts candidates side by side, the first as the reference, and survives the trip to JSON."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import texts
from dashboard.clusters.measures.measures import MEASURES
from dashboard.clusters.model.candidate import Candidate
from dashboard.clusters.ranking.comparison import ComparisonError, best, compare, difference
from dashboard.clusters.rules.rules import judge
from dashboard.clusters.scoring.criteria import load_criteria
from geodata.model.dataset import default
from geodata.shared import Unusable, precision

UBIGEOS = sorted(default().territory.districts)
some = st.frozensets(st.sampled_from(UBIGEOS), min_size=1, max_size=6)
values = st.lists(st.none() | st.floats(-1e6, 1e6), min_size=2, max_size=4)


@pytest.fixture(scope="module")
def two(proposals):
    return proposals["Condorcanqui"], proposals["Alto Amazonas"]


def test_every_measure_is_compared_with_the_first(two, dataset):
    comparison = compare(two, dataset)
    assert [row.measure.key for row in comparison.measures] == list(MEASURES)
    rows = {row.measure.key: row for row in comparison.measures}
    assert rows["population"].differences == (0, 33678 - 49800)
    assert rows["population"].best == ()  # more people is neither better nor worse
    assert rows["conflicts_active"].best == (1,) and rows["p20"].best == (0,)


@given(values, st.sampled_from(["higher", "lower"]))
def test_the_best_are_all_that_tie_and_none_when_one_is_unknown(numbers, better):
    found = best(numbers, better)
    if None in numbers:
        assert found == ()
    else:
        target = (max if better == "higher" else min)(numbers)
        assert found == tuple(i for i, n in enumerate(numbers) if n == target)
    assert best(numbers, None) == ()


def test_a_difference_with_the_unknown_is_unknown():
    assert difference(None, 1) is difference(1, None) is None
    assert difference(0, 3) == -3


@given(some, some)
@settings(deadline=None, max_examples=25)
def test_turning_the_candidates_round_turns_the_differences(a, b):
    dataset = default()
    there, back = (compare([Candidate(x), Candidate(y)], dataset) for x, y in ((a, b), (b, a)))
    for one, other in zip(there.measures, back.measures, strict=True):
        if one.differences[1] is not None:
            assert math.isclose(one.differences[1], -other.differences[1], abs_tol=1e-9)
    assert there.scores == back.scores[::-1]
    assert there.districts.only == back.districts.only[::-1]


def test_rules_are_those_that_each_candidate_gets_alone(two, dataset, context):
    assert compare(two, dataset).rules == tuple(judge(c, context) for c in two)


def test_judgements_are_left_out_until_all_have_them(two, dataset):
    without = compare(two, dataset, judgements=[{"political_will": 4}, {}])
    judged = [key for key, item in load_criteria().items() if item.judged]
    assert without.left_out == ("access", *judged)  # and no way is known between all capitals
    with_all = compare(two, dataset, judgements=[{"political_will": 4}, {"political_will": 2}])
    assert with_all.left_out == ("access", *(key for key in judged if key != "political_will"))
    row = next(row for row in with_all.criteria if row.criterion.key == "political_will")
    assert row.used and row.values == (4, 2) and row.points == (75, 25)


def test_contributions_add_up_to_the_score(two, dataset):
    comparison = compare(two, dataset, weights={"gap": 5, "risk": 0})
    for i, total in enumerate(comparison.scores):
        parts = [row.contributions[i] for row in comparison.criteria if row.used]
        assert math.isclose(sum(parts), total)
    assert comparison.order[0] == tuple(i for i, rank in enumerate(comparison.ranks) if rank == 1)


def test_a_third_candidate_with_full_data_changes_no_score(two, proposals, dataset):
    pair, trio = compare(two, dataset), compare([*two, proposals["Lamas"]], dataset)
    assert trio.scores[:2] == pair.scores and trio.letters == ("A", "B", "C")


def test_an_empty_candidate_takes_no_score_from_the_others(two, dataset):
    alone, beside = compare(two, dataset), compare([two[0], Candidate(), two[1]], dataset)
    assert beside.scores == (alone.scores[0], None, alone.scores[1]) and beside.left_out == alone.left_out
    assert beside.ranks == (alone.ranks[0], None, alone.ranks[1]) and beside.codes[1] == ""
    assert {turn.overtakes for turn in beside.turns} <= {0, 2}
    nothing = compare([Candidate(), Candidate()], dataset)
    assert nothing.scores == (None, None) and nothing.order == () and not any(row.used for row in nothing.criteria)


@pytest.mark.parametrize("n", [0, 1, 5])
def test_two_to_four_candidates_are_compared(two, dataset, n, say):
    with pytest.raises(ComparisonError) as caught:
        compare([two[0]] * n, dataset)
    assert str(n) in say(caught.value.message, **caught.value.fields)


def test_what_is_given_wrongly_is_refused(two, dataset):
    with pytest.raises(ComparisonError):
        compare(two, dataset, judgements=[{}])
    with pytest.raises(Unusable):
        compare(two, dataset, judgements=[{"political_will": 9}, {}])
    with pytest.raises(Unusable):
        compare(two, dataset, weights={"gap": -1})


def test_it_becomes_json(two, dataset):
    plain = compare(two, dataset, judgements=[{"political_will": 4}, {}]).to_dict()
    again = json.loads(json.dumps(plain, allow_nan=False))
    assert again == plain
    assert again["candidates"][0]["ubigeos"] == ["010401", "010402", "010403"]


def test_every_error_is_a_sentence_in_both_languages():
    for language in texts.LANGUAGES:
        assert texts.say(language, "comparison.judgements", n=1, candidates=2)
        for reason in ("malformed", "missing_check", "wrong_check", "unknown_district"):
            assert texts.say(language, f"code.{reason}", code="x", ubigeos="y")


@given(some, some)
@settings(deadline=None, max_examples=25)
def test_differences_and_the_best_are_those_of_the_figures_as_they_are_shown(a, b):
    dataset = default()
    for row in compare([Candidate(a), Candidate(b)], dataset).measures:
        decimals = row.measure.decimals
        shown = [None if f.value is None else precision.rounded(f.value, decimals) for f in row.figures]
        if None not in shown:
            difference_ = precision.rounded(shown[1] - shown[0], decimals)
            assert precision.rounded(row.differences[1], decimals) == difference_
            assert (len(row.best) == 2) == (row.measure.better is not None and shown[0] == shown[1])
