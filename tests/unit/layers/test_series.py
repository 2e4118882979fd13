"""Hold that everything the map can be filled with says its source, year and unit, and knows what it lacks."""

import pytest

from geodata.model import derived
from layers import series


@pytest.fixture(scope="module")
def fixed(dataset):
    return series.fixed_series(dataset)


def test_every_series_has_a_value_or_a_gap_for_every_district(fixed, dataset):
    for item in fixed.values():
        assert list(item.values.index) == list(dataset.territory.districts)


def test_every_series_says_source_year_and_unit_in_both_languages(fixed):
    for item in fixed.values():
        assert item.source and item.year
        assert item.unit or (item.unit_in("es") and item.unit_in("en"))


def test_every_indicator_and_year_can_fill_the_map(fixed, dataset):
    pairs = dataset.indicators[["indicator", "year"]].drop_duplicates()
    wanted = {series.indicator_key(row.indicator, row.year) for row in pairs.itertuples()}
    assert {key for key in fixed if "." in key} == wanted


def test_an_unknown_value_stays_unknown(fixed, dataset):
    item = fixed["anaemia_6_35m.2023"]
    assert item.values.isna().sum() == 25
    assert item.values.equals(dataset.value("anaemia_6_35m", 2023))


def test_gaps_count_what_stands_behind_them(fixed, dataset):
    for sector in series.GAPS:
        item = fixed[f"gap_{sector}"]
        assert item.known is not None
        assert (item.known <= item.possible).all()
        assert item.values.dropna().between(0, 100).all()


def test_a_district_with_less_than_half_of_a_sector_has_no_score(fixed):
    for sector in ("education", "health", "environment"):
        item = fixed[f"gap_{sector}"]
        assert item.values[item.known * 2 < item.possible].isna().all()
        assert item.values[item.known * 2 >= item.possible].notna().all()


def test_periodic_values_are_those_of_the_data(dataset):
    found = series.periodic_values(dataset, series.EMERGENCIES, 2017, 2022, "inundacion")
    assert found.equals(derived.emergencies_per_10000(dataset, "inundacion", 2017, 2022))
    cases = series.periodic_values(dataset, series.CONFLICT_CASES, 2010, 2012)
    assert (cases == derived.conflict_cases(dataset, 2010, 2012)).all()


def test_a_fixed_series_is_not_periodic(dataset):
    with pytest.raises(ValueError, match="density is not a periodic series"):
        series.periodic_values(dataset, series.DENSITY, 2017, 2022)


def test_the_default_fill_can_be_drawn(fixed):
    assert series.DEFAULT_SERIES in fixed
