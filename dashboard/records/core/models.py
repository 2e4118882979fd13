"""The tables. Records have a `version` that grows by one with each change; history and snapshots only grow."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
Json = JSON().with_variant(JSONB(), "postgresql")
JsonDict = dict[str, Any]  # of any type: so is JSON
EMPTY_LIST: ColumnElement[str] = literal_column("'[]'")
EMPTY_TABLE: ColumnElement[str] = literal_column("'{}'")
LongInteger = BigInteger().with_variant(Integer(), "sqlite")  # SQLite numbers rows by itself in INTEGER only


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: kept with its zone by PostgreSQL and without by SQLite, always given back with it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC, as the database is given it."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment with its zone, UTC, whether the database kept one or not."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What all tables share: how constraints are named, and the types of columns."""

    metadata = MetaData(naming_convention=NAMES)


class RecordRow(Base):
    """Columns of every record that can change."""

    __abstract__ = True
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class ProposalRow(RecordRow):
    """A proposal as it is now."""

    __tablename__ = "proposal"
    name: Mapped[str] = mapped_column(String(200))
    department: Mapped[str] = mapped_column(String(2), index=True)
    phase: Mapped[int] = mapped_column(Integer, index=True)
    state: Mapped[str] = mapped_column(String(32), index=True)
    services: Mapped[list[str]] = mapped_column(Json)
    ubigeos: Mapped[list[str]] = mapped_column(Json)
    note: Mapped[str] = mapped_column(Text)
    critical_area: Mapped[str] = mapped_column(Text)
    judgements: Mapped[JsonDict] = mapped_column(Json)
    source: Mapped[str] = mapped_column(String(300))


class MemberRow(RecordRow):
    """A member of a consultative group."""

    __tablename__ = "member"
    department: Mapped[str] = mapped_column(String(2), index=True)
    period: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200))
    institution: Mapped[str] = mapped_column(String(200))
    sector: Mapped[str] = mapped_column(String(32))
    place: Mapped[str] = mapped_column(String(6))
    accreditation: Mapped[str] = mapped_column(String(300))
    accredited_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    office: Mapped[str] = mapped_column(String(200), server_default="")
    dni: Mapped[str] = mapped_column(String(8), server_default="")
    gender: Mapped[str] = mapped_column(String(16), server_default="")
    speaks_for: Mapped[list[str]] = mapped_column(Json, server_default=EMPTY_LIST)


class MeetingRow(RecordRow):
    """A meeting of a consultative group."""

    __tablename__ = "meeting"
    department: Mapped[str] = mapped_column(String(2), index=True)
    period: Mapped[str] = mapped_column(String(32))
    number: Mapped[int] = mapped_column(Integer)
    held_on: Mapped[date] = mapped_column(Date)
    place: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(16))
    agenda: Mapped[list[str]] = mapped_column(Json)
    next_agenda: Mapped[list[str]] = mapped_column(Json)
    present: Mapped[list[str]] = mapped_column(Json)
    proposals: Mapped[list[str]] = mapped_column(Json)
    weights: Mapped[JsonDict] = mapped_column(Json)
    note: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16), server_default="session")
    act: Mapped[str] = mapped_column(String(64), server_default="")
    called_for: Mapped[str] = mapped_column(String(5), server_default="")
    began_at: Mapped[str] = mapped_column(String(5), server_default="")
    ended_at: Mapped[str] = mapped_column(String(5), server_default="")
    presides: Mapped[str] = mapped_column(String(64), server_default="")
    secretary: Mapped[str] = mapped_column(String(200), server_default="")
    secretary_office: Mapped[str] = mapped_column(String(200), server_default="")
    guests: Mapped[list[JsonDict]] = mapped_column(Json, server_default=EMPTY_LIST)
    development: Mapped[JsonDict] = mapped_column(Json, server_default=EMPTY_TABLE)
    previous_act: Mapped[str] = mapped_column(String(16), server_default="")
    previous_note: Mapped[str] = mapped_column(Text, server_default="")
    quorum_reason: Mapped[str] = mapped_column(Text, server_default="")
    own_criteria: Mapped[list[JsonDict]] = mapped_column(Json, server_default=EMPTY_LIST)


class AgreementRow(RecordRow):
    """Something that a meeting agreed on beside the proposals: who answers for it, by when, and how it stands."""

    __tablename__ = "agreement"
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id"), index=True)
    department: Mapped[str] = mapped_column(String(2), index=True)
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    responsible: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(16))
    progress: Mapped[str] = mapped_column(Text)
    reviewed_in: Mapped[str] = mapped_column(String(64))


class CorrectionRow(RecordRow):
    """What was put right in the act of a closed meeting, or added to it."""

    __tablename__ = "correction"
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id"), index=True)
    department: Mapped[str] = mapped_column(String(2))
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))
    made_on: Mapped[date] = mapped_column(Date)
    place: Mapped[str] = mapped_column(String(16))
    says: Mapped[str] = mapped_column(Text)
    should_say: Mapped[str] = mapped_column(Text)


