"""Bring a file in on the data screen: correct how it was understood, see the report, confirm, go back."""

import io
import zipfile

import pytest

from dashboard import texts
from dashboard.pages.data.ids import Data
from geodata.editions import imports
from geodata.editions.store import SHIPPED, EditionStore
from tests.browser import driving, importing, signing
from tests.browser.conftest import served
from tests.browser.test_accessible import faults

# lost zeros, other capitals, a slip in a name, a figure that cannot be, one unknown, one of elsewhere
TABLE = """CODIGO;DISTRITO;PROVINCIA;Cuántos (%);nota
10101;CHACHAPOYAS;CHACHAPOYAS;12,5;a
160101;Iquitos;Maynas;21,4;c
220501;LAMAS;LAMAS;40,2;
170101;Tambopata;Tambopata;140;x
;Alto Nanai;Maynas;55,5;
150101;Lima;Lima;3,2;
250101;Calleria;Coronel Portillo;NA;
"""
COLUMN = "Cuántos (%)"


@pytest.fixture(scope="module")
def own_store(tmp_path_factory):
    return tmp_path_factory.mktemp("imports") / "store"


@pytest.fixture(scope="module")
def own_server(own_store):
    """A second server whose store the tests of this module fill."""
    with served(own_store) as url:
        yield url


@pytest.fixture
def store(own_store):
    """The store of that server, the data that ship in use at the end again."""
    store = EditionStore(own_store)
    yield store
    store.use(SHIPPED)


@pytest.fixture
def visit(visit_at, own_server):
    """Return a maker of pages of that server."""

    def make(language="es", url=own_server, **options):
        return visit_at(url, language, **options)

    return make


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "pobreza.csv"
    path.write_text(TABLE, "utf-8")
    return path


def words(page, part):
    return page.locator(f"#{part}").inner_text()


def test_a_file_is_corrected_judged_confirmed_seen_on_the_map_and_undone(visit, store, table):
    page = visit()
    importing.open_data(page)
    assert texts.say("es", "editions.shipped") in words(page, Data.IN_USE)
    importing.send(page, table)
    # what it was taken for, and what is asked
    chosen = page.locator("#data-mapping th select").evaluate_all("(all) => all.map((s) => s.value)")
    assert chosen == ["ubigeo", "district", "province", "ignore", "ignore"]
    assert texts.say("es", "tables.ask.source") in words(page, Data.MAPPING)
    assert faults(page) == []
    importing.choose_role(page, COLUMN, "value:monetary_poverty")
    importing.write(page, "source", "INEI, mapa de pobreza 2019")
    importing.check(page)
    assert page.locator(f"#{Data.ROOT} [data-do=import]").count() == 0
    importing.write(page, "year", "2019")
    importing.check(page)
    # the report, before anything is written
    assert store.ids() == [] and store.current_id() == SHIPPED
    assert importing.count_of(page, "repaired") == 1 and importing.count_of(page, "out_of_range") == 1
    (far,) = importing.shown_rows(page, "out_of_range")
    assert far.split()[:2] == ["5", "170101"] and "140" in far
    (slip,) = importing.shown_rows(page, "matched_name")
    assert slip.startswith("6") and "Alto Nanay" in slip
    assert faults(page) == []
    importing.press(page, "import")
    made = store.current_id()
    assert made != SHIPPED and made in words(page, Data.RESULT) and made in words(page, Data.EDITIONS)
    assert page.evaluate("() => document.activeElement.closest('section').className").endswith("outcome")
    assert faults(page) == []
    with page.expect_navigation():
        page.click(f"#{Data.RESULT} a[href='/']")
    driving.until_usable(page)
    assert page.locator("html").get_attribute("data-edition") == made
    importing.open_data(page)
    assert "pobreza.csv" in words(page, Data.IN_USE)
    importing.press(page, "undo")
    assert store.current_id() == SHIPPED and made in store.ids()
    driving.open_map(page)
    assert page.locator("html").get_attribute("data-edition") == store.shipped_edition


def test_a_former_edition_is_used_again_after_being_asked_and_can_be_taken_away(visit, store, table):
    made = _imported(store, table)
    page = visit()
    importing.open_data(page)
    row = page.locator(f"#{Data.EDITIONS} tr", has_text=made)
    with page.expect_download() as waiting:
        row.locator("a[href$='.zip']").click()
    with zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes())) as archive:
        assert {"data/dataset.json", "limits.gpkg", "sources.csv", "report.html"} <= set(archive.namelist())
    default = page.locator(f"#{Data.EDITIONS} tr", has_text=texts.say("es", "editions.default_id"))
    assert default.locator("button[data-do=use]").is_hidden()
    default.locator("summary").click()
    default.locator("button[data-do=use]").click()
    page.wait_for_selector(f"#{Data.EDITIONS} tr.used:has-text('{texts.say('es', 'editions.default_id')}')")
    assert store.current_id() == SHIPPED


