"""Choose the clusters of all phases at once: ask, see them on the map, and set two plans side by side."""

from dashboard.pages.plan import callbacks  # noqa: F401  (registers the screen's callbacks)
from dashboard.pages.plan.layout import layout

PATH = "/plan"
TITLE = "plan.nav"

__all__ = ["PATH", "TITLE", "layout"]
