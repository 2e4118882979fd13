"""The data behind every figure: sources and coverage, editions, and bringing new files in."""

from dashboard.pages.data import callbacks  # noqa: F401  (registers the screen's callbacks)
from dashboard.pages.data.layout import layout

PATH = "/datos"
TITLE = "shell.data"

__all__ = ["PATH", "TITLE", "layout"]
