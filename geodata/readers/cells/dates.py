"""Read dates as people write them, to the day, the month or the year: never finer than they say."""

import datetime as dt
import re
from dataclasses import dataclass

import pandas as pd

from geodata.readers.cells.vocabulary import plain, terms, unknown_marks

EXAMPLES = 4
PIVOT = 50  # two digits below it are of 2000, the others of 1900
FIRST, LAST = 1900, 2100
_TIME = r"(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.? ?m\.?)?(?:z|[+-]\d\d:?\d\d)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:[-/.](\d{{1,2}})(?:[-/.](\d{{1,2}}){_TIME})?)?")
_TIGHT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)?")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d{{2}}){_TIME}")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_WORDS = re.compile(r"(?:(\d{1,2}) )?([a-z]{3,10}) (\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([a-z]{3,10}) (\d{1,2}) (\d{4})")


@dataclass(frozen=True, eq=False)
class Dates:
    """A column as dates, on its index.

    values: "2017-01-10", "2017-01" or "2017", NaN where blank, unknown, open or not understood.
    bad: the texts that are no date. open: those that are two dates, where nothing in the column
    decides. two_digits: how many years were written with two figures.
    """

    values: pd.Series
    bad: pd.Series
    open: pd.Series
    two_digits: int = 0

    @property
    def examples(self) -> tuple[str, ...]:
        """Return a few of the open texts."""
        return tuple(dict.fromkeys(self.open))[:EXAMPLES]


def parse_dates(series: pd.Series, day_first: bool | None = None) -> Dates:
    """Read a column of texts (NaN blank). `day_first` is a person's answer, None for none.

    >>> parse_dates(pd.Series(["10/01/2017", "25/01/2017", "enero 2018"])).values.tolist()
    ['2017-01-10', '2017-01-25', '2018-01']
    >>> parse_dates(pd.Series(["10/01/2017"])).examples
    ('10/01/2017',)
    """
    known = series.dropna().astype(str)
    known = known[[plain(text) not in unknown_marks() for text in known]]
    fits = {text: _fits(text) for text in known.unique()}
    order = day_first if day_first is not None else _decide(fits)
    read = {text: _read(found, order) for text, found in fits.items()}
    values = pd.Series([read[text] for text in known], known.index, dtype="str").reindex(series.index)
    return Dates(
        values=values,
        bad=known[[not fits[text] or (read[text] is None and order is not None) for text in known]],
        open=known[[bool(fits[text]) and read[text] is None and order is None for text in known]],
        two_digits=sum(read[text] is not None and _is_short(text) for text in known),
    )


def read_day(text: str, day_first: bool = True) -> dt.date | None:
    """Return the day of the calendar that one text is, None where it is none or less than a day ("mayo 2013").

    day_first: how 03/04/2013 is read; Peru writes the day first.

    >>> read_day("03/04/2013"), read_day("mayo 2013")
    (datetime.date(2013, 4, 3), None)
    """
    value = parse_dates(pd.Series([text], dtype="str"), day_first).values.iloc[0]
    return dt.date.fromisoformat(value) if isinstance(value, str) and len(value) == len("2013-04-03") else None


def _is_short(text: str) -> bool:
    """Tell whether a date that was read has its year in two figures."""
    return bool(re.search(r"\D\d{2}$", text.strip())) and not _YEAR_FIRST.fullmatch(text.strip().lower())


def _fits(text: str) -> dict[bool | None, str]:
    """Return the dates that a text can be: under None where the order of day and month is no matter."""
    text = text.strip().lower()
    if found := _YEAR_FIRST.fullmatch(text) or _TIGHT.fullmatch(text):
        return _only(_date(*found.groups()))
    if found := _MONTH_YEAR.fullmatch(text):
        return _only(_date(found[2], found[1], None))
    if found := _YEAR_LAST.fullmatch(text):
        one, other, year = found.groups()
        both: dict[bool | None, str | None] = {
            True: _date(_full(year), other, one),
            False: _date(_full(year), one, other),
        }
        possible = {order: date for order, date in both.items() if date is not None}
        return _only(possible[True]) if len(set(possible.values())) == 1 and len(possible) == 2 else possible
    return _only(_in_words(text))


def _in_words(text: str) -> str | None:
    words = " ".join(word for word in re.split(r"[^a-z0-9]+", plain(text)) if word not in ("", "de", "del", "of"))
    months = terms("months")
    if (found := _WORDS.fullmatch(words)) and found[2] in months:
        return _date(_full(found[3]), months[found[2]], found[1])
    if (found := _MONTH_FIRST.fullmatch(words)) and found[1] in months:
        return _date(found[3], months[found[1]], found[2])
    return None


def _only(date: str | None) -> dict[bool | None, str]:
    return {} if date is None else {None: date}


def _full(year: str) -> str:
    return year if len(year) == 4 else f"{20 if int(year) < PIVOT else 19}{year}"


def _date(year: str, month: str | None, day: str | None) -> str | None:
    """Return a date of the calendar as text, None where there is none such."""
    try:
        date = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if not FIRST <= date.year <= LAST:
        return None
    return date.isoformat()[: 10 if day else 7 if month else 4]


def _decide(fits: dict[str, dict[bool | None, str]]) -> bool | None:
    """Return whether the day comes first where the column proves it (a 25 cannot be a month)."""
    proved = {order for found in fits.values() if len(found) == 1 for order in found if order is not None}
    return proved.pop() if len(proved) == 1 else None


def _read(found: dict[bool | None, str], order: bool | None) -> str | None:
    return found.get(None) or (found.get(order) if order is not None else None)
