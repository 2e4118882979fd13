"""The tables of what stands beside a proposal, and of what each person has looked at."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.records.core.models import Base, Json, Moment, RecordRow


class CommentRow(RecordRow):
    """What somebody said about a proposal; `parent` is what it answers."""

    __tablename__ = "comment"
    proposal: Mapped[str] = mapped_column(ForeignKey("proposal.id"), index=True)
    department: Mapped[str] = mapped_column(String(2))
    author: Mapped[str] = mapped_column(String(64))
    author_name: Mapped[str] = mapped_column(String(200))
    author_role: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(ForeignKey("comment.id"))
    mentions: Mapped[list[str]] = mapped_column(Json)
    withdrawn: Mapped[bool] = mapped_column(Boolean)


class AttachmentRow(RecordRow):
    """A file beside a proposal: its content lies on the disk, under its hash."""

    __tablename__ = "attachment"
    proposal: Mapped[str] = mapped_column(ForeignKey("proposal.id"), index=True)
    department: Mapped[str] = mapped_column(String(2))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(8))
    size: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    withdrawn: Mapped[bool] = mapped_column(Boolean)


class LookRow(Base):
    """How far a person has looked, and what was last mailed to them. No part of the history: nothing else hangs on it.

    since: what came later is new to them. seen: when they last signed in or out. cleared: up to when they said that
    they had seen everything. mailed: the hash of what was last sent.
    """

    __tablename__ = "look"
    account: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime | None] = mapped_column(Moment)
    seen: Mapped[datetime | None] = mapped_column(Moment)
    cleared: Mapped[datetime | None] = mapped_column(Moment)
    mailed: Mapped[str] = mapped_column(String(64), server_default="")
