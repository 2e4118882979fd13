"""Meetings are signed: hours, who presides, guests, what was said; members with office; agreements and corrections."""

import sqlalchemy as sa
from alembic import op

from dashboard.records.core.models import Json

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LINES = {
    "kind": (16, "session"), "act": (64, ""), "called_for": (5, ""), "began_at": (5, ""), "ended_at": (5, ""),
    "presides": (64, ""), "secretary": (200, ""), "secretary_office": (200, ""), "previous_act": (16, ""),
}  # fmt: skip
TEXTS = ("previous_note", "quorum_reason")
OF_A_MEMBER = {"office": 200, "dni": 8, "gender": 16}


def upgrade() -> None:
    for name, (most, default) in LINES.items():
        op.add_column("meeting", sa.Column(name, sa.String(most), nullable=False, server_default=default))
    for name in TEXTS:
        op.add_column("meeting", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("meeting", sa.Column("guests", Json, nullable=False, server_default=sa.text("'[]'")))
    op.add_column("meeting", sa.Column("development", Json, nullable=False, server_default=sa.text("'{}'")))
    for name, most in OF_A_MEMBER.items():
        op.add_column("member", sa.Column(name, sa.String(most), nullable=False, server_default=""))
    op.add_column("member", sa.Column("speaks_for", Json, nullable=False, server_default=sa.text("'[]'")))
    _kept("agreement", sa.Column("number", sa.Integer(), nullable=False), sa.Column("text", sa.Text(), nullable=False),
          sa.Column("responsible", sa.String(200), nullable=False), sa.Column("due_on", sa.Date(), nullable=True),
          sa.Column("state", sa.String(16), nullable=False), sa.Column("progress", sa.Text(), nullable=False),
          sa.Column("reviewed_in", sa.String(64), nullable=False))  # fmt: skip
    op.create_index(op.f("ix_agreement_department"), "agreement", ["department"])
    _kept("correction", sa.Column("number", sa.Integer(), nullable=False),
          sa.Column("kind", sa.String(16), nullable=False), sa.Column("made_on", sa.Date(), nullable=False),
          sa.Column("place", sa.String(16), nullable=False), sa.Column("says", sa.Text(), nullable=False),
          sa.Column("should_say", sa.Text(), nullable=False))  # fmt: skip


# of any type: so are columns
def _kept(name: str, *columns: sa.Column) -> None:
    op.create_table(
        name,
        sa.Column("meeting", sa.String(64), nullable=False),
        sa.Column("department", sa.String(2), nullable=False),
        *columns,
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f(f"fk_{name}_meeting_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_meeting"), name, ["meeting"])


def downgrade() -> None:
    op.drop_table("correction")
    op.drop_table("agreement")
    for table, names in (("member", (*OF_A_MEMBER, "speaks_for")),
                         ("meeting", (*LINES, *TEXTS, "guests", "development"))):  # fmt: skip
        with op.batch_alter_table(table) as changed:
            for name in names:
                changed.drop_column(name)
