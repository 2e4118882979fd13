"""Follow the coverage as the leadership does: read it, enter points, send a spreadsheet, share a page and end it."""

import io
from datetime import date

import openpyxl
from playwright.sync_api import expect

from dashboard.pages.coverage.ids import CoverageId
from dashboard.pages.coverage.parts import QSIP, address
from tests.browser import charts, maps
from tests.browser.test_accessible import faults

KEPT, SAID = f"#{CoverageId.FOCAS_ENTRY} .kept-line", "form[data-form=focas] .form-outcome"
PHASES = f"#{CoverageId.PHASES} .bullets"
MAP = f"#{CoverageId.MAP} .map-place"
TAMBOPATA = "170101"
LAMAS, ALTO_AMAZONAS = "lamas", "alto-amazonas"


def open_part(page, part="resumen", cluster=None, department=None):
    page.goto(address(department, part, cluster))
    until_drawn(page)


def until_drawn(page):
    page.wait_for_selector(f"#{CoverageId.HEADLINE} .big", state="attached")
    page.wait_for_function("() => !document.querySelector('[data-svg]') && !window.answersAwaited")


def until_shown(page, id_, text):
    page.wait_for_function("([id, text]) => document.getElementById(id).innerText.includes(text)", arg=[str(id_), text])


def test_the_leadership_reads_where_things_stand_by_department_and_all_of_it_is_accessible(visit):
    page = visit()
    open_part(page)
    assert "de 16" in page.inner_text(f"#{CoverageId.HEADLINE}")
    charts.until_drawn(page, PHASES)
    assert "meta 80" in page.text_content(PHASES)
    drawn = charts.traces(page, PHASES)
    assert (drawn["reached"]["x"], drawn["target"]["x"]) == ([0, 0, 0], [29, 54, 80])
    assert [name.removeprefix("Fase ") for name in drawn["total"]["y"]] == ["1", "2", "3"]
    page.wait_for_selector(f"{MAP}[data-ready=yes]")
    assert page.locator(f"#{CoverageId.MAP} .identity-key a").count() >= 7
    assert faults(page) == []
    # a department stays in the address, and a reload shows it again
    page.click(".coverage-tabs.places a:has-text('Loreto')")
    until_shown(page, CoverageId.HEADLINE, "de 3")
    assert page.url.endswith("?departamento=16")
    page.reload()
    until_drawn(page)
    assert "Alto Amazonas" in page.inner_text(f"#{CoverageId.STANDINGS}")
    assert "Condorcanqui" not in page.inner_text(f"#{CoverageId.STANDINGS}")
    open_part(page, QSIP)  # the other parts are looked at in the stories below
    assert faults(page) == []
    # by keyboard to a cluster's place in the register
    open_part(page, department="16")
    page.locator(f"#{CoverageId.STANDINGS} a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/registro/*")


def test_the_map_tells_of_its_clusters_and_each_leads_to_the_register(visit):
    page = visit()
    open_part(page)
    page.wait_for_selector(f"{MAP}[data-ready=yes]")
    assert maps.overlapping(page, MAP) == []
    numbers = page.locator(f"{MAP} [data-layer=numbers] > g")
    expect(numbers.filter(has_text="6")).to_be_visible()
    assert "km" in page.locator(f"{MAP} .leaflet-control-scale-line").inner_text()
    # what has no cluster is filled by nothing; what has is filled as the legend has it
    assert page.locator(f"{MAP} path.district[data-u='{TAMBOPATA}'][fill^='url(#swatch-proposed']").count() == 1
    page.locator(MAP).scroll_into_view_if_needed()
    page.mouse.move(*maps.spot_of(page, MAP, TAMBOPATA))
    card = page.locator(f"{MAP} ~ .hover-card")
    card.wait_for()
    assert all(text in card.inner_text() for text in ("6 Tambopata", "propuesta · fase 1", "distritos", "gobiernos"))
    page.mouse.click(*maps.spot_of(page, MAP, TAMBOPATA))
    page.wait_for_url("**/registro/tambopata*")
    # by name, and by the keyboard's cross
    open_part(page, department="17")
    page.wait_for_selector(f"{MAP}[data-ready=yes]")
    page.locator(f"#{CoverageId.MAP} .identity-key a", has_text="Tambopata").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/registro/tambopata*")


def test_a_finger_is_told_of_a_cluster_before_it_leaves(visit):
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_part(page, department="17")
    page.wait_for_selector(f"{MAP}[data-ready=yes]")
    page.locator(MAP).scroll_into_view_if_needed()
    page.touchscreen.tap(*maps.spot_of(page, MAP, TAMBOPATA))
    card = page.locator(f"{MAP} ~ .hover-card")
    card.wait_for()
    assert "6 Tambopata" in card.inner_text()
    card.locator("a").tap()
    page.wait_for_url("**/registro/tambopata*")


