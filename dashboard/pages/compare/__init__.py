"""Compare two to four candidates or proposals, side by side and on one printed page."""

from dashboard.pages.compare import callbacks  # noqa: F401  (wires the screen)
from dashboard.pages.compare.layout import layout
from dashboard.pages.kit import Screen, Shell

SCREEN = Screen("/comparar", "shell.compare", layout, place=30, link=Shell.TO_COMPARE, maps=True)

__all__ = ["SCREEN"]
