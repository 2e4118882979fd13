"""How far the clusters have come: coverage, milestones, FOCAS and QSIP."""

from dashboard.records.tracking import coverage, focas, intake, qsip
from dashboard.records.tracking.coverage import (
    Coverage,
    Phase,
    Quota,
    Reach,
    Standing,
    Tally,
)
from dashboard.records.tracking.focas import (
    SCORE,
    FocasScore,
    means,
)
from dashboard.records.tracking.intake import (
    MOST_BYTES,
    SCORE_FIELDS,
    STAGE_FIELDS,
)
from dashboard.records.tracking.milestone import (
    DONE,
    DONE_LATE,
    DUE,
    LATE,
    NO_DATE,
    AsOf,
    Milestone,
    as_of,
    first_dated,
    milestones,
    to_come,
)
from dashboard.records.tracking.qsip import (
    STAGE,
    Stage,
)
from dashboard.records.tracking.register import (
    Line,
    overview,
)

__all__ = [
    "AsOf",
    "Coverage",
    "DONE",
    "DONE_LATE",
    "DUE",
    "LATE",
    "Line",
    "MOST_BYTES",
    "Milestone",
    "NO_DATE",
    "Phase",
    "Quota",
    "Reach",
    "SCORE",
    "SCORE_FIELDS",
    "STAGE",
    "STAGE_FIELDS",
    "FocasScore",
    "Stage",
    "Standing",
    "Tally",
    "as_of",
    "coverage",
    "first_dated",
    "focas",
    "intake",
    "means",
    "milestones",
    "overview",
    "qsip",
    "to_come",
]
