"""Slow down whoever guesses passwords, and nobody else.

What is counted is one login from one place: an address or, of someone who has signed in there before, the device. So
nobody can keep another out from elsewhere, and an office that shares an address is not kept out by one of its own.
Every failure beyond the first few doubles the wait, up to a bound; a success, an administrator or a day forgets all.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dashboard.records.core import AttemptRow, Refused, log

FREE = 5  # failures that cost no wait
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
NETWORK_BITS = 64  # of IPv6 that one subscriber has


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an attempt comes from: the address, if known, and the device that has signed in as this login before."""

    address: str = ""
    device: str = ""

    @property
    def name(self) -> str:
        """The name under which failures of this place are counted: a device that is known, else a network."""
        return f"device:{self.device}" if self.device else f"address:{_network(self.address)}"


def _network(address: str) -> str:
    """Return what one subscriber has of an address.

    >>> [_network(a) for a in ("10.0.0.7", "2001:db8:0:1::7", "2001:db8:0:1:ffff::1", "")]
    ['10.0.0.7', '2001:db8:0:1::/64', '2001:db8:0:1::/64', '']
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(known) if known.version == 4 else str(ipaddress.ip_network((known, NETWORK_BITS), strict=False))


def wait_after(failures: int, free: int = FREE) -> timedelta:
    """Return how long one waits after so many failures, of which some are `free`.

    >>> [int(wait_after(n).total_seconds() // 60) for n in (4, 5, 6, 7, 8, 9, 50)]
    [0, 1, 2, 4, 8, 15, 15]
    """
    if failures < free:
        return timedelta()
    doubled: int = 2 ** min(failures - free, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def count(session: Session, now: datetime, login: str, place: Origin, free: int = FREE) -> None:
    """Count an attempt as failed until it succeeds. Raises Refused, and counts nothing, while one has to wait."""
    row = session.get(AttemptRow, _subject(login, place), with_for_update=True)
    _refuse_waiting(row, now)
    if row is None:
        row = AttemptRow(subject=_subject(login, place), login=_hash(login), failures=0)
        session.add(row)
    elif now >= row.last_at + FORGOTTEN_AFTER:
        row.failures = 0
    row.failures, row.last_at = row.failures + 1, now
    wait = wait_after(row.failures, free)
    row.locked_until = now + wait if wait else None
    session.flush()
    session.execute(delete(AttemptRow).where(AttemptRow.last_at < now - FORGOTTEN_AFTER))


def refuse_waiting(session: Session, now: datetime, login: str, place: Origin) -> None:
    """Raise Refused while one has to wait."""
    _refuse_waiting(session.get(AttemptRow, _subject(login, place)), now)


def _refuse_waiting(row: AttemptRow | None, now: datetime) -> None:
    if row is not None and row.locked_until is not None and now < row.locked_until:
        log.warning("refused: must wait until %s", row.locked_until.isoformat())
        raise Refused("locked", minutes=_minutes(row.locked_until - now))


def succeeded(session: Session, login: str, place: Origin) -> None:
    """Forget the failures before a success, from the same place."""
    session.execute(delete(AttemptRow).where(AttemptRow.subject == _subject(login, place)))


def forget(session: Session, login: str) -> int:
    """Forget all failures of a login, from everywhere; return from how many places there were some."""
    mine = AttemptRow.login == _hash(login)
    return len(session.scalars(delete(AttemptRow).where(mine).returning(AttemptRow.subject)).all())


def waiting(session: Session, now: datetime, logins: list[str]) -> frozenset[str]:
    """Return those logins that have to wait somewhere."""
    query = select(AttemptRow.login).where(AttemptRow.locked_until > now).distinct()
    hashed = set(session.scalars(query))
    return frozenset(login for login in logins if _hash(login) in hashed)


def _minutes(left: timedelta) -> int:
    return -(-int(left.total_seconds() + 0.999) // 60)


def _subject(login: str, place: Origin) -> str:
    return _hash(f"{login}\n{place.name}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
