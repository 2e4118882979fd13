"""Scores and counts: what must hold of any answer, beside small frames worked by hand."""

import csv
import dataclasses
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.model import derived
from geodata.model.dataset import DEFAULT, SECTORS, default

A, B, C = "010101", "010102", "010103"
figures = st.lists(st.one_of(st.none(), st.integers(-50, 50), st.floats(-1e6, 1e6)), min_size=2, max_size=40).map(
    lambda values: pd.Series(values, dtype=float)
)


@given(figures)
def test_a_rank_is_unknown_where_the_figure_is_and_only_there(values):
    rank = derived.percentile_rank(values)
    if values.notna().sum() < 2:
        assert rank.isna().all()
    else:
        assert (rank.isna() == values.isna()).all()
        assert rank.dropna().between(0, 100).all()


@given(figures)
def test_a_larger_figure_never_ranks_lower_and_equal_ones_rank_the_same(values):
    rank = derived.percentile_rank(values)
    known = pd.DataFrame({"value": values, "rank": rank}).dropna().sort_values("value")
    for (_, one), (_, other) in zip(known.iloc[:-1].iterrows(), known.iloc[1:].iterrows(), strict=True):
        if one["value"] == other["value"]:
            assert one["rank"] == other["rank"]
        else:
            assert one["rank"] < other["rank"]


@given(figures)
def test_a_rank_is_the_share_of_the_others_below_with_ties_counting_a_half(values):
    known = values.dropna()
    rank = derived.percentile_rank(values)
    for i in known.index if len(known) > 1 else []:
        below = (known < known[i]).sum() + ((known == known[i]).sum() - 1) / 2
        assert rank[i] == pytest.approx(100 * below / (len(known) - 1))


@given(figures)
def test_turning_the_direction_round_mirrors_the_rank(values):
    rank, mirrored = derived.percentile_rank(values), derived.percentile_rank(-values)
    pd.testing.assert_series_equal(rank, 100 - mirrored)


def test_a_figure_known_alone_has_no_rank():
    assert derived.percentile_rank(pd.Series([np.nan, 4.0, np.nan])).isna().all()


def test_the_worst_district_scores_100_and_the_best_0(dataset):
    values = dataset.value("illiteracy_15plus", 2017)
    score = derived.indicator_score(dataset, "illiteracy_15plus")
    assert score[values.idxmax()] == 100 and score[values.idxmin()] == 0


def test_where_higher_is_better_the_lowest_scores_100(dataset):
    values = dataset.value("human_development_index", 2012)
    score = derived.indicator_score(dataset, "human_development_index")
    assert score[values.idxmin()] == 100 and score[values.idxmax()] == 0
    assert (score.isna() == values.isna()).all()


def test_a_year_can_be_asked_for(dataset):
    values = dataset.value("monetary_poverty", 2007)
    score = derived.indicator_score(dataset, "monetary_poverty", 2007)
    assert (score.isna() == values.isna()).all() and score[values.idxmax()] == 100


def test_forest_loss_is_judged_by_km2_so_that_size_alone_is_not_a_fault(dataset):
    loss = sum(dataset.value("forest_loss_ha", year) for year in range(2016, 2021)) / 5
    by_area = loss / derived.areas(dataset)
    score = derived.indicator_score(dataset, "forest_loss_ha")
    assert score.idxmax() == by_area.idxmax() != loss.idxmax()


def test_an_indicator_with_no_worse_side_has_no_score(dataset):
    with pytest.raises(ValueError, match="population"):
        derived.indicator_score(dataset, "population")
    with pytest.raises(KeyError):
        derived.indicator_score(dataset, "happiness")


def test_a_sector_is_unknown_where_fewer_than_half_its_indicators_are_known():
    n = np.nan
    scores = pd.DataFrame([[10, 20, 30, 40], [10, 20, n, n], [10, n, n, n], [n, n, n, n]], columns=list("abcd"))
    result = derived.sector_score(scores, pd.Series(1.0, list("abcd")))
    assert result.tolist()[:2] == [25, 15] and result.isna().tolist() == [False, False, True, True]


def test_a_sector_weighs_its_indicators():
    scores = pd.DataFrame([[0.0, 100.0], [np.nan, 100.0]], columns=["a", "b"])
    assert derived.sector_score(scores, pd.Series({"a": 3, "b": 1})).tolist() == [25, 100]


def without(dataset, ubigeo, sectors):
    """The data set with every figure of some sectors of one district unknown."""
    lost = dataset.catalog.index[dataset.catalog["sector"].isin(sectors)]
    rows = dataset.indicators
    gone = (rows["ubigeo"] == ubigeo) & rows["indicator"].isin(lost)
    return dataclasses.replace(dataset, indicators=rows.assign(value=rows["value"].mask(gone)))


