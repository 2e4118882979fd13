"""Propose clusters: every feasible candidate of a province, by the group's weights, as list, scatter and map."""

from dashboard.pages.propose import callbacks  # noqa: F401  (registers the screen's callbacks)
from dashboard.pages.propose.layout import layout

PATH = "/proponer"
TITLE = "shell.propose"

__all__ = ["PATH", "TITLE", "layout"]
