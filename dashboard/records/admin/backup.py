"""Take the database away in one file, and put it back: SQLite by its own copying, PostgreSQL by pg_dump.

Files beside proposals go along into a folder beside the backups, `attachments`, each once for all of them: a file is
never changed, and is on the disk before the database names it. A backup may be taken while people work. Restoring needs
the database for itself, and touches it last: the file is copied aside, migrated and audited there, and what is to be
replaced is copied under a name of its own before.
"""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from dashboard.records.admin.audit import Audit, audit
from dashboard.records.core import RecordsError, Store, make_engine, upgrade
from dashboard.records.dossier import Cabinet, attachments
from geodata.model import Dataset
from geodata.shared import clock

SUFFIXES = {"sqlite": ".sqlite", "postgresql": ".dump"}
BEFORE = "before-restore"  # in the name of the copy of what was replaced, where no other word is given
ATTACHMENTS = "attachments"  # the folder of files beside the backups
FULL = ("disk is full", "No space left")  # as SQLite and the programs of PostgreSQL say it


def backup(url: str, folder: Path, now: datetime, name: str = "records_backup") -> Path:
    """Write a backup into a folder, named for the moment, and return its path. Raises RecordsError.

    It is there whole or not at all: it is written under another name first, and never over another file.
    """
    address = make_url(url)
    kind = _kind(address)
    with _room(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with _aside(folder / f"{name}-{uuid4().hex}.part") as part:
        if kind == "sqlite":
            _copy_sqlite(_file(address), part)
        else:
            _run("pg_dump", address, "--format=custom", f"--file={part}")
        return _named(part, folder / f"{name}_{clock.in_name(now)}{SUFFIXES[kind]}")


def restore(
    url: str, path: Path, dataset: Dataset, now: datetime, folder: Path, before: str = BEFORE
) -> tuple[Audit, Path | None]:
    """Put a backup in the place of the database; return what was found in it, and where what it replaced is kept.

    That is beside a database of SQLite, in `folder` of PostgreSQL, and None where there was nothing; its name has the
    words `before`.

    Raises RecordsError for a file that is no backup of this program, is newer than it, or does not agree with its own
    history; then the database is as it was.
    """
    address = make_url(url)
    kind = _kind(address)
    if not path.is_file() or path.suffix != SUFFIXES[kind]:
        raise RecordsError("no_backup", path=str(path))
    with _room(path):
        if not path.stat().st_size:
            raise RecordsError("empty_backup", path=str(path))
    return (_restore_sqlite if kind == "sqlite" else _restore_postgresql)(address, path, dataset, now, folder, before)


def _kind(address: URL) -> str:
    kind = address.get_backend_name()
    if kind not in SUFFIXES or not address.database:
        raise RecordsError("database_kind", kind=kind)
    return kind


def _file(address: URL) -> Path:
    return Path(address.database or "")


@contextmanager
def _room(path: Path) -> Iterator[None]:
    """Have what the disk refuses told as that."""
    try:
        yield
    except OSError as error:
        raise RecordsError("disk", path=str(path), said=error.strerror or type(error).__name__) from error


@contextmanager
def _aside(part: Path) -> Iterator[Path]:
    """Give a name under which something is made; nothing is left of it, whatever happens."""
    try:
        with _room(part):
            yield part
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            part.with_name(part.name + ending).unlink(missing_ok=True)


def _named(part: Path, wanted: Path) -> Path:
    """Give what was made the name that is wanted, or the next that is free; nothing is ever overwritten."""
    for n in range(1, 1000):
        path = wanted if n == 1 else wanted.with_stem(f"{wanted.stem}-{n}")
        try:
            os.link(part, path)
        except FileExistsError:
            continue
        except OSError:  # a disk that knows no links, as of many memory sticks
            if path.exists():
                continue
            os.rename(part, path)
        return path
    raise RecordsError("name_taken", path=str(wanted))


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database that others may be writing, as of one moment, and see that the copy is sound."""
    if not source.is_file():
        raise RecordsError("no_database", path=str(source))
    try:
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            # one file that carries everything: without this, a reader would look for a journal beside it
            copy.execute("PRAGMA journal_mode=DELETE")
            sound = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.Error as error:
        if FULL[0] in str(error):
            raise RecordsError("disk", path=str(target), said=str(error)) from error
        raise RecordsError("not_sound", path=str(source)) from error
    if not sound:
        raise RecordsError("not_sound", path=str(source))


def keep_files(cabinet: Cabinet, folder: Path) -> int:
    """Copy beside the backups of a folder the files that are not there yet; return how many. Raises RecordsError.

    To be done after the database was copied: then every file that it names is there.
    """
    with _room(folder):
        return cabinet.copy_to(Cabinet(folder / ATTACHMENTS))


def bring_files(store: Store, path: Path, cabinet: Cabinet) -> tuple[str, ...]:
    """Bring back the files that a restored record names, from beside its backup.

    Return the hashes of those that are nowhere, or no longer what they were. Raises RecordsError.
    """
    with store.reading() as session:
        named = tuple(attachments.named(session))
    with _room(cabinet.folder):
        Cabinet(path.parent / ATTACHMENTS).copy_to(cabinet, named)
        return cabinet.faulty(named)


# ---- putting it back


def _restore_sqlite(
    address: URL, path: Path, dataset: Dataset, now: datetime, _: Path, before: str
) -> tuple[Audit, Path | None]:
    database, kept = _file(address), None
    with _room(database):
        database.parent.mkdir(parents=True, exist_ok=True)
    with _aside(database.with_name(f"{database.name}.{uuid4().hex}.part")) as part:
        _copy_sqlite(path, part)
        found = _looked_at(f"sqlite:///{part}", path, dataset)
        _take_alone(part)  # the journal of what was migrated is folded in
        if database.exists():
            _take_alone(database)
            with _aside(database.with_name(f"{database.name}.{uuid4().hex}.kept.part")) as copy:
                shutil.copyfile(database, copy)
                kept = _named(copy, database.with_name(f"{database.stem}_{before}_{clock.in_name(now)}.sqlite"))
        os.replace(part, database)
    return found, kept


def _take_alone(database: Path) -> None:
    """Fold the journal into the database, which works only when nobody else has it open. Raises RecordsError."""
    try:
        with closing(sqlite3.connect(database, timeout=1)) as connection:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if "locked" not in str(error):
            return  # what is to be replaced is no database any more: it is kept as it is
        raise RecordsError("in_use", path=str(database)) from error
    if mode != "delete":
        raise RecordsError("in_use", path=str(database))


def _restore_postgresql(
    address: URL, path: Path, dataset: Dataset, now: datetime, folder: Path, before: str
) -> tuple[Audit, Path | None]:
    """Look at the file in a database of its own, which is gone afterwards, before anything of the other is touched."""
    scratch = address.set(database=f"records_look_{uuid4().hex[:12]}")
    server = make_engine(address.set(database="postgres").render_as_string(hide_password=False))
    try:
        with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"CREATE DATABASE {scratch.database} TEMPLATE template0"))
    except DBAPIError as error:
        server.dispose()
        raise RecordsError("no_scratch", said=str(error.orig).strip()[-300:]) from error
    with tempfile.TemporaryDirectory(prefix="records-") as aside:
        migrated = Path(aside, "migrated.dump")
        try:
            try:
                _run("pg_restore", scratch, "--no-owner", "--exit-on-error", "--single-transaction", path)
            except RecordsError as error:
                raise RecordsError("not_sound", path=str(path)) from error
            found = _looked_at(scratch.render_as_string(hide_password=False), path, dataset)
            # of the form of today: tables that an older form has not would hold on to those that are to go
            _run("pg_dump", scratch, "--format=custom", f"--file={migrated}")
        finally:
            with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text(f"DROP DATABASE IF EXISTS {scratch.database} WITH (FORCE)"))
            server.dispose()
        url = address.render_as_string(hide_password=False)
        kept = backup(url, folder, now, f"records_{before}") if _has_tables(url) else None
        whole = ("--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction")
        _run("pg_restore", address, *whole, migrated)
    return found, kept


def _has_tables(url: str) -> bool:
    engine = make_engine(url)
    try:
        return bool(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def _looked_at(url: str, path: Path, dataset: Dataset) -> Audit:
    """Migrate a copy and audit it. Raises RecordsError where it is not one of ours, newer, or not true to itself."""
    engine = make_engine(url)
    try:
        if not inspect(engine).has_table(upgrade.VERSIONS):
            raise RecordsError("foreign_backup", path=str(path))
        upgrade.upgrade(engine)
        found = audit(Store(engine, dataset))
    except DBAPIError as error:
        if any(words in str(error) for words in FULL):
            raise RecordsError("disk", path=str(path), said=str(error.orig)) from error
        raise RecordsError("foreign_backup", path=str(path)) from error
    finally:
        engine.dispose()
    if found.faults:
        raise RecordsError("untrue_backup", path=str(path), n=len(found.faults))
    return found


def _run(program: str, address: URL, *arguments: object) -> None:
    found = shutil.which(program) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))), None)
    if found is None:
        raise RecordsError("no_program", program=program)
    plain = address.set(drivername="postgresql")._replace(password=None).render_as_string()
    # the password goes by the environment: arguments of a program can be read by everyone on the machine
    secret = {"PGPASSWORD": address.password} if address.password else {}
    done = subprocess.run(
        [found, f"--dbname={plain}", *map(str, arguments)],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RecordsError("program_failed", program=program, said=done.stderr.strip()[-500:])
