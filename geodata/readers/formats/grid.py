"""Hold a table as rows of texts, before its heading is found: what every kind of file is brought to."""

import re
from dataclasses import dataclass, field

from geodata.readers.contract import UnreadableFile
from geodata.readers.formats.safety import MAX_TEXT
from geodata.reports import Event

_EDGES = " \t\r\n\u00a0\u200b\ufeff"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass
class Grid:
    """rows: cells as text by row number as a spreadsheet shows it, "" blank."""

    rows: dict[int, list[str]]
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    events: list[Event] = field(default_factory=list)

    def note_computed(self, cells: int) -> None:
        """Tell how many cells were taken by the value that their formula last had."""
        self.events.insert(0, Event("note", "tables.note.formulas", {"cells": cells, "sheet": self.sheet}))


def cell_text(text: str, file: str, row: int) -> str:
    """Return the text of a cell without stray edges and control characters. Raises UnreadableFile.

    A cell longer than any text that people write means that the table's quotes do not close.
    """
    if len(text) > MAX_TEXT:
        raise UnreadableFile("tables.unreadable.long_cell", file=file, row=row)
    return (text if text.isprintable() else _CONTROL.sub("", text)).strip(_EDGES)
