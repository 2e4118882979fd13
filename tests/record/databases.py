"""Fresh databases for tests, copied from one that was made and filled once for each kind."""

import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import event

from dashboard.records.core import upgrade
from dashboard.records.core.store import Store, make_engine
from dashboard.records.opening import open_store
from dashboard.records.proposals import first

TEMPLATE = "records_template"
NOW = datetime(2014, 6, 2, 15, 0, tzinfo=UTC)


class Clock:
    """A clock that moves when told, and a microsecond whenever it is read: no two entries share a moment."""

    def __init__(self, now: datetime = NOW):
        self.now, self.lock = now, threading.Lock()

    def __call__(self) -> datetime:
        with self.lock:
            self.now += timedelta(microseconds=1)
            return self.now

    def pass_by(self, **time) -> None:
        with self.lock:
            self.now += timedelta(**time)


class SqliteDatabases:
    """Databases of SQLite: files in a folder."""

    kind = "sqlite"

    def __init__(self, folder: Path, dataset):
        self.folder, self.dataset = folder, dataset
        open_store(f"sqlite:///{folder / TEMPLATE}", dataset, now=Clock()).close()

    def url(self, fresh: bool = False) -> str:
        """Return the address of a new database, filled unless `fresh`."""
        path = self.folder / f"{uuid4().hex}.sqlite"
        if not fresh:
            shutil.copy(self.folder / TEMPLATE, path)
        return f"sqlite:///{path}"


class PostgresDatabases:
    """Databases of a server of PostgreSQL."""

    kind = "postgresql"

    def __init__(self, server: str, dataset):
        self.server, self.dataset = server, dataset
        self._make(TEMPLATE, "template1")
        engine = make_engine(f"{server}/{TEMPLATE}", pool=1)
        upgrade.upgrade(engine)
        first.keep_first_proposals(Store(engine, dataset, now=Clock()))
        engine.dispose()

    def url(self, fresh: bool = False) -> str:
        """Return the address of a new database, filled unless `fresh`."""
        name = f"r{uuid4().hex}"
        self._make(name, "template1" if fresh else TEMPLATE)
        return f"{self.server}/{name}"

    def _make(self, name: str, template: str) -> None:
        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")


def count_statements(store: Store) -> list[str]:
    """Return a list to which every statement that the store sends is added."""
    sent: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda c, cur, statement, *rest: sent.append(statement))
    return sent
