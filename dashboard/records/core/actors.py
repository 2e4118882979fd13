"""Who acts: a person of a role, perhaps of one department; and the table of what each role may do."""

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dashboard.records.core.errors import Refused
from geodata.shared import Unusable

RIGHTS_FILE = Path(__file__).with_name("rights.toml")
TRANSITIONS_FILE = Path(__file__).with_name("transitions.toml")
ROLES = ("reader", "coordinator", "regional", "secretariat", "leadership", "administrator")
OF_A_DEPARTMENT = ("coordinator", "regional")
OF_A_ROOM = ("member", "invited", "observer")  # from a phone, without an account
COLUMNS = {"own": OF_A_DEPARTMENT, "any": ROLES, "room": OF_A_ROOM}  # of the table, and who can stand there
LOCAL, VISITOR = "local", "visitor"  # one person on their own machine; someone who has not signed in

log = logging.getLogger("dashboard.records")


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who asks for something. `department` is a code of two digits, or None for all of them."""

    id: str
    name: str
    role: str
    department: str | None = None


NOBODY = Actor("", "", VISITOR)


def local_actor(name: str = "") -> Actor:
    """Return the one person of local mode, who may do everything."""
    return Actor(LOCAL, name or LOCAL, LOCAL)


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do one thing: roles in `own` in their own department only, in `any` everywhere, in `room` in theirs."""

    own: frozenset[str]
    any: frozenset[str]
    room: frozenset[str] = frozenset()

    def holds(self, actor: Actor, department: str | None) -> bool:
        """Tell whether an actor may do it in a department; None is what belongs to no department."""
        if actor.role == LOCAL or actor.role in self.any or actor.role in self.room:
            return True
        return actor.role in self.own and department is not None and actor.department == department


@lru_cache(maxsize=1)
def load_rights() -> Mapping[str, Right]:
    """Return the rights by action: those of `rights.toml`, and `step.<name>` for every step of a proposal."""
    tree = tomllib.loads(RIGHTS_FILE.read_text("utf-8"))
    steps = tomllib.loads(TRANSITIONS_FILE.read_text("utf-8")).get("step", {})
    rows = {f"{room}.{name}": row for room, actions in tree.items() for name, row in actions.items()}
    return read_rights(
        rows | {f"step.{name}": {k: row.get(k, []) for k in ("own", "any")} for name, row in steps.items()}
    )


# TOML, of any shape until it is checked
def read_rights(rows: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Right]:
    """Check rows of rights by action and return them. Raises Unusable with all faults."""
    faults = []
    for action, row in rows.items():
        faults += [f"{action}.{name}: there is no such field" for name in row if name not in COLUMNS]
        for name, allowed in COLUMNS.items():
            wrong = [role for role in row.get(name, []) if role not in allowed]
            faults += [f"{action}.{name}: {role!r} is not a role that can stand here" for role in wrong]
    if faults:
        raise Unusable(tuple(faults))
    return MappingProxyType(
        {action: Right(**{name: frozenset(row.get(name, [])) for name in COLUMNS}) for action, row in rows.items()}
    )


def may(actor: Actor, action: str, department: str | None = None) -> bool:
    """Tell whether an actor may do something. Raises KeyError for an action that no table names."""
    return load_rights()[action].holds(actor, department)


def allow(actor: Actor, action: str, department: str | None = None) -> None:
    """Raise Refused, and tell the log, unless an actor may do something."""
    if not may(actor, action, department):
        log.warning("refused: %s by %r (%s) in %s", action, actor.id, actor.role, department)
        raise Refused("not_signed_in" if actor.role == VISITOR else "refused", action=action)


def allow_somewhere(actor: Actor, action: str) -> None:
    """Raise Refused unless an actor may do something in some department.

    It is asked before a record is looked for, so that whoever may not read learns nothing of what there is.
    """
    allow(actor, action, actor.department)
