"""Accounts: who can sign in, and as what; one's own password."""

from dashboard.pages.accounts import callbacks  # noqa: F401  (wires the screen)
from dashboard.pages.accounts.layout import layout
from dashboard.pages.kit import Screen

SCREEN = Screen("/cuentas", "accounts.nav", layout)

__all__ = ["SCREEN"]
