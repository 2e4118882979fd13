"""A backup holds everything as of one moment, even while others write, and putting it back gives the same record."""

import errno
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, make_url, text
from sqlalchemy.exc import DatabaseError

from dashboard.records.admin import audit, backup
from dashboard.records.core import upgrade
from dashboard.records.core.errors import RecordsError
from dashboard.records.core.store import make_engine
from dashboard.records.meetings import snapshots
from dashboard.records.opening import open_store
from dashboard.records.proposals import proposals
from tests.record.databases import Clock
from tests.record.drawn import ME, draw, held, walk

NOW = datetime(2014, 6, 2, 15, 0, tzinfo=UTC)


@pytest.fixture
def url(databases):
    return databases.url()


def put_back(url, path, dataset, folder, now=NOW):
    return backup.restore(url, path, dataset, now, folder / "kept")


def everything(store):
    return [(p, proposals.history(store, ME, p.id)) for p in proposals.listing(store, ME)], snapshots.snapshots(
        store, ME, "22-2013-7"
    )


def test_what_is_restored_is_what_was_backed_up(url, databases, dataset, tmp_path):
    store = open_store(url, dataset, now=Clock())
    walk(store, draw(store, critical_area="Anemia"))
    snapshots.take(store, ME, held(store, "lamas", number=7).id, "lamas")
    before = everything(store)
    path = backup.backup(url, tmp_path / "copies", NOW)
    assert path.name.startswith("records_backup_2014-06-02T100000")  # in Lima
    assert [p.name for p in path.parent.iterdir()] == [path.name]  # nothing half written is left
    proposals.edit(store, ME, "lamas", 2, {"name": "Después de la copia"})
    draw(store, name="También después")
    store.close()

    put_back(url, path, dataset, tmp_path)
    again = open_store(url, dataset, now=Clock())
    assert everything(again) == before
    assert audit.audit(again).faults == ()
    with pytest.raises(DatabaseError, match="only grows"), again.engine.begin() as connection:
        connection.execute(text("DELETE FROM entry"))
    proposals.edit(again, ME, "lamas", 2, {"name": "La vida sigue"})
    again.close()

    elsewhere = databases.url(fresh=True)  # and on another machine
    put_back(elsewhere, path, dataset, tmp_path)
    other = open_store(elsewhere, dataset, now=Clock())
    assert everything(other) == before
    other.close()


def test_a_backup_taken_while_people_write_is_sound(url, databases, dataset, tmp_path):
    store, done = open_store(url, dataset, now=Clock()), threading.Event()

    def write():
        current = proposals.get(store, ME, "lamas")
        while not done.is_set():
            current = proposals.edit(store, ME, "lamas", current.version, {"note": f"v{current.version}"})

    writer = threading.Thread(target=write)
    writer.start()
    paths = [backup.backup(url, tmp_path / str(n), NOW) for n in range(3)]
    done.set()
    writer.join()
    store.close()
    for path in paths:
        elsewhere = databases.url(fresh=True)
        put_back(elsewhere, path, dataset, tmp_path)
        copy = open_store(elsewhere, dataset, now=Clock())
        assert audit.audit(copy).faults == ()
        assert len(proposals.listing(copy, ME)) == 7
        copy.close()


def test_a_file_that_is_no_backup_leaves_the_record_as_it_was(url, dataset, tmp_path):
    store = open_store(url, dataset, now=Clock())
    store.close()
    kind = make_url(url).get_backend_name()
    wrong = tmp_path / f"wrong{backup.SUFFIXES[kind]}"
    wrong.write_bytes(b"not a database, but long enough to be looked at" * 200)
    for path in (wrong, tmp_path / f"none{backup.SUFFIXES[kind]}", tmp_path / "x.txt"):
        with pytest.raises(RecordsError):
            put_back(url, path, dataset, tmp_path)
    store = open_store(url, dataset, now=Clock())
    assert len(proposals.listing(store, ME)) == 7
    store.close()


def test_a_database_in_use_is_not_replaced(sqlite_databases, dataset, tmp_path):
    url = sqlite_databases.url()
    path = backup.backup(url, tmp_path, NOW)
    store = open_store(url, dataset, now=Clock())
    proposals.edit(store, ME, "lamas", 1, {"name": "En uso"})
    with pytest.raises(RecordsError) as error:
        put_back(url, path, dataset, tmp_path)
    assert error.value.reason == "in_use"
    assert proposals.get(store, ME, "lamas").name == "En uso"
    store.close()
    _, kept = put_back(url, path, dataset, tmp_path)
    assert "before-restore_2014-06-02T1000" in kept.name
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT name FROM proposal WHERE id = 'lamas'").fetchone() == ("En uso",)


def test_a_password_in_an_address_is_no_argument_of_a_program(monkeypatch, tmp_path):
    seen = {}

    class Done:
        returncode = 0

    def run(command, env, **rest):
        seen.update(command=command, env=env)
        Path(next(word for word in command if word.startswith("--file=")).removeprefix("--file=")).touch()
        return Done()

    monkeypatch.setattr(backup.subprocess, "run", run)
    monkeypatch.setattr(backup.shutil, "which", lambda program: f"/usr/bin/{program}")
    backup.backup("postgresql+psycopg://ana:s3cr3t@db.example/records", tmp_path, NOW)
    assert not any("s3cr3t" in word for word in seen["command"])
    assert seen["env"]["PGPASSWORD"] == "s3cr3t"
    assert any(word == "--dbname=postgresql://ana@db.example/records" for word in seen["command"])


