"""The record looked after: audit, backup and its command line."""

from dashboard.records.admin.command import (
    RecordCommandLine,
    build,
)

__all__ = [
    "RecordCommandLine",
    "build",
]
