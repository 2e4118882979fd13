"""Tell the time: one clock for whatever is kept, shown or named after a moment.

Moments are kept in UTC and read by the clock of Peru, wherever the server or the reader is: a day begins and ends in
Lima. How a day or a moment is written in a sentence is told by :mod:`geodata.words.dates`.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PLACE = ZoneInfo("America/Lima")


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def at(epoch_s: float) -> datetime:
    """Return the moment, in UTC, of so many seconds since 1970, as libraries count them."""
    return datetime.fromtimestamp(epoch_s, UTC)


def here(moment: datetime) -> datetime:
    """Return a moment by the clock of Peru. Raises ValueError for one of an unknown zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment}: of what zone is not known")
    return moment.astimezone(PLACE)


def day_of(moment: datetime) -> date:
    """Return the day of a moment in Peru."""
    return here(moment).date()


def stamp(moment: datetime) -> str:
    """Return a moment as files keep it: ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def read(stamp: str) -> datetime:
    """Return the moment of a stamp, which is of UTC where it names no zone. Raises ValueError."""
    moment = datetime.fromisoformat(stamp)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def in_name(moment: datetime) -> str:
    """Return a moment as the name of a file has it, by the clock of Peru: `2013-03-03T140500`."""
    return f"{here(moment):%Y-%m-%dT%H%M%S}"
