"""Hold that a figure is rounded, placed and written in one way, by tests/cases/numbers.json and by properties."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import texts
from geodata.shared import precision
from tests import cases

CASES = cases.read("numbers")
figures = st.floats(-1e9, 1e9, allow_nan=False)
halves = st.integers(-(10**9), 10**9).map(lambda n: (2 * n + 1) / 20)
decimals = st.integers(0, 4)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['value']}-{case['decimals']}")
def test_every_case_of_the_table(case):
    value, places = case["value"], case["decimals"]
    assert texts.number(value, "es", places) == case["es"]
    assert texts.number(value, "en", places) == case["en"]
    if value is not None:
        assert precision.rounded(value, places) == case["rounded"]


@given(st.one_of(figures, halves), decimals)
def test_a_figure_of_fifteen_digits_is_rounded_as_on_paper(value, places):
    value = float(f"{value:.15g}")
    on_paper = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert precision.rounded(value, places) == float(on_paper)


@given(st.lists(st.one_of(figures, halves, st.just(float("nan"))), max_size=20), decimals)
def test_an_array_is_rounded_as_its_values_are(values, places):
    alone = [precision.rounded(value, places) for value in values]
    assert np.array_equal(precision.rounded_all(np.array(values), places), np.array(alone), equal_nan=True)


@given(figures, decimals)
def test_what_was_rounded_stays(value, places):
    once = precision.rounded(value, places)
    assert precision.rounded(once, places) == once
    assert precision.cut_down(once, places) == once
    assert precision.cut_down(value, places) <= float(f"{value:.15g}")


@given(st.lists(st.one_of(st.floats(0, 3), st.just(float("nan"))), max_size=12), decimals)
def test_a_place_is_one_more_than_those_shown_higher(values, places):
    found = precision.places(np.array(values, dtype=float), places)
    shown = [precision.rounded(value, places) for value in values]
    for value, place in zip(shown, found, strict=True):
        if value != value:
            assert place == 0
        else:
            above = sum(other > value for other in shown)
            assert place == 1 + above
            assert precision.place_among(value, pd.Series(values, dtype=float), places) == (
                1 + above, sum(other == other for other in shown),
            )  # fmt: skip


@given(st.one_of(figures, halves), decimals, st.sampled_from(texts.LANGUAGES))
def test_a_difference_has_the_sign_of_what_is_shown(value, places, language):
    text = texts.signed(value, language, places)
    assert text.startswith("+") == (precision.rounded(value, places) > 0)
    assert text.startswith("\u2212") == (precision.rounded(value, places) < 0)
