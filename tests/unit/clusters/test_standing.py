"""A place is a count of those that are better; the frontier is what nobody beats."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.clusters.model.candidate import Candidate
from dashboard.clusters.model.search import SearchError
from dashboard.clusters.ranking.pareto import AIMS, frontier, standpoint
from dashboard.clusters.ranking.standing import BINS, PERCENTS, SCORE, rank, rankings, spread_of
from dashboard.clusters.scoring.anchors import anchored
from dashboard.clusters.scoring.criteria import load_criteria
from dashboard.clusters.scoring.pools import Pool, pool, scale_of
from dashboard.clusters.scoring.scores import score
from dashboard.clusters.scoring.terms import Terms
from geodata.model.territory import UnknownUbigeo
from tests.unit.clusters.drawn import own_values

MEASURED = [key for key, item in load_criteria().items() if not item.judged]


@pytest.fixture(scope="module")
def lamas(dataset):
    return pool(dataset, Terms(services={"education"}), "2205")


def test_a_place_is_one_more_than_those_that_are_better(lamas):
    for row in random.Random(2).sample(range(len(lamas)), 25):
        ranking = rank(lamas.candidate(row), lamas)
        assert ranking.member and ranking.outside == ()
        better = [t for t in lamas.totals if t > lamas.totals[row] + 1e-9]
        assert ranking.score.position == 1 + len(better)
        assert ranking.score.of == ranking.n == 341
        for key in MEASURED:
            place, values, value = ranking.criteria[key], lamas.values[key], lamas.values[key][row]
            if math.isnan(value):
                assert place.position is None, key
                continue
            sign = 1 if load_criteria()[key].direction == "higher" else -1
            assert place.position == 1 + sum(sign * (v - value) > 1e-9 for v in values)
            assert place.shared == sum(abs(v - value) <= 1e-9 for v in values) - 1


def test_the_best_is_first_of_all_and_better_than_every_other(lamas):
    best = rank(lamas.candidate(int(lamas.order[0])), lamas).score
    worst = rank(lamas.candidate(int(lamas.order[-1])), lamas).score
    assert (best.position, best.percentile) == (1, 100)
    assert (worst.position, worst.percentile) == (341, 0)


def test_places_of_all_add_up_as_ranks_do(lamas):
    places = [rank(lamas.candidate(row), lamas).score for row in range(0, 341, 4)]
    for place in places:
        worse = place.of - place.position - place.shared
        assert place.percentile == pytest.approx(100 * (worse + place.shared / 2) / (place.of - 1))


def test_a_candidate_that_is_not_feasible_is_placed_and_said_to_be_none_of_them(proposals, dataset):
    candidate = proposals["Lamas"]
    province, department = rankings(candidate, dataset, Terms(services=candidate.services))
    assert (province.place, province.name) == ("2205", "Lamas")
    assert (department.place, department.name) == ("22", "San Martín")
    assert not province.member and province.outside == ("pieces",)
    assert province.score.of == 341 and department.score.of == 1466
    among = pool(dataset, Terms(services=candidate.services), "2205")
    criteria = anchored(dataset, Terms(services=candidate.services))
    own = score(own_values(candidate, dataset), criteria=criteria, left_out=frozenset(among.scale.left_out)).total
    assert province.score.value == pytest.approx(own)
    assert province.score.position == 1 + sum(t > own for t in among.totals)
    worse = sum(t < own for t in among.totals)
    assert province.score.percentile == pytest.approx(100 * worse / 341)


@pytest.mark.parametrize(
    ("ubigeos", "reasons"),
    [
        ({"220501"}, ("small",)),
        ({"220501", "220101", "220102"}, ("provinces", "pieces")),
        ({"220501", "220502", "220509", "220507", "220510", "220511", "220505"}, ("large",)),
    ],
)
def test_why_a_candidate_is_outside(ubigeos, reasons, lamas):
    assert rank(Candidate(ubigeos), lamas).outside == reasons


def test_a_candidate_of_another_province_is_elsewhere(lamas):
    assert rank(Candidate({"010401", "010402", "010403"}), lamas).outside == ("elsewhere",)


def test_the_smaller_code_wins_where_two_provinces_have_as_many():
    assert Candidate({"220802", "220104"}).main_province == "2201"
    assert Candidate({"220802", "220803", "220104"}).main_province == "2208"


def test_nothing_has_no_ranking_and_what_does_not_exist_is_refused(dataset):
    assert rankings(Candidate(), dataset) == ()
    with pytest.raises(UnknownUbigeo):
        rankings(Candidate({"999999"}), dataset)


def test_where_there_is_nobody_there_is_no_place(dataset):
    province, department = rankings(Candidate({"250401"}), dataset)
    assert province.n == 0 and province.score.position is None and province.score.spread is None
    assert province.score.value is not None
    assert department.score.position is not None


def test_what_a_candidate_lacks_is_left_out_for_all_and_has_no_place(dataset, lamas):
    lacking = dict(lamas.values) | {"indigenous": lamas.values["indigenous"].copy()}
    lacking["indigenous"][3] = math.nan
    scale = scale_of(dataset, lacking, lamas.terms)
    poorer = Pool(dataset, lamas.terms, "2205", lamas.groups, lamas.measures, lacking, scale, scale.totals(lacking))
    ranking = rank(lamas.candidate(0), poorer)
    assert "indigenous" in ranking.scale.left_out and ranking.scale.lacking["indigenous"] == 1
    assert ranking.criteria["indigenous"].of == 340
    assert ranking.score.of == 341


def test_zero_weights_give_no_place(dataset):
    ranking = rankings(
        Candidate({"220501", "220502", "220509"}), dataset, Terms(weights=dict.fromkeys(load_criteria(), 0))
    )[0]
    assert ranking.score.value is None and ranking.score.position is None and ranking.score.of == 0
    assert ranking.criteria["proximity"].position is not None


def test_sizes_that_are_none_are_refused():
    with pytest.raises(SearchError):
        Terms(sizes=(0, 2))


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_a_spread_counts_every_value_once(values):
    spread = spread_of(np.array(values))
    assert sum(spread.counts) == len(values)
    assert len(spread.counts) == BINS and len(spread.edges) == BINS + 1
    assert list(spread.quantiles) == list(PERCENTS)
    assert spread.quantiles[0] == min(values) and spread.quantiles[100] == max(values)
    assert all(0 <= spread.bin(v) < BINS for v in values)
    assert spread.bin(-1e9) == 0 and spread.bin(1e9) == BINS - 1


def test_the_bar_of_a_value_is_the_one_that_counts_it():
    values = np.array([0.0, 1.0, 2.0, 10.0])
    spread = spread_of(values)
    for value in values:
        assert spread.counts[spread.bin(value)] >= 1


# ---- the frontier


def beats(a, b, criteria):
    """Whether values a are at least as good as b on every aim and better on one, said plainly."""
    signs = {k: 1 if criteria[k].direction == "higher" else -1 for k in AIMS}
    better = [round(signs[k] * a[k], 9) - round(signs[k] * b[k], 9) for k in AIMS]
    return all(x >= 0 for x in better) and any(x > 0 for x in better)


def test_brute_force_agrees_on_the_frontier(lamas):
    rows = [{k: lamas.values[k][i] for k in AIMS} for i in range(len(lamas))]
    criteria = load_criteria()
    unbeaten = {i for i, own in enumerate(rows) if not any(beats(other, own, criteria) for other in rows)}
    front = frontier(lamas)
    assert set(front.rows) == unbeaten
    assert front.unknown == 0
    assert [lamas.totals[i] for i in front.rows] == sorted((lamas.totals[i] for i in front.rows), reverse=True)
    for i in range(0, len(rows), 11):
        stands = standpoint(rows[i], lamas, front)
        assert stands.on == (i in unbeaten)
        assert set(stands.beaten_by) == {j for j, other in enumerate(rows) if beats(other, rows[i], criteria)}
        for j, better in zip(stands.beaten_by, stands.better_on, strict=True):
            assert better and all((rows[j][key] == rows[i][key]) == (key not in better) for key in AIMS)


def test_those_that_beat_a_candidate_stand_with_the_frontier_first(lamas):
    front = frontier(lamas)
    beaten = next(i for i in range(len(lamas)) if i not in front.rows)
    stands = standpoint({k: lamas.values[k][beaten] for k in AIMS}, lamas, front)
    on = [row in front.rows for row in stands.beaten_by]
    assert on[0] and on == sorted(on, reverse=True)


def test_an_unknown_aim_is_neither_on_nor_off_the_frontier(lamas, dataset):
    own = own_values(lamas.candidate(0), dataset)
    assert standpoint(own | {"risk": None}, lamas).on is None
    assert standpoint(own, lamas).on is not None


def test_one_aim_has_the_best_of_it_on_its_frontier(lamas):
    front = frontier(lamas, ("proximity",))
    nearest = lamas.values["proximity"].min()
    assert all(lamas.values["proximity"][i] == pytest.approx(nearest) for i in front.rows)


def test_the_score_is_among_the_places_by_name():
    assert SCORE not in load_criteria()
