"""The screen for an address that names no screen."""

from dashboard.pages.missing.layout import layout

TITLE = "missing.title"

__all__ = ["TITLE", "layout"]
