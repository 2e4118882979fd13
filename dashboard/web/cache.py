"""Keep computed answers that many readers ask for again: in this process, or in a Redis for all of them.

A cache only saves work. Where it does not answer, the answer is computed, and the cache is left alone for a moment.
"""

import hashlib
import logging
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import flask
from flask_caching import Cache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from dashboard import settings

PATIENCE_S = 0.5
LEFT_ALONE_S = 10  # after it did not answer
ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("geodata", "layers", "dashboard")
ENDINGS = ("py", "toml", "html", "svg", "xml", "css", "kml", "qml", "sld")  # of files that an answer can depend on

cache = Cache()
log = logging.getLogger(__name__)
_left_alone_until = 0.0


def serve_cache(server: flask.Flask, wanted: settings.Settings) -> None:
    """Give a server the cache that its settings name.

    In a Redis, answers of another state of the program are not found: two versions of it may be at work.
    """
    config: dict[str, Any] = {"CACHE_TYPE": wanted.cache, "CACHE_DEFAULT_TIMEOUT": wanted.cache_seconds}
    if wanted.cache_redis:
        # one more try at once: a connection that was kept open may have been closed meanwhile
        options = {"socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S, "retry": Retry(NoBackoff(), 1)}
        config |= {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": wanted.cache_redis, "CACHE_OPTIONS": options}
        config |= {"CACHE_KEY_PREFIX": f"conglomerados:{program()}:"}
    cache.init_app(server, config=config)


@lru_cache(maxsize=1)
def program() -> str:
    """Return a hash of the program, its tables and templates: two processes with the same one answer alike."""
    files = [path for room in ROOMS for ending in ENDINGS for path in (ROOT / room).rglob(f"*.{ending}")]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def remembered(key: str, compute: Callable[[], Any]) -> Any:
    """Return what is kept under a key, else compute it and keep it."""
    found = _asked(lambda: cache.get(key))
    if found is None:
        found = compute()
        _asked(lambda: cache.set(key, found))
    return found


def _asked(do: Callable[[], Any]) -> Any:
    """Return what the cache answers, None where it does not."""
    global _left_alone_until
    if time.monotonic() < _left_alone_until:
        return None
    try:
        return do()
    except RedisError as error:
        _left_alone_until = time.monotonic() + LEFT_ALONE_S
        log.warning("the cache does not answer: %s", error)
        return None
