"""Read the parameters of the rules from a TOML file and report everything wrong with them at once.

Each rule says itself what its table must hold (:attr:`dashboard.clusters.rules.rule.Rule.parameters`).
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dashboard.clusters.model import Catalogue

if TYPE_CHECKING:  # a rule is judged in a context, which holds parameters: it comes after them
    from dashboard.clusters.rules.rule import Rule

from geodata.shared import Unusable

RULES_FILE = Path(__file__).with_name("rules.toml")
RULES: "Catalogue[Rule]" = Catalogue("dashboard.clusters.rules.programme", "RULES")
STATE_KINDS = ("apart", "proposed", "settled")


@dataclass(frozen=True)
class Check:
    """What a parameter may be: a test of a value, and the words for what passes it."""

    fits: Callable[[object], bool]
    words: str


def count(least: int) -> Check:
    """Return the check of a whole number of `least` or more."""
    return Check(lambda v: type(v) is int and v >= least, f"a whole number of {least} or more")


FLAG = Check(lambda v: type(v) is bool, "true or false")
SEVERITY = Check(lambda v: v in ("warn", "fail"), "warn or fail")


@dataclass(frozen=True)
class Parameters:
    """Values by rule and name, and what kind (apart, proposed, settled) each state of a proposal is."""

    rules: Mapping[str, Mapping[str, object]]
    states: Mapping[str, str]

    def get(self, rule: str, name: str) -> Any:  # of the type that the rule's check let through
        """Return a parameter of a rule."""
        return self.rules[rule][name]

    def kind(self, state: str) -> str:
        """Return the kind of a state. Raises Unusable for a state that no list names."""
        try:
            return self.states[state]
        except KeyError:
            raise Unusable((f"states: {state!r} is in none of {', '.join(STATE_KINDS)}",)) from None


@lru_cache(maxsize=4)
def load_parameters(file: Path = RULES_FILE) -> Parameters:
    """Read parameters from a file. Raises Unusable with all faults."""
    return read_parameters(tomllib.loads(Path(file).read_text("utf-8")))


def read_parameters(tree: Mapping[str, Any]) -> Parameters:  # TOML, of any shape until it is checked
    """Check a tree of parameters and return it. Raises Unusable with all faults."""
    faults = [f"{name}: there is no such rule" for name in tree if name not in RULES and name != "states"]
    for key, rule in RULES.items():
        faults += _rule_faults(rule, tree.get(key))
    faults += _state_faults(tree.get("states"))
    if not faults:
        faults += [f"{key}: {fault}" for key, rule in RULES.items() for fault in rule.faults(tree[key])]
    if faults:
        raise Unusable(tuple(faults))
    rules = {rule: MappingProxyType(dict(values)) for rule, values in tree.items() if rule != "states"}
    states = {state: kind for kind in STATE_KINDS for state in tree["states"][kind]}
    return Parameters(MappingProxyType(rules), MappingProxyType(states))


def _rule_faults(rule: "Rule", values: object) -> list[str]:
    if not isinstance(values, Mapping):
        return [f"{rule.key}: the rule is missing"]
    faults = [f"{rule.key}.{name}: there is no such parameter" for name in values if name not in rule.parameters]
    for name, check in rule.parameters.items():
        if name not in values:
            faults.append(f"{rule.key}.{name}: missing; {check.words}")
        elif not check.fits(values[name]):
            faults.append(f"{rule.key}.{name}: {values[name]!r} is not {check.words}")
    return faults


def _state_faults(states: object) -> list[str]:
    if not isinstance(states, Mapping) or set(states) != set(STATE_KINDS):
        return [f"states: needs the lists {', '.join(STATE_KINDS)} and no other"]
    listed = [state for kind in STATE_KINDS for state in states[kind]]
    return [f"states: {state!r} is listed twice" for state in sorted(set(listed)) if listed.count(state) > 1]
