"""Official files as they are published: downloaded, bounded and verified."""

from geodata.sources import fetch

__all__ = [
    "fetch",
]
