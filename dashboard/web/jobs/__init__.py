"""Plans asked for by readers of the screen, and the processes that solve them."""

from dashboard.web.jobs import plan_request
from dashboard.web.jobs.facts import (
    difference,
    explanation,
    identified,
    refused_facts,
)
from dashboard.web.jobs.jobs import (
    JobState,
    Spool,
    key_of,
)

__all__ = [
    "Spool",
    "JobState",
    "difference",
    "explanation",
    "identified",
    "key_of",
    "plan_request",
    "refused_facts",
]
