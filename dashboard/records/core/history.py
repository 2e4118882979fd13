"""Keep a record and its history together: no change without an entry, no entry without a change.

Every change names the version it started from. If the record has moved on, :class:`Conflict` holds both and nothing
is written. Whatever is written is part of one command that somebody gave (:mod:`dashboard.records.core.commands`).
"""

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from dashboard.records.core.actors import Actor, allow
from dashboard.records.core.codec import build, plain
from dashboard.records.core.commands import Command
from dashboard.records.core.errors import BadInput, Conflict, Fault, Missing
from dashboard.records.core.models import Base, EntryRow, RecordRow
from dashboard.records.core.store import Store
from dashboard.records.core.validation import MOST_ID, Remarks, RequestKey

NO_REMARKS = Remarks()
T = TypeVar("T")


class Record(Protocol):
    """Anything that is kept: a frozen dataclass that has an id and a version."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]  # of any type: so says the standard library

    @property
    def id(self) -> str:
        """Its name in the record, for good."""

    @property
    def version(self) -> int:
        """How often it was kept: 1 when it was new."""


class DepartmentRecord(Record, Protocol):
    """A record that belongs to a department, by its code."""

    @property
    def department(self) -> str:
        """The code of the department that it is of."""


R = TypeVar("R", bound=Record)
D = TypeVar("D", bound=DepartmentRecord)


@dataclass(frozen=True)
class Subject(Generic[R]):
    """What entries of the history tell of: its name and its class."""

    name: str
    record: type[R]


@dataclass(frozen=True)
class Kind(Subject[R]):
    """A kind of record that can change: its table besides. Fields and columns have the same names."""

    row: type[RecordRow]


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
    attachment: str | None = None


def new_id() -> str:
    """Return an id that nobody can guess from another."""
    return uuid4().hex


def is_id(value: object) -> bool:
    """Tell whether a value could be an id: no other is ever sent to the database."""
    return isinstance(value, str) and 0 < len(value) <= MOST_ID and value.isprintable()


def load(session: Session, kind: Kind[R], id: object, lock: bool = False) -> R:
    """Return a record; with `lock`, nobody else changes it before the transaction ends. Raises Missing."""
    if not is_id(id):
        raise Missing(kind.name)
    row = session.get(kind.row, id, with_for_update=lock)
    if row is None:
        raise Missing(kind.name)
    return from_row(kind, row)


def from_row(kind: Kind[R], row: Base) -> R:
    """Return the record that a row holds."""
    return build(kind.record, {name: getattr(row, name) for name in kind.record.__dataclass_fields__})


def every(
    session: Session,
    kind: Kind[R],
    *conditions: ColumnElement[bool],
    # of columns of any type
    order: tuple[InstrumentedAttribute[Any], ...] = (),
) -> tuple[R, ...]:
    """Return all records that meet conditions, by id unless another order is given."""
    found = session.scalars(select(kind.row).where(*conditions).order_by(*(order or (kind.row.id,))))
    return tuple(from_row(kind, row) for row in found)


@dataclass(frozen=True)
class Transaction:
    """One command being carried out, in a session of which all is kept or nothing."""

    session: Session
    store: Store
    actor: Actor
    command: Command
    key: str | None = None

    def load(self, kind: Kind[R], id: object) -> R:
        """Return a record that nobody else changes before the transaction ends. Raises Missing."""
        return load(self.session, kind, id, lock=True)

    def allowed(self, kind: Kind[D], id: object, action: str) -> D:
        """Return a record as :meth:`load` does, of a department in which the person may do something.

        Raises Missing, Refused.
        """
        found = self.load(kind, id)
        allow(self.actor, action, found.department)
        return found

    def answered(self, kind: Subject[R]) -> R | None:
        """Return what was answered to this very request before, or None.

        Raises BadInput for a key that was used for another.
        """
        if self.key is None:
            return None
        mine = (EntryRow.actor == self.actor.id, EntryRow.request_key == self.key)
        row = self.session.scalar(select(EntryRow).where(*mine))
        if row is None:
            return None
        if row.request_print != self.command.fingerprint or row.kind != kind.name:
            raise BadInput((Fault("records.fault.key_used", {"key": self.key}),))
        return build(kind.record, row.after)

    def add(
        self, kind: Kind[R], record: R, *, hidden: Mapping[str, object] | None = None, remarks: Remarks = NO_REMARKS
    ) -> R:
        """Keep a new record, version 1, and return it; `hidden` columns stay out of the history."""
        record = replace(record, version=1)
        self.session.add(kind.row(**plain_row(record), **(hidden or {})))
        self.session.flush()
        self.enter(kind, None, record, remarks)
        return record

    def change(
        self,
        kind: Kind[R],
        current: R,
        version: object,
        make: Callable[[R], R],
        *,
        hidden: Mapping[str, object] | None = None,
        remarks: Remarks = NO_REMARKS,
    ) -> R:
        """Keep a changed record and return it.

        `current` was loaded with its lock, `make` turns a record into the changed one, `version` is the one the person
        saw. Raises Conflict, with what they wanted to save.
        """
        if type(version) is not int or version != current.version:
            raise Conflict(*self._both(kind, current, version, make))
        changed = replace(make(current), id=current.id, version=version + 1)
        values = plain_row(changed) | dict(hidden or {})
        where = (kind.row.id == current.id, kind.row.version == version)
        change = update(kind.row).where(*where).values(values)
        self.session.execute(change.execution_options(synchronize_session=False))
        self.enter(kind, current, changed, remarks)
        return changed

    def _both(self, kind: Kind[R], current: R, version: object, make: Callable[[R], R]) -> tuple[R, R, R]:
        """Return what was to be saved, what is kept, and what both came from.

        Raises BadInput for a version never kept.
        """
        row = None
        if type(version) is int and 0 < version < current.version:
            row = self.session.scalar(_versions(kind, current.id).where(EntryRow.version == version))
        if row is None:
            raise BadInput((Fault("records.fault.unknown_version", {}),))
        base = build(kind.record, row.after)
        return replace(make(base), id=current.id, version=version), current, base

    def enter(self, kind: Subject[R], before: R | None, after: R, remarks: Remarks = NO_REMARKS) -> None:
        """Write the entry of a change; `before` is None for a new record."""
        self.session.add(
            EntryRow(
                at=self.store.now(),
                actor=self.actor.id,
                actor_name=self.actor.name,
                actor_role=self.actor.role,
                kind=kind.name,
                subject=after.id,
                action=self.command.name,
                version=after.version,
                before=None if before is None else plain(before),
                after=plain(after),
                edition=self.store.dataset.edition,
                note=remarks.note,
                document=remarks.document,
                attachment=remarks.attachment or None,
                happened_on=remarks.on or self.store.today,
                request_key=self.key,
                request_print=None if self.key is None else self.command.fingerprint,
            )
        )
        self.session.flush()


def carry_out(
    store: Store, actor: Actor, command: Command, work: Callable[[Transaction], T], key: str | None = None
) -> T:
    """Return what `work` returns once all it wrote is kept; if it raises, nothing is.

    Raises BadInput for a key that cannot be one; CannotSave.
    """
    if key is not None:
        RequestKey.read({"key": key})
    return store.write(lambda session: work(Transaction(session, store, actor, command, key)))


def plain_row(record: Record) -> dict[str, object]:
    """Return the columns of a record: JSON where a column is JSON, dates as dates."""
    values = plain(record)
    return {name: value if isinstance(value, (list, dict)) else getattr(record, name) for name, value in values.items()}


def _versions(kind: Subject[R], id: str) -> Select[EntryRow]:
    return select(EntryRow).where(EntryRow.kind == kind.name, EntryRow.subject == id)


def entries(session: Session, kind: Subject[R], id: str) -> tuple[Entry, ...]:
    """Return the history of a record, oldest first."""
    return tuple(_entry(row) for row in session.scalars(_versions(kind, id).order_by(EntryRow.version)))


def entry_of(session: Session, kind: Subject[R], id: str, entry: object) -> Entry:
    """Return one entry of a record's history. Raises Missing for an entry of anything else."""
    row = None
    if type(entry) is int and 0 < entry < 2**63:
        row = session.scalar(_versions(kind, id).where(EntryRow.id == entry))
    if row is None:
        raise Missing("entry")
    return _entry(row)


def _entry(row: EntryRow) -> Entry:
    return Entry(**{name: getattr(row, name) for name in Entry.__dataclass_fields__})
