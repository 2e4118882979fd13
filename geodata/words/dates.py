"""Write days, moments and spans of time as a reader of a language writes them (CLDR, by Babel).

A day in a sentence is never ISO: `3 de marzo de 2013`, and `3 mar. 2013` where there is little room.
"""

from datetime import date, datetime

from babel import Locale
from babel.dates import format_date
from babel.units import format_unit
from dateutil.relativedelta import relativedelta

from geodata.shared import clock
from geodata.words import say

LOCALES = {"es": Locale("es", "PE"), "en": Locale("en", "GB")}
_UNITS = ("years", "months", "days")


def day(day: date, language: str) -> str:
    """Write a day: `3 de marzo de 2013`."""
    return format_date(day, "long", LOCALES[language])


def short_day(day: date, language: str) -> str:
    """Write a day where there is little room, such as in a table: `3 mar. 2013`."""
    return format_date(day, "medium", LOCALES[language])


def moment(moment: datetime, language: str) -> str:
    """Write a moment by the clock of Peru, which is named: `3 de marzo de 2013, 14:05 (hora de Lima)`."""
    there = clock.here(moment)
    return say(language, "dates.moment", day=day(there, language), time=f"{there:%H:%M}")


def short_moment(moment: datetime, language: str) -> str:
    """Write a moment by the clock of Peru where there is little room and the zone is told beside it."""
    there = clock.here(moment)
    return say(language, "dates.short_moment", day=short_day(there, language), time=f"{there:%H:%M}")


def stamped(stamp: str, language: str) -> str:
    """Write the moment of a stamp that a file keeps; as it stands there where it is none."""
    try:
        return moment(clock.read(stamp), language)
    except ValueError:
        return stamp


def span(first: date, last: date, language: str) -> str:
    """Write the time from a day to a later one by its two greatest units: `13 años y 7 meses`, `1 mes y 2 días`.

    A unit that is zero is left out; the same day is `0 días`.
    """
    between = relativedelta(last, first)
    counts = [(getattr(between, unit), unit.removesuffix("s")) for unit in _UNITS]
    start = next((n for n, (count, _) in enumerate(counts) if count), len(counts) - 1)
    units = [pair for pair in counts[start : start + 2] if pair[0]] or counts[-1:]
    said = [format_unit(count, f"duration-{unit}", "long", locale=LOCALES[language]) for count, unit in units]
    return said[0] if len(said) == 1 else say(language, "dates.two", first=said[0], second=said[1])
