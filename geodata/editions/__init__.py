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
    ImportOutcome,
    Preview,
)
from geodata.editions.kinds import recognise
from geodata.editions.store import (
    SHIPPED,
    DamagedEdition,
    Edition,
    EditionStore,
    StoreError,
    now,
)

__all__ = [
    "COLUMN",
    "DamagedEdition",
    "Edition",
    "KNOWN",
    "NEEDLESS",
    "NEW",
    "ImportOutcome",
    "POSSIBLE",
    "Preview",
    "SHIPPED",
    "SUBJECTS",
    "EditionStore",
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
