"""The screen for an address that names no screen."""

from dashboard.pages.kit import Screen
from dashboard.pages.missing.layout import layout

SCREEN = Screen("", "missing.title", layout)

__all__ = ["SCREEN"]
