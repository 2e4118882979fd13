"""The clusters that a department may have in a phase; `proposals_over_quota` is warn or fail."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

import numpy as np

from dashboard.clusters.model import NOBODY, Candidate, Groups, ProposalLike
from dashboard.clusters.rules.context import Context
from dashboard.clusters.rules.parameters import SEVERITY
from dashboard.clusters.rules.rule import NONE, STATUSES, Finding, Rule, Verdict


class WithinQuota(Rule):
    """The department's clusters and proposals of the phase, this one included, against its quota.

    Of a candidate it looks at the department alone; one in several departments cannot be judged.
    """

    key = "quota"
    parameters = MappingProxyType({"proposals_over_quota": SEVERITY})

    def judge(self, groups: Groups, intent: Candidate, context: Context) -> Finding:
        """Judge each department once, and the groups by theirs."""
        places = groups.places(2)
        several = ((places != places[:, :1]) & (places != NOBODY)).any(axis=1)
        departments, own = np.unique(places[:, 0], return_inverse=True)
        verdicts = (self._of_department(f"{place:02d}", intent, context) for place in departments)
        statuses = np.array([STATUSES.index(verdict.status) for verdict in verdicts], dtype=int)
        return Finding.of(np.where(several, NONE, statuses[own]))

    def reasons(self, candidate: Candidate, context: Context, status: str, distance: int) -> Verdict:
        """Set the quota against the clusters and proposals that count, or say why it cannot be judged."""
        if len(candidate.departments) != 1:
            return self.verdict("none", "departments")
        return self._of_department(candidate.departments[0], candidate, context)

    def _of_department(self, department: str, intent: Candidate, context: Context) -> Verdict:
        name, phase = context.territory.departments[department].name, intent.phase
        allowed = context.quotas.get((department, phase))
        if allowed is None:
            return self.verdict("none", "unknown", department=name, phase=phase)
        settled, proposed = (_of(context.rivals(intent, kind), department, phase) for kind in ("settled", "proposed"))
        n = len(settled) + len(proposed) + 1
        args: dict[str, Any] = {  # by name, of the types that a sentence takes
            "department": name,
            "phase": phase,
            "quota": allowed,
            "settled": len(settled),
            "total": n,
            "others": tuple(p.name for p in (*settled, *proposed)),
        }
        if len(settled) >= allowed:
            return self.verdict("fail", "filled", _districts(settled), **args)
        if n <= allowed:
            return self.verdict("pass", **args)
        over = context.parameters.get(self.key, "proposals_over_quota")
        return self.verdict(over, "over", _districts((*settled, *proposed)), **args)


def _of(proposals: Iterable[ProposalLike], department: str, phase: int) -> tuple[ProposalLike, ...]:
    return tuple(p for p in proposals if p.phase == phase and any(u[:2] == department for u in p.ubigeos))


def _districts(proposals: Iterable[ProposalLike]) -> frozenset[str]:
    return frozenset().union(*(p.ubigeos for p in proposals))


RULES = (WithinQuota(),)
