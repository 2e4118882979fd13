"""Every sentence a reader sees, in Spanish and English, kept as data beside this module.

Each file `<room>.<language>.toml` holds nested tables; a key is the dotted path to a sentence
(`rule.contiguous.fail`). Sentences carry named fields that :func:`say` fills.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geodata import words
from geodata.shared import precision
from geodata.words import DEFAULT_LANGUAGE, LANGUAGES, UnknownText

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "UnknownText", "for_browser", "number", "say", "signed", "texts"]

THIN_SPACE, MINUS = precision.THIN_SPACE, precision.MINUS

FOLDER = Path(__file__).parent
FOLDERS = (FOLDER, words.FOLDER)


def texts(language: str) -> Mapping[str, str]:
    """Return all sentences of a language, by dotted key. Raises ValueError on a key held twice."""
    return words.read(FOLDERS, language)


def say(language: str, key: str, /, **fields: Any) -> str:
    """Return the sentence of a key with its fields filled. Raises UnknownText."""
    try:
        sentence = texts(language)[key]
    except KeyError:
        raise UnknownText(key) from None
    return words.filled(sentence, fields)


def for_browser(language: str) -> dict[str, str]:
    """Return the sentences that browser-side functions speak, without their `browser.` prefix."""
    prefix = "browser."
    return {k.removeprefix(prefix): v for k, v in texts(language).items() if k.startswith(prefix)}


def number(value: float | None, language: str, decimals: int = 0, unknown: str | None = None) -> str:
    """Write a number for a reader, as :func:`geodata.shared.precision.written` does: decimal comma in Spanish.

    `None` and NaN are unknown, never zero; `unknown` is written for them, or the language's own short word.
    """
    unknown = say(language, "browser.unknown") if unknown is None else unknown
    return precision.written(value, decimals, comma=language == "es", unknown=unknown)


def signed(value: float | None, language: str, decimals: int = 0) -> str:
    """Write a difference with its sign; zero has none."""
    text = number(value, language, decimals)
    return f"+{text}" if value is not None and precision.rounded(value, decimals) > 0 else text
