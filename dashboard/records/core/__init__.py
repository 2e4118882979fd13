"""What every record shares: the store, who acts, history, codes, errors and the programme."""

from dashboard.records.core import governments, history, upgrade
from dashboard.records.core.actors import (
    LOCAL,
    NOBODY,
    OF_A_DEPARTMENT,
    ROLES,
    TRANSITIONS_FILE,
    Actor,
    allow,
    allow_somewhere,
    load_rights,
    local_actor,
    log,
    may,
)
from dashboard.records.core.cleaning import (
    MOST_DOCUMENT,
    MOST_ITEMS,
    MOST_NAME,
    MOST_NOTE,
    MOST_PHASE,
    Door,
    known_department,
)
from dashboard.records.core.codec import (
    build,
    plain,
    plain_value,
)
from dashboard.records.core.errors import (
    BadInput,
    Conflict,
    Fault,
    Missing,
    NotNow,
    RecordsError,
    Refused,
)
from dashboard.records.core.governments import (
    exists,
    governments_of,
    level,
    place_name,
)
from dashboard.records.core.history import (
    Deed,
    Entry,
    Kind,
    every,
)
from dashboard.records.core.models import (
    AccountRow,
    AttemptRow,
    DecisionRow,
    EntryRow,
    MeetingRow,
    MemberRow,
    ProposalRow,
    ScoreRow,
    ShareRow,
    SnapshotRow,
    StageRow,
    VisitRow,
)
from dashboard.records.core.obstacles import (
    CannotSave,
)
from dashboard.records.core.programme import (
    Period,
    PhaseTarget,
    Programme,
)
from dashboard.records.core.queue import (
    SERVING,
)
from dashboard.records.core.store import (
    Store,
    make_engine,
)
from dashboard.records.core.words import (
    Words,
)

__all__ = [
    "AccountRow",
    "Actor",
    "AttemptRow",
    "BadInput",
    "CannotSave",
    "Conflict",
    "DecisionRow",
    "Deed",
    "Door",
    "Entry",
    "EntryRow",
    "Fault",
    "Kind",
    "LOCAL",
    "MOST_DOCUMENT",
    "MOST_ITEMS",
    "MOST_NAME",
    "MOST_NOTE",
    "MOST_PHASE",
    "MeetingRow",
    "MemberRow",
    "Missing",
    "NOBODY",
    "NotNow",
    "OF_A_DEPARTMENT",
    "Period",
    "PhaseTarget",
    "Programme",
    "ProposalRow",
    "ROLES",
    "RecordsError",
    "Refused",
    "SERVING",
    "ScoreRow",
    "ShareRow",
    "SnapshotRow",
    "StageRow",
    "Store",
    "TRANSITIONS_FILE",
    "VisitRow",
    "Words",
    "allow",
    "allow_somewhere",
    "build",
    "every",
    "exists",
    "governments",
    "governments_of",
    "history",
    "known_department",
    "level",
    "load_rights",
    "local_actor",
    "log",
    "make_engine",
    "may",
    "place_name",
    "plain",
    "plain_value",
    "upgrade",
]
