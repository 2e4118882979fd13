"""Turn what a person chose on the form into answers as the readers take them.

What a browser sends is not trusted: only texts come through, bounded in length and number.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.pages.data.roles import NEW, VALUE, bare
from dashboard.web.uploads import Seen
from geodata.editions import COLUMN, SUBJECTS
from geodata.places import plain
from geodata.readers.shared import IGNORE, YEAR

LONGEST, MOST = 600, 4000
ONE_COLUMN_EACH = re.compile(r"(?!ignore$|value:|sample:).*")  # a role that only one column can have
KEPT_FOR_ANOTHER_KIND = ("source", "year")
INDICATOR, OTHER = "indicator:", "other"
_ROW_YEAR = "tables.choice.row_year"
_OTHERS = re.compile(r"[\n;]+")


class Twice(ValueError):
    """Two columns that say they are the same thing."""

    def __init__(self, role: str, columns: list[str]):
        super().__init__(role)
        self.role, self.columns = role, columns


def subject_of(sent: Any, seen: Seen | None) -> str:
    """Return the kind of file that a person chose, "" for the one that its content shows."""
    wanted = sent.get("subject") if isinstance(sent, dict) else None
    return wanted if wanted in SUBJECTS else seen.subject if seen is not None else ""


def answers(sent: Any, seen: Seen | None, before: Mapping[str, str], taken: set[str]) -> dict[str, str]:
    """Return the answers with which a file is to be read next. Raises Twice.

    sent: what changed on the form (`roles` by column, `answers` by key). before: the answers so far.
    taken: codes of indicators that a new one may not have.
    """
    sent = sent if isinstance(sent, dict) else {}
    if seen is not None and subject_of(sent, seen) != seen.subject:  # another kind asks other things
        return {key: before[key] for key in KEPT_FOR_ANOTHER_KIND if key in before}
    found = dict(before)
    for key, value in _texts(sent.get("answers")):
        if key == OTHER:
            found |= _others(value)
        elif value == "":
            found.pop(key, None)
        else:
            found[key] = _settled(key, value, taken)
            found |= _row_year(key, value, seen)
    for column, role in _texts(sent.get("roles")):
        found[f"{COLUMN}{column}"] = _role(column, role, taken)
    _once_each(found, seen)
    return found


def _texts(sent: Any) -> Iterator[tuple[str, str]]:
    pairs = list(sent.items())[:MOST] if isinstance(sent, dict) else []
    for key, value in pairs:
        if isinstance(key, str) and isinstance(value, str) and len(key) <= LONGEST:
            yield key, value.strip(" \r\n")[:LONGEST]


def _others(text: str) -> dict[str, str]:
    """Return answers written as `key=value`, one a line or parted by semicolons."""
    parts = (part.partition("=") for part in _OTHERS.split(text))
    return {key.strip(): value.strip() for key, sign, value in parts if sign and key.strip() and value.strip()}


def _settled(key: str, value: str, taken: set[str]) -> str:
    """Return an answer, a new indicator by a code of its own."""
    if value == NEW and key.startswith(INDICATOR):
        return code_of(key.removeprefix(INDICATOR), taken)
    return value


def _role(column: str, role: str, taken: set[str]) -> str:
    first, _, year = role.partition(":")
    if first != NEW:
        return role
    made = f"{VALUE}{code_of(column, taken)}"
    return f"{made}:{year}" if year else made


def code_of(name: str, taken: set[str]) -> str:
    """Return a code for a new indicator out of a name, without its year, that the catalogue has not.

    >>> code_of("QRESIDUOS _VAL 2019", set()), code_of("Población", {"poblacion"}), code_of("2019", set())
    ('qresiduos_val', 'poblacion_2', 'indicador')
    """
    bare_name = re.sub(r"[^a-z0-9]+", "_", plain(YEAR.sub(" ", name)).lower()).strip("_")
    code = re.sub(r"^[^a-z]+", "", bare_name)[:50] or "indicador"
    number, made = 1, code
    while made in taken:
        number += 1
        made = f"{code}_{number}"
    return made


def _row_year(key: str, value: str, seen: Seen | None) -> dict[str, str]:
    """Return that a column's figures are of the year of the row, where a person chose so."""
    asked = () if seen is None else seen.asked
    chosen = any(q.key == key and q.choices.get(value) == _ROW_YEAR for q in asked)
    return {f"year_of:{key.removeprefix(COLUMN)}": "row"} if chosen else {}


def _once_each(found: Mapping[str, str], seen: Seen | None) -> None:
    """Raise Twice where two columns would have a role that only one can have."""
    given = {key.removeprefix(COLUMN): role for key, role in found.items() if key.startswith(COLUMN)}
    by_role: dict[str, list[str]] = {}
    for column, role in given.items():
        if role != IGNORE and ONE_COLUMN_EACH.fullmatch(bare(role)):
            by_role.setdefault(role, []).append(column)
    for role, columns in by_role.items():
        if len(columns) > 1:
            raise Twice(role, columns)
