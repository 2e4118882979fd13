"""The data behind every figure: source, years, unit, coverage and known limits."""

from dashboard.pages.data.layout import layout

PATH = "/datos"
TITLE = "shell.data"

__all__ = ["PATH", "TITLE", "layout"]
