"""How far the clusters have come against what the programme set out to do."""

from dashboard.pages.coverage import callbacks
from dashboard.pages.coverage.layout import layout

PATH = "/cobertura"
DETAIL = ""
TITLE = "coverage.nav"

__all__ = ["DETAIL", "PATH", "TITLE", "callbacks", "layout"]
