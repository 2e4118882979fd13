"""A meeting on a projector: one proposal or comparison at a time, stepped through by keyboard."""

from dashboard.pages.kit import Screen
from dashboard.pages.present import (
    callbacks,  # noqa: F401  (wires the screen)
    routes,
)
from dashboard.pages.present.layout import layout

SCREEN = Screen("/presentar", "present.nav", layout, detail="/presentar/<meeting>", serve=routes.serve, maps=True)

__all__ = ["SCREEN"]
