"""Layers of the user's own: points, lines or polygons, read out of a file of shapes or a table of coordinates."""

from geodata.readers.layers.layers import (
    read,
    understand,
)

__all__ = [
    "read",
    "understand",
]
