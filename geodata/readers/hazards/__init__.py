"""Emergencies, read out of a table."""

from geodata.readers.hazards.hazards import (
    read,
    understand,
)

__all__ = [
    "read",
    "understand",
]
