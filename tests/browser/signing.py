"""Serve people with accounts, and sign in as a person does."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

from dashboard.records.core.actors import local_actor
from dashboard.records.opening import open_store
from dashboard.records.people import accounts
from geodata.model.dataset import default

KEY = "a key for tests that is long enough"
PASSWORD = "una clave bastante larga"


@contextlib.contextmanager
def served_with_accounts(serve, store, folder: Path, **departments: str | None) -> Iterator[str]:
    """Serve the application with an account of each role named, with its department or None; give its address."""
    file = folder / "record.sqlite"
    kept = open_store(f"sqlite:///{file}", default())
    for role, department in departments.items():
        values = {"login": role, "name": f"Persona {role}", "role": role, "department": department}
        accounts.create_account(kept, local_actor(), values, PASSWORD)
    kept.close()
    with serve(store, RECORDS=str(file), SECRET_KEY=KEY) as url:
        yield url


def sign_in(page: Page, role: str, password: str = PASSWORD) -> None:
    """Fill in the page to sign in and send it."""
    page.fill("#login", role)
    page.fill("#password", password)
    page.click("button[type=submit]")
