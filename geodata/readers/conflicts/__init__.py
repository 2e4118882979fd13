"""Cases of social conflict, read out of a table."""

from geodata.readers.conflicts.conflicts import (
    read,
    understand,
)

__all__ = [
    "read",
    "understand",
]
