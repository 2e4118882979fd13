"""Every sentence a reader sees, in Spanish and English, kept as data beside this module.

Each file `<room>.<language>.toml` holds nested tables; a key is the dotted path to a sentence
(`rule.contiguous.fail`). Sentences carry named fields that :func:`say` fills.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

LANGUAGES = ("es", "en")
DEFAULT_LANGUAGE = "es"
FOLDER = Path(__file__).parent

THIN_SPACE = "\u202f"
MINUS = "\u2212"


class UnknownText(KeyError):
    """A key that no text file holds."""


def _flatten(tree: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in tree.items():
        path = f"{prefix}.{key}" if prefix else key
        if isinstance(value, Mapping):
            flat.update(_flatten(value, path))
        else:
            flat[path] = value
    return flat


@lru_cache(maxsize=len(LANGUAGES))
def texts(language: str) -> Mapping[str, str]:
    """Return all sentences of a language, by dotted key. Raises ValueError on a key held twice."""
    merged: dict[str, str] = {}
    for file in sorted(FOLDER.glob(f"*.{language}.toml")):
        for key, sentence in _flatten(tomllib.loads(file.read_text("utf-8"))).items():
            if key in merged:
                raise ValueError(f"{file.name}: the text {key} is held twice")
            merged[key] = sentence
    return MappingProxyType(merged)


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
