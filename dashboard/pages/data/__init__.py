"""The data behind every figure: sources and coverage, editions, and bringing new files in."""

from dashboard.pages.data import callbacks  # noqa: F401  (wires the screen)
from dashboard.pages.data.layout import layout
from dashboard.pages.data.routes import serve
from dashboard.pages.kit import Screen

SCREEN = Screen("/datos", "shell.data", layout, place=70, serve=serve)

__all__ = ["SCREEN"]
