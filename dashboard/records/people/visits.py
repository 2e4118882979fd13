"""Sign in and out: sessions that end, attempts that are limited, and pages that can be read without an account.

A token is 32 random bytes; the database knows its hash only, so that whoever reads the database cannot act as anyone.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from dashboard.records.core import (
    AccountRow,
    Actor,
    CannotSave,
    Command,
    DepartmentOrAll,
    Form,
    Kind,
    Name,
    Refused,
    ShareRow,
    Store,
    Transaction,
    VisitRow,
    allow,
    carry_out,
    history,
    log,
    validation,
)
from dashboard.records.people import attempts, looks
from dashboard.records.people.accounts import ACCOUNT, HASHER, fold, renewed, verify
from dashboard.records.people.attempts import Origin

ENDS_AFTER = timedelta(hours=12)
IDLE_ENDS_AFTER = timedelta(hours=1)
SEEN_EVERY = timedelta(minutes=1)  # a visit's last sign of life is not written more often than this
MOST_TOKEN = 100
MOST_UNWRITTEN = 10_000
SCOPES = ("coverage",)
MOST_SHARE_DAYS = 366
NO_ONE = HASHER.hash(secrets.token_bytes(16))  # verified where there is no account, so that it takes as long


@dataclass(frozen=True, slots=True)
class Share:
    """A page that can be read without an account until a day; of one department, or of all."""

    id: str
    version: int
    scope: str
    department: str | None
    label: str
    expires_on: date
    ended: bool = False


SHARE = Kind("share", Share, ShareRow)


def sign_in(store: Store, login: object, password: object, address: str = "", device: str = "") -> tuple[str, Actor]:
    """Return the token of a new session and who it is.

    `address` is where the attempt comes from, if known; `device` names one that has signed in as this login before.

    Raises Refused: `locked` while one has to wait after too many failures, `wrong_login` otherwise, whatever was wrong.
    """
    wanted = "" if "\x00" in fold(login) else fold(login)  # which PostgreSQL could not be asked for
    place = Origin(address, device)
    # Counted before the password is looked at: attempts made at once cannot slip through between look and count.
    store.write(lambda session: attempts.count(session, store.now(), wanted, place))
    with store.reading() as session:
        row = session.scalar(select(AccountRow).where(AccountRow.login == wanted))
    good = verify(row.password if row is not None else NO_ONE, password)
    if not good or row is None or not row.active:
        log.warning("refused: sign in as %r from %r", wanted[:64], address)
        raise Refused("wrong_login")
    token, fresh = secrets.token_urlsafe(32), renewed(row.password, str(password))

    def work(session: Session) -> Actor:
        now = store.now()
        account = history.load(session, ACCOUNT, row.id, lock=True)
        kept = session.get_one(AccountRow, row.id)
        # another who signs in at this moment may have renewed the hash: the password is the same
        if not account.active or not (kept.password == row.password or verify(kept.password, password)):
            raise Refused("wrong_login")
        if fresh is not None:
            kept.password = fresh
        attempts.succeeded(session, account.login, place)
        looks.entered(session, account.id, now)
        session.execute(delete(VisitRow).where(VisitRow.ends_at < now))
        visit = VisitRow(token=_hash(token), account=account.id, begun_at=now, seen_at=now, ends_at=now + ENDS_AFTER)
        session.add(visit)
        return account.actor

    return token, store.write(work)


def actor_of(store: Store, token: object) -> Actor | None:
    """Return who a token stands for, None when it is of no session or the session has ended."""
    if not isinstance(token, str) or not 0 < len(token) <= MOST_TOKEN:
        return None
    now, key = store.now(), _hash(token)
    with store.reading() as session:
        query = select(VisitRow, AccountRow).join(AccountRow, AccountRow.id == VisitRow.account)
        found = session.execute(query.where(VisitRow.token == key)).first()
    if found is None:
        return None
    visit, row = found
    if not row.active or now >= visit.ends_at or now >= _last_seen(key, visit.seen_at) + IDLE_ENDS_AFTER:
        return None
    _seen(store, key, visit.seen_at, now)
    return history.from_row(ACCOUNT, row).actor


# signs of life that could not be written: token's hash -> moment
_unwritten: dict[str, datetime] = {}


def _last_seen(key: str, written: datetime) -> datetime:
    return max(written, _unwritten.get(key, written))


def _seen(store: Store, key: str, written: datetime, now: datetime) -> None:
    """Note a sign of life. Where nothing can be saved it is kept here: a visit goes on as long as it can be read."""
    if now < _last_seen(key, written) + SEEN_EVERY:
        return
    try:
        store.write(lambda s: s.execute(update(VisitRow).where(VisitRow.token == key).values(seen_at=now)))
        _unwritten.pop(key, None)
    except CannotSave:
        if len(_unwritten) >= MOST_UNWRITTEN:
            _unwritten.clear()
        _unwritten[key] = now


def sign_out(store: Store, token: object) -> None:
    """End a session; one that has ended stays so."""
    if isinstance(token, str) and 0 < len(token) <= MOST_TOKEN:
        store.write(lambda session: _end(session, _hash(token), store.now()))


def _end(session: Session, key: str, now: datetime) -> None:
    account = session.scalar(delete(VisitRow).where(VisitRow.token == key).returning(VisitRow.account))
    if account is not None:
        looks.left(session, account, now)


class ShareForm(Form):
    """What is sent of a shared page. It is read with the `departments` there are and its `last` possible day."""

    scope: Annotated[str, validation.chosen(SCOPES)]
    department: DepartmentOrAll = None
    label: Name
    expires_on: Annotated[date, validation.day(required=True, latest="last")]


@dataclass(frozen=True)
class SharePage(Command):
    """Make a page that can be read without an account."""

    action = "share"


@dataclass(frozen=True)
class EndShare(Command):
    """End a shared page."""

    action = "end_share"


def share(store: Store, actor: Actor, values: Mapping[str, object]) -> tuple[str, Share]:
    """Make a page that can be read without an account; return its token, which is shown this once, and the page.

    `values` are scope, label, expires_on, and department or None. Raises Refused, BadInput with all faults.
    """
    allow(actor, "coverage.share")
    sent = {name: value for name, value in values.items() if name in ShareForm.model_fields}
    last = store.today + timedelta(days=MOST_SHARE_DAYS)
    read = ShareForm.read(sent, departments=store.dataset.territory.departments, last=last)
    made, token = Share(id=history.new_id(), version=0, **read.values()), secrets.token_urlsafe(32)

    def work(transaction: Transaction) -> Share:
        return transaction.add(SHARE, made, hidden={"token": _hash(token)})

    return token, carry_out(store, actor, SharePage(), work)


def end_share(store: Store, actor: Actor, id: str, version: int) -> Share:
    """End a shared page. Raises Refused, Missing, Conflict."""
    allow(actor, "coverage.share")

    def work(transaction: Transaction) -> Share:
        current = transaction.load(SHARE, id)
        return transaction.change(SHARE, current, version, lambda page: replace(page, ended=True))

    return carry_out(store, actor, EndShare(), work)


def shares(store: Store, actor: Actor) -> tuple[Share, ...]:
    """Return all shared pages. Raises Refused."""
    allow(actor, "coverage.share")
    with store.reading() as session:
        return history.every(session, SHARE, order=(ShareRow.expires_on, ShareRow.id))


def open_share(store: Store, token: object) -> Share | None:
    """Return the page of a token, None when there is none, it was ended or its day is over."""
    if not isinstance(token, str) or not 0 < len(token) <= MOST_TOKEN:
        return None
    with store.reading() as session:
        row = session.scalar(select(ShareRow).where(ShareRow.token == _hash(token)))
    found = None if row is None else history.from_row(SHARE, row)
    return None if found is None or found.ended or store.today > found.expires_on else found


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
