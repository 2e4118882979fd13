"""Official files as they are published: downloaded, bounded and verified."""

from geodata.sources import fetch
from geodata.sources.archives import openers, unpack
from geodata.sources.verify import FetchError

__all__ = [
    "FetchError",
    "fetch",
    "openers",
    "unpack",
]
