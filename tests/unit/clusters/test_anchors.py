"""Hold that anchors are the spread of all feasible candidates of an edition, whoever is compared by what weights."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import texts
from dashboard.clusters.model.candidate import SERVICES, Candidate
from dashboard.clusters.model.search import SIZES
from dashboard.clusters.ranking.comparison import compare
from dashboard.clusters.ranking.standing import rank
from dashboard.clusters.scoring.anchors import anchored, percentiles
from dashboard.clusters.scoring.criteria import load_criteria
from dashboard.clusters.scoring.pools import pool, pool_of
from dashboard.clusters.scoring.terms import FIXED, Terms
from dashboard.clusters.writing.sentences import Wording, anchors_sentence
from geodata.model.dataset import default

DATASET = default()
FILE = load_criteria()
MEASURED = [key for key, item in FILE.items() if not item.judged]


def every_group():
    """All contiguous groups of one province, found by adding neighbours to smaller ones."""
    territory, found = DATASET.territory, []
    groups = {frozenset([u]) for u in territory.districts}
    for size in range(1, SIZES[1] + 1):
        found += groups if size >= SIZES[0] else []
        groups = {
            group | {near}
            for group in groups
            for u in group
            for near in territory.neighbours(u)
            if near[:4] == u[:4] and near not in group
        }
    return found


@pytest.fixture(scope="module")
def brute():
    return every_group()


@pytest.mark.parametrize(
    "terms",
    [Terms(), Terms(services={"education"}, conflict_period=(2015, 2020), hazard_period=(2018, 2020))],
    ids=["all", "some"],
)
def test_anchors_are_percentiles_over_brute_enumeration(brute, terms):
    values, found = pool_of(DATASET, terms, brute).values, anchored(DATASET, terms)
    spread = 0
    for key in MEASURED:
        known = values[key][~np.isnan(values[key])]
        low, high = np.percentile(known, percentiles())
        own = found[key]
        if np.isclose(low, high):
            assert own == FILE[key], "those of the file where both are one value"
            continue
        spread += 1
        ends = (own.zero_at, own.hundred_at) if own.direction == "higher" else (own.hundred_at, own.zero_at)
        assert ends == pytest.approx((low, high)) and own.among == len(known)
    assert spread >= 6 and found["p20"].among == 0


def test_neither_weights_nor_sizes_nor_place_move_them():
    plain = anchored(DATASET, Terms())
    other = Terms(sizes=(3, 4), weights={"gap": 5.0})
    assert anchored(DATASET, other) == plain == pool(DATASET, other, "2205").scale.criteria
    assert anchored(DATASET, Terms(services=set(SERVICES))) == plain
    assert anchored(DATASET, Terms(anchors=FIXED)) == FILE
    with pytest.raises(ValueError, match="anchors"):
        Terms(anchors="mine")


def test_services_have_anchors_of_their_own_and_what_has_none_keeps_its_own():
    one, all_of_them = anchored(DATASET, Terms(services={"education"})), anchored(DATASET, Terms())
    assert {key for key in MEASURED if one[key] != all_of_them[key]} == {k for k in MEASURED if "*" in FILE[k].measure}


services = st.sets(st.sampled_from(SERVICES)).map(frozenset)
rows = st.lists(st.tuples(st.integers(0, 8_000), services), min_size=3, max_size=3)


@settings(max_examples=15)
@given(rows)
def test_a_third_never_turns_the_order_of_two_and_a_score_is_the_same_everywhere(drawn):
    everyone = pool(DATASET, Terms())
    three = [Candidate(everyone.groups.ubigeos(row), services=own) for row, own in drawn]
    both, all_three = compare(three[:2], DATASET), compare(three, DATASET)
    if both.left_out != all_three.left_out:  # the third lacks a figure: then that is left out for all, and said
        return
    assert both.scores == all_three.scores[:2]
    assert all(0 <= score <= 100 for score in all_three.scores)
    for candidate, score in zip(three, all_three.scores, strict=True):
        among = pool(DATASET, Terms(services=candidate.services), candidate.main_province)
        if among.scale.left_out == all_three.left_out:
            assert rank(candidate, among).score.value == pytest.approx(score)


def correlation(anchors):
    found = pool(DATASET, Terms(anchors=anchors))
    return np.corrcoef(found.totals, found.values["gap"])[0, 1]


def test_the_score_follows_the_gap_that_weighs_most():
    assert correlation("spread") > 0.25 > 0.1 > correlation(FIXED)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_sentence_tells_both_values_and_where_they_come_from(language):
    words = Wording(partial(texts.say, language), lambda value, decimals: texts.number(value, language, decimals))
    item = anchored(DATASET, Terms())["proximity"]
    said = anchors_sentence(words, item, "spread")
    number = partial(texts.number, language=language)
    assert (
        number(item.zero_at, decimals=item.decimals) in said and number(item.hundred_at, decimals=item.decimals) in said
    )
    assert number(item.among) in said and said.index("95") < said.rindex(" 5 ")
    alike, fixed = (anchors_sentence(words, FILE["p20"], anchors) for anchors in ("spread", FIXED))
    assert "95" in alike and "95" not in fixed
    judged = FILE["safe_travel"]
    assert anchors_sentence(words, judged, "spread") == anchors_sentence(words, judged, FIXED)
