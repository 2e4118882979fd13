"""Links between capitals, read out of a table."""

from geodata.readers.links.links import (
    read,
    understand,
)
from geodata.readers.links.recognised import holds_links

__all__ = [
    "holds_links",
    "read",
    "understand",
]
