"""Maps, and bars beside their targets, drawn for paper."""

from layers.drawing.bars import TargetBar, target_bars
from layers.drawing.maps import Drawing, draw, png, svg
from layers.drawing.paths import path

__all__ = ["Drawing", "TargetBar", "draw", "path", "png", "svg", "target_bars"]
