"""Open the database and speak to it: SQLite in WAL mode, or PostgreSQL through psycopg.

A store is what every function of the record is given: the database, the data set and the clock. Writing is one
transaction that is either kept whole or leaves nothing. SQLite has one writer at a time: they queue up in order, for
a bounded time. Reading writes nothing: it goes on while a disk is full or another holds the database.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from dashboard.records.core.errors import RecordsError
from dashboard.records.core.obstacles import CannotSave, obstacle
from dashboard.records.core.programme import Programme, load_programme
from dashboard.records.core.queue import ALONE, NoTurns, Patience, Turns
from geodata.model import Dataset
from geodata.shared import clock

WAIT_SECONDS = 5  # for another program that writes, such as one that copies the file back
REMEMBERED = timedelta(minutes=2)  # for how long one that could not save makes the others be told
TRIES = 4  # of a transaction that met another one at the same key
READING_POSTGRESQL = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON", "temp_store=MEMORY")
_DEADLOCK = ("40P01", "40001")

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Store:
    """`now()` gives the moment in UTC; `turns` is the queue of writers."""

    engine: Engine
    dataset: Dataset
    programme: Programme = field(default_factory=load_programme)
    now: Callable[[], datetime] = clock.now
    patience: Patience = ALONE
    turns: Turns | NoTurns = field(init=False)
    obstacles: list[tuple[datetime, CannotSave]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        file = self.engine.url.database if self.is_sqlite else None
        turns = NoTurns() if file is None else Turns(Path(file), self.patience)
        object.__setattr__(self, "turns", turns)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite."""
        return self.engine.dialect.name == "sqlite"

    @property
    def today(self) -> date:
        """The day in Peru."""
        return clock.day_of(self.now())

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees the database as it is at one moment and changes nothing."""
        options = {"writes": False} if self.is_sqlite else READING_POSTGRESQL
        with Session(self.engine.execution_options(**options), expire_on_commit=False) as session:
            yield session

    def write(self, work: Callable[[Session], T]) -> T:
        """Return what `work` returns once all it wrote is kept; if it raises, nothing is.

        It is done again when another transaction came first with the same key: it must change nothing
        outside its session. Raises CannotSave where nothing can be written now.
        """
        try:
            done = self._write(work)
        except (DBAPIError, OSError) as error:
            found = obstacle(error)
            if found is None:
                raise
            self._found(found)
            raise found from error
        except CannotSave as found:
            self._found(found)
            raise
        self.obstacles.clear()
        return done

    def _found(self, found: CannotSave) -> None:
        log.warning("nothing can be saved: %s", found.reason)
        self.obstacles[:] = [(self.now(), found)]

    @property
    def standing_obstacle(self) -> CannotSave | None:
        """What kept the last one who wanted to save from it, None once one could, or after a while."""
        recent = [found for at, found in self.obstacles if self.now() < at + REMEMBERED]
        return recent[0] if recent else None

    def _write(self, work: Callable[[Session], T]) -> T:
        for left in reversed(range(TRIES)):
            try:
                return self._write_once(work)
            except (IntegrityError, OperationalError) as error:
                met = isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in _DEADLOCK
                if not met or not left:
                    raise
        raise AssertionError("the last try returns or raises")

    def _write_once(self, work: Callable[[Session], T]) -> T:
        engine = self.engine.execution_options(writes=True)
        with self.turns.take(), Session(engine, expire_on_commit=False) as session, session.begin():
            return work(session)

    def on(self, dataset: Dataset) -> "Store":
        """Return the same store beside another edition of the data; both share the database and the queue."""
        if dataset is self.dataset:
            return self
        other = copy(self)
        object.__setattr__(other, "dataset", dataset)
        return other

    def close(self) -> None:
        """Give back all connections; it may be used again, with new ones."""
        self.engine.dispose()


def make_engine(url: str, pool: int = 20) -> Engine:
    """Return an engine for an address. Raises RecordsError for a database that is neither of the two."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(
            parsed.set(drivername="postgresql+psycopg"), pool_size=pool, max_overflow=pool, pool_pre_ping=True
        )
        return engine
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise RecordsError("database_kind", kind=parsed.get_backend_name())
    Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": WAIT_SECONDS}, pool_size=pool, max_overflow=2 * pool)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """Make a connection of SQLite safe.

    Transactions are begun by us, references hold, commits reach the disk, and reading needs no room on it.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take the write lock at once where something will be written: a lock taken later could not wait."""
    writes = connection.get_execution_options().get("writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
