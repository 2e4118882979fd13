"""Decide how the application is served: to one person on this machine, or to people who sign in.

Local mode is for one machine and has no accounts. As soon as there is an account, whoever comes must sign in; a
server that others reach starts only with accounts, and with a key that signs what it hands out.
"""

from collections.abc import Iterable

from dashboard import settings
from dashboard.web.access.loopback import is_loopback

SHORTEST_KEY = 32


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
