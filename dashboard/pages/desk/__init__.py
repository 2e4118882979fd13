"""What waits for whoever signs in, and what is new to them: where they land."""

from dashboard.pages.desk import callbacks  # noqa: F401  (wires the screen)
from dashboard.pages.desk.layout import layout
from dashboard.pages.kit import Screen

SCREEN = Screen("/pendientes", "desk.nav", layout)

__all__ = ["SCREEN"]
