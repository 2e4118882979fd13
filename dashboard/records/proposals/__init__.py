"""Proposals on their way to a cluster: what they hold, their steps and what these ask for."""

from dashboard.records.proposals import first, proposals
from dashboard.records.proposals.amending import AMENDABLE, amend
from dashboard.records.proposals.conditions import (
    AGREED,
    Vote,
    before_vote,
)
from dashboard.records.proposals.identity import Identity, letters, of_groups
from dashboard.records.proposals.overview import (
    Overview,
    Watch,
    identities,
    watch,
)
from dashboard.records.proposals.proposal import PROPOSAL, Proposal
from dashboard.records.proposals.proposals import (
    CONTENT,
    Difference,
    candidate,
    differences,
    listing,
)
from dashboard.records.proposals.steps import (
    ASIDE,
    CHAIN,
    STATES,
    STAYS,
    Step,
    load_steps,
    path,
)

__all__ = [
    "AGREED",
    "AMENDABLE",
    "ASIDE",
    "CHAIN",
    "CONTENT",
    "Difference",
    "Identity",
    "Overview",
    "PROPOSAL",
    "Proposal",
    "STATES",
    "STAYS",
    "Step",
    "Vote",
    "Watch",
    "amend",
    "before_vote",
    "candidate",
    "differences",
    "first",
    "identities",
    "letters",
    "listing",
    "load_steps",
    "of_groups",
    "path",
    "proposals",
    "watch",
]
