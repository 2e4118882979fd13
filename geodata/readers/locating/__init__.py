"""Which place each row is about: found by code or by name, never guessed."""

from geodata.readers.locating.coding import (
    code_texts,
)
from geodata.readers.locating.places import (
    LEVELS,
    PlaceColumns,
    find_coding,
    find_columns,
    locate,
)

__all__ = [
    "LEVELS",
    "PlaceColumns",
    "code_texts",
    "find_coding",
    "find_columns",
    "locate",
]
