"""The migrations that ship make the tables that the models describe, on both databases, and can be taken back."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from dashboard.records.core import upgrade
from dashboard.records.core.errors import RecordsError
from dashboard.records.core.models import Base
from dashboard.records.core.store import make_engine
from dashboard.records.opening import open_store
from dashboard.records.proposals import proposals
from tests.record.drawn import ME


@pytest.fixture
def engine(databases):
    made = make_engine(databases.url(fresh=True))
    yield made
    made.dispose()


def test_the_migrations_make_what_the_models_describe(engine):
    upgrade.upgrade(engine)
    assert upgrade.is_current(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_they_can_be_taken_back_and_applied_again(engine):
    upgrade.upgrade(engine)
    upgrade.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    upgrade.upgrade(engine)
    upgrade.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM proposal")).scalar() == 0


def test_a_new_file_is_made_ready_at_start_and_a_server_must_be_by_command(databases, dataset):
    url = databases.url(fresh=True)
    if databases.kind == "postgresql":
        with pytest.raises(RecordsError) as error:
            open_store(url, dataset)
        assert error.value.reason == "database_behind"
        engine = make_engine(url)
        upgrade.upgrade(engine)
        engine.dispose()
    store = open_store(url, dataset)
    assert len(proposals.listing(store, ME)) == 7
    store.close()


def test_a_file_of_sqlite_is_written_ahead_and_to_the_disk(sqlite_store):
    with sqlite_store.engine.connect() as connection:
        pragmas = {
            p: connection.exec_driver_sql(f"PRAGMA {p}").scalar()
            for p in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_every_table_that_only_grows_has_its_triggers(store):
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if not store.is_sqlite:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with store.engine.connect() as connection:
        names = {name for (name,) in connection.execute(text(query))}
    assert {name.split("_no_")[0] for name in names} == {"entry", "snapshot"}


def test_a_database_is_sqlite_or_postgresql_and_nothing_else(tmp_path):
    assert make_engine("postgresql://db/x").dialect.driver == "psycopg"
    for wrong in ("mysql://db/x", "sqlite://", "sqlite:///:memory:"):
        with pytest.raises(RecordsError):
            make_engine(wrong)
    assert make_engine(f"sqlite:///{tmp_path}/new/folder/x.sqlite")
    assert (tmp_path / "new" / "folder").is_dir()
