"""An order is firm where weights and data leave no other; what cannot be told apart is said so."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.clusters.measures.bounds import district_bounds, range_of, score_of, wilson
from dashboard.clusters.measures.missing import unknowns
from dashboard.clusters.model.arrays import basis
from dashboard.clusters.model.candidate import Candidate
from dashboard.clusters.ranking.fillings import Filling, ScoreDifference
from dashboard.clusters.ranking.intervals import REASONS, Interval, intervals
from dashboard.clusters.ranking.robustness import duel, robustness, weightings
from dashboard.clusters.scoring.anchors import anchored
from dashboard.clusters.scoring.criteria import load_criteria
from dashboard.clusters.scoring.pools import pool
from dashboard.clusters.scoring.scores import score_all
from dashboard.clusters.scoring.terms import Terms
from dashboard.clusters.writing import sentences
from dashboard.pages.kit.speech import words
from geodata.model import derived
from geodata.model.dataset import default
from geodata.shared import SentenceError
from tests.unit.clusters.drawn import own_values

CRITERIA = load_criteria()
DATASET = default()
full = st.fixed_dictionaries({k: st.floats(0, 100) for k in CRITERIA})


def between(least, most):
    """The bounds of a difference, whatever fills them."""
    return ScoreDifference(Filling((50.0 + least, 50.0)), Filling((50.0 + most, 50.0)))


def only(**values):
    """Values of some criteria, every other unknown."""
    return dict.fromkeys(CRITERIA) | values


# ---- weights


@pytest.mark.parametrize("n", [1, 2, 3, 9])
def test_weightings_are_uniform_on_the_simplex(n):
    drawn = weightings(n, 40_000, 7)
    assert drawn.shape == (40_000, n)
    assert (drawn >= 0).all() and np.allclose(drawn.sum(axis=1), 1)
    # the first weight of a uniform point has mean 1/n and is above t with probability (1 - t)^(n - 1)
    assert drawn[:, 0].mean() == pytest.approx(1 / n, abs=0.01)
    for t in (0.2, 0.5):
        assert (drawn[:, 0] > t).mean() == pytest.approx((1 - t) ** (n - 1), abs=0.01)


def test_the_same_seed_draws_the_same_and_another_seed_does_not():
    weightings.cache_clear()
    first = weightings(4, 100, 1).copy()
    weightings.cache_clear()
    assert (weightings(4, 100, 1) == first).all()
    assert (weightings(4, 100, 2) != first).any()
    with pytest.raises(SentenceError):
        weightings(4, 0)


def test_two_criteria_by_hand():
    # a earns 60 and 40, b earns 40 and 100: a is ahead where 20 w > 60 (1 - w), which is w > 3/4
    rows = [only(gap=60.0, p20=40.0), only(gap=40.0, p20=100.0)]
    found = robustness(rows, draws=40_000)
    assert found.used == ("gap", "p20")
    assert found.beats[0][1] == pytest.approx(0.25, abs=0.01)
    assert found.first == pytest.approx((found.beats[0][1], found.beats[1][0]))
    assert found.error(0.25) == pytest.approx(math.sqrt(0.25 * 0.75 / 40_000))
    assert not found.always[0][1] and not found.always[1][0]


@settings(max_examples=30)
@given(st.lists(full, min_size=2, max_size=5))
def test_shares_of_any_two_add_up_to_at_most_one_and_first_places_to_at_least_one(rows):
    found = robustness(rows, draws=500)
    n = len(rows)
    assert all(found.beats[a][b] + found.beats[b][a] <= 1 + 1e-9 for a in range(n) for b in range(n))
    assert all(found.beats[a][a] == 0 for a in range(n))
    assert sum(found.first) >= 1 - 1e-9


@settings(max_examples=30)
@given(full, st.sampled_from(sorted(CRITERIA)), st.floats(0.5, 5))
def test_what_is_at_least_as_good_everywhere_is_never_beaten(values, key, step):
    better = 1 if CRITERIA[key].direction == "higher" else -1
    rows = [values | {key: values[key] + better * step}, values]
    found = robustness(rows, draws=500)
    scores, _ = score_all(rows)
    assert found.beats[1][0] == 0
    assert found.always[0][1] == (CRITERIA[key].weight > 0 and scores[0].points[key] > scores[1].points[key])


def test_a_criterion_that_one_lacks_or_that_weighs_nothing_is_left_out_for_all():
    rows = [only(gap=60.0, p20=40.0, risk=1.0), only(gap=40.0, p20=100.0, risk=None)]
    found = robustness(rows, {"p20": 0}, draws=100)
    assert found.used == ("gap",) and {"p20", "risk"} <= set(found.left_out)
    assert found.beats == ((0.0, 1.0), (0.0, 0.0))
    assert robustness([only(), only()], draws=10).beats == ()


def test_a_judgement_that_all_have_counts():
    rows = [only(political_will=5.0, gap=10.0), only(political_will=1.0, gap=10.0)]
    assert robustness(rows, draws=100).always[0][1]


# ---- what is said of two


def test_a_clear_order_is_said_to_be_clear():
    rows = [only(gap=80.0, p20=100.0, risk=10.0), only(gap=10.0, p20=0.0, risk=9.0)]
    said = duel(rows, None)
    assert (said.message, said.ahead) == ("engine.duel.clear", 0) and said.share > 0.9
    assert duel(rows[::-1], None).ahead == 1


def test_no_weight_is_said_to_matter_only_where_one_is_nowhere_worse():
    rows = [only(gap=80.0, p20=100.0), only(gap=10.0, p20=100.0)]
    assert duel(rows, None).message == "engine.duel.always"
    found = robustness(rows, draws=50)
    assert found.always[0][1] and found.never[1][0] and not found.never[0][1]
    equal = robustness([rows[0], rows[0]], draws=50)
    assert equal.never[0][1] and equal.never[1][0] and not equal.always[0][1]


def test_an_order_that_hangs_on_the_weights_is_said_to():
    rows = [only(gap=90.0, p20=0.0), only(gap=30.0, p20=100.0)]
    said = duel(rows, between(1, 2), {"gap": 3, "p20": 1})
    assert said.message == "engine.duel.weights" and said.ahead == 0
    assert {turn.criterion for turn in said.turns} == {"gap", "p20"}


def test_they_are_not_told_apart_where_the_difference_may_have_either_sign():
    rows = [only(gap=80.0, p20=100.0), only(gap=10.0, p20=0.0)]
    assert duel(rows, between(-1, 60)).message == "engine.duel.data"
    assert duel(rows, between(0, 60)).message == "engine.duel.always"
    assert duel(rows, between(-9, -1)).message == "engine.duel.missing"
    assert duel(rows, between(-9, 0)).message == "engine.duel.missing"
    assert duel(rows[::-1], between(1, 9)).message == "engine.duel.missing"


def test_equal_scores_are_a_tie_unless_data_may_part_them_and_no_score_is_unknown():
    rows = [only(gap=50.0), only(gap=50.0)]
    assert duel(rows, between(0, 0)).message == duel(rows, None).message == "engine.duel.tie"
    assert duel(rows, between(-1, 1)).message == "engine.duel.data"
    assert duel([only(), only()], None).message == "engine.duel.unknown"


@pytest.mark.parametrize("language", ["es", "en"])
def test_all_and_none_are_said_of_a_share_only_where_that_is_proven(language):
    speech = words(language)
    assert "100" not in sentences.share_of(speech, 0.9999, False) and "99" in sentences.share_of(speech, 1.0, False)
    assert "100" in sentences.share_of(speech, 1.0, True)
    assert "1" in sentences.share_alone(speech, 0.001, False) and "0" in sentences.share_alone(speech, 0.0, True)
    assert "50" in sentences.share_alone(speech, 0.5, False)


# ---- data


@pytest.mark.parametrize(("share", "n", "low", "high"), [(0.0, 10, 0.0, 0.2775), (1.0, 5, 0.5655, 1.0)])
def test_the_wilson_interval_has_the_published_values_at_the_ends(share, n, low, high):
    # at p = 0 the upper end is z^2 / (n + z^2), and at p = 1 the lower end n / (n + z^2)
    assert wilson(share, n) == pytest.approx((low, high), abs=1e-4)


@given(st.floats(0, 1), st.integers(1, 5000))
def test_a_wilson_interval_holds_the_share_and_narrows_with_cases(share, n):
    low, high = wilson(share, n)
    assert 0 <= low <= share <= high <= 1
    wider_low, wider_high = wilson(share, max(1, n // 2))
    assert wider_high - wider_low >= high - low - 1e-12


def test_bounds_hold_what_is_shown_and_are_exact_where_nothing_is_missing_or_thin():
    found, arrays = district_bounds(DATASET), basis(DATASET)
    assert {"gap_health", "lacking_health", "gap_combined", "indigenous_percent"} <= set(found.low)
    for column, low in found.low.items():
        high, shown = found.high[column], arrays.columns[column]
        known = ~np.isnan(shown)
        assert (low[known] <= shown[known]).all() and (shown[known] <= high[known]).all()
        sound = known & ~found.missing[column] & ~found.thin[column]
        assert low[sound] == pytest.approx(shown[sound]) and high[sound] == pytest.approx(shown[sound])
        assert (low <= high + 1e-12).all(), "a district has no bounds"
    assert found.missing["gap_health"].sum() >= 25
    assert found.missing["indigenous_percent"].sum() == 3


def test_an_unknown_share_lies_where_its_neighbours_of_the_province_do():
    values = DATASET.value("indigenous_mother_tongue", DATASET.latest_year("indigenous_mother_tongue"))
    found, position = district_bounds(DATASET), basis(DATASET).position
    unknown = [u for u in values.index if math.isnan(values[u])]
    for ubigeo in unknown:
        near = values[values.index.str.startswith(ubigeo[:4])].dropna()
        assert len(near) >= 2
        assert found.low["indigenous_percent"][position[ubigeo]] == near.min()
        assert found.high["indigenous_percent"][position[ubigeo]] == near.max()


def test_what_is_missing_of_a_mean_of_years_lies_where_the_means_around_do():
    """Of Trita nobody knows the forest; the score asks for the mean of five years per km2."""
    trita, rests = "010523", derived.ground(DATASET, "forest_loss_ha")
    own = range_of(DATASET, "forest_loss_ha", rests.years[-1], scored=True)
    near = rests.values[rests.values.index.str.startswith(trita[:4])].dropna()
    row = basis(DATASET).position[trita]
    assert (own.low[row], own.high[row]) == (near.min(), near.max()) and own.missing.sum() == 1
    (cell,) = [c for c in unknowns(DATASET, [trita], "complete").cells if c.indicator == "forest_loss_ha"]
    assert cell.years == rests.years and (cell.values.min(), cell.values.max()) == (near.min(), near.max())
    for value, score in zip(cell.values[cell.plain], cell.scores[cell.plain], strict=True):
        others = rests.values.dropna()
        expected = 100 * ((others < value).sum() + (others == value).sum() / 2) / len(others)
        assert score == pytest.approx(expected)


def test_a_thin_rate_is_steadied_at_both_ends_of_its_interval():
    births, rests = "low_birth_weight", derived.ground(DATASET, "low_birth_weight")
    own, scored = (f(DATASET, births, rests.years[0]) for f in (range_of, score_of))
    cases = DATASET.observed(births, rests.years[0]).to_numpy(float)
    ranked = rests.values.dropna().to_numpy()
    for row in np.flatnonzero(own.thin)[:8]:
        ends = rests.steadied(np.array([own.low[row], own.high[row]]), np.full(2, cases[row]))
        others = ranked[ranked != rests.values.iloc[row]]
        low, high = (100 * (others < end).mean() for end in ends)
        assert scored.low[row] == pytest.approx(low, abs=0.5) and scored.high[row] == pytest.approx(high, abs=0.5)
        assert scored.low[row] <= scored.value[row] <= scored.high[row]


def test_an_interval_holds_the_score_and_says_what_leaves_it_open(proposals, dataset):
    candidates = list(proposals.values())
    found = intervals([c.ubigeos for c in candidates], dataset)
    rows = [own_values(replace(c, services=()), dataset) for c in candidates]
    scores, left_out = score_all(rows, criteria=anchored(dataset, Terms()))
    for own, uncertain in zip(scores, found, strict=True):
        assert uncertain.score.value == pytest.approx(own.total)
        assert uncertain.score.low - 1e-9 <= own.total <= uncertain.score.high + 1e-9
        for key in set(CRITERIA) - set(left_out):
            interval = uncertain.criteria[key]
            assert interval.low <= interval.value <= interval.high
            assert interval.exact or interval.why
    condorcanqui = found[list(proposals).index("Condorcanqui")]
    assert condorcanqui.criteria["indigenous"].missing == 1  # Río Santiago
    assert condorcanqui.criteria["conflicts"].cases > 0 and not condorcanqui.criteria["conflicts"].exact
    assert condorcanqui.criteria["proximity"].exact


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_filling_what_is_missing_with_what_was_observed_stays_inside_the_interval(share):
    """The interval must hold whatever the missing figures turn out to be, within what was observed around."""
    name = _with_gaps()
    year = DATASET.latest_year(name)
    values = DATASET.value(name, year)
    missing = [u for u in values.index if math.isnan(values[u])]
    groups = [pool(DATASET, Terms(), u[:4]).groups for u in missing]
    touched = [g.ubigeos(int(g.having([u])[:, 0].argmax())) for g, u in zip(groups, missing, strict=True) if len(g)]
    assert len(touched) > 10
    before = intervals(touched, DATASET, Terms(services={"health"}))
    filled = _filled(name, year, values, missing, share)
    for group, uncertain in zip(touched, before, strict=True):
        value = own_values(Candidate(group, services={"health"}), filled)["affected"]
        interval = uncertain.criteria["affected"]
        assert interval.low - 1e-6 <= value <= interval.high + 1e-6


def _with_gaps():
    """The percentage of health with the most districts missing."""
    catalog = DATASET.catalog
    names = catalog.index[(catalog["sector"] == "health") & (catalog["unit"] == "%") & catalog["scored"]]
    return max(names, key=lambda n: DATASET.value(n, DATASET.latest_year(n)).isna().sum())


def _filled(name, year, values, missing, share):
    rows = DATASET.indicators.copy()
    filled = {}
    for ubigeo in missing:
        near = values[values.index.str.startswith(ubigeo[:4])].dropna()
        near = near if len(near) >= 2 else values[values.index.str.startswith(ubigeo[:2])].dropna()
        filled[ubigeo] = near.min() + share * (near.max() - near.min())
    rows = rows[~((rows["indicator"] == name) & (rows["year"] == year) & rows["ubigeo"].isin(missing))]
    new = rows.iloc[: len(filled)].assign(
        ubigeo=list(filled), indicator=name, year=year, value=list(filled.values()), n_observed=float("nan")
    )
    return replace(DATASET, indicators=pd.concat([rows, new], ignore_index=True))


def test_exact_is_only_what_nothing_leaves_open():
    assert Interval(1.0, 1.0, 1.0).exact and not Interval(1.0, 1.0, 2.0).exact
    for reason in REASONS:
        open_ = Interval(1.0, 1.0, 1.0, **{reason: 2})
        assert not open_.exact and open_.why == {reason: 2}


def test_cases_known_only_to_the_department_widen_the_conflicts(dataset):
    """Whatever the district, each active case of its province or department that has no district may be in it."""
    rows = dataset.conflicts[dataset.conflicts["state"] == "activo"]
    department = rows[rows["precision"] == "department"]
    assert department[department["department"] == "16"]["case_id"].nunique() >= 35
    for place in dataset.territory.provinces:
        ubigeo = dataset.territory.in_province(place)[0]
        open_ = (rows["precision"] == "province") & (rows["province"] == place)
        open_ |= (rows["precision"] == "department") & (rows["department"] == place[:2])
        cases = rows[open_]["case_id"].nunique()
        found = intervals([frozenset({ubigeo})], dataset)[0]
        assert found.criteria["conflicts"].cases == cases
        assert found.criteria["conflicts"].high == found.criteria["conflicts"].value + cases
        assert found.criteria["conflicts"].exact == (cases == 0)
        assert not found.score.exact or cases == 0


def test_what_has_no_bounds_is_open_all_the_same(dataset):
    """Samples of unknown size, associations of unknown members, years without a whole record."""
    lamas = frozenset(dataset.territory.in_province("2205")[:3])
    found = intervals([lamas], dataset, Terms(hazard_period=(2015, 2022)))[0]
    assert found.criteria["risk"].years == 2 and not found.criteria["risk"].exact
    unknown = sum(not m.members for m in dataset.mancomunidades)
    assert found.criteria["mancomunidades"].members == unknown > 0 and not found.score.exact
    assert found.criteria["gap"].samples == 1  # anaemia
    education = intervals([lamas], dataset, Terms(services={"education"}))[0]
    assert education.criteria["gap"].exact and education.criteria["proximity"].exact
    assert intervals([lamas], dataset)[0].criteria["risk"].exact
