"""Figures by district, read out of a table."""

from geodata.readers.indicators.indicators import (
    read,
    understand,
)

__all__ = [
    "read",
    "understand",
]
