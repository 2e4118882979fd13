"""Proposals kept in the record: the list, one with its steps, and its history."""

from dashboard.pages.kit import Screen
from dashboard.pages.record import callbacks  # noqa: F401  (wires the screen)
from dashboard.pages.record.layout import layout
from dashboard.pages.record.routes import serve

SCREEN = Screen("/registro", "register.nav", layout, detail="/registro/<proposal>", place=40, maps=True, serve=serve)

__all__ = ["SCREEN"]
