"""Sign in and out: sessions that end, and attempts that are limited.

A token is 32 random bytes; the database knows its hash only, so that whoever reads the database cannot act as anyone.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from dashboard.records.core import (
    AccountRow,
    Actor,
    CannotSave,
    Refused,
    Store,
    VisitRow,
    history,
    log,
)
from dashboard.records.people import attempts, looks
from dashboard.records.people.accounts import ACCOUNT, HASHER, fold, renewed, verify
from dashboard.records.people.attempts import Origin

ENDS_AFTER = timedelta(hours=12)
IDLE_ENDS_AFTER = timedelta(hours=1)
SEEN_EVERY = timedelta(minutes=1)  # a visit's last sign of life is not written more often than this
MOST_TOKEN = 100
MOST_UNWRITTEN = 10_000
NO_ONE = HASHER.hash(secrets.token_bytes(16))  # verified where there is no account, so that it takes as long


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
        visit = VisitRow(token=hash_of(token), account=account.id, begun_at=now, seen_at=now, ends_at=now + ENDS_AFTER)
        session.add(visit)
        return account.actor

    return token, store.write(work)


def actor_of(store: Store, token: object) -> Actor | None:
    """Return who a token stands for, None when it is of no session or the session has ended."""
    if not isinstance(token, str) or not 0 < len(token) <= MOST_TOKEN:
        return None
    now, key = store.now(), hash_of(token)
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
        store.write(lambda session: _end(session, hash_of(token), store.now()))


def _end(session: Session, key: str, now: datetime) -> None:
    account = session.scalar(delete(VisitRow).where(VisitRow.token == key).returning(VisitRow.account))
    if account is not None:
        looks.left(session, account, now)


def hash_of(token: str) -> str:
    """Return by what the database knows a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
