"""The clusters of all phases chosen at once, with proof, or why there is no plan."""

from dashboard.clusters.planning.conflicts import (
    MOST_TOGETHER,
    Explanation,
)
from dashboard.clusters.planning.ledger import (
    LedgerLine,
    load_plan_parameters,
)
from dashboard.clusters.planning.model import (
    Blocker,
)
from dashboard.clusters.planning.plan import (
    Plan,
    PlanError,
    make_plan,
)
from dashboard.clusters.planning.request import (
    OBJECTIVES,
    Fixed,
    Request,
    settled,
)

__all__ = [
    "Blocker",
    "Explanation",
    "Fixed",
    "LedgerLine",
    "MOST_TOGETHER",
    "OBJECTIVES",
    "Plan",
    "PlanError",
    "Request",
    "load_plan_parameters",
    "make_plan",
    "settled",
]
