"""Take the database away in one file, and put it back: SQLite by its own copying, PostgreSQL by pg_dump.

A backup may be taken while people work. Restoring needs the database for itself.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, make_url

from dashboard.records.errors import RecordsError
from geodata import clock

SUFFIXES = {"sqlite": ".sqlite", "postgresql": ".dump"}


def backup(url: str, folder: Path, now: datetime) -> Path:
    """Write a backup into a folder, named for the moment, and return its path. Raises RecordsError.

    It is there whole or not at all: it is written under another name first.
    """
    address = make_url(url)
    kind = _kind(address)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"records-{clock.in_name(now)}{SUFFIXES[kind]}"
    part = path.with_suffix(".part")
    if kind == "sqlite":
        _copy_sqlite(Path(address.database), part)
    else:
        _run("pg_dump", address, "--format=custom", f"--file={part}")
    os.replace(part, path)
    return path


def restore(url: str, path: Path) -> None:
    """Put a backup in the place of the database. Raises RecordsError, and then the database is as it was.

    A database of SQLite that was there is kept beside it with the ending `.before-restore`.
    """
    address = make_url(url)
    kind = _kind(address)
    if not path.is_file() or path.suffix != SUFFIXES[kind]:
        raise RecordsError("no_backup", path=str(path))
    if kind == "sqlite":
        _restore_sqlite(path, Path(address.database))
    else:
        _run(
            "pg_restore",
            address,
            "--clean",
            "--if-exists",
            "--no-owner",
            "--exit-on-error",
            "--single-transaction",
            path,
        )


def _kind(address: URL) -> str:
    kind = address.get_backend_name()
    if kind not in SUFFIXES or not address.database:
        raise RecordsError("database_kind", kind=kind)
    return kind


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database that others may be writing, as of one moment, and see that the copy is sound."""
    if not source.is_file():
        raise RecordsError("no_database", path=str(source))
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        # one file that carries everything: without this, a reader would look for a journal beside it
        copy.execute("PRAGMA journal_mode=DELETE")
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise RecordsError("not_sound", path=str(source))


def _restore_sqlite(path: Path, database: Path) -> None:
    part = database.with_name(database.name + ".part")
    database.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy_sqlite(path, part)
    except sqlite3.DatabaseError as error:
        part.unlink(missing_ok=True)
        raise RecordsError("not_sound", path=str(path)) from error
    if database.exists():
        _take_alone(database)
        shutil.copy2(database, database.with_name(database.name + ".before-restore"))
    os.replace(part, database)


def _take_alone(database: Path) -> None:
    """Fold the journal into the database, which works only when nobody else has it open. Raises RecordsError."""
    try:
        with closing(sqlite3.connect(database, timeout=1)) as connection:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise RecordsError("in_use", path=str(database)) from error
    if mode != "delete":
        raise RecordsError("in_use", path=str(database))


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
