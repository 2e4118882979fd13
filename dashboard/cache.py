"""Keep computed answers that many readers ask for again: in this process, or in a Redis for all of them.

A cache that cannot be reached is no reason to fail: the answer is computed.
"""

import logging
from collections.abc import Callable
from typing import Any

import flask
from flask_caching import Cache
from redis.exceptions import RedisError

from dashboard import settings

PREFIX = "conglomerados:"  # a Redis may serve others too
PATIENCE_S = 1

cache = Cache()
log = logging.getLogger(__name__)


def serve_cache(server: flask.Flask, wanted: settings.Settings) -> None:
    """Give a server the cache that its settings name."""
    config: dict[str, Any] = {"CACHE_TYPE": wanted.cache, "CACHE_DEFAULT_TIMEOUT": wanted.cache_seconds}
    if wanted.cache_redis:
        patience = {"socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S}
        config |= {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": wanted.cache_redis}
        config |= {"CACHE_KEY_PREFIX": PREFIX, "CACHE_OPTIONS": patience}
    cache.init_app(server, config=config)


def remembered(key: str, compute: Callable[[], Any]) -> Any:
    """Return what is kept under a key, else compute it and keep it."""
    try:
        found = cache.get(key)
    except RedisError as error:
        log.warning("the cache does not answer: %s", error)
        return compute()
    if found is None:
        found = compute()
        try:
            cache.set(key, found)
        except RedisError as error:
            log.warning("the cache does not keep: %s", error)
    return found
