"""The command line of the engine."""

from dashboard.clusters.cli.command import (
    Desk,
    build,
)

__all__ = [
    "Desk",
    "build",
]
