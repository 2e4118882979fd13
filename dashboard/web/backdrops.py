"""The maps of other servers that may lie below ours: who may see them, and what of them a content policy lets in.

They are known to each process for a moment: every page needs them for its policy.
"""

import logging
import math
import threading
import time
from collections.abc import Iterable
from urllib.parse import urlencode

from sqlalchemy.exc import SQLAlchemyError

from dashboard.records.backdrops import TILES, Backdrop, backdrops
from dashboard.records.core import RecordsError, may
from dashboard.web import request

LOOK_EVERY_S = 3  # another process may have added or removed one
TILE = 256  # pixels
TRIED_ZOOM = 8  # of the piece that is asked for to try one: some provinces
EARTH = 2 * math.pi * 6378137  # metres around the equator, in web mercator (EPSG:3857)

log = logging.getLogger(__name__)
_lock = threading.Lock()
_known: tuple[float, tuple[Backdrop, ...]] | None = None


def offered() -> tuple[Backdrop, ...]:
    """Return those that whoever asks may see, by name; none where the record cannot be read."""
    try:
        return _every() if may(request.actor(), "backdrop.read") else ()
    except (RecordsError, SQLAlchemyError, OSError) as error:
        log.warning("what may lie below the map is not known: %s", error)
        return ()


def _every() -> tuple[Backdrop, ...]:
    global _known
    with _lock:
        if _known is None or time.monotonic() - _known[0] > LOOK_EVERY_S:
            _known = time.monotonic(), backdrops.every(request.opened_record())
        return _known[1]


def changed() -> None:
    """Forget what is known of them: some were added or removed."""
    global _known
    with _lock:
        _known = None


def origins() -> Iterable[str]:
    """Return the servers that the page of this request may take images from, and no others."""
    return sorted({backdrop.origin for backdrop in offered()})


def sample(backdrop: Backdrop, box: tuple[float, float, float, float]) -> str:
    """Return the address of one image of it about the middle of a box (west, south, east, north, in degrees)."""
    zoom = min(max(TRIED_ZOOM, backdrop.least_zoom), backdrop.most_zoom)
    x, y = _tile((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, zoom)
    if backdrop.form == TILES:
        return backdrop.address.format(z=zoom, x=x, y=y)
    size = EARTH / 2**zoom
    west, north = x * size - EARTH / 2, EARTH / 2 - y * size
    asked = {
        "service": "WMS", "request": "GetMap", "layers": backdrop.layers, "styles": "", "format": "image/png",
        "transparent": "true", "version": "1.1.1", "width": TILE, "height": TILE, "srs": "EPSG:3857",
        "bbox": f"{west},{north - size},{west + size},{north}",
    }  # fmt: skip
    sign = "" if backdrop.address.endswith(("?", "&")) else "&" if "?" in backdrop.address else "?"
    return f"{backdrop.address}{sign}{urlencode(asked)}"


def _tile(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """Return the column and row of the tile that holds a place, as XYZ counts them."""
    across = (lon + 180) / 360
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return math.floor(across * 2**zoom), math.floor(down * 2**zoom)
