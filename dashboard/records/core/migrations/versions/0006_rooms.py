"""The room of a meeting, who is in it and what they answer."""

import sqlalchemy as sa
from alembic import op

from dashboard.records.core.models import Json, LongInteger

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room",
        *_of_record(),
        sa.Column("department", sa.String(2), nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("open_voting", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("vote", sa.String(64), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("code", name=op.f("uq_room_code")),
    )
    op.create_table(
        "participant",
        *_of_record(),
        sa.Column("room", sa.String(64), nullable=False),
        sa.Column("member", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.ForeignKeyConstraint(["room"], ["room.id"], name=op.f("fk_participant_room_room")),
        sa.UniqueConstraint("token", name=op.f("uq_participant_token")),
    )
    op.create_index(op.f("ix_participant_room"), "participant", ["room"])
    op.create_table(
        "answer",
        *_of_record(),
        sa.Column("room", sa.String(64), nullable=False),
        sa.Column("participant", sa.String(64), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("seq", LongInteger, nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.ForeignKeyConstraint(["room"], ["room.id"], name=op.f("fk_answer_room_room")),
        sa.ForeignKeyConstraint(["participant"], ["participant.id"], name=op.f("fk_answer_participant_participant")),
        sa.UniqueConstraint(
            "participant", "round", "kind", "subject", name=op.f("uq_answer_participant_round_kind_subject")
        ),
    )
    op.create_index(op.f("ix_answer_room"), "answer", ["room"])


def downgrade() -> None:
    for table in ("answer", "participant", "room"):
        op.drop_table(table)


def _of_record() -> list[sa.Column]:
    return [sa.Column("id", sa.String(64), nullable=False), sa.Column("version", sa.Integer(), nullable=False)]
