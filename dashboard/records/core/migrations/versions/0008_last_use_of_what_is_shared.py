"""When what is shared without an account was last read."""

import sqlalchemy as sa
from alembic import op

from dashboard.records.core.models import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("share", sa.Column("used_at", Moment(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("share") as shares:
        shares.drop_column("used_at")
