"""Decide how the application is served: to one person on this machine, or to people who sign in.

Local mode is for one machine and has no accounts. As soon as there is an account, whoever comes must sign in; a
server that others reach starts only with accounts, and with a key that signs what it hands out.
"""

import threading
import time
from collections.abc import Iterable

from dashboard import settings
from dashboard.records.people import count_accounts
from dashboard.web import record
from dashboard.web.access.loopback import is_loopback

SHORTEST_KEY = 32
LOOK_EVERY_S = 3  # another process may make the first account at any time
_lock = threading.Lock()
_looked: tuple[float, bool] | None = None


def is_served() -> bool:
    """Tell whether people sign in: whether there are accounts, as far as was known some seconds ago."""
    global _looked
    with _lock:
        if _looked is None or time.monotonic() - _looked[0] > LOOK_EVERY_S:
            _looked = time.monotonic(), count_accounts(record.opened()) > 0
        return _looked[1]


def look_again() -> None:
    """Forget what is known of accounts: some have changed."""
    global _looked
    with _lock:
        _looked = None


def has_key(wanted: settings.Settings) -> bool:
    """Tell whether the settings hold a key that is long enough to sign with."""
    return len(wanted.secret_key) >= SHORTEST_KEY


def lacking(wanted: settings.Settings, hosts: Iterable[str], accounts: int) -> list[str]:
    """Return the keys of the sentences that say why a server may not start; empty when it may.

    hosts: where it listens; one that is not this machine (a socket file is for a proxy, so it is not)
    needs accounts and a key. accounts: how many can sign in; with any, a key is needed everywhere.
    """
    is_open = not all(is_loopback(host) for host in hosts)
    found = []
    if is_open and not accounts:
        found.append("access.start.no_accounts")
    if (is_open or accounts) and not has_key(wanted):
        found.append("access.start.no_key")
    return found
