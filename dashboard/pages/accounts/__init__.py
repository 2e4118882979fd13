"""Accounts: who can sign in, and as what; one's own password."""

from dashboard.pages.accounts.layout import layout

PATH = "/cuentas"
DETAIL = ""
TITLE = "accounts.nav"

__all__ = ["DETAIL", "PATH", "TITLE", "layout"]
