"""Accounts, who is signed in, and attempts to guess a password."""

from dashboard.records.people import accounts, attempts, looks, sharing, visits
from dashboard.records.people.accounts import (
    ACCOUNT,
    Account,
    able,
    count_accounts,
    fold,
)
from dashboard.records.people.sharing import (
    SHARE,
    Share,
    open_share,
)

__all__ = [
    "ACCOUNT",
    "Account",
    "SHARE",
    "Share",
    "able",
    "accounts",
    "attempts",
    "count_accounts",
    "fold",
    "looks",
    "open_share",
    "sharing",
    "visits",
]