def test_a_table_is_sorted_by_its_heads_and_stays_so(visit):
    page = visit()
    open_part(page)
    table = page.locator(f"#{CoverageId.STANDINGS} table")
    numbers = lambda: [int(text) for text in table.locator("tbody tr td:first-child").all_inner_texts()]  # noqa: E731
    head = table.locator("thead th").first
    button = head.get_by_role("button")
    button.click()
    assert head.get_attribute("aria-sort") == "ascending" and numbers() == sorted(numbers())
    page.keyboard.press("Enter")  # it still has the focus
    assert head.get_attribute("aria-sort") == "descending" and numbers() == sorted(numbers(), reverse=True)
    names = table.locator("thead th").nth(1)
    names.get_by_role("button").click()
    shown = table.locator("tbody th a").all_inner_texts()
    assert shown == page.evaluate("(names) => [...names].sort(new Intl.Collator('es').compare)", shown)
    assert (head.get_attribute("aria-sort"), names.get_attribute("aria-sort")) == ("none", "ascending")
    assert faults(page) == []
    # the same part drawn anew, on another page and back
    page.click(".coverage-tabs.places a:has-text('Loreto')")
    until_shown(page, CoverageId.HEADLINE, "de 3")
    expect(names).to_have_attribute("aria-sort", "ascending")


def test_two_people_enter_the_same_score_and_the_second_is_shown_both(visit):
    first, second = visit(), visit()
    for page in (first, second):
        open_part(page, "focas", LAMAS)
        assert "Sin medir todavía" in page.inner_text(KEPT)
    for page, points in ((first, "41"), (second, "77")):
        page.fill("#focas-points", points)
        page.fill("#focas-measured_on", "2014-05-02")
    # by keyboard
    first.focus("#focas-save")
    first.keyboard.press("Enter")
    first.wait_for_selector(f"{SAID} .done")
    until_shown(first, CoverageId.FOCAS_ONE, "41,0")
    second.click("#focas-save")
    second.wait_for_selector(f"{SAID} .conflict")
    told = second.inner_text(SAID)
    assert "77,0" in told and "41,0" in told
    second.click(f"{SAID} [data-conflict=mine]")  # having seen both
    second.wait_for_selector(f"{SAID} .done")
    # the first corrects what they saw, which is another by now
    first.fill("#focas-points", "50")
    first.click("#focas-save")
    first.wait_for_selector(f"{SAID} .conflict")
    open_part(first, "focas", LAMAS)
    assert "77,0 puntos" in first.inner_text(KEPT)


def test_a_filled_template_is_shown_before_it_is_kept(visit):
    page = visit()
    open_part(page, "focas", ALTO_AMAZONAS)
    page.wait_for_selector(f"#{CoverageId.FOCAS_TEMPLATE}[href*=alto-amazonas]")
    with page.expect_download() as waited:
        page.click(f"#{CoverageId.FOCAS_TEMPLATE}")
    book = openpyxl.load_workbook(io.BytesIO(waited.value.path().read_bytes()))
    book.active.cell(2, 4).value, book.active.cell(2, 5).value = 400, date(2014, 5, 2)
    send(page, book)
    page.wait_for_selector(f"#{CoverageId.FOCAS_SHEET} .error")
    assert "Fila 2" in page.inner_text(f"#{CoverageId.FOCAS_SHEET}")
    for row in range(2, 9):
        book.active.cell(row, 4).value, book.active.cell(row, 5).value = 30 + row, date(2014, 5, 2)
    send(page, book)
    page.wait_for_selector(f"#{CoverageId.FOCAS_SHEET} [data-keep]")
    assert "Nuevos: 7" in page.inner_text(f"#{CoverageId.FOCAS_SHEET}")
    assert faults(page) == []
    page.click(f"#{CoverageId.FOCAS_SHEET} [data-keep]")
    page.wait_for_selector(f"#{CoverageId.FOCAS_SHEET} .done")
    until_shown(page, CoverageId.FOCAS_ONE, "35,0")


def send(page, book):
    stream = io.BytesIO()
    book.save(stream)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = {"name": "a.xlsx", "mimeType": kind, "buffer": stream.getvalue()}
    page.set_input_files(f"#{CoverageId.FOCAS_SHEET} input", file)


def test_a_shared_page_is_read_without_scripts_until_it_is_ended(visit):
    page = visit()
    open_part(page, "compartir")
    page.fill("#share-label", "Embajada de prueba")
    until = f"{date.today().year + 1}-01-01"
    page.fill("#share-expires_on", until)
    page.click("#share-save")
    line = page.locator("#coverage-share-link")
    line.wait_for()
    link = line.input_value()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-copy]")
    page.wait_for_selector("[data-copied]:has-text('Copiado')")
    assert page.evaluate("() => navigator.clipboard.readText()") == link
    assert faults(page) == []
    plain = visit(java_script_enabled=False)
    plain.goto(link)
    assert "Conglomerados validados" in plain.inner_text("main") and plain.locator("svg").count() > 5
    reader = visit()
    reader.goto(link)
    assert faults(reader) == []
    page.locator("tr", has_text="Embajada de prueba").locator("button").click()
    page.wait_for_selector("[data-outcome-for=end-share]:has-text('Terminada')")
    answer = plain.request.get(link)
    assert answer.status == 404 and "Este enlace no abre ninguna página" in answer.text()
