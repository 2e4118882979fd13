"""What people say to each other about a proposal: threads, and whom each is meant for.

An answer to an answer belongs to the same thread. Only people who may read what is said can be mentioned: they are
chosen from a list, or written as `@login`. What was said can be withdrawn by who said it; that it was said stays.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from dashboard.records.core import (
    Actor,
    Command,
    CommentRow,
    EntryRow,
    Fault,
    Form,
    Kind,
    NotNow,
    Refused,
    Store,
    Transaction,
    allow,
    allow_somewhere,
    carry_out,
    history,
    log,
    validation,
)
from dashboard.records.people import Account, able
from dashboard.records.proposals import PROPOSAL

MOST_MENTIONS = 30
MOST_COMMENTS = 2_000  # beside one proposal
_LOGIN = re.compile(r"(?<![\w.@+-])@([\w.@+-]+)")


@dataclass(frozen=True, slots=True)
class Comment:
    """Something said. `parent` is the first of its thread, None of that itself; `mentions` are ids of accounts."""

    id: str
    version: int
    proposal: str
    department: str
    author: str
    author_name: str
    author_role: str
    text: str
    parent: str | None = None
    mentions: tuple[str, ...] = ()
    withdrawn: bool = False

    @property
    def thread(self) -> str:
        """The id of the first of its thread."""
        return self.parent or self.id


COMMENT = Kind("comment", Comment, CommentRow)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with the moment at which it was made."""

    comment: Comment
    at: datetime


class CommentForm(Form):
    """What is sent of a comment. It is read with the ids of `colleagues`, and of the comments there `answerable`."""

    text: Annotated[str, validation.text(validation.MOST_NOTE, required=True, lines=True)]
    parent: Annotated[str | None, validation.chosen("answerable", required=False)] = None
    mentions: Annotated[tuple[str, ...], validation.all_chosen("colleagues", MOST_MENTIONS)] = ()


@dataclass(frozen=True)
class SayComment(Command):
    """Say something about a proposal."""

    action = "comment"
    proposal: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class WithdrawComment(Command):
    """Take back what one said."""

    action = "withdraw_comment"
    id: str
    version: int | None


def say(store: Store, actor: Actor, proposal: str, values: Mapping[str, object], *, key: str | None = None) -> Comment:
    """Keep what somebody says; `values` are text, parent and mentions. Raises Refused, Missing, BadInput, NotNow."""
    allow_somewhere(actor, "comment.write")

    def work(transaction: Transaction) -> Comment:
        about = transaction.allowed(PROPOSAL, proposal, "comment.write")
        if (before := transaction.answered(COMMENT)) is not None:
            return before
        session = transaction.session
        there = {c.id: c for c in history.every(session, COMMENT, CommentRow.proposal == about.id)}
        known = able(session, "comment.read", about.department)
        read = CommentForm.read(values, colleagues=[a.id for a in known], answerable=there)
        if len(there) >= MOST_COMMENTS:
            raise NotNow("comment", (Fault("records.fault.too_many_comments", {"most": MOST_COMMENTS}),))
        made = Comment(
            history.new_id(), 0, about.id, about.department, actor.id, actor.name, actor.role, read.text,
            None if read.parent is None else there[read.parent].thread, _meant(read, known, actor),
        )  # fmt: skip
        return transaction.add(COMMENT, made)

    return carry_out(store, actor, SayComment(proposal, values), work, key)


def _meant(read: CommentForm, known: Iterable[Account], actor: Actor) -> tuple[str, ...]:
    """Return whom a comment is meant for: those chosen, and those written as `@login`; never who says it."""
    written = {login.casefold().rstrip(".") for login in _LOGIN.findall(read.text)}
    named = [account.id for account in known if account.login in written]
    return tuple(id for id in dict.fromkeys((*read.mentions, *named)) if id != actor.id)[:MOST_MENTIONS]


def withdraw(store: Store, actor: Actor, id: str, version: int | None) -> Comment:
    """Take back what one said: its words are shown no longer. Raises Refused, Missing, Conflict."""
    allow_somewhere(actor, "comment.write")

    def work(transaction: Transaction) -> Comment:
        current = transaction.allowed(COMMENT, id, "comment.write")
        if current.author != actor.id:
            log.warning("refused: comment %s is not of %r", current.id, actor.id)
            raise Refused("not_your_comment")
        return transaction.change(COMMENT, current, version, lambda c: replace(c, text="", mentions=(), withdrawn=True))

    return carry_out(store, actor, WithdrawComment(id, version), work)


def comments(store: Store, actor: Actor, proposal: str) -> tuple[Said, ...]:
    """Return what was said about a proposal, oldest first. Raises Refused, Missing."""
    allow_somewhere(actor, "comment.read")
    with store.reading() as session:
        about = history.load(session, PROPOSAL, proposal)
        allow(actor, "comment.read", about.department)
        return of(session, [about.id])


def of(session: Session, proposals: Iterable[str] | None = None) -> tuple[Said, ...]:
    """Return what was said about some proposals, about all where None, oldest first."""
    made = and_(EntryRow.kind == COMMENT.name, EntryRow.subject == CommentRow.id, EntryRow.version == 1)
    query = select(CommentRow, EntryRow.at).join(EntryRow, made).order_by(EntryRow.id)
    if proposals is not None:
        query = query.where(CommentRow.proposal.in_(tuple(proposals)))
    return tuple(Said(history.from_row(COMMENT, row), at) for row, at in session.execute(query))


def colleagues(store: Store, actor: Actor, department: str) -> tuple[Account, ...]:
    """Return the people who can be mentioned in a department, by name, the person who asks apart. Raises Refused."""
    allow(actor, "comment.write", department)
    with store.reading() as session:
        return tuple(account for account in able(session, "comment.read", department) if account.id != actor.id)
