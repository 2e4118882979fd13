"""Name the components of the screen of sensitivity."""

from enum import StrEnum


class SensitivityId(StrEnum):
    """Every component of the screen that a callback touches."""

    ROOT = "sensitivity-root"
    RANGES = "sensitivity-ranges"
    DRAWN = "sensitivity-drawn"
    PRINT = "sensitivity-print"
