"""No district in two places: not in a settled cluster, in whatever phase, nor in another proposal of the same phase.

`across_phases`: other proposals of any phase count.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from dashboard.clusters.model import Candidate, Groups, ProposalLike
from dashboard.clusters.rules.context import Context
from dashboard.clusters.rules.parameters import FLAG
from dashboard.clusters.rules.rule import FAIL, PASS, WARN, Finding, Rule, Verdict, names, plural
from geodata.model import Territory

_HELD_BY = (("settled", "fail"), ("proposed", "warn"))


class NoOverlap(Rule):
    """Fail where a district is in a settled cluster, warn where it is in another proposal.

    The distance is the districts that are taken.
    """

    key = "no_overlap"
    parameters = MappingProxyType({"across_phases": FLAG})

    def judge(self, groups: Groups, intent: Candidate, context: Context) -> Finding:
        """Fail or warn of groups that hold districts of others."""
        settled, proposed = (self._taken(groups, intent, context, kind) for kind, _ in _HELD_BY)
        status = np.where(settled > 0, FAIL, np.where(proposed > 0, WARN, PASS))
        return Finding.of(status, np.where(settled > 0, settled, proposed))

    def _taken(self, groups: Groups, intent: Candidate, context: Context, kind: str) -> np.ndarray:
        held = _districts(self._holders(intent, context, kind))
        return np.array([code in held for code in groups.codes] + [False])[groups.members].sum(axis=1)

    def _holders(self, candidate: Candidate, context: Context, kind: str) -> tuple[ProposalLike, ...]:
        """Return the rivals of a kind whose districts the candidate may not share.

        A settled cluster keeps its districts in every phase, whatever is asked of proposals.
        """
        any_phase = kind == "settled" or context.parameters.get(self.key, "across_phases")
        return tuple(p for p in context.rivals(candidate, kind) if any_phase or p.phase == candidate.phase)

    def reasons(self, candidate: Candidate, context: Context, status: str, distance: int) -> Verdict:
        """Name the districts that are taken and who holds them, or what was looked at."""
        for kind, gravity in _HELD_BY:
            if status == gravity:
                touched = [p for p in self._holders(candidate, context, kind) if p.ubigeos & candidate.ubigeos]
                shared = candidate.ubigeos.intersection(_districts(touched))
                return self.verdict(
                    status,
                    f"in_{plural(len(shared))}",
                    shared,
                    shared=names(shared, context.territory),
                    others=tuple(p.name for p in touched),
                    places=tuple(_part(p, candidate, context.territory) for p in touched),
                )
        tested = "every" if context.parameters.get(self.key, "across_phases") else "phase"
        return self.verdict("pass", tested, phase=candidate.phase)


def _districts(proposals: list[ProposalLike] | tuple[ProposalLike, ...]) -> frozenset[str]:
    return frozenset().union(*(p.ubigeos for p in proposals))


def _part(proposal: ProposalLike, candidate: Candidate, territory: Territory) -> Mapping[str, object]:
    """Return the part of a sentence that says which of the candidate's districts a proposal holds."""
    held = names(proposal.ubigeos & candidate.ubigeos, territory)
    return {"say": "rule.no_overlap.held", "districts": held, "proposal": proposal.name, "phase": proposal.phase}


RULES = (NoOverlap(),)
