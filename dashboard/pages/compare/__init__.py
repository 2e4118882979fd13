"""Compare two to four candidates or proposals, side by side and on one printed page."""

from dashboard.pages.compare import callbacks  # noqa: F401  (registers the screen's callbacks)
from dashboard.pages.compare.layout import layout

PATH = "/comparar"
TITLE = "shell.compare"

__all__ = ["PATH", "TITLE", "layout"]
