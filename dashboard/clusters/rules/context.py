"""Say what candidates are judged against: the territory, other proposals, quotas and parameters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.clusters.model import Candidate, ProposalLike
from dashboard.clusters.rules.parameters import Parameters, load_parameters
from geodata.model import Dataset, Territory


@dataclass(frozen=True)
class Context:
    """What a candidate is judged against. `quotas` is by (department code, phase); an absent pair has no quota."""

    territory: Territory
    proposals: tuple[ProposalLike, ...]
    quotas: Mapping[tuple[str, int], int]
    parameters: Parameters

    @classmethod
    def of(
        cls, dataset: Dataset, proposals: Iterable[ProposalLike] | None = None, parameters: Parameters | None = None
    ) -> "Context":
        """Return the context of a data set, with its own first proposals unless others are given."""
        others = dataset.proposals if proposals is None else proposals
        return cls(dataset.territory, tuple(others), dataset.quotas, parameters or load_parameters())

    def rivals(self, candidate: Candidate, kind: str) -> tuple[ProposalLike, ...]:
        """Return the other proposals of a kind (proposed, settled), without the one the candidate replaces.

        Raises Unusable for a state that no list names.
        """
        return tuple(p for p in self.proposals if p.id != candidate.replaces and self.parameters.kind(p.state) == kind)
