"""Keep computed answers that many readers ask for again."""

from flask_caching import Cache

cache = Cache()
