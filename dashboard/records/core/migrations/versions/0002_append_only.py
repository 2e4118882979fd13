"""History and snapshots only grow: the database itself refuses to change or delete them.

SQLite replaces a row without firing the trigger of a deletion (`INSERT OR REPLACE`) unless a connection asks for it, so
an insertion over a kept key is refused too. PostgreSQL also refuses to empty the table.
"""

from collections.abc import Iterator

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SAYS = "only grows: its rows cannot be changed"
KEYS = {
    "entry": (
        "id = NEW.id",
        "kind = NEW.kind AND subject = NEW.subject AND version = NEW.version",
        "actor = NEW.actor AND request_key = NEW.request_key",
    ),
    "snapshot": ("id = NEW.id",),
}


def upgrade() -> None:
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql():
        op.execute(statement)


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in KEYS:
        for deed in ("update", "delete", "replace") if sqlite else ("change", "truncate"):
            op.execute(f"DROP TRIGGER {table}_no_{deed}" + ("" if sqlite else f" ON {table}"))
    if not sqlite:
        op.execute("DROP FUNCTION refuse_change()")


def _sqlite() -> Iterator[str]:
    for table, keys in KEYS.items():
        abort = f"BEGIN SELECT RAISE(ABORT, '{table} {SAYS}'); END"
        for deed in ("update", "delete"):
            yield f"CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table} {abort}"
        kept = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {key})" for key in keys)
        yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {kept} {abort}"


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '% {SAYS}', TG_TABLE_NAME; END $$"
    )
    for table in KEYS:
        yield (
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        yield f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()"
