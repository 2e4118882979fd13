"""Maps drawn for paper."""

from layers.drawing import maps
from layers.drawing.maps import (
    path,
    png,
    svg,
)

__all__ = [
    "maps",
    "path",
    "png",
    "svg",
]
