"""How far each person has looked: what came since their last visit is new to them, until they say that they saw it.

It is written when they sign in or out, which writes anyway, and when they say so: never because they read.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.records.core import Actor, LookRow, Store, VisitRow

MOST_ACTOR = 64


@dataclass(frozen=True, slots=True)
class Look:
    """What came after `since` is new, and what came up to `cleared` was seen; None where nothing is known.

    mailed: the hash of what was last sent to them.
    """

    since: datetime | None = None
    cleared: datetime | None = None
    mailed: str = ""

    @property
    def new_since(self) -> datetime | None:
        """The moment after which something is new."""
        return max(filter(None, (self.since, self.cleared)), default=None)


def look(session: Session, account: str) -> Look:
    """Return how far an account has looked."""
    row = session.get(LookRow, account) if 0 < len(account) <= MOST_ACTOR else None
    return Look() if row is None else Look(row.since, row.cleared, row.mailed)


def entered(session: Session, account: str, now: datetime) -> None:
    """Note that somebody signs in: new is what came since the last sign of life of their visits before."""
    row = _row(session, account)
    last = session.scalar(select(func.max(VisitRow.seen_at)).where(VisitRow.account == account))
    row.since = max(filter(None, (row.seen, last)), default=None)
    row.seen = now


def left(session: Session, account: str, now: datetime) -> None:
    """Note that somebody signs out."""
    _row(session, account).seen = now


def clear(store: Store, actor: Actor) -> None:
    """Note that somebody has seen all that is new."""

    def work(session: Session) -> None:
        _row(session, actor.id).cleared = store.now()

    store.write(work)


def mailed(store: Store, account: str, fingerprint: str) -> None:
    """Note what was sent to somebody."""

    def work(session: Session) -> None:
        _row(session, account).mailed = fingerprint

    store.write(work)


def _row(session: Session, account: str) -> LookRow:
    row = session.get(LookRow, account, with_for_update=True)
    if row is None:
        row = LookRow(account=account, mailed="")
        session.add(row)
    return row
