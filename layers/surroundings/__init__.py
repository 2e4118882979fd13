"""What lies around the territory on every map: the sea, the countries beside and the rest of Peru.

It is drawing, not data: nothing is measured on it, no edition holds it, and limits of any edition lie over it.
"""

from functools import cache
from pathlib import Path
from typing import Any

import orjson

FILE = Path(__file__).parent / "lands.json"
SOURCE = "Natural Earth 4.1, Admin 0, 1:50m (npm, world-atlas 2.0.2)"
EDITION = "4.1"  # of Natural Earth, which numbers its editions


@cache
def lands() -> dict[str, Any]:  # JSON
    """Return the lands, `home` (Peru) among them, each with its rings of [lon, lat] in degrees (WGS 84).

    `es` and `en` name those that touch Peru, and the sea at its place; others have no name.
    """
    content: dict[str, Any] = orjson.loads(FILE.read_bytes())  # JSON
    return content


__all__ = ["EDITION", "FILE", "SOURCE", "lands"]
