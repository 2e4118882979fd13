"""Say what a rule is: one object that judges a batch of groups, and gives the reasons for any of them.

A single candidate is a batch of one, so what its sentence says and what a search of thousands decides come from the
same lines. `judge` is arrays over all groups; `reasons` is asked for the few that somebody reads.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from dashboard.clusters.model import Candidate, Groups
from dashboard.clusters.rules.context import Context
from dashboard.clusters.rules.parameters import Check
from geodata.model import Territory

STATUSES = ("pass", "warn", "fail", "none")
PASS, WARN, FAIL, NONE = range(len(STATUSES))
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """What a rule says of one candidate.

    `message` is a text key, `args` fill it, `ubigeos` are the districts at fault, `mends` those any one of which,
    added, would mend it. Status none: it cannot be judged yet.

    Arguments are numbers, texts, tuples of texts, and tuples of parts of a sentence (mappings with a text key `say`
    and its fields); :mod:`dashboard.clusters.writing.wording` joins the tuples.
    """

    rule: str
    status: str
    message: str
    args: Mapping[str, object] = field(default_factory=dict)
    ubigeos: frozenset[str] = NOTHING
    mends: frozenset[str] = NOTHING


@dataclass(frozen=True, eq=False)
class Finding:
    """What a rule finds of n groups.

    `status` (n,) as positions in :data:`STATUSES`, and `distance` (n,) from keeping the rule in whole steps, 0
    where it is kept or cannot be judged.
    """

    status: np.ndarray
    distance: np.ndarray

    @classmethod
    def of(cls, status: np.ndarray, distance: np.ndarray | int = 1) -> "Finding":
        """Return a finding whose distance counts only where the rule warns or fails, and there is 1 or more."""
        broken = (status == FAIL) | (status == WARN)
        return cls(status, np.where(broken, np.maximum(distance, 1), 0))


class Rule(ABC):
    """A rule of the programme.

    key: its name, also of its table in `rules.toml` and of its words (`rule.<key>`). parameters: what that table must
    hold, by name. of_form: it looks at the districts alone, so that what fails it is no candidate of a plan.
    """

    key: str
    parameters: Mapping[str, Check] = MappingProxyType({})
    of_form: bool = False

    @abstractmethod
    def judge(self, groups: Groups, intent: Candidate, context: Context) -> Finding:
        """Return what the rule finds of groups, each of one district or more.

        `intent` lends its phase, its services and what it replaces; its own districts do not matter. Raises Unusable
        for a proposal in a state that the parameters do not know.
        """

    @abstractmethod
    def reasons(self, candidate: Candidate, context: Context, status: str, distance: int) -> Verdict:
        """Return why the rule found a status and a distance of a candidate that has districts."""

    def nothing_drawn(self, context: Context) -> Verdict:
        """Return what is said of a candidate without districts."""
        return self.verdict("none")

    def faults(self, values: Mapping[str, object]) -> list[str]:
        """Return what is wrong with parameters that are each right by themselves."""
        return []

    def verdict(
        self, status: str, variant: str = "", ubigeos: Iterable[str] = (), mends: Iterable[str] = (), **args: object
    ) -> Verdict:
        """Return a verdict of this rule whose sentence is `rule.<key>.<status>`, or that with `_<variant>`."""
        message = f"rule.{self.key}.{status}{'_' + variant if variant else ''}"
        return Verdict(self.key, status, message, MappingProxyType(args), frozenset(ubigeos), frozenset(mends))


def names(ubigeos: Iterable[str], territory: Territory) -> tuple[str, ...]:
    """Return names in the order of the codes; a code that this edition does not know stands for itself."""
    return tuple(territory.districts[u].name if u in territory.districts else u for u in sorted(ubigeos))


def plural(count: int) -> str:
    """Return the variant of a sentence for a count: one or many."""
    return "one" if count == 1 else "many"
