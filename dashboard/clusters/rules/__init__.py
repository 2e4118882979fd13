"""What the programme asks of a cluster, each rule with its reasons."""

from dashboard.clusters.rules.context import Context
from dashboard.clusters.rules.parameters import FLAG, RULES, SEVERITY, Check, Parameters, count, load_parameters
from dashboard.clusters.rules.programme.contiguous import joining_districts
from dashboard.clusters.rules.rule import FAIL, NONE, PASS, STATUSES, WARN, Finding, Rule, Verdict
from dashboard.clusters.rules.rules import SIGNS, Judgement, judge, judge_groups, worst

__all__ = [
    "Check",
    "Context",
    "FAIL",
    "FLAG",
    "Finding",
    "Judgement",
    "NONE",
    "PASS",
    "Parameters",
    "RULES",
    "Rule",
    "SEVERITY",
    "SIGNS",
    "STATUSES",
    "Verdict",
    "WARN",
    "count",
    "joining_districts",
    "judge",
    "judge_groups",
    "load_parameters",
    "worst",
]
