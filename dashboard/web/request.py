"""Say what a request is: who asks, in what language, on which edition of the data, of which record. The one place.

Every request works with one Dataset, taken once. A page that says on which edition it was laid out is
answered from that edition as long as it is among the last ones in use, so that neither an answer nor
a page mixes two; what it is told besides is which edition is in use now.
"""

import threading
import time
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import flask
from flask import Response, g, has_request_context
from flask_login import current_user

from dashboard import settings, texts
from dashboard.clusters.writing import Say
from dashboard.records.core import (
    NOBODY,
    SERVING,
    Actor,
    BadInput,
    NotNow,
    RecordsError,
    Store,
    Words,
    local_actor,
    may,
)
from dashboard.records.opening import open_store
from dashboard.records.people import count_accounts
from dashboard.web import editions
from geodata.editions import compare
from geodata.editions.store import whoami
from geodata.model import Dataset, Territory
from geodata.reports import Event

LANGUAGE_COOKIE = "lang"
PAGE_EDITION = "X-Edition"  # sent by a page: the edition it was laid out on
EDITION_IN_USE = "X-Edition-In-Use"  # sent to a page
LOOK_EVERY_S = 3  # whether there are accounts: another process may make the first one at any time
_lock = threading.Lock()
_looked: tuple[float, bool] | None = None


@dataclass(frozen=True, eq=False)
class RequestContext:
    """Who asks (`actor`), in whose `words`, of which record (`store`), beside which edition of the data."""

    store: Store
    actor: Actor
    words: Words

    @property
    def say(self) -> Say:
        """What says a sentence in the reader's language."""
        return self.words.say

    @property
    def dataset(self) -> Dataset:
        """The edition of the data."""
        return self.store.dataset

    @property
    def territory(self) -> Territory:
        """The division of that edition."""
        return self.store.dataset.territory

    def may(self, action: str, department: str | None = None) -> bool:
        """Tell whether the one who asks may do something, in a department where one is named."""
        return may(self.actor, action, department)


def context() -> RequestContext:
    """Return the context of this request. Raises RecordsError where the record cannot be opened."""
    return RequestContext(record(), actor(), words())


# ---- who asks


def has_accounts() -> bool:
    """Tell whether people sign in: whether there are accounts, as far as was known some seconds ago."""
    global _looked
    with _lock:
        if _looked is None or time.monotonic() - _looked[0] > LOOK_EVERY_S:
            _looked = time.monotonic(), count_accounts(opened_record()) > 0
        return _looked[1]


def accounts_changed() -> None:
    """Forget what is known of accounts: some have changed."""
    global _looked
    with _lock:
        _looked = None


def actor() -> Actor:
    """Return who acts in this request: the one person of local mode, someone who signed in, or nobody."""
    if not has_accounts():
        return local_actor(whoami())
    is_someone = has_request_context() and current_user.is_authenticated
    return current_user.actor if is_someone else NOBODY


# ---- of which record


@lru_cache(maxsize=1)
def opened_record() -> Store:
    """Return the record of this process, beside the edition in use when it was opened. Raises RecordsError."""
    return open_store(settings.read().record_url, editions.served().in_use(), patience=SERVING)


def record() -> Store:
    """Return the record, beside the edition of the data of this request. Raises RecordsError at the first opening."""
    if has_request_context():
        g.record_handed_out = True  # it may be written to
    return opened_record().on(dataset())


def forget_record() -> None:
    """Forget the record that was opened, which has been closed."""
    opened_record.cache_clear()


# ---- on which edition


def dataset() -> Dataset:
    """Return the data set of this request, the same for all of it; outside a request, the one in use."""
    if not has_request_context():
        return editions.served().in_use()
    if "dataset" not in g:
        page = flask.request.headers.get(PAGE_EDITION, "")
        g.dataset = (editions.served().of(page) if page else None) or editions.served().in_use()
    return g.dataset


def tell_edition(response: Response) -> Response:
    """Say in an answer made of data which edition is in use; for `after_request`."""
    if "dataset" in g:
        response.headers[EDITION_IN_USE] = editions.served().in_use().edition
    return response


def cache_key(*parts: Any) -> str:
    """Return a key for flask-caching that no other edition of the data shares."""
    return ":".join(map(str, (dataset().edition, *parts)))


def judged_on(edition: Any) -> str | None:
    """Return a sentence where something was judged on another edition than the one of this request.

    None where it is the same, or where what a browser sent names no edition.
    """
    now = dataset().edition
    if not isinstance(edition, str) or not editions.EDITION.fullmatch(edition) or edition == now:
        return None
    return say("edition.judged_on", was=edition, now=now)


def changes_since(edition: Any) -> tuple[Event, ...] | None:
    """Return what differs between an edition and that of this request; None where the former is not at hand."""
    former = editions.served().of(edition) if isinstance(edition, str) else None
    return None if former is None else _changes(former, dataset())


@lru_cache(maxsize=8)
def _changes(former: Dataset, now: Dataset) -> tuple[Event, ...]:
    return tuple(compare(former, now))


# ---- in what language


def language() -> str:
    """Return the language the reader chose, Spanish where none was."""
    chosen = flask.request.cookies.get(LANGUAGE_COOKIE) if has_request_context() else None
    return chosen if chosen in texts.LANGUAGES else texts.DEFAULT_LANGUAGE


def say(key: str, /, **fields: object) -> str:
    """Return a sentence in the reader's language."""
    return texts.say(language(), key, **fields)


def words() -> Words:
    """Return what the record speaks with, in the reader's language."""
    return words_of(language())


@lru_cache(maxsize=len(texts.LANGUAGES))
def words_of(language: str) -> Words:
    """Return what the record speaks with in a language."""
    return Words(
        partial(texts.say, language), lambda value, decimals: texts.number(value, language, decimals), language
    )


def sentences(error: RecordsError, words: Words) -> tuple[str, tuple[str, ...]]:
    """Return the sentence of an error and those of everything that must be mended first."""
    faults = error.faults if isinstance(error, (BadInput, NotNow)) else ()
    return words.say(error.message, **error.fields), tuple(words.fault(fault) for fault in faults)
