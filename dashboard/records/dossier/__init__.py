"""What stands beside a proposal: what people say about it, and the files that belong to it."""

from dashboard.records.dossier import attachments, comments
from dashboard.records.dossier.attachments import (
    ATTACHMENT,
    Attached,
    Attachment,
)
from dashboard.records.dossier.cabinet import (
    KINDS,
    MOST_BYTES,
    Cabinet,
)
from dashboard.records.dossier.comments import (
    COMMENT,
    Comment,
    Said,
)

__all__ = [
    "ATTACHMENT",
    "Attached",
    "Attachment",
    "COMMENT",
    "Comment",
    "KINDS",
    "MOST_BYTES",
    "Said",
    "Cabinet",
    "attachments",
    "comments",
]
