"""What each meeting of a year is for, and the agenda offered for it: the programme asks for three, each with an aim."""

from dashboard.records.core import Words
from dashboard.records.meetings import INSTALLATION, MOST_NUMBER

EXTRA = "extra"  # a meeting beyond those that the programme asks for


def purpose_key(number: int, asked: int) -> str:
    """Return the key under which the texts speak of a meeting by its number of the year; `asked`: how many a year."""
    return str(number) if 1 <= number <= asked else EXTRA


def purpose(words: Words, number: int, asked: int) -> str:
    """Return what a meeting is for."""
    return words.say(f"meetings.purpose.{purpose_key(number, asked)}")


def offered(words: Words, number: int, asked: int, kind: str = "") -> tuple[str, ...]:
    """Return the points of the agenda that is offered for a meeting: one that installs a group has its own."""
    key = kind if kind == INSTALLATION else purpose_key(number, asked)
    return tuple(words.say(f"meetings.offered.{key}").splitlines())


def all_offered(words: Words, asked: int) -> dict[str, list[str]]:
    """Return the agendas offered, by number, and that of the installation by its kind."""
    by_number = {str(n): list(offered(words, n, asked)) for n in range(1, MOST_NUMBER + 1)}
    return by_number | {INSTALLATION: list(offered(words, 1, asked, INSTALLATION))}
