"""The door as people go through it: the first account, signing in and out, and a session that ends while drawing."""

import os

import pytest
from sqlalchemy import delete

from dashboard.records.core.actors import local_actor
from dashboard.records.core.models import VisitRow
from dashboard.records.opening import open_store
from dashboard.records.people import accounts
from dashboard.settings import PREFIX
from tests.browser import driving, signing
from tests.browser.conftest import served
from tests.browser.test_accessible import faults

ROSA = {"login": "rosa", "name": "Rosa Díaz"}
ANA = {"login": "ana", "name": "Ana Ríos", "role": "coordinator", "department": "22"}
KEPT_OUT = ("status of 401", "status of 403")  # what a browser writes of an answer that keeps someone out


@pytest.fixture(scope="module")
def own_record(tmp_path_factory):
    return tmp_path_factory.mktemp("door") / "record.sqlite"


@pytest.fixture(scope="module")
def own_server(own_record):
    """A server that has its key and no accounts yet."""
    with served(os.environ[f"{PREFIX}STORE"], RECORDS=str(own_record), SECRET_KEY=signing.KEY) as url:
        yield url


@pytest.fixture
def store(own_server, own_record, dataset):
    """The record of that server, as another process opens it."""
    opened = open_store(f"sqlite:///{own_record}", dataset)
    yield opened
    opened.close()


@pytest.fixture
def page(browser, own_server):
    """A page of that server; but for being kept out, nothing may go wrong in it."""
    watched = driving.watched_context(browser, own_server)
    watched.begin(own_server)
    yield watched.page
    watched.context.close()
    assert not watched.strays
    assert [error for error in watched.errors if not any(told in error for told in KEPT_OUT)] == []


def until_the_door_is_shut(page, address):
    """Open an address until the server has noticed that there are accounts: until then nobody must sign in."""
    page.goto(address)
    while not page.locator("#login").count():
        page.wait_for_timeout(200)
        page.goto(address)


def test_the_first_account_is_made_and_signs_in_and_out(page, store):
    page.goto("/cuentas")
    page.locator("#new-save").wait_for()
    assert "modo local" in page.inner_text(".accounts-screen")
    assert faults(page) == []
    page.fill("#new-login", ROSA["login"])
    page.fill("#new-name", ROSA["name"])
    page.fill("#new-password", "corta")
    page.click("#new-save")
    assert "La contraseña debe tener" in page.locator("form[data-form=new] [role=alert]").inner_text()
    assert page.input_value("#new-login") == ROSA["login"], "what was written stays"
    page.fill("#new-password", signing.PASSWORD)
    page.click("#new-save")
    page.locator("form[data-form=new] .form-outcome a").wait_for()
    assert accounts.count_accounts(store) == 1

    until_the_door_is_shut(page, "/cuentas")
    assert faults(page) == []
    signing.sign_in(page, "rosa", "no es esta clave")
    assert "Usuario o contraseña incorrectos" in page.locator("[role=alert]").inner_text()
    assert page.input_value("#login") == "rosa" and page.input_value("#password") == ""
    page.click("a[lang=en]")
    page.wait_for_selector("text=Password")
    page.click("a[lang=es]")
    page.wait_for_selector("text=Contraseña")
    signing.sign_in(page, "rosa")
    page.locator("[data-part=accounts-list] table").wait_for()
    assert "Rosa Díaz" in page.inner_text(".who") and "Administración de cuentas" in page.inner_text(".who")
    assert faults(page) == []
    page.click(".who button")
    page.wait_for_selector("#login")
    page.goto("/plan?a=1")
    assert page.url.endswith("/entrar?next=/plan?a%3D1")


def test_a_session_that_ends_while_drawing_keeps_what_is_drawn(page, store):
    accounts.create_account(store, local_actor(), ANA, signing.PASSWORD)
    until_the_door_is_shut(page, "/?d=22")
    signing.sign_in(page, "ana")
    driving.until_usable(page)
    assert "Coordinación departamental, San Martín" in page.inner_text(".who")
    driving.start_candidate(page)
    driving.toggle_district(page, "220501")
    driving.until_settled(page)

    store.write(lambda session: session.execute(delete(VisitRow)))
    driving.toggle_district(page, "220502")
    page.locator("[data-name=session] button >> nth=0").wait_for()
    driving.toggle_district(page, "220503")
    driving.until_chosen(page, ["220501", "220502", "220503"])
    page.wait_for_url("**010203*")  # the address follows what is drawn
    page.click("[data-name=session] button >> nth=0")
    signing.sign_in(page, "ana")
    driving.until_usable(page)
    driving.until_chosen(page, ["220501", "220502", "220503"])
    assert page.locator("[data-name=session]").count() == 0
