"""What a group thinks: its judgements and weights, and what follows from them for the proposals."""

from dashboard.clusters.group.acceptability import (
    ALLOWED,
    ANY,
    FirstPlaces,
    Outcome,
    Outlook,
    firsts,
    outcome,
)
from dashboard.clusters.group.field import DataBounds, PointsField, field_of, measured
from dashboard.clusters.group.judgements import (
    LEVELS,
    Answer,
    Judged,
    Moves,
    by_disagreement,
    judged,
    moves,
)
from dashboard.clusters.group.programs import Lead, Nearest
from dashboard.clusters.group.weights import POINTS, RANKING, WAYS, centroid_weights, weights_of

__all__ = [
    "ALLOWED",
    "ANY",
    "Answer",
    "DataBounds",
    "FirstPlaces",
    "Judged",
    "LEVELS",
    "Lead",
    "Moves",
    "Nearest",
    "Outcome",
    "Outlook",
    "POINTS",
    "PointsField",
    "RANKING",
    "WAYS",
    "by_disagreement",
    "centroid_weights",
    "field_of",
    "firsts",
    "judged",
    "measured",
    "moves",
    "outcome",
    "weights_of",
]
