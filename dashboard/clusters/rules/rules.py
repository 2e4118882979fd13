"""Judge candidates by the programme's rules: a batch of groups at once, of which one candidate is a batch of one.

The rules are the modules of :mod:`dashboard.clusters.rules.programme`; their parameters are data (`rules.toml`), in
the order in which they are judged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np

from dashboard.clusters.model import Candidate, Groups
from dashboard.clusters.rules.context import Context
from dashboard.clusters.rules.parameters import RULES
from dashboard.clusters.rules.rule import FAIL, PASS, STATUSES, WARN, Finding, Rule, Verdict

SIGNS = {"pass": "✓", "warn": "!", "fail": "✗", "none": "·"}  # of a status, for a reader who does not tell the colours


@dataclass(frozen=True, eq=False)
class Judgement:
    """What rules find of groups, by rule in the order of `rules.toml`, and their reasons for any of them."""

    groups: Groups
    intent: Candidate
    context: Context
    findings: Mapping[str, Finding]

    @cached_property
    def gravest(self) -> np.ndarray:
        """Return the gravest status (n,) of each group: fail, warn or pass, as positions in :data:`STATUSES`."""
        table = np.stack([finding.status for finding in self.findings.values()])
        return np.where((table == FAIL).any(axis=0), FAIL, np.where((table == WARN).any(axis=0), WARN, PASS))

    @property
    def unfailed(self) -> np.ndarray:
        """Tell (n,) of each group whether no rule fails it."""
        fit = np.ones(len(self.groups), dtype=bool)
        for finding in self.findings.values():
            fit &= finding.status != FAIL
        return fit

    def verdicts(self, row: int) -> tuple[Verdict, ...]:
        """Return what every rule says of one group, with its reasons."""
        return tuple(self.verdict(key, row) for key in self.findings)

    def verdict(self, key: str, row: int) -> Verdict:
        """Return what one rule says of one group, with its reasons."""
        candidate, finding = self.intent.with_ubigeos(self.groups.ubigeos(row)), self.findings[key]
        if not candidate.ubigeos:
            return RULES[key].nothing_drawn(self.context)
        status, distance = STATUSES[finding.status[row]], int(finding.distance[row])
        return RULES[key].reasons(candidate, self.context, status, distance)


def judge_groups(groups: Groups, intent: Candidate, context: Context, rules: Iterable[str] | None = None) -> Judgement:
    """Judge groups by all rules, or by those named.

    `intent` lends its phase, its services and what it replaces; its own districts do not matter. Raises Unusable.
    """
    keys = context.parameters.rules if rules is None else rules
    findings = {key: _finding(RULES[key], groups, intent, context) for key in keys}
    return Judgement(groups, intent, context, MappingProxyType(findings))


def judge(candidate: Candidate, context: Context, rules: Iterable[str] | None = None) -> tuple[Verdict, ...]:
    """Return the verdict of every rule on a candidate, in the order of `rules.toml`, or of the rules named.

    Raises UnknownUbigeo, Unusable.
    """
    context.territory.known(candidate.ubigeos)
    groups = Groups.of(context.territory.districts, [candidate.ubigeos])
    return judge_groups(groups, candidate, context, rules).verdicts(0)


def worst(verdicts: Iterable[Verdict]) -> str:
    """Return the gravest status among verdicts: fail, warn, pass, or none when nothing was judged."""
    found = {verdict.status for verdict in verdicts}
    return next((status for status in ("fail", "warn", "pass") if status in found), "none")


def _finding(rule: Rule, groups: Groups, intent: Candidate, context: Context) -> Finding:
    drawn = groups.sizes > 0
    if drawn.all():
        return rule.judge(groups, intent, context)
    status = np.full(len(groups), STATUSES.index(rule.nothing_drawn(context).status))
    distance = np.zeros(len(groups), dtype=int)
    if drawn.any():
        found = rule.judge(groups.take(drawn), intent, context)
        status[drawn], distance[drawn] = found.status, found.distance
    return Finding(status, distance)
