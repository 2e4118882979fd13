"""Rates of few cases go to the mean as Marshall (1991) has it; a score may rest on the mean of several years."""

import dataclasses
import json
import shutil

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.editions.build import build
from geodata.model import derived
from geodata.model.dataset import DEFAULT, load
from geodata.model.smoothing import Prior
from geodata.readers.contract import EditionChanges

BIRTHS, CHILDREN, FOREST = "low_birth_weight", "chronic_malnutrition_u5", "forest_loss_ha"

samples = st.lists(st.tuples(st.integers(1, 4000), st.floats(0, 1)), min_size=2, max_size=40).map(
    lambda rows: (np.array([round(n * share) / n for n, share in rows]), np.array([float(n) for n, _ in rows]))
)


def by_hand(rates, cases):
    """As PySAL has it (`esda.smoothing.Empirical_Bayes`): events and people, district by district."""
    events = [r * n for r, n in zip(rates, cases, strict=True)]
    mean = sum(events) / sum(cases)
    left = sum(n * (r - mean) ** 2 for r, n in zip(rates, cases, strict=True)) / sum(cases)
    variance = max(left - mean / (sum(cases) / len(cases)), 0)
    found = []
    for r, n in zip(rates, cases, strict=True):
        weight = variance / (variance + mean / n) if mean else 1.0
        found.append(weight * r + (1 - weight) * mean)
    return found


@given(samples)
def test_rates_are_steadied_as_independent_code_does(drawn):
    rates, cases = drawn
    prior = Prior.of(rates, cases)
    steadied = prior.steadied(rates, cases)
    assert steadied == pytest.approx(by_hand(rates, cases), abs=1e-12)
    low, high = np.minimum(rates, prior.mean), np.maximum(rates, prior.mean)
    assert ((low - 1e-12 <= steadied) & (steadied <= high + 1e-12)).all(), "between one's own rate and that of all"


@given(samples)
def test_of_many_cases_the_rate_is_left_and_of_none_or_unknown_ones_too(drawn):
    rates, cases = drawn
    prior = Prior.of(rates, cases)
    if prior.between > 0:
        assert prior.steadied(rates, np.full(len(rates), 1e12)) == pytest.approx(rates, abs=1e-6)
        assert prior.raw(prior.steadied(rates, cases), cases) == pytest.approx(rates, abs=1e-6)
    for none in (0.0, np.nan):
        assert (prior.steadied(rates, np.full(len(rates), none)) == rates).all()
    assert np.isnan(prior.steadied(np.array([np.nan]), np.array([50.0]))).all(), "unknown is not the mean"


@given(samples, st.integers(1, 50))
def test_the_fewer_the_cases_the_nearer_to_the_mean(drawn, fewer):
    rates, cases = drawn
    prior = Prior.of(rates, cases)
    assert (prior.weights(cases / (1 + fewer)) <= prior.weights(cases)).all()


def test_where_chance_explains_all_every_rate_is_the_mean_and_one_alone_is_steadied_by_nothing():
    rates, cases = np.array([0.1, 0.2, 0.0]), np.array([10.0, 10.0, 10.0])
    assert Prior.of(rates, cases).steadied(rates, cases) == pytest.approx([0.1, 0.1, 0.1])
    assert Prior.of(np.array([0.4, np.nan, 0.2]), np.array([10.0, 20.0, 0.0])) is None
    nobody = Prior.of(np.zeros(3), cases)
    assert (nobody.steadied(np.zeros(3), cases) == 0).all()


@pytest.mark.parametrize("indicator", [BIRTHS, CHILDREN])
def test_a_score_rests_on_the_steadied_rate_and_the_value_stays(dataset, indicator):
    year = dataset.latest_year(indicator)
    values, cases = dataset.value(indicator, year), dataset.observed(indicator, year)
    known = values.notna() & (cases > 0)
    expected = pd.Series(100 * np.array(by_hand(values[known] / 100, cases[known])), values.index[known])
    found = derived.ground(dataset, indicator)
    assert found.way == "empirical_bayes" and found.years == (year,)
    assert found.values[known].tolist() == pytest.approx(expected.tolist())
    assert found.values[~known].isna().all()
    ranks = 100 * (found.values.rank() - 1) / (known.sum() - 1)  # ties are those of what is ranked
    pd.testing.assert_series_equal(derived.indicator_score(dataset, indicator), ranks, check_names=False)
    raw = derived.ground(dataset, indicator, way="none")
    assert raw.way == "none" and raw.values.equals(values)


