"""Criteria that a group makes for itself in a meeting."""

import sqlalchemy as sa
from alembic import op

from dashboard.records.core.models import Json

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("own_criteria", Json, nullable=False, server_default=sa.text("'[]'")))


def downgrade() -> None:
    with op.batch_alter_table("meeting") as meetings:
        meetings.drop_column("own_criteria")
