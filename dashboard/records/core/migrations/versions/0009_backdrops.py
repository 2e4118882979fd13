"""Maps of other servers that may lie below ours."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "backdrop",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("form", sa.String(8), nullable=False),
        sa.Column("address", sa.String(400), nullable=False),
        sa.Column("layers", sa.String(200), nullable=False),
        sa.Column("attribution", sa.String(200), nullable=False),
        sa.Column("least_zoom", sa.Integer(), nullable=False),
        sa.Column("most_zoom", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backdrop")),
    )


def downgrade() -> None:
    op.drop_table("backdrop")
