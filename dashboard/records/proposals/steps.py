"""The steps a proposal can make, read from `transitions.toml`, and what each asks for."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Protocol

from dashboard.clusters.rules import load_parameters
from dashboard.records.core import TRANSITIONS_FILE
from geodata.shared import Unusable

CONDITIONS = ("services", "critical_area", "decided", "rules", "free", "baseline", "first_stage")
STAYS, GOES_BACK = "same", "previous"
CORRECT = "correct"
CHAIN = (
    "candidate", "proposed", "reviewed", "validated", "commitment_signed", "focas_applied", "qsip_applied",
    "plan_approved", "plan_implemented",
)  # fmt: skip
ASIDE = ("returned", "withdrawn")
STATES = (*CHAIN, *ASIDE)
Toml = Mapping[str, Any]  # of any shape until it is checked
_FIELDS = {"from", "to", "own", "any", "note", "document", "when"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: from which states, to which, and whether it asks for a note, a document and more (`when`)."""

    name: str
    origins: tuple[str, ...]
    target: str
    note: bool
    document: bool
    when: tuple[str, ...]

    @property
    def right(self) -> str:
        """The action in the table of rights."""
        return f"step.{self.name}"


@dataclass(frozen=True)
class Steps:
    """All steps by name; `before` says which state comes before one that can be corrected."""

    by_name: Mapping[str, Step]
    before: Mapping[str, str]

    def __getitem__(self, name: str) -> Step:
        return self.by_name[name]

    def __iter__(self) -> Iterator[Step]:
        return iter(self.by_name.values())

    def target(self, step: Step, state: str) -> str:
        """Return the state that a step leads to from a state."""
        if step.target == STAYS:
            return state
        return self.before[state] if step.target == GOES_BACK else step.target

    def open(self, state: str) -> tuple[Step, ...]:
        """Return the steps that can be made in a state, conditions apart."""
        return tuple(step for step in self if state in step.origins)


@lru_cache(maxsize=1)
def load_steps() -> Steps:
    """Return the steps of `transitions.toml`. Raises Unusable with all faults."""
    return read_steps(tomllib.loads(TRANSITIONS_FILE.read_text("utf-8")))


def read_steps(tree: Toml) -> Steps:
    """Check a table of transitions and return it. Raises Unusable with all faults."""
    rows = tree.get("step", {})
    faults = [fault for name, row in rows.items() for fault in _faults(name, row)]
    kinds = load_parameters().states
    faults += [f"{state}: rules.toml gives it no kind" for state in STATES if state not in kinds]
    faults += [
        f"{n}: only {CORRECT} goes back" for n, row in rows.items() if (row.get("to") == GOES_BACK) != (n == CORRECT)
    ]
    faults += [
        f"{name}.when: free is missing, and the step settles a cluster"
        for name, row in rows.items()
        if _settles(row, kinds) and "free" not in row.get("when", ())
    ]
    if not rows:
        faults.append("step: there are none")
    if faults:
        raise Unusable(tuple(faults))
    steps = {name: _step(name, row) for name, row in rows.items()}
    before, faults = _before(steps)
    if faults:
        raise Unusable(tuple(faults))
    return Steps(MappingProxyType(steps), MappingProxyType(before))


def _settles(row: Toml, kinds: Mapping[str, str]) -> bool:
    """Tell whether a step makes a cluster of what was none."""
    origins = [kinds.get(state) for state in row.get("from", ())]
    return kinds.get(row.get("to", "")) == "settled" and any(kind != "settled" for kind in origins)


class PathEntry(Protocol):
    """What an entry of a proposal's history tells of its way; the record before and after is JSON, of any type."""

    @property
    def action(self) -> str:
        """What was done, by its name."""

    @property
    def before(self) -> Mapping[str, Any] | None:  # JSON
        """The record as it was, None where it was new."""

    @property
    def after(self) -> Mapping[str, Any]:  # JSON
        """The record as it became."""

    @property
    def happened_on(self) -> date:
        """The day on which it happened, by the calendar of Peru."""


def path(entries: Iterable[PathEntry]) -> list[tuple[str, date]]:
    """Return the states a proposal came through, each with its day; what was corrected has been taken out.

    `entries` have action, before, after and happened_on, oldest first.
    """
    stood: list[tuple[str, date]] = []
    for entry in entries:
        state = entry.after["state"]
        if entry.before is not None and entry.before["state"] == state:
            continue
        if entry.action == CORRECT and stood:
            stood.pop()
        else:
            stood.append((state, entry.happened_on))
    return stood


def _step(name: str, row: Toml) -> Step:
    return Step(
        name,
        tuple(row["from"]),
        row["to"],
        row.get("note", False),
        row.get("document", False),
        tuple(row.get("when", ())),
    )


def _faults(name: str, row: Toml) -> list[str]:
    faults = [f"{name}.{key}: there is no such field" for key in row if key not in _FIELDS]
    faults += [f"{name}.from: {state!r} is not a state" for state in row.get("from", ["(none)"]) if state not in STATES]
    if row.get("to") not in (*STATES, STAYS, GOES_BACK):
        faults.append(f"{name}.to: {row.get('to')!r} is not a state")
    faults += [f"{name}.when: {word!r} is not a condition" for word in row.get("when", []) if word not in CONDITIONS]
    faults += [
        f"{name}.{key}: is not true or false" for key in ("note", "document") if type(row.get(key, True)) is not bool
    ]
    return faults


def _before(steps: Mapping[str, Step]) -> tuple[dict[str, str], list[str]]:
    """A correction goes back to where the one step that leads to a state comes from: there must be just one."""
    before, faults = {}, []
    for state in {state for step in steps.values() if step.target == GOES_BACK for state in step.origins}:
        origins = {origin for step in steps.values() if step.target == state for origin in step.origins}
        if len(origins) != 1:
            faults.append(f"{state}: cannot be corrected, {len(origins)} states lead to it")
        before[state] = min(origins, default="")
    return before, faults
