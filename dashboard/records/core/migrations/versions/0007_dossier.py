"""Comments and attachments beside proposals, an address of each account, and how far each person has looked."""

import sqlalchemy as sa
from alembic import op

from dashboard.records.core.models import Json, Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("email", sa.String(254), nullable=False, server_default=""))
    # plainly, not in a batch: that would copy the table of the history, which refuses it
    op.add_column("entry", sa.Column("attachment", sa.String(64), nullable=True))
    op.create_table(
        "comment",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.String(64), nullable=False),
        sa.Column("department", sa.String(2), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("author_name", sa.String(200), nullable=False),
        sa.Column("author_role", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("parent", sa.String(64), nullable=True),
        sa.Column("mentions", Json, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name=op.f("fk_comment_proposal_proposal")),
        sa.ForeignKeyConstraint(["parent"], ["comment.id"], name=op.f("fk_comment_parent_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_proposal"), "comment", ["proposal"])
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.String(64), nullable=False),
        sa.Column("department", sa.String(2), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name=op.f("fk_attachment_proposal_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_proposal"), "attachment", ["proposal"])
    op.create_index(op.f("ix_attachment_digest"), "attachment", ["digest"])
    op.create_table(
        "look",
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("since", Moment(), nullable=True),
        sa.Column("seen", Moment(), nullable=True),
        sa.Column("cleared", Moment(), nullable=True),
        sa.Column("mailed", sa.String(64), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_look")),
    )


def downgrade() -> None:
    for table in ("look", "attachment", "comment"):
        op.drop_table(table)
    op.drop_column("entry", "attachment")
    with op.batch_alter_table("account") as accounts:
        accounts.drop_column("email")