def _imported(store, path):
    """Import the table as the command does; return the edition, which is in use."""
    answers = {f"column:{COLUMN}": "value:monetary_poverty", "source": "INEI", "year": "2019"}
    return imports.run(store, "indicators", path, answers).edition


def test_the_file_at_hand_outlives_a_reload_and_can_be_given_up(visit, store, own_store, table):
    page = visit()
    importing.open_data(page)
    importing.send(page, table)
    page.reload()
    page.wait_for_selector(f"#{Data.MAPPING} form")
    assert "pobreza.csv" in words(page, Data.FILE)
    before = len(list((own_store / "uploads").iterdir()))
    importing.press(page, "forget")
    assert page.locator(f"#{Data.FILE} input[type=file]").count() == 1
    assert len(list((own_store / "uploads").iterdir())) == before - 1
    assert store.current_id() == SHIPPED


def test_files_that_cannot_be_read_are_told_and_the_screen_goes_on(visit, store, tmp_path):
    page = visit()
    importing.open_data(page)
    broken = {
        "vacia.csv": (b"", "tables.unreadable.empty"),
        "limites.zip": (b"PK\x03\x04 and nothing more", "tables.unreadable.broken"),
        "pagina.csv": (b"<!DOCTYPE html><html><body>login</body></html>", "tables.unreadable.web_page"),
    }
    for name, (body, key) in broken.items():
        (tmp_path / name).write_bytes(body)
        importing.send(page, tmp_path / name)
        assert texts.say("es", key, file=name) in page.locator(f"#{Data.REPORT} [role=alert]").inner_text()
        assert page.locator("[data-do=import]").count() == 0
        importing.press(page, "forget")
        assert page.locator(f"#{Data.FILE} input[type=file]").count() == 1


def test_two_columns_taken_for_the_same_are_told_and_what_was_chosen_stays(visit, store, table):
    page = visit("en")
    importing.open_data(page)
    importing.send(page, table)
    importing.choose_role(page, "nota", "year")
    importing.choose_role(page, COLUMN, "year")
    importing.write(page, "source", "INEI 2019")
    importing.check(page)
    assert "nota" in words(page, Data.PROGRESS) and "year of the row" in words(page, Data.PROGRESS)
    assert page.locator('th[data-column="nota"] select').input_value() == "year"
    assert page.locator('input[data-answer="source"]').input_value() == "INEI 2019"


def test_everything_is_done_by_keyboard(visit, store, table):
    page = visit()
    importing.open_data(page)
    driving.tab_to(page, "data-chosen")
    assert page.evaluate("() => document.activeElement.type") == "file"
    importing.send(page, table)
    assert page.evaluate("() => document.activeElement.textContent") == texts.say("es", "intake.understood")
    page.focus('input[data-answer="source"]')
    page.keyboard.type("INEI")
    page.keyboard.press("Enter")  # as the button of the form does
    page.wait_for_selector(f'#{Data.MAPPING} details input[data-answer="source"]', state="attached")
    importing.until_answered(page)
    assert page.locator('input[data-answer="source"]').input_value() == "INEI"


def test_who_may_not_change_the_data_is_told_how_files_are_imported(visit, own_store, tmp_path):
    with signing.served_with_accounts(served, own_store, tmp_path, reader=None) as url:
        page = visit(url=url)
        page.goto("/datos")
        signing.sign_in(page, "reader")
        importing.open_data(page)
        assert texts.say("es", "intake.by_command") in words(page, Data.FILE)
        assert page.locator("input[type=file], button[data-do]").count() == 0
        refused = page.request.post("/uploads", data="a,b", headers={"X-File-Name": "a.csv"})
    assert refused.status == 403 and refused.json()["said"] == texts.say("es", "intake.no_right")


def test_the_screen_fits_a_narrow_window_and_reads_in_english(visit, table):
    page = visit("en", viewport={"width": 390, "height": 800})
    importing.open_data(page)
    importing.send(page, table)
    assert texts.say("en", "intake.understood") in words(page, Data.MAPPING)
    assert faults(page) == []
