"""One or two services, as the annex asks: between `minimum` and `maximum` of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from dashboard.clusters.model import Candidate, Groups
from dashboard.clusters.rules.context import Context
from dashboard.clusters.rules.parameters import count
from dashboard.clusters.rules.rule import STATUSES, Finding, Rule, Verdict


class Services(Rule):
    """Warn where the candidate works on too few services or too many, whatever its districts."""

    key = "services"
    parameters = MappingProxyType({"minimum": count(0), "maximum": count(1)})

    def judge(self, groups: Groups, intent: Candidate, context: Context) -> Finding:
        """Judge the intent, which all groups share."""
        return Finding.of(np.full(len(groups), STATUSES.index(self._of(intent, context).status)))

    def reasons(self, candidate: Candidate, context: Context, status: str, distance: int) -> Verdict:
        """Say how many services there are and how many are asked for."""
        return self._of(candidate, context)

    def _of(self, intent: Candidate, context: Context) -> Verdict:
        get, n = context.parameters.get, len(intent.services)
        least, most = get(self.key, "minimum"), get(self.key, "maximum")
        args = {"n": n, "minimum": least, "maximum": most}
        if n < least:
            return self.verdict("warn", "few", **args)
        return self.verdict("warn", "many", **args) if n > most else self.verdict("pass", **args)

    def faults(self, values: Mapping[str, Any]) -> list[str]:  # each value has passed its own check
        """Return a fault where the minimum is above the maximum."""
        return ["the minimum is above the maximum"] if values["minimum"] > values["maximum"] else []


RULES = (Services(),)
