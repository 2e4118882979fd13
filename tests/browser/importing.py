"""Bring files in on the data screen as a person does, waiting on what the screen shows."""

from pathlib import Path

from playwright.sync_api import Page

from dashboard.pages.data.ids import Data

PATIENCE_MS = 120_000
NOT_BUSY = f"() => !document.getElementById('{Data.ROOT}').hasAttribute('aria-busy')"


def open_data(page: Page) -> None:
    """Open the data screen and wait until the server has said where things stand."""
    page.goto("/datos")
    page.wait_for_selector(f"#{Data.IN_USE} section")


def until_answered(page: Page) -> None:
    """Wait until what was asked for is done and shown."""
    page.wait_for_function(NOT_BUSY, timeout=PATIENCE_MS)


def send(page: Page, path: Path) -> None:
    """Choose a file and wait until it was checked."""
    page.set_input_files(f"#{Data.FILE} input[type=file]", path)
    page.wait_for_selector(f"#{Data.MAPPING} form, #{Data.PROGRESS} .error", timeout=PATIENCE_MS)
    until_answered(page)


def choose_role(page: Page, column: str, role: str) -> None:
    page.select_option(f'th[data-column="{column}"] select', role)


def write(page: Page, key: str, text: str) -> None:
    """Answer a question that takes a line."""
    page.fill(f'input[data-answer="{key}"]', text)


def check(page: Page) -> None:
    """Have the file read again with what was chosen."""
    page.click(f"#{Data.MAPPING} button[type=submit]")
    until_answered(page)


def press(page: Page, does: str) -> None:
    """Press a button by what it does, and wait until that is done."""
    page.click(f'#{Data.ROOT} button[data-do="{does}"]:visible')
    until_answered(page)


def count_of(page: Page, kind: str) -> int:
    """Return how many events of a kind the report counts."""
    return int(page.locator(f'#{Data.REPORT} [data-kind="{kind}"] b').inner_text())


def shown_rows(page: Page, kind: str) -> list[str]:
    """Choose a kind of row and return what the report's table shows then."""
    page.click(f'#{Data.REPORT} [data-kind="{kind}"]')
    return page.locator(f"#{Data.REPORT} tbody tr:visible").all_inner_texts()
