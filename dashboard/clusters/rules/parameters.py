"""Read the parameters of the rules from a TOML file and report everything wrong with them at once."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

RULES_FILE = Path(__file__).with_name("rules.toml")
STATE_KINDS = ("apart", "proposed", "settled")


class RulesError(ValueError):
    """Rules that cannot be used; `faults` lists every one found."""

    def __init__(self, faults: tuple[str, ...]):
        self.faults = faults
        super().__init__("; ".join(faults))


@dataclass(frozen=True)
class Parameters:
    """Values by rule and name, and what kind (apart, proposed, settled) each state of a proposal is."""

    rules: Mapping[str, Mapping[str, object]]
    states: Mapping[str, str]

    def get(self, rule: str, name: str):
        return self.rules[rule][name]

    def kind(self, state: str) -> str:
        """Return the kind of a state. Raises RulesError for a state that no list names."""
        try:
            return self.states[state]
        except KeyError:
            raise RulesError((f"states: {state!r} is in none of {', '.join(STATE_KINDS)}",)) from None


def _count(least: int) -> tuple[Callable[[object], bool], str]:
    return (lambda v: type(v) is int and v >= least), f"a whole number of {least} or more"


_FLAG = (lambda v: type(v) is bool), "true or false"
_SEVERITY = (lambda v: v in ("warn", "fail")), "warn or fail"

EXPECTED: Mapping[str, Mapping[str, tuple[Callable[[object], bool], str]]] = MappingProxyType(
    {
        "one_department": {},
        "one_province": {},
        "minimum_size": {"minimum": _count(1), "capitals_count": _FLAG},
        "contiguous": {"bridges_named": _count(0)},
        "no_overlap": {"across_phases": _FLAG},
        "quota": {"proposals_over_quota": _SEVERITY},
        "services": {"minimum": _count(0), "maximum": _count(1)},
    }
)


@lru_cache(maxsize=4)
def load_parameters(file: Path = RULES_FILE) -> Parameters:
    """Read parameters from a file. Raises RulesError with all faults."""
    return read_parameters(tomllib.loads(Path(file).read_text("utf-8")))


def read_parameters(tree: Mapping[str, object]) -> Parameters:
    """Check a tree of parameters and return it. Raises RulesError with all faults."""
    faults = [f"{name}: there is no such rule" for name in tree if name not in EXPECTED and name != "states"]
    for rule in EXPECTED:
        faults += _rule_faults(rule, tree.get(rule))
    faults += _state_faults(tree.get("states"))
    if not faults and tree["services"]["minimum"] > tree["services"]["maximum"]:
        faults.append("services: the minimum is above the maximum")
    if faults:
        raise RulesError(tuple(faults))
    rules = {rule: MappingProxyType(dict(values)) for rule, values in tree.items() if rule != "states"}
    states = {state: kind for kind in STATE_KINDS for state in tree["states"][kind]}
    return Parameters(MappingProxyType(rules), MappingProxyType(states))


def _rule_faults(rule: str, values: object) -> list[str]:
    if not isinstance(values, Mapping):
        return [f"{rule}: the rule is missing"]
    expected = EXPECTED[rule]
    faults = [f"{rule}.{name}: there is no such parameter" for name in values if name not in expected]
    for name, (fits, wanted) in expected.items():
        if name not in values:
            faults.append(f"{rule}.{name}: missing; {wanted}")
        elif not fits(values[name]):
            faults.append(f"{rule}.{name}: {values[name]!r} is not {wanted}")
    return faults


def _state_faults(states: object) -> list[str]:
    if not isinstance(states, Mapping) or set(states) != set(STATE_KINDS):
        return [f"states: needs the lists {', '.join(STATE_KINDS)} and no other"]
    listed = [state for kind in STATE_KINDS for state in states[kind]]
    return [f"states: {state!r} is listed twice" for state in sorted(set(listed)) if listed.count(state) > 1]
