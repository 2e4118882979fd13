"""A decision keeps the rules that its group set aside, each with the reason."""

import sqlalchemy as sa
from alembic import op

from dashboard.records.core.models import Json

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision", sa.Column("waivers", Json, nullable=False, server_default=sa.text("'{}'")))


def downgrade() -> None:
    with op.batch_alter_table("decision") as table:
        table.drop_column("waivers")