# ---- a file that is not to be put back is refused before anything is touched


def untouched(url, dataset):
    """What must be the same afterwards; closed again, so that it can be replaced."""
    store = open_store(url, dataset, now=Clock())
    found = everything(store)
    store.close()
    return found


def dump_of(url, path):
    """A file that the database would be restored from, holding what stands at an address."""
    if make_url(url).get_backend_name() == "sqlite":
        shutil.copyfile(make_url(url).database, path)
    else:
        backup._run("pg_dump", make_url(url), "--format=custom", f"--file={path}")
    return path


def changed(databases, *statements):
    """The address of a database in which something was done behind the record."""
    url = databases.url()
    engine = make_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
    if databases.kind == "sqlite":
        backup._take_alone(Path(make_url(url).database))
    return url


def foreign(databases):
    url = databases.url(fresh=True)
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE somebody (name TEXT)"))
    engine.dispose()
    if databases.kind == "sqlite":
        backup._take_alone(Path(make_url(url).database))
    return url


@pytest.mark.parametrize(
    "wrong, reason",
    [
        ("empty", "empty_backup"),
        ("foreign", "foreign_backup"),
        ("newer", "database_newer"),
        ("untrue", "untrue_backup"),
    ],  # fmt: skip
)
def test_what_is_no_backup_of_this_program_is_refused_and_nothing_is_touched(
    databases, dataset, tmp_path, wrong, reason
):
    url = databases.url()
    before = untouched(url, dataset)
    path = tmp_path / f"wrong{backup.SUFFIXES[databases.kind]}"
    if wrong == "empty":
        path.touch()
    elif wrong == "foreign":
        dump_of(foreign(databases), path)
    elif wrong == "newer":
        dump_of(changed(databases, "UPDATE alembic_version SET version_num = '9999'"), path)
    else:
        dump_of(changed(databases, "UPDATE proposal SET name = 'forged' WHERE id = 'lamas'"), path)
    with pytest.raises(RecordsError) as error:
        put_back(url, path, dataset, tmp_path)
    assert error.value.reason == reason
    assert untouched(url, dataset) == before
    left = {p.name for p in tmp_path.rglob("*")} - {path.name}
    assert left == set()
    if databases.kind == "sqlite":
        database = Path(make_url(url).database)
        beside = {p.name.removeprefix(database.stem) for p in database.parent.glob(f"{database.stem}*")}
        assert not [name for name in beside if "part" in name or backup.BEFORE in name]


def test_a_backup_of_an_older_form_is_migrated_before_it_takes_the_place(databases, dataset, tmp_path):
    url, old = databases.url(), databases.url()
    engine = make_engine(old)
    upgrade.downgrade(engine, "0002")
    engine.dispose()
    if databases.kind == "sqlite":
        backup._take_alone(Path(make_url(old).database))
    path = dump_of(old, tmp_path / f"old{backup.SUFFIXES[databases.kind]}")
    found, kept = put_back(url, path, dataset, tmp_path)
    assert (found.records, found.faults) == (7, ()) and kept.is_file()
    engine = make_engine(url)
    assert upgrade.is_current(engine)
    engine.dispose()


def test_what_was_replaced_is_never_overwritten(url, dataset, tmp_path):
    path, kept = backup.backup(url, tmp_path, NOW), []
    for n in range(3):
        store = open_store(url, dataset, now=Clock())
        proposals.edit(store, ME, "lamas", 1, {"name": f"Vez {n}"})
        store.close()
        kept.append(put_back(url, path, dataset, tmp_path)[1])
    assert len({*kept}) == 3 and all(p.stat().st_size for p in kept)
    assert len({p.read_bytes() for p in kept}) == 3


def test_two_backups_of_one_second_are_two_files(url, tmp_path):
    paths = [backup.backup(url, tmp_path, NOW) for _ in range(2)]
    assert len(set(paths)) == 2 and {p.name for p in tmp_path.iterdir()} == {p.name for p in paths}


@pytest.mark.parametrize("when", ["copying", "keeping"])
def test_a_full_disk_ends_in_a_sentence_and_leaves_nothing_half_done(
    sqlite_databases, dataset, tmp_path, monkeypatch, when
):
    url = sqlite_databases.url()
    path, before = backup.backup(url, tmp_path, NOW), untouched(url, dataset)
    folder = Path(make_url(url).database).parent

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    there = {p.name for p in folder.iterdir()}
    if when == "copying":
        monkeypatch.setattr(backup, "_copy_sqlite", full)
    else:
        monkeypatch.setattr(backup.shutil, "copyfile", full)
    with pytest.raises(RecordsError) as error:
        put_back(url, path, dataset, tmp_path)
    assert error.value.reason == "disk" and os.strerror(errno.ENOSPC) in error.value.fields["said"]
    assert {p.name for p in folder.iterdir()} <= there
    monkeypatch.undo()
    assert untouched(url, dataset) == before


def test_a_database_of_another_program_or_a_newer_one_is_left_as_it_is(databases, dataset):
    for url, reason in (
        (foreign(databases), "database_foreign"),
        (changed(databases, "UPDATE alembic_version SET version_num = '9999'"), "database_newer"),
    ):
        with pytest.raises(RecordsError) as error:
            open_store(url, dataset)
        assert error.value.reason == reason
    engine = make_engine(foreign(databases))
    with pytest.raises(RecordsError):
        upgrade.upgrade(engine)
    assert inspect(engine).get_table_names() == ["somebody"]
    engine.dispose()
