"""Accounts: who can sign in, and as what; one's own password."""

from dashboard.pages.accounts import callbacks  # noqa: F401  (registers the screen's callbacks)
from dashboard.pages.accounts.layout import layout

PATH = "/cuentas"
TITLE = "accounts.nav"

__all__ = ["PATH", "TITLE", "layout"]
