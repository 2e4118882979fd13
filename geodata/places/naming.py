"""Compare names of places as people write them: accents, capitals, notes, abbreviations, slips."""

import re
import unicodedata
from functools import cache, lru_cache

from rapidfuzz.distance import OSA, Indel

from geodata.places.codes import table

BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
NOTES = re.compile(r"\d+\s*/|/\s*\d+")  # "HUIPOCA 8/": official tables mark a note so
LEVEL = re.compile(r"^(?:DIST(?:RITO)?|PROV(?:INCIA)?|DEP(?:TO|ARTAMENTO)?|DPTO|REGION)(?: DEL?)? (?=\S)")


@cache
def abbreviations() -> dict[str, str]:
    """Return the shortened words that are written out before two names are compared."""
    return {row["written"]: row["meaning"] for row in table("abbreviations")}


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Return a name as it is compared; empty where nothing is left.

    That is in capitals without accents or tildes, abbreviations written out, without notes, brackets or
    the word for its level.

    >>> plain("Dist. de Sta. María  5/ (Ñ)"), plain("CUÑUMBUQUI")
    ('SANTA MARIA', 'CUNUMBUQUI')
    """
    text = NOTES.sub(" ", BRACKETS.sub(" ", text))
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).upper())
    letters = (c for c in text if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in letters).split()
    long = abbreviations()
    return LEVEL.sub("", " ".join(long.get(word, word) for word in words))


@lru_cache(maxsize=65536)
def _joined(name: str) -> str:
    return name.replace(" ", "")


def slips(one: str, other: str) -> int:
    """Return how many slips part two plain names.

    A slip is a letter put in, left out or changed, or two swapped; blanks do not count.
    """
    return OSA.distance(_joined(one), _joined(other))


def likeness(one: str, other: str) -> float:
    """Return how alike two plain names are, 0 (nothing shared) to 100 (the same); blanks do not count.

    The better of two measures of rapidfuzz: shared letters in order (indel), which is kind to one
    letter read as two, and slips against length (optimal string alignment), kind to a swap.

    >>> round(likeness("CUFIUMBUQUI", "CUNUMBUQUI"), 1)
    85.7
    """
    pair = _joined(one), _joined(other)
    return 100 * max(Indel.normalized_similarity(*pair), OSA.normalized_similarity(*pair))
