"""Maps drawn for paper."""

from layers.drawing.maps import Drawing, draw, png, svg
from layers.drawing.paths import path

__all__ = ["Drawing", "draw", "path", "png", "svg"]
