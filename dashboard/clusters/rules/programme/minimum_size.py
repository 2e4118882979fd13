"""Enough districts: `minimum` of them; with `capitals_count` false, provincial capitals do not count."""

from types import MappingProxyType

import numpy as np

from dashboard.clusters.model import Candidate, Groups
from dashboard.clusters.rules.context import Context
from dashboard.clusters.rules.parameters import FLAG, count
from dashboard.clusters.rules.rule import FAIL, PASS, Finding, Rule, Verdict, names, plural


class MinimumSize(Rule):
    """Enough districts; the distance is how many are missing. A capital is named whether it counts or not."""

    key = "minimum_size"
    parameters = MappingProxyType({"minimum": count(1), "capitals_count": FLAG})
    of_form = True

    def judge(self, groups: Groups, intent: Candidate, context: Context) -> Finding:
        """Fail groups of too few districts that count."""
        counted = groups.sizes
        if not context.parameters.get(self.key, "capitals_count"):
            districts = context.territory.districts
            capitals = np.array([districts[code].is_provincial_capital for code in groups.codes] + [False])
            counted = counted - capitals[groups.members].sum(axis=1)
        missing = context.parameters.get(self.key, "minimum") - counted
        return Finding.of(np.where(missing > 0, FAIL, PASS), missing)

    def reasons(self, candidate: Candidate, context: Context, status: str, distance: int) -> Verdict:
        """Say how many districts count and how many are missing, and name the capitals."""
        get, districts = context.parameters.get, context.territory.districts
        capitals = tuple(u for u in sorted(candidate.ubigeos) if districts[u].is_provincial_capital)
        municipalities = len(candidate) - len(capitals)
        counted = len(candidate) if get(self.key, "capitals_count") else municipalities
        args = {"n": len(candidate), "minimum": get(self.key, "minimum"), "counted": counted}
        args |= {"municipalities": municipalities}
        if status == "fail":
            return self.verdict("fail", plural(distance), candidate.ubigeos, missing=distance, **args)
        if capitals:
            variant = "capital" if len(capitals) == 1 else "capitals"
            return self.verdict("pass", variant, capitals=names(capitals, context.territory), **args)
        return self.verdict("pass", **args)

    def nothing_drawn(self, context: Context) -> Verdict:
        """Warn that nothing is drawn yet, and say how many districts it takes."""
        return self.verdict("warn", "empty", minimum=context.parameters.get(self.key, "minimum"))


RULES = (MinimumSize(),)
