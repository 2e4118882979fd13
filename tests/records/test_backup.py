"""A backup holds everything as of one moment, even while others write, and putting it back gives the same record."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DatabaseError

from dashboard.records import audit, backup, proposals, snapshots
from dashboard.records.errors import RecordsError
from dashboard.records.store import open_store
from tests.records.databases import Clock
from tests.records.drawn import ME, draw, held, walk

NOW = datetime(2014, 6, 2, 15, 0, tzinfo=UTC)


@pytest.fixture
def url(databases):
    return databases.url()


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
    assert path.name.startswith("records-20140602T100000")  # in Lima
    assert [p.name for p in path.parent.iterdir()] == [path.name]  # nothing half written is left
    proposals.edit(store, ME, "lamas", 1, {"name": "Después de la copia"})
    draw(store, name="También después")
    store.close()

    backup.restore(url, path)
    again = open_store(url, dataset, now=Clock())
    assert everything(again) == before
    assert audit.audit(again).faults == ()
    with pytest.raises(DatabaseError, match="only grows"), again.engine.begin() as connection:
        connection.execute(text("DELETE FROM entry"))
    proposals.edit(again, ME, "lamas", 1, {"name": "La vida sigue"})
    again.close()

    elsewhere = databases.url(fresh=True)  # and on another machine
    backup.restore(elsewhere, path)
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
        backup.restore(elsewhere, path)
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
            backup.restore(url, path)
    store = open_store(url, dataset, now=Clock())
    assert len(proposals.listing(store, ME)) == 7
    store.close()


def test_a_database_in_use_is_not_replaced(sqlite_databases, dataset, tmp_path):
    url = sqlite_databases.url()
    path = backup.backup(url, tmp_path, NOW)
    store = open_store(url, dataset, now=Clock())
    proposals.edit(store, ME, "lamas", 1, {"name": "En uso"})
    with pytest.raises(RecordsError) as error:
        backup.restore(url, path)
    assert error.value.reason == "in_use"
    assert proposals.get(store, ME, "lamas").name == "En uso"
    store.close()
    backup.restore(url, path)
    kept = Path(make_url(url).database + ".before-restore")
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT name FROM proposal WHERE id = 'lamas'").fetchone() == ("En uso",)


def test_a_password_in_an_address_is_no_argument_of_a_program(monkeypatch, tmp_path):
    seen = {}

    class Done:
        returncode = 0

    def run(command, env, **rest):
        seen.update(command=command, env=env)
        return Done()

    monkeypatch.setattr(backup.subprocess, "run", run)
    dump = tmp_path / "x.dump"
    dump.touch()
    backup.restore("postgresql+psycopg://ana:s3cr3t@db.example/records", dump)
    assert not any("s3cr3t" in word for word in seen["command"])
    assert seen["env"]["PGPASSWORD"] == "s3cr3t"
    assert any(word == "--dbname=postgresql://ana@db.example/records" for word in seen["command"])
