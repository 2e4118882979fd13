"""What the programme asks of a cluster, each rule with its reasons."""

from dashboard.clusters.rules.batch import FAIL, FORM, NONE, PASS, WARN, distances, gravest, statuses
from dashboard.clusters.rules.parameters import (
    load_parameters,
)
from dashboard.clusters.rules.rules import (
    RULES,
    SIGNS,
    STATUSES,
    Context,
    Verdict,
    joining_districts,
    judge,
    no_overlap,
    worst,
)

__all__ = [
    "Context",
    "FAIL",
    "FORM",
    "NONE",
    "PASS",
    "RULES",
    "SIGNS",
    "STATUSES",
    "Verdict",
    "WARN",
    "distances",
    "gravest",
    "joining_districts",
    "judge",
    "load_parameters",
    "no_overlap",
    "statuses",
    "worst",
]
