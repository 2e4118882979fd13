"""What an import did to every row, and how a person is told: report, files, terminal."""

from geodata.reports import files
from geodata.reports.console import (
    Voice,
)
from geodata.reports.files import (
    COUNTED_ONLY,
    MOST_SPANS,
    ORDER,
    WRITERS,
    filled,
    harmless,
    ordered,
    sentence,
    write,
)
from geodata.reports.report import (
    KINDS,
    Event,
    Report,
    spans,
)

__all__ = [
    "COUNTED_ONLY",
    "Event",
    "KINDS",
    "MOST_SPANS",
    "ORDER",
    "Report",
    "Voice",
    "WRITERS",
    "files",
    "filled",
    "harmless",
    "ordered",
    "sentence",
    "spans",
    "write",
]
