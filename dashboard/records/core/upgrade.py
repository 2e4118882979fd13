"""Bring a database to the present form by the migrations that ship in this package."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from dashboard.records.core.errors import RecordsError

MIGRATIONS = Path(__file__).with_name("migrations")
VERSIONS = "alembic_version"  # the table by which a database of this program is known
LOCK = 5_120_016  # one process at a time migrates a PostgreSQL


def config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, over an open connection where one is given."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


@cache  # reading the migrations takes longer than opening a database
def _revisions() -> tuple[frozenset[str], str | None]:
    """Return the revisions that this version knows, and the last of them."""
    scripts = ScriptDirectory.from_config(config())
    return frozenset(script.revision for script in scripts.walk_revisions()), scripts.get_current_head()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply the migrations that are lacking, all or none; several processes may ask at once.

    Raises RecordsError for a database of another program, or of a newer version of this one, and leaves it as it is.
    """
    refuse_strangers(engine)
    if revision == "head" and is_current(engine):
        return
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        command.upgrade(config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take migrations back; what they had made is lost."""
    with engine.begin() as connection:
        command.downgrade(config(connection), revision)


def refuse_strangers(engine: Engine) -> None:
    """Raise RecordsError for a database that is not one of this program, or of a newer version of it."""
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        revision = MigrationContext.configure(connection).get_current_revision()
    if tables and VERSIONS not in tables:
        raise RecordsError("database_foreign")
    if revision is not None and revision not in _revisions()[0]:
        raise RecordsError("database_newer")


def is_current(engine: Engine) -> bool:
    """Tell whether all migrations have been applied."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == _revisions()[1]
