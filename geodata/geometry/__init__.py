"""Shapes on the ground: coordinate systems, mending, and districts fitted together without gaps."""

from geodata.geometry import projection, repair, topology, within
from geodata.geometry.projection import (
    EQUAL_AREA,
    WGS84,
    to_cylinder,
)

__all__ = [
    "EQUAL_AREA",
    "WGS84",
    "projection",
    "repair",
    "to_cylinder",
    "topology",
    "within",
]
