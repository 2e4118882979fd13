"""Propose clusters: every feasible candidate of a province, by the group's weights, as list, scatter and map."""

from dashboard.pages.kit import Screen, Shell
from dashboard.pages.propose import callbacks  # noqa: F401  (wires the screen)
from dashboard.pages.propose.layout import layout

SCREEN = Screen("/proponer", "shell.propose", layout, place=10, link=Shell.TO_PROPOSE, maps=True)

__all__ = ["SCREEN"]
