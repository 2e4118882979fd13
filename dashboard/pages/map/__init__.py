"""The map: what is shown, what is drawn, what is judged."""

from dashboard.pages.kit import Screen, Shell
from dashboard.pages.map import (
    callbacks,  # noqa: F401  (wires the screen)
    paper,
)
from dashboard.pages.map.layout import first_view, layout

SCREEN = Screen(
    "/", "shell.map", layout, place=0, link=Shell.TO_MAP, maps=True, first_view=first_view, serve=paper.serve
)

__all__ = ["SCREEN"]
