"""Know the words that published tables use: marks of the unknown, hazards, types and states of conflicts.

The words stand in `geodata/places/codes/vocabulary.toml`; here they are only looked up, with accents,
capitals, points and blanks set aside.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from geodata.words import Table

FILE = Path(__file__).parents[2] / "places" / "codes" / "vocabulary.toml"


def plain(text: str) -> str:
    """Return the text in small letters without accents, its words parted by one blank.

    >>> plain(" INUNDACIÓN  por_desborde. ")
    'inundacion por desborde'
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^0-9a-z%/#-]+", " ", bare.lower()).strip()


@lru_cache(maxsize=1)
def _book() -> Table:
    return MappingProxyType(tomllib.loads(FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def unknown_marks() -> frozenset[str]:
    """Return the marks by which tables say that a figure is not known, as `plain` writes them."""
    return frozenset(plain(mark) for mark in _book()["unknown"]["marks"])


@lru_cache(maxsize=8)
def terms(name: str) -> Mapping[str, str]:
    """Return, for one vocabulary, the schema's value by each word that stands for it (`plain`).

    Raises KeyError for a vocabulary that is not kept.
    """
    groups = _book()[name]
    found = {plain(value): value for value in groups}
    for value, words in groups.items():
        for word in words:
            if found.setdefault(plain(word), value) != value:
                raise ValueError(f"{FILE.name}: {word!r} stands for two values of {name}")
    return MappingProxyType(found)


@lru_cache(maxsize=4)
def units(kind: str) -> frozenset[str]:
    """Return the units of a kind (counted, rate) as `plain` writes them. Raises KeyError."""
    return frozenset(plain(unit) for unit in _book()["units"][kind])


def named(
    columns: Iterable[str], vocabulary: str, taken: Mapping[str, str], below: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Return the role of each column that goes by a known name, the first of each role; `taken` keep theirs.

    taken: roles by column that are settled already. below: the lowest text over a column whose heading has
    several ("Afectados" under "Daños"). Raises KeyError for an unknown vocabulary.
    """
    names = terms(vocabulary)
    found: dict[str, str] = {}
    for column in columns:
        role = names.get(plain(column)) or names.get(plain(below.get(column, "")))
        if role is not None and column not in taken and role not in (*taken.values(), *found.values()):
            found[column] = role
    return found


@lru_cache(maxsize=1)
def idle_words() -> frozenset[str]:
    """Return the words that say nothing of the type or state of a case."""
    return frozenset(word for text in _book()["conflict_words"]["idle"] for word in plain(text).split())
