"""Hold that classes cut a series where its method says, with ties and gaps, and never invent a value."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.shared import precision
from layers import classes, palette, series
from tests.classing import class_of

numbers = st.floats(-1e6, 1e6).map(lambda v: round(v, 3))
several = st.lists(st.one_of(numbers, st.just(float("nan"))), min_size=0, max_size=60).map(
    lambda v: pd.Series(v, dtype=float)
)
methods = st.sampled_from(classes.METHODS)
counts = st.sampled_from(palette.CLASS_COUNTS)


@given(st.lists(numbers, min_size=12, max_size=80, unique=True), counts)
def test_quantile_bounds_are_the_quantiles_of_numpy(values, k):
    expected = np.quantile(values, np.arange(1, k + 1) / k)
    assert classes.breaks(pd.Series(values), "quantiles", k) == pytest.approx(expected, abs=1e-6)


@given(st.lists(numbers, min_size=12, max_size=80, unique=True), counts)
def test_equal_intervals_are_equally_wide(values, k):
    bounds = classes.breaks(pd.Series(values), "equal", k)
    widths = np.diff([min(values), *bounds])
    assert len(bounds) == k
    assert widths == pytest.approx(np.full(k, (max(values) - min(values)) / k), rel=1e-6, abs=1e-6)


@given(several, methods, counts)
def test_bounds_rise_without_repeats_and_the_last_is_the_highest_value(values, method, k):
    bounds = classes.breaks(values, method, k)
    assert len(bounds) <= k
    assert bounds == sorted(set(bounds))
    known = values.dropna()
    if len(known):
        assert bounds[-1] == pytest.approx(known.max())
    else:
        assert bounds == []


@given(several, methods, counts, st.randoms())
def test_the_order_of_the_districts_does_not_matter(values, method, k, chance):
    shuffled = list(values)
    chance.shuffle(shuffled)
    assert classes.breaks(pd.Series(shuffled, dtype=float), method, k) == classes.breaks(values, method, k)


@given(several, methods, counts)
def test_every_known_value_is_in_a_class_and_every_unknown_in_none(values, method, k):
    bounds = classes.breaks(values, method, k)
    found = class_of(values, bounds)
    assert ((found == -1) == values.isna()).all()
    for value, number in zip(values, found, strict=True):
        if number >= 0:
            assert value <= bounds[number] + 1e-9
            assert number == 0 or value > bounds[number - 1]


@given(several, methods, counts)
def test_a_higher_value_is_never_in_a_lower_class(values, method, k):
    known = values.dropna().sort_values()
    assert class_of(known, classes.breaks(values, method, k)).is_monotonic_increasing


@given(several, methods, counts, st.integers(0, 3))
def test_what_is_printed_sorts_what_is_shown(values, method, k, decimals):
    """Bounds have the decimals of the values: whoever reads a value and the legend finds the district's class."""
    shown = precision.rounded_series(values, decimals)
    bounds = classes.breaks(values, method, k, decimals)
    assert bounds == classes.breaks(shown, method, k, decimals)
    assert all(precision.rounded(bound, decimals) == bound for bound in bounds)
    for value, number in zip(shown, class_of(shown, bounds), strict=True):
        inside = [n for n, high in enumerate(bounds) if value <= high and (n == 0 or value > bounds[n - 1])]
        assert inside == ([] if number < 0 else [number])
    known = shown.dropna()
    assert not bounds or bounds[-1] == known.max()


def test_half_the_districts_tied_at_zero_fill_one_class():
    values = pd.Series([0.0] * 60 + list(range(1, 41)))
    bounds = classes.breaks(values, "quantiles", 5)
    assert bounds == sorted(set(bounds))
    assert (class_of(values, bounds) == 0).sum() == 60


def test_fewer_values_than_classes_get_a_class_each():
    values = pd.Series([3.0, 1.0, 1.0, float("nan")])
    assert classes.breaks(values, "natural", 5) == [1.0, 3.0]
    assert list(class_of(values, [1.0, 3.0])) == [1, 0, 0, -1]


def test_natural_breaks_fall_in_the_gaps():
    values = pd.Series([1, 2, 3, 101, 102, 103, 201, 202, 203, 301, 302, 303, 401, 402, 403], dtype=float)
    assert classes.breaks(values, "natural", 5) == [3, 103, 203, 303, 403]


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="unknown classification method: guess"):
        classes.breaks(pd.Series([1.0]), "guess")


def test_bounds_made_beforehand_are_those_made_on_request(dataset):
    item = series.fixed_series(dataset)["gap_combined"]
    ready = classes.ready_breaks(item.values, palette.CLASS_COUNTS, item.decimals)
    for method in classes.READY_METHODS:
        for k in palette.CLASS_COUNTS:
            assert ready[method][str(k)] == classes.breaks(item.values, method, k, item.decimals)


def test_quantiles_of_the_default_fill_hold_about_the_same_number_of_districts(dataset):
    item = series.fixed_series(dataset)[series.DEFAULT_SERIES]
    sizes = class_of(item.values, classes.breaks(item.values, decimals=item.decimals)).value_counts()
    assert sizes.max() - sizes.min() <= 3
