"""Write a set of districts as a short code that people can dictate, and read it back.

`2205-010510.E` is three districts of province 2205 (01, 05 and 10); `+` joins provinces. The letter
after the point is the remainder by 23 of all the digits read as one number: one wrong digit, or two
neighbouring digits exchanged, always gives another letter, since 23 is prime and divides neither.
"""

import re
from collections.abc import Iterable
from itertools import groupby

from geodata.model import Territory
from geodata.shared import SentenceError

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXY"
_GROUP = re.compile(r"([0-9]{4})-((?:[0-9]{2})+)")


class BadCode(SentenceError):
    """A code that cannot be read.

    `reason` is malformed, missing_check, wrong_check or unknown_district.
    """

    room = "code."


def encode(ubigeos: Iterable[str]) -> str:
    """Return the code of a set of districts; an empty set has the empty code."""
    groups = groupby(sorted(set(ubigeos)), key=lambda ubigeo: ubigeo[:4])
    body = "+".join(f"{province}-{''.join(u[4:] for u in members)}" for province, members in groups)
    return f"{body}.{check_letter(body)}" if body else ""


def check_letter(body: str) -> str:
    """Return the check letter of a code written without it."""
    digits = "".join(filter(str.isdigit, body))
    return ALPHABET[int(digits) % len(ALPHABET)]


def decode(code: str, territory: Territory) -> frozenset[str]:
    """Return the districts of a code; lower case and spaces do no harm. Raises BadCode."""
    text = _tidy(code)
    if not text:
        return frozenset()
    body, point, letter = text.partition(".")
    ubigeos = _read_body(body)
    if not point or not letter:
        raise BadCode("missing_check", code=code)
    if len(letter) != 1 or letter not in ALPHABET:
        raise BadCode("malformed", code=code)
    if letter != check_letter(body):
        raise BadCode("wrong_check", code=code)
    unknown = tuple(u for u in ubigeos if u not in territory.districts)
    if unknown:
        raise BadCode("unknown_district", code=code, ubigeos=unknown)
    if encode(ubigeos) != text:  # repeated or out of order: one set has one code
        raise BadCode("malformed", code=code)
    return frozenset(ubigeos)


def _tidy(code: str) -> str:
    """Upper case without spaces. A space before a province stands for `+`, which addresses turn into a space."""
    if not code.isascii():
        raise BadCode("malformed", code=code)
    text = re.sub(r"\s*([-+.])\s*", r"\1", code.strip().upper())
    text = re.sub(r"\s+(?=[0-9]{4}-)", "+", text)
    return re.sub(r"\s+", "", text)


def _read_body(body: str) -> list[str]:
    ubigeos = []
    for part in body.split("+"):
        match = _GROUP.fullmatch(part)
        if match is None:
            raise BadCode("malformed", code=body)
        province, districts = match.groups()
        ubigeos += [province + districts[i : i + 2] for i in range(0, len(districts), 2)]
    return ubigeos
