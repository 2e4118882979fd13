"""Proposals kept in the record: the list, one with its steps, and its history."""

from dashboard.pages.record import callbacks  # noqa: F401  (registers the screen's callbacks)
from dashboard.pages.record.layout import layout

PATH = "/registro"
DETAIL = "/registro/<proposal>"
TITLE = "register.nav"

__all__ = ["DETAIL", "PATH", "TITLE", "layout"]
