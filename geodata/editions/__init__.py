"""Editions of the data set: made whole, kept, compared, switched and handed out."""

from geodata.editions import build, imports, store
from geodata.editions.diff import (
    compare,
)
from geodata.editions.export import export_edition
from geodata.editions.imports import (
    COLUMN,
    KNOWN,
    NEEDLESS,
    NEW,
    POSSIBLE,
    SUBJECTS,
    UNCHANGED,
    Outcome,
    Preview,
)
from geodata.editions.kinds import recognise
from geodata.editions.store import (
    SHIPPED,
    Damaged,
    Edition,
    Store,
    StoreError,
    now,
)

__all__ = [
    "COLUMN",
    "Damaged",
    "Edition",
    "KNOWN",
    "NEEDLESS",
    "NEW",
    "Outcome",
    "POSSIBLE",
    "Preview",
    "SHIPPED",
    "SUBJECTS",
    "Store",
    "StoreError",
    "UNCHANGED",
    "build",
    "compare",
    "export_edition",
    "imports",
    "now",
    "recognise",
    "store",
]
