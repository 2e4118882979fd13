"""A date is read as finely as it is written, and never more; where it is two dates, nobody guesses."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.readers.cells.dates import parse_dates

days = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))


def read(*texts, day_first=None):
    return parse_dates(pd.Series(texts, dtype="str"), day_first)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2017-01-10", "2017-01-10"), ("2017-01-10 13:45:00", "2017-01-10"), ("20170110", "2017-01-10"),
        ("2017/1/5", "2017-01-05"), ("25/12/2017", "2017-12-25"), ("12/25/2017", "2017-12-25"), ("2017", "2017"),
        ("2017-03", "2017-03"), ("03/2017", "2017-03"), ("10 de enero de 2017", "2017-01-10"), ("ene-17", "2017-01"),
        ("Setiembre 2015", "2015-09"), ("5-feb-99", "1999-02-05"), ("April 3, 2019", "2019-04-03"),
        ("07/07/2017", "2017-07-07"),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(text, date):
    assert read(text).values.tolist() == [date]


@pytest.mark.parametrize("text", ["31/02/2017", "ayer", "42745", "2017-13", "=HOY()", "1/2/3/4", "0000-01-01"])
def test_what_is_no_date_is_told(text):
    dates = read(text)
    assert dates.bad.tolist() == [text] and dates.values.isna().all()


def test_one_date_above_twelve_decides_for_the_column():
    assert read("03/04/2017", "25/04/2017").values.tolist() == ["2017-04-03", "2017-04-25"]


def test_without_one_the_column_is_open_until_a_person_says():
    assert read("03/04/2017").examples == ("03/04/2017",)
    assert read("03/04/2017", day_first=True).values.tolist() == ["2017-04-03"]
    assert read("03/04/2017", day_first=False).values.tolist() == ["2017-03-04"]


@given(st.lists(days, min_size=1), st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%d-%m-%Y"]))
def test_days_come_back_as_they_were_written(given_days, form):
    dates = read(*(day.strftime(form) for day in given_days), day_first=True)
    assert dates.values.tolist() == [day.isoformat() for day in given_days]


@given(st.lists(st.text(max_size=12), max_size=10))
def test_every_text_is_a_date_or_is_told_why_not_or_says_nothing(texts):
    dates = parse_dates(pd.Series(texts, dtype="str"))
    assert not set(dates.bad.index) & set(dates.open.index)
    for date in dates.values.dropna():
        assert dt.date.fromisoformat((date + "-01-01")[:10])