def test_combined_is_the_mean_of_the_known_sectors_and_needs_two(dataset):
    gaps = derived.gap_scores(without(dataset, A, ["health"])).loc[A]
    assert np.isnan(gaps["health"])
    assert gaps["combined"] == pytest.approx((gaps["education"] + gaps["environment"]) / 2)
    less = without(dataset, A, ["health", "education"])
    assert np.isnan(derived.gap_scores(less).loc[A, "combined"])
    assert derived.gap_coverage(less).loc[A].tolist() == [0, 0, 4, 1]


def test_gap_scores_cover_every_district_in_order(dataset):
    gaps = derived.gap_scores(dataset)
    assert list(gaps.columns) == [*SECTORS, "combined"]
    assert list(gaps.index) == list(dataset.territory.districts)
    assert gaps.stack().between(0, 100).all()


def test_gap_scores_are_the_mean_of_the_parts(dataset):
    gaps = derived.gap_scores(dataset)
    for sector in SECTORS:
        parts = derived.gap_parts(dataset, sector)
        scores = [derived.indicator_score(dataset, i, year)["220501"] for i, year, _ in parts]
        assert gaps.loc["220501", sector] == pytest.approx(np.nanmean(scores))


def test_changing_the_frame_given_back_changes_nothing_for_the_next_reader(dataset):
    for mine in (derived.gap_scores(dataset), derived.gap_coverage(dataset)):
        mine.loc[:, :] = -1
    assert (derived.gap_scores(dataset) >= 0).all(axis=None)
    assert (derived.gap_coverage(dataset) >= 0).all(axis=None)


def test_coverage_says_how_many_indicators_stand_behind_a_score(dataset):
    coverage = derived.gap_coverage(dataset)
    assert (coverage["education"] == 4).all()
    assert coverage.loc["010523", "environment"] == 3  # no forest figure there
    assert coverage.loc["160114", "health"] == 5  # no births, so no rate of low weight
    assert coverage["combined"].unique().tolist() == [3]


def test_the_parts_of_a_sector_are_its_indicators_with_year_and_weight(dataset):
    assert ("anaemia_6_35m", 2023, 1.0) in derived.gap_parts(dataset, "health")
    assert [len(derived.gap_parts(dataset, sector)) for sector in SECTORS] == [4, 6, 4]
    with pytest.raises(ValueError, match="context"):
        derived.gap_parts(dataset, "context")


def test_rates_of_few_children_are_flagged(dataset):
    thin = derived.thin(dataset)
    assert list(thin.columns) == ["chronic_malnutrition_u5", "low_birth_weight"]
    assert thin.sum().tolist() == [15, 58]
    samples = dataset.observed("low_birth_weight", 2017)
    assert (thin["low_birth_weight"] == (samples < 30)).all()
    assert derived.thin(dataset, minimum=0).sum().sum() == 0


def test_density_is_people_by_area(dataset):
    district = dataset.territory.districts["220901"]
    assert derived.density(dataset)["220901"] == dataset.population()["220901"] / district.area_km2


@pytest.mark.parametrize("hazard", [None, "inundacion", "sismo"])
@pytest.mark.parametrize(("first", "last"), [(None, None), (2017, 2022), (2019, None), (None, 2016)])
def test_emergencies_are_the_sums_of_the_file(dataset, hazard, first, last):
    events = Counter()
    with open(DEFAULT / "hazard_events.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if (first or 0) <= int(row["year"]) <= (last or 9999) and hazard in (
                None,
                row["hazard"],
            ):
                events[row["ubigeo"]] += int(row["events"])
    counted = derived.emergencies(dataset, hazard, first, last)
    # no report is a zero only where every year is complete; elsewhere it is unknown
    none = 0 if (first, last) == (2017, 2022) else None
    told = {u: None if np.isnan(n) else n for u, n in counted.items()}
    assert told == {u: events[u] or none for u in dataset.territory.districts}


@given(year=st.integers(1991, 2026))
def test_two_periods_that_follow_add_up(year):
    data = default()
    before, after = derived.emergencies(data, last=year), derived.emergencies(data, first=year + 1)
    whole = derived.emergencies(data)
    assert before.add(after, fill_value=0).equals(whole)


def test_emergencies_by_people_are_unknown_where_the_people_are(dataset):
    rows = dataset.indicators
    gone = (rows["ubigeo"] == A) & (rows["indicator"] == "population")
    less = dataclasses.replace(dataset, indicators=rows.assign(value=rows["value"].mask(gone)))
    rate = derived.emergencies_per_10000(less)
    assert np.isnan(rate[A]) and derived.emergencies(less)[A] > 0
    assert rate[B] == 10_000 * derived.emergencies(less)[B] / less.population()[B]


def test_a_hazard_that_nobody_reports_is_an_error_not_a_zero(dataset):
    with pytest.raises(ValueError, match="meteorito"):
        derived.emergencies(dataset, "meteorito")


