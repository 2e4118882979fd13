"""Keep a record and its history together: no change without an entry, no entry without a change.

Every change names the version it started from. If the record has moved on, :class:`Conflict` holds both and nothing
is written. A request may carry a key of its own: when the same person sends the same request again, they get the
answer of the first time, and nothing is done twice.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dashboard.records.core.actors import Actor
from dashboard.records.core.cleaning import MOST_ID, MOST_KEY, Door
from dashboard.records.core.codec import build, plain
from dashboard.records.core.errors import BadInput, Conflict, Fault, Missing
from dashboard.records.core.models import Base, EntryRow
from dashboard.records.core.store import Store


@dataclass(frozen=True)
class Kind:
    """A kind of record: its name, its table and its class. Fields and columns have the same names."""

    name: str
    row: type[Base]
    record: type


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: who did what to which record, when, and what it was before and after."""

    id: int
    at: datetime
    actor: str
    actor_name: str
    actor_role: str
    kind: str
    subject: str
    action: str
    version: int
    before: Mapping[str, object] | None
    after: Mapping[str, object]
    edition: str
    note: str
    document: str
    happened_on: date


@dataclass(frozen=True)
class Deed:
    """What someone asks for: `told` is all they sent, by which a request sent twice is known again."""

    store: Store
    actor: Actor
    action: str
    key: str | None = None
    told: Mapping[str, object] = field(default_factory=dict)
    note: str = ""
    document: str = ""
    on: date | None = None

    def __post_init__(self):
        door = Door()
        if self.key is not None:
            door.text("key", self.key, MOST_KEY, required=True)
        door.close()

    @property
    def print(self) -> str:
        """A hash of the whole request."""
        text = json.dumps([self.action, self.told], sort_keys=True, default=_as_text)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _as_text(value: object) -> object:
    return sorted(map(str, value)) if isinstance(value, (set, frozenset)) else str(value)


def new_id() -> str:
    """Return an id that nobody can guess from another."""
    return uuid4().hex


def is_id(value: object) -> bool:
    """Tell whether a value could be an id: no other is ever sent to the database."""
    return isinstance(value, str) and 0 < len(value) <= MOST_ID and value.isprintable()


def load(session: Session, kind: Kind, id: object, lock: bool = False):
    """Return a record; with `lock`, nobody else changes it before the transaction ends. Raises Missing."""
    if not is_id(id):
        raise Missing(kind.name)
    row = session.get(kind.row, id, with_for_update=lock)
    if row is None:
        raise Missing(kind.name)
    return from_row(kind, row)


def from_row(kind: Kind, row: Base):
    """Return the record that a row holds."""
    return build(kind.record, {name: getattr(row, name) for name in kind.record.__dataclass_fields__})


def every(session: Session, kind: Kind, *conditions, order: tuple = ()) -> tuple:
    """Return all records that meet conditions, by id unless another order is given."""
    found = session.scalars(select(kind.row).where(*conditions).order_by(*(order or (kind.row.id,))))
    return tuple(from_row(kind, row) for row in found)


def repeated(session: Session, deed: Deed, kind: Kind):
    """Return what was answered to this very request before, or None. Raises BadInput for a key used for another."""
    if deed.key is None:
        return None
    row = session.scalar(select(EntryRow).where(EntryRow.actor == deed.actor.id, EntryRow.request_key == deed.key))
    if row is None:
        return None
    if row.request_print != deed.print or row.kind != kind.name:
        raise BadInput((Fault("records.fault.key_used", {"key": deed.key}),))
    return build(kind.record, row.after)


def add(session: Session, deed: Deed, kind: Kind, record, hidden: Mapping[str, object] | None = None):
    """Keep a new record, version 1, and return it; `hidden` columns stay out of the history."""
    record = replace(record, version=1)
    session.add(kind.row(**plain_row(kind, record), **(hidden or {})))
    session.flush()
    enter(session, deed, kind, None, record)
    return record


def change(
    session: Session,
    deed: Deed,
    kind: Kind,
    current,
    version: object,
    make: Callable[[Any], Any],
    hidden: Mapping[str, object] | None = None,
):
    """Keep a changed record and return it. `current` was loaded with its lock, `make` turns a record into the
    changed one, `version` is the one the person saw. Raises Conflict, with what they wanted to save."""
    if type(version) is not int or version != current.version:
        raise Conflict(*_both(session, kind, current, version, make))
    changed = replace(make(current), id=current.id, version=version + 1)
    values = plain_row(kind, changed) | dict(hidden or {})
    where = (kind.row.id == current.id, kind.row.version == version)
    session.execute(update(kind.row).where(*where).values(values).execution_options(synchronize_session=False))
    enter(session, deed, kind, current, changed)
    return changed


def _both(session: Session, kind: Kind, current, version: object, make: Callable) -> tuple:
    """Return what was to be saved, what is kept, and what both came from. Raises BadInput for a version never kept."""
    seen = type(version) is int and 0 < version < current.version
    row = session.scalar(_versions(kind, current.id).where(EntryRow.version == version)) if seen else None
    if row is None:
        raise BadInput((Fault("records.fault.unknown_version", {}),))
    base = build(kind.record, row.after)
    return replace(make(base), id=current.id, version=version), current, base


def plain_row(kind: Kind, record) -> dict[str, object]:
    """Return the columns of a record: JSON where a column is JSON, dates as dates."""
    values = plain(record)
    return {name: value if isinstance(value, (list, dict)) else getattr(record, name) for name, value in values.items()}


def enter(session: Session, deed: Deed, kind: Kind, before, after) -> None:
    """Write the entry of a change; `before` is None for a new record."""
    store, actor = deed.store, deed.actor
    session.add(
        EntryRow(
            at=store.now(),
            actor=actor.id,
            actor_name=actor.name,
            actor_role=actor.role,
            kind=kind.name,
            subject=after.id,
            action=deed.action,
            version=after.version,
            before=None if before is None else plain(before),
            after=plain(after),
            edition=store.dataset.edition,
            note=deed.note,
            document=deed.document,
            happened_on=deed.on or store.today,
            request_key=deed.key,
            request_print=None if deed.key is None else deed.print,
        )
    )
    session.flush()


def _versions(kind: Kind, id: str):
    return select(EntryRow).where(EntryRow.kind == kind.name, EntryRow.subject == id)


def entries(session: Session, kind: Kind, id: str) -> tuple[Entry, ...]:
    """Return the history of a record, oldest first."""
    return tuple(_entry(row) for row in session.scalars(_versions(kind, id).order_by(EntryRow.version)))


def entry_of(session: Session, kind: Kind, id: str, entry: object) -> Entry:
    """Return one entry of a record's history. Raises Missing for an entry of anything else."""
    wanted = type(entry) is int and 0 < entry < 2**63
    row = session.scalar(_versions(kind, id).where(EntryRow.id == entry)) if wanted else None
    if row is None:
        raise Missing("entry")
    return _entry(row)


def _entry(row: EntryRow) -> Entry:
    return Entry(**{name: getattr(row, name) for name in Entry.__dataclass_fields__})
