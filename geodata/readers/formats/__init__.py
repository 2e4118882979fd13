"""Files of any format brought to rows of text and shapes, within bounds."""

from geodata.readers.formats import vector
from geodata.readers.formats.grid import (
    Grid,
)
from geodata.readers.formats.safety import (
    MAX_FILE_BYTES,
    MAX_TABLE_BYTES,
    MB,
    check_archive,
    neutral,
)
from geodata.readers.formats.sheets import (
    TOLD_ROWS,
    Sheet,
    read_grid,
    read_sheet,
)
from geodata.readers.formats.spatial import (
    is_spatial,
)
from geodata.readers.formats.systems import (
    Placing,
    settle,
    to_degrees,
)

__all__ = [
    "Grid",
    "MAX_FILE_BYTES",
    "MAX_TABLE_BYTES",
    "MB",
    "Placing",
    "Sheet",
    "TOLD_ROWS",
    "check_archive",
    "is_spatial",
    "neutral",
    "read_grid",
    "read_sheet",
    "settle",
    "to_degrees",
    "vector",
]
