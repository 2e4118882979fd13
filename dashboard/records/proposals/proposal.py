"""A proposal as the record keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dashboard.records.core import Kind, ProposalRow

NOTHING: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as kept. `judgements` are the group's, 1 to 5 by criterion; `source` says where it was taken from."""

    id: str
    version: int
    name: str
    department: str
    phase: int
    state: str
    services: frozenset[str]
    ubigeos: frozenset[str]
    note: str = ""
    critical_area: str = ""
    judgements: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    source: str = ""


PROPOSAL = Kind("proposal", Proposal, ProposalRow)