def cases(dataset, *rows):
    """The data set with only these cases: (id, state, first, last, place code)."""
    frame = pd.DataFrame(rows, columns=["case_id", "state", "first_reported", "last_reported", "at"])
    at = frame.pop("at")
    frame = frame.assign(
        name=frame["case_id"],
        type="otros",
        precision=at.str.len().map({6: "district", 4: "province", 2: "department"}),
        ubigeo=at.where(at.str.len() == 6),
        province=at.str[:4].where(at.str.len() >= 4),
        department=at.str[:2],
    )
    return dataclasses.replace(dataset, conflicts=frame)


SPANS = [
    ("both", "activo", "2010-03", "2012-05", A),
    ("only-first", "activo", "2014-01", None, A),
    ("only-last", "latente", None, "2016-07", A),
    ("undated", "resuelto", None, None, A),
]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (None, None, {"both", "only-first", "only-last", "undated"}),
        (2011, 2011, {"both"}),
        (2012, 2014, {"both", "only-first"}),
        (2013, 2013, set()),
        (2015, 2015, set()),  # still active when last heard of, but nothing says that it went on
        (2016, None, {"only-last"}),
        (None, 2010, {"both"}),
        (2000, 2030, {"both", "only-first", "only-last"}),
    ],
)
def test_a_case_is_in_a_period_that_its_years_touch(dataset, first, last, found):
    small = cases(dataset, *SPANS)
    places = derived.conflict_places(small, first, last)
    assert set(places["case_id"]) == found
    assert derived.conflict_cases(small, first, last)[A] == len(found)


def test_cases_of_other_states_are_left_out(dataset):
    small = cases(dataset, *SPANS)
    assert derived.conflict_cases(small, states=["latente", "resuelto"])[A] == 2
    assert derived.conflict_cases(small, states=[]).sum() == 0


def test_a_case_known_only_for_its_province_is_in_no_district_but_in_the_places(dataset):
    small = cases(
        dataset,
        ("here", "activo", "2010-01", None, A),
        ("here", "activo", "2010-01", None, B),
        ("somewhere", "activo", "2010-01", None, "0101"),
        ("anywhere", "activo", "2010-01", None, "01"),
    )
    counts = derived.conflict_cases(small)
    assert (counts[A], counts[B], counts[C], counts.sum()) == (1, 1, 0, 2)
    places = derived.conflict_places(small)
    assert list(zip(places["level"], places["place"], places["case_id"], strict=True)) == [
        ("department", "01", "anywhere"),
        ("district", A, "here"),
        ("district", B, "here"),
        ("province", "0101", "somewhere"),
    ]
    assert list(places.columns) == [*("level", "place", "case_id", "type", "state", "name", "first", "last")]


def test_every_place_of_every_case_is_shown_once(dataset):
    places = derived.conflict_places(dataset)
    assert len(places) == len(dataset.conflicts) == 171
    assert not places.duplicated(["place", "case_id"]).any()
    assert derived.conflict_cases(dataset).sum() == (places["level"] == "district").sum()


def test_counts_cover_every_district_and_are_never_unknown(dataset):
    for counts in (
        derived.conflict_cases(dataset, 2007, 2023),
        derived.emergencies(dataset, first=2017, last=2022),
    ):
        assert list(counts.index) == list(dataset.territory.districts)
        assert counts.dtype == int and (counts >= 0).all()


def test_the_years_on_screen_are_2007_to_2023(dataset):
    assert derived.years_span(dataset) == (2007, 2023)
    assert dataset.hazards_complete_years == (2017, 2022)


def test_the_size_of_a_sample_matters_for_rates_of_samples_and_registers_alone(dataset):
    told = {i for i in dataset.catalog.index if derived.rests_on_sample(dataset, i)}
    assert told == {"chronic_malnutrition_u5", "anaemia_6_35m", "low_birth_weight"}
    unknown = derived.unsampled(dataset, "anaemia_6_35m", 2023)
    assert (unknown == dataset.value("anaemia_6_35m", 2023).notna()).all()
    assert not derived.unsampled(dataset, "low_birth_weight", 2017).any()
    assert not derived.unsampled(dataset, "illiteracy_15plus", 2017).any()


@pytest.mark.parametrize(("basis", "unit", "expected"), [
    ("", "%", True), ("", "por 1000 nacidos", True), ("", "personas", False), ("", "ha", False),
    ("census", "%", False), ("sample", "índice 0-1", True), ("untold", "%", False),
])  # fmt: skip
def test_where_nothing_tells_on_what_it_rests_a_rate_is_taken_for_one_of_a_sample(dataset, basis, unit, expected):
    catalog = dataset.catalog.copy()
    catalog.loc["anaemia_6_35m", ["basis", "unit"]] = basis, unit
    assert derived.rests_on_sample(dataclasses.replace(dataset, catalog=catalog), "anaemia_6_35m") == expected
