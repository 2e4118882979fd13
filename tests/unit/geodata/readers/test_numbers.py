"""A comma means what its column says it means; where the column does not say, nobody guesses."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.readers.cells.numbers import is_number, parse_numbers

SIGNS = {".": ",", ",": "."}
amounts = st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=30)


def read(*texts, decimal=None):
    return parse_numbers(pd.Series(texts, dtype="str"), decimal)


def written(amount, decimal, group):
    """Write an amount with two decimals and its thousands grouped."""
    return f"{amount:,.2f}".replace(",", "_").replace(".", decimal).replace("_", group)


@pytest.mark.parametrize(
    ("texts", "values", "decimal", "thousands"),
    [
        (["37,870", "9,872.60", "281"], [37870, 9872.6, 281], ".", ","),
        (["37.870", "9.872,60", "281"], [37870, 9872.6, 281], ",", "."),
        (["0,370", "12"], [0.37, 12], ",", ""),  # no group begins with a zero
        (["1234,567", "1,500"], [1234.567, 1.5], ",", ""),  # no first group has four figures
        (["1,234,567", "1,234"], [1234567, 1234], ".", ","),  # no number has two decimal signs
        (["1 234", "12 345,5"], [1234, 12345.5], ",", " "),
        (["S/ 1,234.50", "12.5"], [1234.5, 12.5], ".", ","),
        (["45 %", "3.5%"], [45, 3.5], ".", ""),
        (["−3", "+4"], [-3, 4], "", ""),
        (["1e-04", "0.5"], [0.0001, 0.5], ".", ""),
    ],
)
def test_the_whole_column_says_what_a_comma_means(texts, values, decimal, thousands):
    numbers = read(*texts)
    assert numbers.values.tolist() == values
    assert (numbers.decimal, numbers.thousands) == (decimal, thousands)
    assert numbers.open.empty and numbers.bad.empty


def test_a_column_that_reads_two_ways_is_left_open_with_examples():
    numbers = read("37,870", "281", "1,202")
    assert numbers.examples == ("37,870", "1,202")
    assert numbers.values.tolist()[1] == 281
    assert numbers.values.isna().tolist() == [True, False, True]


@pytest.mark.parametrize(("answer", "first"), [(".", 37870.0), (",", 37.87)])
def test_an_answer_closes_what_was_open(answer, first):
    numbers = read("37,870", "281", decimal=answer)
    assert numbers.values.tolist() == [first, 281.0]
    assert numbers.open.empty


THOUSANDS = [f"{number},868" for number in range(1, 101)]


@pytest.mark.parametrize("slip", ["1,5", "12.5", "0,370"])
def test_one_stray_text_does_not_say_what_a_hundred_others_mean(slip):
    numbers = read(*THOUSANDS, slip)
    assert set(numbers.open) == {*THOUSANDS, slip} and numbers.values.isna().all()
    answered = read(*THOUSANDS, slip, decimal=".")
    assert answered.values.iloc[0] == 1868
    assert answered.bad.tolist() == ([slip] if "," in slip else [])


@pytest.mark.parametrize(("proof", "first"), [("1,234,567", 1868), ("9,872.60", 1868), ("9.872,6", 1.868)])
def test_one_text_that_is_no_slip_says_it_for_all(proof, first):
    numbers = read(*THOUSANDS, proof)
    assert numbers.values.iloc[0] == first and numbers.open.empty


def test_as_many_short_decimals_as_a_table_has_say_it_for_all():
    numbers = read(*THOUSANDS, *(f"{number},5" for number in range(1, 31)))
    assert numbers.values.iloc[0] == 1.868 and numbers.open.empty


def test_a_column_that_proves_both_signs_is_open_too():
    assert read("3,5", "4.5", "7").examples == ("3,5", "4.5")


def test_under_an_answer_what_does_not_fit_is_bad_and_not_bent():
    numbers = read("3,5", "4.5", decimal=",")
    assert numbers.values.iloc[0] == 3.5
    assert numbers.bad.tolist() == ["4.5"]


@pytest.mark.parametrize("mark", ["NA", "N.A.", "S.I.", "s/i", "-", "--", "s/d", "…", "n.d.", "Sin dato", "#N/A"])
def test_marks_of_the_unknown_are_unknown_and_never_zero(mark):
    numbers = read("5", mark)
    assert numbers.unknown.tolist() == [mark]
    assert math.isnan(numbers.values.iloc[1])


@pytest.mark.parametrize("text", ["=1+1", "12 a/", "doce", "1e999", "12,34,56", "3-4", "0x1F", "9" * 400, "#REF!"])
def test_what_is_no_number_is_told_as_it_stands(text):
    assert read("5", text).bad.tolist() == [text]
    assert not is_number(text)


def test_a_blank_is_neither_unknown_nor_bad():
    numbers = read("5", None)
    assert numbers.values.isna().tolist() == [False, True]
    assert numbers.bad.empty and numbers.unknown.empty


@given(amounts, st.sampled_from([".", ","]), st.booleans())
def test_amounts_come_back_as_they_were_written(given_amounts, decimal, grouped):
    texts = [written(amount, decimal, SIGNS[decimal] if grouped else "") for amount in given_amounts]
    numbers = read(*texts)
    assert numbers.bad.empty and numbers.open.empty
    assert numbers.values.tolist() == [float(amount) for amount in given_amounts]


@given(st.lists(st.text(max_size=12), max_size=20))
def test_every_text_is_a_value_or_is_told_why_not(texts):
    series = pd.Series(texts, dtype="str")
    numbers = parse_numbers(series)
    told = {*numbers.bad.index, *numbers.unknown.index, *numbers.open.index}
    assert told == set(series.index[numbers.values.isna()])
    assert all(math.isfinite(value) for value in numbers.values.dropna())
