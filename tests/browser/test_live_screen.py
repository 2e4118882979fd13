"""Make addresses of live data, copy one, read it without signing in, and end it."""

from datetime import date

from dashboard.pages.live.ids import Live
from tests.browser.axe import faults

FIRST = "#live-distritos-csv"


def test_addresses_are_made_once_read_by_whoever_has_them_and_ended(visit):
    page = visit()
    page.goto("/datos")
    page.click("a[href='/datos-vivos']")
    page.wait_for_selector(f"#{Live.ROOT} #share-save")
    page.fill("#share-label", "Tablero de prueba")
    page.fill("#share-expires_on", f"{date.today().year + 1}-01-01")
    page.click("#share-save")
    page.wait_for_selector(FIRST)
    address = page.input_value(FIRST)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click(f"[data-copy='{FIRST[1:]}']")
    page.wait_for_selector("[data-copied]:has-text('Copiado')")
    assert page.evaluate("() => navigator.clipboard.readText()") == address
    page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert faults(page) == []
    answer = page.request.get(address)
    assert answer.status == 200 and answer.text().splitlines()[0].startswith("\ufeffubigeo,")
    page.reload()
    row = page.locator("tr", has_text="Tablero de prueba")
    row.wait_for()
    assert page.locator(FIRST).count() == 0  # shown once
    assert "nunca" not in row.inner_text()
    row.locator("button").click()
    page.wait_for_selector("[data-outcome-for=end-share]:has-text('Terminada')")
    assert page.request.get(address).status == 410
