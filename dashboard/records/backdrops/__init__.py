"""Maps of other servers that may lie below ours, by their addresses."""

from dashboard.records.backdrops import backdrops
from dashboard.records.backdrops.backdrops import (
    BACKDROP,
    FORMS,
    MOST_ZOOM,
    TILES,
    WMS,
    Backdrop,
)

__all__ = [
    "BACKDROP",
    "Backdrop",
    "FORMS",
    "MOST_ZOOM",
    "TILES",
    "WMS",
    "backdrops",
]
