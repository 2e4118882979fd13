"""Gaps reckoned in other ways are what scipy and pandas make of the figures; leaving out is a data set without it."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from geodata.model import derived, sensitivity, variants
from geodata.model.dataset import SECTORS
from geodata.model.variants import Way

GAPS = (*SECTORS, "combined")
DISTRICT = "220501"


def grounds(dataset, sector):
    """What is ranked of each indicator of a sector; every one of them is worse where it is higher."""
    return {i: derived.ground(dataset, i).values for i, _, _ in derived.gap_parts(dataset, sector)}


def by_hand(dataset, sector, scale, average=np.nanmean):
    """The score of each district that has at least half of the indicators."""
    table = pd.DataFrame({i: scale(values) for i, values in grounds(dataset, sector).items()})
    half = table.notna().sum(axis=1) * 2 >= table.shape[1]
    return pd.Series([average(row) if known else np.nan for row, known in zip(table.to_numpy(), half, strict=True)],
                     table.index)  # fmt: skip


def agree(found, expected):
    np.testing.assert_allclose(found.to_numpy(), expected.reindex(found.index).to_numpy(), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("sector", SECTORS)
def test_standard_deviations_and_the_span_from_best_to_worst(dataset, sector):
    z = by_hand(dataset, sector, lambda v: pd.Series(stats.zscore(v, nan_policy="omit"), v.index))
    agree(variants.scores(dataset, sector, Way("z_score")), z)
    span = by_hand(dataset, sector, lambda v: 100 * (v - v.min()) / np.ptp(v.dropna()))
    agree(variants.scores(dataset, sector, Way("min_max")), span)


@pytest.mark.parametrize("sector", SECTORS)
def test_percentiles_from_one_to_a_hundred_are_multiplied(dataset, sector):
    def scale(values):
        known = values.dropna()
        share = (stats.rankdata(known) - 1) / (len(known) - 1)
        return pd.Series(1 + 99 * share, known.index).reindex(values.index)

    expected = by_hand(dataset, sector, scale, lambda row: stats.gmean(row[~np.isnan(row)]))
    found = variants.scores(dataset, sector, Way("geometric"))
    agree(found, expected)
    assert (found <= 1 + 0.99 * derived.gap_scores(dataset)[sector] + 1e-9).all(), "never above the plain mean"


@pytest.mark.parametrize("gap", GAPS)
def test_leaving_out_is_a_data_set_in_which_the_indicator_does_not_score(dataset, gap):
    for way in variants.ways(dataset, gap):
        if way.kind != "without":
            continue
        catalog = dataset.catalog.assign(scored=dataset.catalog["scored"] & (dataset.catalog.index != way.indicator))
        less = dataclasses.replace(dataset, catalog=catalog)
        agree(variants.scores(dataset, gap, way), derived.gap_scores(less)[gap])


def test_raw_rates_and_the_last_year_are_a_catalogue_that_steadies_nothing(dataset):
    for kind, steadied in (("raw", "empirical_bayes"), ("last_year", "mean")):
        plain = dataset.catalog["smoothing"].mask(dataset.catalog["smoothing"] == steadied, "none")
        other = dataclasses.replace(dataset, catalog=dataset.catalog.assign(smoothing=plain))
        for gap in GAPS:
            agree(variants.scores(dataset, gap, Way(kind)), derived.gap_scores(other)[gap])


def test_only_ways_that_can_differ_are_gone(dataset):
    kinds = {gap: {way.kind for way in variants.ways(dataset, gap)} for gap in GAPS}
    assert "raw" in kinds["health"] and "raw" not in kinds["education"] | kinds["environment"]
    assert "last_year" in kinds["environment"] and "last_year" not in kinds["health"]
    assert {"raw", "last_year"} < kinds["combined"]
    left = [way.indicator for way in variants.ways(dataset, "combined") if way.kind == "without"]
    assert left == [i for sector in SECTORS for i, _, _ in derived.gap_parts(dataset, sector)]
    with pytest.raises(ValueError, match="context"):
        variants.ways(dataset, "context")
    with pytest.raises(ValueError, match="guess"):
        variants.scores(dataset, "health", Way("guess"))


def test_what_is_unknown_stays_so_in_every_way(dataset):
    lost = dataset.indicators["ubigeo"].eq(DISTRICT) & dataset.indicators["indicator"].isin(
        dataset.catalog.index[dataset.catalog["sector"] == "health"]
    )
    less = dataclasses.replace(
        dataset, indicators=dataset.indicators.assign(value=dataset.indicators["value"].mask(lost))
    )
    for way in variants.ways(less, "health"):
        assert np.isnan(variants.scores(less, "health", way)[DISTRICT])
        assert not np.isnan(variants.scores(less, "combined", way)[DISTRICT]), "two sectors are enough"
    found = sensitivity.sensitivity(less, "health")
    assert np.isnan(found.usual[DISTRICT]) and DISTRICT not in found.ever


@pytest.mark.parametrize("place", [("combined", ""), ("health", "22"), ("environment", "17")])
def test_an_order_is_compared_district_by_district(dataset, place):
    gap, department = place
    found = sensitivity.sensitivity(dataset, gap, department)
    own = [u for u in dataset.ubigeos if u.startswith(department)]
    usual = derived.gap_scores(dataset)[gap][own].round(1)
    assert found.usual.tolist() == pytest.approx([sum(usual > usual[u]) + 1 for u in own])
    assert found.size == min(24, len(own) // 2) and found.top == set(usual.index[found.usual <= found.size])
    for each in found.others:
        theirs = variants.scores(dataset, gap, each.way)[own]
        rho = stats.spearmanr(derived.gap_scores(dataset)[gap][own], theirs, nan_policy="omit").statistic
        assert each.correlation == pytest.approx(rho)
        assert each.kept == len([u for u in found.top if each.places[u] <= found.size])
        assert each.median_move == np.median(abs(each.places - found.usual))
        far = abs(each.places - found.usual)
        assert [far[u] for u in each.largest(3)] == sorted(far[far > 0], reverse=True)[:3]
    whole = found.places.to_numpy()
    assert (found.first == whole.min(axis=1)).all() and (found.last == whole.max(axis=1)).all()
    assert found.always == {u for u in own if (found.places.loc[u] <= found.size).all()} <= found.top <= set(found.ever)


def test_a_place_without_an_order_has_none(dataset):
    with pytest.raises(ValueError, match="99"):
        sensitivity.sensitivity(dataset, "health", "99")
    nothing = dataclasses.replace(dataset, indicators=dataset.indicators.assign(value=np.nan))
    found = sensitivity.sensitivity(nothing, "education")
    assert found.size == 0 and not found.top and not found.ever and not found.always
    assert all(each.correlation is None and np.isnan(each.median_move) for each in found.others)


def test_an_indicator_against_its_fellows_and_two_that_are_nearly_one(dataset):
    (found,) = sensitivity.against(dataset)
    assert (found.indicator, found.fellow) == ("no_health_insurance", "food_insecurity_vulnerability")
    rho = stats.spearmanr(dataset.value(found.indicator, 2017), dataset.value(found.fellow, 2018)).statistic
    assert found.with_fellow == pytest.approx(rho) and round(rho, 2) == -0.35
    others = [derived.indicator_score(dataset, i) for i, _, _ in derived.gap_parts(dataset, "health")]
    together = pd.concat([v for v in others if v.name != found.indicator], axis=1).mean(axis=1)
    assert found.correlation == pytest.approx(stats.spearmanr(dataset.value(found.indicator, 2017), together).statistic)
    (pair,) = sensitivity.alike(dataset)
    assert {pair.first, pair.second} == {"illiteracy_15plus", "illiteracy_women_15plus"} and pair.correlation > 0.95
