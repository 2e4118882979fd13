"""Choose the clusters of all phases at once: ask, see them on the map, and set two plans side by side."""

from dashboard.pages.kit import Screen, Shell
from dashboard.pages.plan import callbacks  # noqa: F401  (wires the screen)
from dashboard.pages.plan.layout import layout

SCREEN = Screen("/plan", "plan.nav", layout, place=20, link=Shell.TO_PLAN, maps=True)

__all__ = ["SCREEN"]
