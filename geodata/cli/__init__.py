"""The command line of the data."""

from geodata.cli import commands

__all__ = [
    "commands",
]
