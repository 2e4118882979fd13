"""Every sentence that importing says, in Spanish and English, kept as data beside this module.

Each file `<room>.<language>.toml` holds nested tables; a key is the dotted path to a sentence
(`import.limits.null_geometry`). Sentences carry named fields that :func:`say` fills, with the words that agree with
a number. The screens' own sentences (`dashboard.texts`) are read by the same functions.
"""

import string
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

Field = Any  # what fills a place of a sentence: text, a number, a date, or several of them
Fields = Mapping[str, Field]
Table = Mapping[str, Any]  # as TOML gives it: texts, or tables of them
LANGUAGES = ("es", "en")
DEFAULT_LANGUAGE = "es"
FOLDER = Path(__file__).parent


class UnknownText(KeyError):
    """A key that no text file holds."""


def flatten(tree: Table, prefix: str = "") -> dict[str, str]:
    """Return nested tables as one mapping by dotted path."""
    flat: dict[str, str] = {}
    for key, value in tree.items():
        path = f"{prefix}.{key}" if prefix else key
        if isinstance(value, Mapping):
            flat.update(flatten(value, path))
        else:
            flat[path] = value
    return flat


@lru_cache(maxsize=8)
def read(folders: tuple[Path, ...], language: str) -> Mapping[str, str]:
    """Return all sentences of a language in some folders. Raises ValueError on a key held twice."""
    merged: dict[str, str] = {}
    for file in _files(folders, language):
        for key, sentence in flatten(tomllib.loads(file.read_text("utf-8"))).items():
            if key in merged:
                raise ValueError(f"{file.name}: the text {key} is held twice")
            merged[key] = sentence
    return MappingProxyType(merged)


def _files(folders: Iterable[Path], language: str) -> list[Path]:
    return [file for folder in folders for file in sorted(folder.glob(f"*.{language}.toml"))]


def say(language: str, key: str, /, **fields: Field) -> str:
    """Return the sentence of a key with its fields filled. Raises UnknownText."""
    try:
        sentence = read((FOLDER,), language)[key]
    except KeyError:
        raise UnknownText(key) from None
    return filled(sentence, fields)


class _Missing(str):
    """The name of a field that was not given."""


class _Counting(string.Formatter):
    """Fills `{n:distrito|distritos}` with the word that agrees with the field: the first where it is one."""

    def get_value(self, key: int | str, args: Sequence[Field], fields: Fields) -> Field:
        return fields[str(key)] if key in fields else _Missing(key)

    def format_field(self, value: Field, spec: str) -> str:
        if "|" in spec:
            one, many = spec.split("|", 1)
            return one if str(value) == "1" else many
        if isinstance(value, _Missing):
            raise KeyError(str(value))
        return super().format_field(value, spec)


_COUNTING = _Counting()


def filled(sentence: str, fields: Fields) -> str:
    """Return a sentence with its fields filled.

    `{n}` is filled with what it holds, `{n:distrito|distritos}` with the word that agrees with it. A field may be a
    number or a number already written; a word whose number is not given is of many, as a heading says it.

    >>> filled("{n} {n:distrito|distritos}", {"n": 1}), filled("{n} {n:distrito|distritos}", {"n": 21})
    ('1 distrito', '21 distritos')
    """
    if "|" in sentence:
        return _COUNTING.vformat(sentence, (), fields)
    return sentence.format(**fields) if fields else sentence
