"""How firm the order of districts by their gaps is: the same gaps, reckoned in other ways."""

from dashboard.pages.kit import Screen
from dashboard.pages.sensitivity import (
    callbacks,  # noqa: F401  (wires the screen)
    routes,
)
from dashboard.pages.sensitivity.layout import layout

SCREEN = Screen("/sensibilidad", "sensitivity.nav", layout, serve=routes.serve)

__all__ = ["SCREEN"]
