"""Keep the engine's answers by what was asked, so that many readers of one candidate cost one search."""

import hashlib
from collections.abc import Callable
from typing import Any

import orjson

from dashboard.web import overview, request
from dashboard.web.cache import remembered


def kept(name: str, asked: Any, make: Callable[[], Any]) -> Any:
    """Return the answer to what was asked, made once for the edition, the proposals and the language of this request.

    `asked` holds plain values only; what JSON cannot say is not kept.
    """
    try:
        body = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)
    except (TypeError, orjson.JSONEncodeError):
        return make()
    key = request.cache_key(name, overview.proposals_print(), request.language(), hashlib.sha256(body).hexdigest())
    return remembered(key, make)
