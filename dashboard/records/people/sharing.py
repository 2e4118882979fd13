"""Share what can be read without an account: a page for people, or addresses for programs, until they are ended.

Whoever has the token can read. The database knows its hash only; who made it and who ended it stands in the history,
when it was last used beside it.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Annotated

from sqlalchemy import select, update

from dashboard.records.core import (
    Actor,
    CannotSave,
    Command,
    DepartmentOrAll,
    Form,
    Kind,
    Name,
    ShareRow,
    Store,
    Transaction,
    allow,
    carry_out,
    history,
    may,
    validation,
)
from dashboard.records.people.visits import MOST_TOKEN, hash_of

COVERAGE, LIVE = "coverage", "live"
# what is shared, and the right that making and ending it takes
RIGHTS = MappingProxyType({COVERAGE: "coverage.share", LIVE: "data.share"})
MOST_SHARE_DAYS = 366
USED_EVERY = timedelta(minutes=10)  # that it is used is not written more often than this


@dataclass(frozen=True, slots=True)
class Share:
    """What can be read without an account until a day: of one department, or of all. scope: of :data:`RIGHTS`."""

    id: str
    version: int
    scope: str
    department: str | None
    label: str
    expires_on: date
    ended: bool = False


SHARE = Kind("share", Share, ShareRow)


class ShareForm(Form):
    """What is sent of a share. It is read with the `departments` there are and its `last` possible day."""

    scope: Annotated[str, validation.chosen(RIGHTS)]
    department: DepartmentOrAll = None
    label: Name
    expires_on: Annotated[date, validation.day(required=True, latest="last")]


@dataclass(frozen=True)
class SharePage(Command):
    """Share something without an account."""

    action = "share"


@dataclass(frozen=True)
class EndShare(Command):
    """End what is shared."""

    action = "end_share"


def share(store: Store, actor: Actor, values: Mapping[str, object]) -> tuple[str, Share]:
    """Share something without an account; return its token, which is shown this once, and what is kept of it.

    `values` are scope, label, expires_on, and department or None. Raises Refused, BadInput with all faults.
    """
    allow(actor, RIGHTS.get(str(values.get("scope")), RIGHTS[COVERAGE]))
    sent = {name: value for name, value in values.items() if name in ShareForm.model_fields}
    last = store.today + timedelta(days=MOST_SHARE_DAYS)
    read = ShareForm.read(sent, departments=store.dataset.territory.departments, last=last)
    made, token = Share(id=history.new_id(), version=0, **read.values()), secrets.token_urlsafe(32)

    def work(transaction: Transaction) -> Share:
        return transaction.add(SHARE, made, hidden={"token": hash_of(token)})

    return token, carry_out(store, actor, SharePage(), work)


def end_share(store: Store, actor: Actor, id: str, version: int) -> Share:
    """End what is shared. Raises Refused, Missing, Conflict."""
    if not any(may(actor, right) for right in RIGHTS.values()):
        allow(actor, RIGHTS[COVERAGE])

    def work(transaction: Transaction) -> Share:
        current = transaction.load(SHARE, id)
        allow(actor, RIGHTS[current.scope])
        return transaction.change(SHARE, current, version, lambda page: replace(page, ended=True))

    return carry_out(store, actor, EndShare(), work)


def shares(store: Store, actor: Actor, scope: str = COVERAGE) -> tuple[Share, ...]:
    """Return all that is shared of a scope. Raises Refused."""
    allow(actor, RIGHTS[scope])
    with store.reading() as session:
        return history.every(session, SHARE, ShareRow.scope == scope, order=(ShareRow.expires_on, ShareRow.id))


def last_uses(store: Store, actor: Actor, scope: str) -> Mapping[str, datetime]:
    """Return when what is shared of a scope was last read, by id; nothing of what never was. Raises Refused."""
    allow(actor, RIGHTS[scope])
    with store.reading() as session:
        query = select(ShareRow.id, ShareRow.used_at).where(ShareRow.scope == scope, ShareRow.used_at.is_not(None))
        return {id: moment for id, moment in session.execute(query) if moment is not None}


def known_share(store: Store, token: object) -> Share | None:
    """Return what a token was made for, also where that has ended; None for any other text."""
    if not isinstance(token, str) or not 0 < len(token) <= MOST_TOKEN:
        return None
    with store.reading() as session:
        row = session.scalar(select(ShareRow).where(ShareRow.token == hash_of(token)))
    return None if row is None else history.from_row(SHARE, row)


def is_open(store: Store, share: Share) -> bool:
    """Tell whether something can still be read: it was not ended, and its day is not over."""
    return not share.ended and store.today <= share.expires_on


def open_share(store: Store, token: object) -> Share | None:
    """Return what a token opens, None when there is none, it was ended or its day is over."""
    found = known_share(store, token)
    return found if found is not None and is_open(store, found) else None


def used(store: Store, share: Share) -> None:
    """Note that something is read, now and then; nothing where it cannot be saved, since reading goes on."""
    now = store.now()
    with store.reading() as session:
        last = session.scalar(select(ShareRow.used_at).where(ShareRow.id == share.id))
    if last is not None and now < last + USED_EVERY:
        return
    try:
        store.write(lambda s: s.execute(update(ShareRow).where(ShareRow.id == share.id).values(used_at=now)))
    except CannotSave:
        return
