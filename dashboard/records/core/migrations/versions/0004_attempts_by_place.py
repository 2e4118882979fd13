"""Attempts to sign in are counted by login and place, so that an administrator can forget those of a login."""

import sqlalchemy as sa
from alembic import op

from dashboard.records.core.models import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _anew(sa.Column("login", sa.String(64), nullable=False), "last_at")
    op.create_index(op.f("ix_attempt_login"), "attempt", ["login"])


def downgrade() -> None:
    op.drop_index(op.f("ix_attempt_login"), table_name="attempt")
    _anew(None, "first_at")


def _anew(login: sa.Column[str] | None, counted: str) -> None:
    """Make the table anew: what it holds is of the last minutes only."""
    op.drop_table("attempt")
    op.create_table(
        "attempt",
        sa.Column("subject", sa.String(64), nullable=False),
        *([] if login is None else [login]),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column(counted, Moment(), nullable=False),
        sa.Column("locked_until", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_attempt")),
    )
