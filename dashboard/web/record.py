"""Hand out the record of this process, and the words in which it speaks to the reader of a request."""

from functools import lru_cache, partial

from flask import g, has_request_context

from dashboard import settings, texts
from dashboard.records.core import SERVING, BadInput, NotNow, RecordsError, Store, Words
from dashboard.records.opening import open_store
from dashboard.web import request


@lru_cache(maxsize=1)
def opened() -> Store:
    """Return the record of this process, beside the edition in use when it was opened. Raises RecordsError."""
    return open_store(settings.read().record_url, request.editions().in_use(), patience=SERVING)


def store() -> Store:
    """Return the record, beside the edition of the data of this request. Raises RecordsError at the first opening."""
    if has_request_context():
        g.record_handed_out = True  # it may be written to
    return opened().on(request.dataset())


def forget() -> None:
    """Forget the store that was opened, which has been closed."""
    opened.cache_clear()


def words() -> Words:
    """Return what the record speaks with, in the reader's language."""
    return words_of(request.language())


@lru_cache(maxsize=len(texts.LANGUAGES))
def words_of(language: str) -> Words:
    """Return what the record speaks with in a language."""
    return Words(
        partial(texts.say, language), lambda value, decimals: texts.number(value, language, decimals), language
    )


def told(error: RecordsError, words: Words) -> tuple[str, tuple[str, ...]]:
    """Return the sentence of an error and those of everything that must be mended first."""
    faults = error.faults if isinstance(error, (BadInput, NotNow)) else ()
    return words.say(error.message, **error.fields), tuple(words.fault(fault) for fault in faults)
