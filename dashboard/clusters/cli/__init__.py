"""The command line of the engine."""

from dashboard.clusters.cli.command import (
    ClustersCommandLine,
    build,
)

__all__ = [
    "ClustersCommandLine",
    "build",
]
