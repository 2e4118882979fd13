"""Make a text that reads one way only of a typed cell, whatever program wrote the file."""

import datetime as dt
import re

from geodata.reports import Event


def value_text(value: object) -> str:
    """Return a typed value as a text that reads one way only, "" for none.

    >>> [value_text(v) for v in (None, 7.0, 1.234, True, dt.datetime(2017, 1, 10))]
    ['', '7', '1.2340', 'true', '2017-01-10']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return _number(value)
    return str(value)


def percent_text(value: float) -> str:
    """Return the percentage that a cell shows: it holds 0.125 where it shows 12.5 %.

    >>> percent_text(0.125), percent_text(1)
    ('12.5%', '100%')
    """
    return f"{_number(float(value) * 100)}%"


def formula_event(row: int, column: int, sheet: str) -> Event:
    """Return that a cell (row from 1, column from 0) holds a formula that was never computed."""
    return Event("left_out", "tables.left_out.formula", {"cell": f"{letters(column)}{row}", "sheet": sheet}, row)


def letters(column: int) -> str:
    """Return the letters that a spreadsheet shows over a column, from 0: A, B ... Z, AA.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    found, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(round(value, 12)) if abs(value) > 1e-9 else repr(value)
    # 1.234 could be one thousand and some: a fourth decimal says that it is not
    return f"{text}0" if re.fullmatch(r"-?\d{1,3}\.\d{3}", text) else text