def test_anaemia_whose_samples_nobody_tells_is_taken_as_it_is(dataset):
    assert derived.smoothing(dataset, "anaemia_6_35m") == "empirical_bayes"
    found = derived.ground(dataset, "anaemia_6_35m")
    assert found.way == "none" and found.values.equals(dataset.value("anaemia_6_35m", found.years[0]))


def test_forest_loss_scores_by_the_mean_of_the_last_five_years_that_are_there(dataset):
    found = derived.ground(dataset, FOREST)
    assert found.way == "mean" and found.years == tuple(sorted(dataset.catalog.loc[FOREST, "years"])[-5:])
    rows = dataset.indicators[
        (dataset.indicators["indicator"] == FOREST) & dataset.indicators["year"].isin(found.years)
    ]
    mean = rows.groupby("ubigeo")["value"].mean().reindex(dataset.ubigeos)
    assert found.figures.dropna().tolist() == pytest.approx(mean.dropna().tolist())
    area = pd.Series({u: d.area_km2 for u, d in dataset.territory.districts.items()})
    assert found.values.dropna().tolist() == pytest.approx((mean / area).dropna().tolist())
    assert found.values[found.values.isna()].index.tolist() == ["010523"]


def lost(dataset, years, ubigeos=None):
    """The data set without forest loss in some years, in some districts or in all."""
    rows = dataset.indicators
    gone = (rows["indicator"] == FOREST) & rows["year"].isin(years)
    gone &= True if ubigeos is None else rows["ubigeo"].isin(ubigeos)
    return dataclasses.replace(dataset, indicators=rows.assign(value=rows["value"].mask(gone)))


def test_a_year_that_nobody_has_is_none_of_the_five_and_a_district_needs_three_of_them(dataset):
    assert derived.ground(lost(dataset, [2018]), FOREST).years == (2015, 2016, 2017, 2019, 2020)
    few, most = "220501", "220502"
    less = lost(lost(dataset, [2016, 2017, 2018], [few]), [2017, 2019], [most])
    found = derived.ground(less, FOREST)
    assert found.years == (2016, 2017, 2018, 2019, 2020) and np.isnan(found.figures[few])
    assert found.figures[most] == pytest.approx(sum(dataset.value(FOREST, y)[most] for y in (2016, 2018, 2020)) / 3)
    one = lost(dataset, range(2005, 2020))
    assert derived.ground(one, FOREST).way == "none" and derived.ground(one, FOREST).years == (2020,)


@pytest.mark.parametrize("year", [2009, 2012, 2017])
def test_an_earlier_year_rests_on_the_five_up_to_it(dataset, year):
    assert derived.ground(dataset, FOREST, year).years == tuple(range(year - 4, year + 1))


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    """An edition of before the catalogue told how an indicator is steadied."""
    folder = tmp_path_factory.mktemp("editions") / "older"
    shutil.copytree(DEFAULT, folder)
    about = json.loads((folder / "dataset.json").read_text("utf-8"))
    entry = next(e for e in about["resources"] if e["name"] == "indicator_catalog")
    entry["fields"] = [rule for rule in entry["fields"] if rule["name"] not in ("smoothing", "basis")]
    (folder / "dataset.json").write_text(json.dumps(about), "utf-8")
    table = pd.read_csv(folder / entry["file"], dtype=str, keep_default_na=False)
    table.drop(columns=["smoothing", "basis"]).to_csv(folder / entry["file"], index=False)
    return folder


def test_an_edition_that_does_not_say_steadies_what_can_be(older):
    dataset = load(older)
    ways = {i: derived.ground(dataset, i).way for i in dataset.catalog.index}
    assert {i: way for i, way in ways.items() if way != "none"} == {
        BIRTHS: "empirical_bayes", CHILDREN: "empirical_bayes", FOREST: "mean",
    }  # fmt: skip


def test_an_import_into_an_edition_of_before_keeps_its_form(older, tmp_path):
    base = load(older)
    row = {"indicator": FOREST, **base.catalog.loc[FOREST].to_dict(), "source": "otra fuente", "smoothing": "none"}
    build(older, tmp_path, EditionChanges(upserts={"indicator_catalog": pd.DataFrame([row])}))
    made = load(tmp_path)
    assert made.catalog.loc[FOREST, "source"] == "otra fuente" and made.catalog.loc[FOREST, "smoothing"] == ""
    with pytest.raises(ValueError, match="colour"):
        build(older, tmp_path, EditionChanges(upserts={"indicator_catalog": pd.DataFrame([row | {"colour": 1}])}))
