"""The map: what is shown, what is drawn, what is judged."""

from dashboard.pages.map import callbacks  # noqa: F401  (registers the screen's callbacks)
from dashboard.pages.map.layout import layout

PATH = "/"
TITLE = "shell.map"

__all__ = ["PATH", "TITLE", "layout"]