class DecisionRow(RecordRow):
    """What a meeting decided on one proposal."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("meeting", "proposal"),)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id"))
    proposal: Mapped[str] = mapped_column(ForeignKey("proposal.id"), index=True)
    snapshot: Mapped[str] = mapped_column(ForeignKey("snapshot.id"))
    outcome: Mapped[str] = mapped_column(String(32))
    in_favour: Mapped[int] = mapped_column(Integer)
    against: Mapped[int] = mapped_column(Integer)
    abstained: Mapped[int] = mapped_column(Integer)
    dissent: Mapped[JsonDict] = mapped_column(Json)
    text: Mapped[str] = mapped_column(Text)
    waivers: Mapped[JsonDict] = mapped_column(Json, server_default=EMPTY_TABLE)


class SnapshotRow(Base):
    """A frozen copy made for a meeting: of one proposal with its figures, or of a comparison. Never changes."""

    __tablename__ = "snapshot"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    proposal: Mapped[str | None] = mapped_column(ForeignKey("proposal.id"))
    proposal_version: Mapped[int | None] = mapped_column(Integer)
    content: Mapped[JsonDict] = mapped_column(Json)
    edition: Mapped[str] = mapped_column(String(32))
    taken_at: Mapped[datetime] = mapped_column(Moment)


class ScoreRow(RecordRow):
    """A FOCAS score of one government, round and functional area."""

    __tablename__ = "focas_score"
    government: Mapped[str] = mapped_column(String(6), index=True)
    round: Mapped[str] = mapped_column(String(32))
    area: Mapped[str] = mapped_column(String(64))
    points: Mapped[float] = mapped_column(Float)
    measured_on: Mapped[date] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text)


class StageRow(RecordRow):
    """A stage of a QSIP cycle that a cluster has done."""

    __tablename__ = "qsip_stage"
    proposal: Mapped[str] = mapped_column(ForeignKey("proposal.id"), index=True)
    cycle: Mapped[int] = mapped_column(Integer)
    stage: Mapped[int] = mapped_column(Integer)
    done_on: Mapped[date] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text)


class AccountRow(RecordRow):
    """Someone who can sign in. The password is kept as an argon2 hash and never enters the history."""

    __tablename__ = "account"
    login: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(32))
    department: Mapped[str | None] = mapped_column(String(2))
    active: Mapped[bool] = mapped_column(Boolean)
    email: Mapped[str] = mapped_column(String(254), server_default="")
    password: Mapped[str] = mapped_column(String(300), default="")


class VisitRow(Base):
    """A session of someone signed in, known by the hash of its token only."""

    __tablename__ = "visit"
    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    begun_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)


class AttemptRow(Base):
    """Failed attempts to sign in as one login from one place, whether or not there is such an account: hashes only."""

    __tablename__ = "attempt"
    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    login: Mapped[str] = mapped_column(String(64), index=True)
    failures: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime] = mapped_column(Moment)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)


class RoomRow(RecordRow):
    """The room of a meeting, under the meeting's id: what people join from their phones.

    `mark` grows with whatever changes in the room, `secret` makes the phones' tokens; neither enters the history.
    """

    __tablename__ = "room"
    department: Mapped[str] = mapped_column(String(2))
    code: Mapped[str] = mapped_column(String(8), unique=True)
    state: Mapped[str] = mapped_column(String(16))
    open_voting: Mapped[bool] = mapped_column(Boolean)
    round: Mapped[int] = mapped_column(Integer)
    vote: Mapped[str] = mapped_column(String(64))
    mark: Mapped[int] = mapped_column(Integer, default=0)
    secret: Mapped[str] = mapped_column(String(64), default="")


class ParticipantRow(RecordRow):
    """Someone in a room: a member, an invited person or an observer. Their phone is known by its token's hash only."""

    __tablename__ = "participant"
    room: Mapped[str] = mapped_column(ForeignKey("room.id"), index=True)
    member: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    token: Mapped[str] = mapped_column(String(64), unique=True, default="")


class AnswerRow(RecordRow):
    """What someone in a room answers now: one row for each thing that they are asked."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("participant", "round", "kind", "subject"),)
    room: Mapped[str] = mapped_column(ForeignKey("room.id"), index=True)
    participant: Mapped[str] = mapped_column(ForeignKey("participant.id"))
    round: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(64))
    content: Mapped[JsonDict] = mapped_column(Json)
    seq: Mapped[int] = mapped_column(LongInteger)
    key: Mapped[str] = mapped_column(String(100))


class ShareRow(RecordRow):
    """What can be read without an account, known by the hash of its token only: a page, or addresses for programs.

    `used_at` is when it was last read, as far as that is noted; it never enters the history.
    """

    __tablename__ = "share"
    scope: Mapped[str] = mapped_column(String(32))
    department: Mapped[str | None] = mapped_column(String(2))
    label: Mapped[str] = mapped_column(String(200))
    expires_on: Mapped[date] = mapped_column(Date)
    ended: Mapped[bool] = mapped_column(Boolean)
    token: Mapped[str] = mapped_column(String(64), unique=True, default="")
    used_at: Mapped[datetime | None] = mapped_column(Moment, default=None)


class EntryRow(Base):
    """One change of one record: the history. The database refuses to change or delete an entry."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "version"),
        UniqueConstraint("actor", "request_key"),
        Index("ix_entry_at", "at"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(LongInteger, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(64))
    actor_name: Mapped[str] = mapped_column(String(200))
    actor_role: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(Integer)
    before: Mapped[JsonDict | None] = mapped_column(
        JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    )
    after: Mapped[JsonDict] = mapped_column(Json)
    edition: Mapped[str] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(String(300))
    attachment: Mapped[str | None] = mapped_column(String(64))
    happened_on: Mapped[date] = mapped_column(Date)
    request_key: Mapped[str | None] = mapped_column(String(100))
    request_print: Mapped[str | None] = mapped_column(String(64))
