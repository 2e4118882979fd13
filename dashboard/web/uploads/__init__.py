"""Files taken in from a browser and imported while the page stays usable."""

from dashboard.web.uploads import fetching, routes, uploads, work
from dashboard.web.uploads.preview import (
    Seen,
)
from dashboard.web.uploads.routes import (
    EDITIONS,
)
from dashboard.web.uploads.uploads import (
    CHECK,
    FAILED,
    FETCH,
    IMPORT,
    KEPT_S,
    MOST_BYTES,
    WORKING,
    Done,
    Job,
    NotTaken,
    Upload,
)

__all__ = [
    "CHECK",
    "Done",
    "EDITIONS",
    "FAILED",
    "FETCH",
    "IMPORT",
    "Job",
    "KEPT_S",
    "MOST_BYTES",
    "NotTaken",
    "Seen",
    "Upload",
    "WORKING",
    "fetching",
    "routes",
    "uploads",
    "work",
]
