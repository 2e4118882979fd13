"""Hand out what this process serves: the data set in use and the language of the reader."""

from functools import lru_cache

from flask import has_request_context, request

from dashboard import settings, texts
from geodata import dataset as datasets

LANGUAGE_COOKIE = "lang"


@lru_cache(maxsize=1)
def dataset() -> datasets.Dataset:
    """Return the data set in use: the one that ships, or the folder that a setting names."""
    folder = settings.read().data_folder
    return datasets.load(folder) if folder else datasets.default()


def language() -> str:
    """Return the language the reader chose, Spanish where none was."""
    chosen = request.cookies.get(LANGUAGE_COOKIE) if has_request_context() else None
    return chosen if chosen in texts.LANGUAGES else texts.DEFAULT_LANGUAGE


def say(key: str, /, **fields) -> str:
    """Return a sentence in the reader's language."""
    return texts.say(language(), key, **fields)
