"""How far the clusters have come against what the programme set out to do."""

from dashboard.pages.coverage import (
    callbacks,  # noqa: F401  (wires the screen)
    routes,
)
from dashboard.pages.coverage.layout import layout
from dashboard.pages.kit import Screen

SCREEN = Screen("/cobertura", "coverage.nav", layout, place=60, serve=routes.serve, maps=True)

__all__ = ["SCREEN"]
