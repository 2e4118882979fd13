"""Every sentence a reader sees, in Spanish and English, kept as data beside this module.

Each file `<room>.<language>.toml` holds nested tables; a key is the dotted path to a sentence
(`rule.contiguous.fail`). Sentences carry named fields that :func:`say` fills.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geodata import words
from geodata.words import DEFAULT_LANGUAGE, LANGUAGES, UnknownText

__all__ = ["DEFAULT_LANGUAGE", "LANGUAGES", "UnknownText", "for_browser", "number", "say", "signed", "texts"]

FOLDER = Path(__file__).parent
FOLDERS = (FOLDER, words.FOLDER)

THIN_SPACE = "\u202f"
MINUS = "\u2212"


def texts(language: str) -> Mapping[str, str]:
    """Return all sentences of a language, by dotted key. Raises ValueError on a key held twice."""
    return words.read(FOLDERS, language)


def say(language: str, key: str, /, **fields: Any) -> str:
    """Return the sentence of a key with its fields filled. Raises UnknownText."""
    try:
        sentence = texts(language)[key]
    except KeyError:
        raise UnknownText(key) from None
    return sentence.format(**fields) if fields else sentence


def for_browser(language: str) -> dict[str, str]:
    """Return the sentences that browser-side functions speak, without their `browser.` prefix."""
    prefix = "browser."
    return {k.removeprefix(prefix): v for k, v in texts(language).items() if k.startswith(prefix)}


def number(value: float | None, language: str, decimals: int = 0, unknown: str = "s/d") -> str:
    """Write a number for a reader: thin-space thousands, decimal comma in Spanish.

    `None` and NaN are unknown, never zero.
    """
    if value is None or value != value:
        return unknown
    text = f"{abs(value):,.{decimals}f}".replace(",", THIN_SPACE)
    if language == "es":
        text = text.replace(".", ",")
    negative = value < 0 and any(ch in "123456789" for ch in text)
    return f"{MINUS}{text}" if negative else text


def signed(value: float | None, language: str, decimals: int = 0) -> str:
    """Write a difference with its sign; zero has none."""
    text = number(value, language, decimals)
    positive = value is not None and value > 0 and any(ch in "123456789" for ch in text)
    return f"+{text}" if positive else text
