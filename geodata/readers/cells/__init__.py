"""What a cell says: numbers, dates and words as people write them."""

from geodata.readers.cells.dates import (
    Dates,
    parse_dates,
    read_day,
)
from geodata.readers.cells.numbers import (
    COMMA,
    POINT,
    Numbers,
    is_number,
    parse_numbers,
    read_number,
)
from geodata.readers.cells.typed import (
    formula_event,
    letters,
    percent_text,
    value_text,
)
from geodata.readers.cells.vocabulary import (
    idle_words,
    named,
    plain,
    terms,
    units,
)

__all__ = [
    "COMMA",
    "Dates",
    "Numbers",
    "POINT",
    "formula_event",
    "idle_words",
    "is_number",
    "letters",
    "named",
    "parse_dates",
    "parse_numbers",
    "percent_text",
    "plain",
    "read_day",
    "read_number",
    "terms",
    "units",
    "value_text",
]
