"""Meetings of the consultative groups: members, agenda, what is reviewed and decided, and the acta."""

from dashboard.pages.meetings import callbacks  # noqa: F401  (wires the screen)
from dashboard.pages.meetings.layout import layout

PATH = "/reuniones"
DETAIL = "/reuniones/<meeting>"
TITLE = "meetings.nav"

__all__ = ["DETAIL", "PATH", "TITLE", "layout"]
