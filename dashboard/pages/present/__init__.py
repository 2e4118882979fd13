"""A meeting on a projector: one proposal or comparison at a time, stepped through by keyboard."""

from dashboard.pages.present import callbacks
from dashboard.pages.present.layout import layout

PATH = "/presentar"
DETAIL = "/presentar/<meeting>"
TITLE = "present.nav"

__all__ = ["DETAIL", "PATH", "TITLE", "callbacks", "layout"]
