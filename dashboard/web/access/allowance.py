"""Bound how much one person asks of what costs much, so that one who presses again and again stops nobody else.

Counted by person over all processes where there is a Redis, else by each process. Where the Redis does not answer, each
counts for itself meanwhile.
"""

import logging
import tomllib
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import flask
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from dashboard import settings
from dashboard.records.core import LOCAL, RecordsError
from dashboard.web import request
from dashboard.web.access.safety import ATTACH
from dashboard.web.cache import PATIENCE_S
from geodata.shared import clock

PLAN, POOL, EXPORT, IMPORT, LIVE = "plan", "pool", "export", "import", "live"
FILE = Path(__file__).with_name("allowance.toml")
# what is made for whoever asks, by the name of its address
_OF_ADDRESS = {
    **dict.fromkeys(("coverage-workbook", "coverage-paper", "coverage-template", "edition-zip"), EXPORT),
    **dict.fromkeys(("districts-file", "proposals-file"), EXPORT),
    **dict.fromkeys(("live-data", "live-described"), LIVE),
    **dict.fromkeys(("acta-page", "acta-document", "upload-report", "edition-report", "sensitivity-workbook"), EXPORT),
    **dict.fromkeys(("upload-file", "coverage-sheet", ATTACH), IMPORT),
}

log = logging.getLogger(__name__)


class Spent(RecordsError):
    """More than one person may ask for in a while; `until` is when there is something left again."""

    room = "access.spent."

    def __init__(self, what: str, until: datetime):
        # to the minute that is sure
        moment = clock.here(until.replace(second=0, microsecond=0) + timedelta(minutes=1))
        super().__init__(what, at=f"{moment:%H:%M}")
        self.until = until

    @property
    def seconds(self) -> int:
        """How long until then, for programs."""
        return max(int((self.until - clock.now()).total_seconds()) + 1, 1)


@lru_cache(maxsize=1)
def allowed() -> dict[str, tuple[RateLimitItem, ...]]:
    """Return how much there is of each."""
    return {what: tuple(map(parse, texts)) for what, texts in tomllib.loads(FILE.read_text("utf-8")).items()}


@lru_cache(maxsize=1)
def _apart() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


@lru_cache(maxsize=1)
def _shared(address: str) -> MovingWindowRateLimiter:
    patience = {"socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S}
    return MovingWindowRateLimiter(storage_from_string(address, wrap_exceptions=False, **patience))


def spend(what: str) -> None:
    """Count something that the person of this request asks for. Raises Spent, and counts nothing then."""
    actor = request.actor()
    if actor.role == LOCAL:
        return
    key = actor.id or flask.request.remote_addr or ""
    address = settings.read().cache_redis
    try:
        until = _spend(_shared(address) if address else _apart(), allowed()[what], what, key)
    except RedisError as error:
        log.warning("what people ask for is counted by each process: %s", error)
        until = _spend(_apart(), allowed()[what], what, key)
    if until is not None:
        log.warning("refused: %s asked for too many of %s", actor.id, what)
        raise Spent(what, until)


def _spend(limiter: MovingWindowRateLimiter, items: Iterable[RateLimitItem], what: str, key: str) -> datetime | None:
    """Count once by each of the limits; return None, or when the one that is reached has room again."""
    items = tuple(items)
    for item in items:
        if not limiter.test(item, what, key):
            return clock.at(limiter.get_window_stats(item, what, key).reset_time)
    for item in items:
        limiter.hit(item, what, key)
    return None


def protect(server: flask.Flask) -> None:
    """Have what is made or taken at plain addresses counted."""
    server.before_request(_count)


def _count() -> None:
    what = _OF_ADDRESS.get(flask.request.endpoint or "")
    if what is not None:
        spend(what)
