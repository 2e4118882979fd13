"""Meetings of the consultative groups: members, agenda, what is reviewed and decided, and the acta."""

from dashboard.pages.kit import Screen
from dashboard.pages.meetings import (
    callbacks,  # noqa: F401  (wires the screen)
    routes,
)
from dashboard.pages.meetings.layout import layout

SCREEN = Screen("/reuniones", "meetings.nav", layout, detail="/reuniones/<meeting>", place=50, serve=routes.serve)

__all__ = ["SCREEN"]
