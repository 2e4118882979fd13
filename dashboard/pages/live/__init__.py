"""Live data: addresses that QGIS, Power BI and Excel read, without an account, until they are ended."""

from dashboard.pages.kit import Screen
from dashboard.pages.live import callbacks  # noqa: F401  (wires the screen)
from dashboard.pages.live.layout import layout
from dashboard.pages.live.routes import serve

SCREEN = Screen("/datos-vivos", "live.nav", layout, serve=serve)

__all__ = ["SCREEN"]
