"""Hand out the record of this process, its proposals, and the words in which it speaks to the reader of a request.

Every screen that draws or judges sees the proposals that are kept, taken once a request. Answers to a page carry a
print of them (`X-Record`), so that a page that has others asks for the new ones.
"""

import logging
from functools import lru_cache, partial

from flask import Response, g, has_request_context, request
from sqlalchemy.exc import SQLAlchemyError

from dashboard import current, settings, texts
from dashboard.access import people
from dashboard.clusters.rules import Context
from dashboard.records.errors import BadInput, NotNow, RecordsError
from dashboard.records.overview import Overview, Watch
from dashboard.records.proposals import Proposal
from dashboard.records.store import Store, open_store
from dashboard.records.words import Words

PRINT = "X-Record"  # sent to a page: the print of the proposals as they are after the request
QUESTIONS = "/_dash-update-component"

log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def _opened() -> Store:
    return open_store(settings.read().record_url, current.editions().in_use())


def store() -> Store:
    """Return the record, beside the edition of the data of this request. Raises RecordsError at the first opening."""
    if has_request_context():
        g.record_handed_out = True  # it may be written to
    return _opened().on(current.dataset())


def forget() -> None:
    """Forget the store that was opened, which has been closed."""
    _opened.cache_clear()
    _watch.cache_clear()


@lru_cache(maxsize=1)
def _watch() -> Watch:
    return Watch(_opened())


def _now() -> Overview:
    return _watch().now().seen_by(people.actor())


def overview() -> Overview:
    """Return every proposal that the person of this request may read, the same for all of the request."""
    if not has_request_context():
        return _now()
    if "overview" not in g:
        g.overview = _now()
    return g.overview


def proposals() -> tuple[Proposal, ...]:
    """Return the proposals that stand among the others: proposed, or settled as clusters."""
    return overview().standing


def every_proposal() -> tuple[Proposal, ...]:
    """Return the proposals in every state: those apart too, such as candidates, returned and withdrawn ones."""
    return overview().proposals


def context() -> Context:
    """Return what a candidate is judged against: the data set of this request and the proposals that are kept."""
    return Context.of(current.dataset(), proposals())


def proposals_print() -> str:
    """Return a hash of the proposals of this request: what is kept of an answer belongs to it."""
    return overview().print


def tell_print(response: Response) -> Response:
    """Say in an answer to a page what the proposals are, after whatever it changed; for `after_request`."""
    if request.path.endswith(QUESTIONS):
        try:
            response.headers[PRINT] = (_now() if "record_handed_out" in g else overview()).print
        except SQLAlchemyError as error:  # the answer itself is good
            log.warning("the record cannot be looked at: %s", error)
    return response


def words() -> Words:
    """Return what the record speaks with, in the reader's language."""
    return words_of(current.language())


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
