"""Files taken in from a browser and imported while the page stays usable."""

from dashboard.web.uploads import routes, uploads, work
from dashboard.web.uploads.preview import (
    Seen,
)
from dashboard.web.uploads.routes import (
    EDITIONS,
)
from dashboard.web.uploads.uploads import (
    CHECK,
    FAILED,
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
    "IMPORT",
    "Job",
    "KEPT_S",
    "MOST_BYTES",
    "NotTaken",
    "Seen",
    "Upload",
    "WORKING",
    "routes",
    "uploads",
    "work",
]
