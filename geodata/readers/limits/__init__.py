"""Limits of districts, read out of a file of shapes."""

from geodata.readers.limits.limits import (
    read,
    understand,
)

__all__ = [
    "read",
    "understand",
]
