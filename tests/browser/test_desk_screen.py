"""A question about a proposal goes from one desk to the other and back, with a document beside it."""

import pytest

from tests.browser import driving, signing
from tests.browser.conftest import served

CARTA = {"name": "Carta 12.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    people = {"coordinator": "22", "regional": "22"}
    with signing.served_with_accounts(served, str(folder / "store"), folder, **people) as address:
        yield address


@pytest.fixture
def enter(browser, url):
    """Sign somebody in on a page of their own; at the end nothing has gone wrong in any."""
    made = []

    def enter(role):
        watched = driving.watched_context(browser, url)
        watched.begin(url)
        made.append(watched)
        watched.page.goto("/")
        signing.sign_in(watched.page, role)
        return watched.page

    yield enter
    for watched in made:
        watched.context.close()
        assert not watched.strays and watched.errors == []


def test_a_question_is_asked_waits_is_answered_and_waits_no_longer(enter):
    ana = enter("coordinator")
    ana.locator(".desk-screen .nothing").wait_for()  # where whoever signs in lands
    ana.goto("/registro/lamas")
    ana.locator("#register-talk textarea").fill("¿Entra Zapatero?")
    ana.locator("#register-talk .tell summary").click()
    ana.get_by_label("Persona regional").check()
    ana.get_by_role("button", name="Publicar el comentario").click()
    ana.locator(".thread", has_text="Para Persona regional").wait_for()
    ana.set_input_files("#register-paper", [CARTA])
    ana.locator("#register-papers a", has_text="Carta 12.pdf").wait_for()
    assert ana.locator("#register-talk textarea").last.input_value() == ""

    rosa = enter("regional")
    rosa.locator(".is-mention", has_text="¿Entra Zapatero?").wait_for()
    waits = int(rosa.inner_text("#shell-waits"))
    rosa.locator(".is-mention a").click()
    rosa.locator(".thread .reply > summary").click()
    rosa.locator(".thread textarea").fill("Sí, las une.")
    rosa.get_by_role("button", name="Publicar la respuesta").click()
    rosa.locator(".answers", has_text="Sí, las une.").wait_for()
    rosa.locator(f"#shell-waits:has-text('{waits - 1}')").wait_for()  # told without another page
    with rosa.expect_download() as taken:
        rosa.locator("#register-papers a", has_text="Carta 12.pdf").click()
    assert taken.value.suggested_filename == CARTA["name"]

    ana.goto("/pendientes")
    ana.locator(".desk-screen .nothing").wait_for()
    ana.locator(".desk-news h3").wait_for()
