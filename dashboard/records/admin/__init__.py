"""The record looked after: audit, backup and its command line."""

from dashboard.records.admin.command import (
    Desk,
    build,
)

__all__ = [
    "Desk",
    "build",
]
