"""The map on one A4 page: what it holds, that it is one page, and that its square leads to the same."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import segno

from dashboard import texts
from dashboard.clusters.model import codes
from dashboard.pages.map.ids import Map
from dashboard.web.request import LANGUAGE_COOKIE
from geodata.shared import clock
from geodata.words import dates
from layers.overlays import overlays
from tests.browser import driving

TRIO = ["220501", "220505", "220510"]
CODE = codes.encode(TRIO)
QUERY = {"d": "22", "c": f"Bajo Mayo~{CODE}~he~2~", "a": "0", "f": "gap_health"}
PT_7_5 = 10  # pixels
# what is on the page while it prints, as a person reads it
PRINTED = """() => {
    window.dispatchEvent(new Event("beforeprint"));
    const sheet = document.querySelector(".map-paper");
    const letters = [...sheet.querySelectorAll("*")].filter((node) => !node.closest("svg") && node.checkVisibility()
        && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
    const found = {
        text: sheet.innerText,
        least: Math.min(...letters.map((node) => parseFloat(getComputedStyle(node).fontSize))),
        over: sheet.scrollHeight - sheet.clientHeight,
        wide: Math.max(...letters.map((node) => node.getBoundingClientRect().right))
            - sheet.getBoundingClientRect().right,
        square: sheet.querySelector("svg.qr")?.outerHTML || "",
        chosen: [...sheet.querySelectorAll(".paper-map path.in-candidate")].map((path) => path.dataset.u),
        names: [...sheet.querySelectorAll(".paper-map .name")].map((name) => name.dataset.text),
        filled: sheet.querySelectorAll('.paper-map path.district[fill^="#"]').length,
        others: [...document.body.children].filter((node) => node !== sheet && node.checkVisibility()).length,
    };
    window.dispatchEvent(new Event("afterprint"));
    return found;
}"""


def printed(page) -> dict:
    page.emulate_media(media="print")
    found = page.evaluate(PRINTED)
    page.emulate_media(media="null")  # as it was: else its PDF is one of the screen
    return found


def assert_one_a4(page) -> None:
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper)
    assert (float(box[1]), float(box[2])) == pytest.approx((595, 842), abs=1.5)


def modules(svg: str) -> set[tuple[int, int]]:
    """Return the dark modules of a square as drawn: (column, row), read off its runs of lines."""
    dark, (x, y) = set(), (0.0, 0.0)
    path = re.search(r'<path[^>]* stroke="#000"[^>]*>', svg)[0]
    for letter, numbers in re.findall(r"([Mmh])([\d.\s-]+)", re.search(r' d="([^"]+)"', path)[1]):
        found = [float(n) for n in re.findall(r"-?[\d.]+", numbers)]
        if letter == "h":
            dark |= {(int(x) + n, int(y)) for n in range(int(found[0]))}
            x += found[0]
        else:
            x, y = found if letter == "M" else (x + found[0], y + found[1])
    return dark


def dark_of(link: str) -> set[tuple[int, int]]:
    code = segno.make(link, micro=False, error="l")
    return {(x, y) for y, row in enumerate(code.matrix_iter(border=4)) for x, dark in enumerate(row) if dark}


def test_the_page_holds_the_map_its_keys_the_judgement_and_where_it_comes_from(page, dataset):
    driving.open_map(page, QUERY)
    on_screen = page.inner_text(f"#{Map.VERDICTS}")
    found = printed(page)
    text = found["text"]
    for part in ("Bajo Mayo", "dibujo propio · fase 2 · salud y educación", "Brecha en salud · San Martín", CODE):
        assert part in text
    assert all(dataset.territory.districts[u].name in text for u in TRIO)
    # the legend with its classes and counts, and each overlay that is on
    legend = page.locator(f"#{Map.LEGEND} .legend-range").all_inner_texts()
    assert len(legend) == 6 and all(row in text for row in legend)
    assert "Propuestas y conglomerados" in text and "Conflictos\n" not in text.split("Reglas")[0]
    assert "Lamas" in text and "Números del mapa" in text
    assert re.search(r"\d+ km\b", text) and "\nN\n" in text
    # rules with their verdicts in words and sentences, as the panel has them; measures with unit and year
    sentences = page.locator(f"#{Map.VERDICTS} .rule-sentence").all_inner_texts()
    assert len(sentences) > 5 and sentences[0] in on_screen
    lost = {sentence for sentence in sentences if sentence not in text}
    assert lost <= set(page.locator(f"#{Map.VERDICTS} .rule.pass .rule-sentence").all_inner_texts())
    assert bool(lost) == (texts.say("es", "browser.paper.left.held") in text)
    assert "cumple: " in text
    names = page.locator(f"#{Map.MEASURES} th").all_inner_texts()
    assert len(names) > 20
    flat = " ".join(text.split())
    people = page.locator(f"#{Map.MEASURES} td").first.inner_text()
    assert all(" ".join(name.split()) in flat for name in names)
    assert f"Población personas · 2017 {' '.join(people.split())}" in flat
    assert texts.say("es", "export.limits_sketch") in text
    assert "INDECI" in text and "Defensoría del Pueblo" in text and "(2017-2022" in text
    assert dates.day(clock.day_of(clock.now()), "es") in text
    assert sorted(found["chosen"]) == TRIO and {dataset.territory.districts[u].name for u in TRIO} <= set(
        found["names"]
    )
    assert found["filled"] > 100 and not found["others"]
    assert found["least"] >= PT_7_5 and found["over"] <= 0 and found["wide"] <= 1
    # of a page that is full what matters least is left out, and told
    kept = ("cautions", "sources", "tags", "figures", "key", "overlays", "reasons")
    assert not [name for name in kept if texts.say("es", f"browser.paper.left.{name}") in text]
    assert_one_a4(page)
    assert page.locator(".map-paper").count() == 0, "what was printed stays on the screen"


def test_the_square_leads_to_the_same_elsewhere(page, browser):
    driving.open_map(page, {**QUERY, "c": f"Otra~{codes.encode(['010101'])}~~1~|{QUERY['c']}", "a": "1"})
    found = printed(page)
    here = urlsplit(page.url)
    made = page.evaluate("() => amazonia.paper.link(amazonia.map.last.view, amazonia.map.last.drafts)")
    # what the paper shows alone: the view of the address, and of its candidates the one in hand
    own = {key: value for key, value in parse_qs(here.query).items() if key in ("d", "f", "m", "o", "pc", "ph", "e")}
    assert parse_qs(urlsplit(made).query) == own | {"c": [QUERY["c"]], "a": ["0"]}
    assert urlsplit(made).netloc == here.netloc
    assert modules(found["square"]) == dark_of(made)
    assert here.netloc in found["text"]
    other = browser.new_context(locale="es-PE")
    elsewhere = other.new_page()
    elsewhere.goto(made)
    driving.until_usable(elsewhere)
    assert driving.chosen(elsewhere) == TRIO
    assert elsewhere.evaluate("() => amazonia.map.last.view") == page.evaluate("() => amazonia.map.last.view")
    other.close()


def test_a_long_candidate_under_every_overlay_stays_on_one_page_and_what_does_not_fit_is_said(page, dataset):
    many = sorted(u for u in dataset.territory.districts if u[:4] in ("2209", "2205", "0101"))
    name = "Una candidata de nombre muy largo para ver qué hace el papel"
    driving.open_map(page, {**QUERY, "c": f"{name}~{codes.encode(many)}~he~2~", "o": ".".join(overlays())})
    found = printed(page)
    text = found["text"]
    assert name in text and codes.encode(many) in text.replace("\n", "")
    assert found["least"] >= PT_7_5 and found["over"] <= 0 and found["wide"] <= 1
    assert "No cupo: la lista de distritos" in text
    assert "Superficie" in text and "no cumple: Distritos contiguos" in text
    assert_one_a4(page)


def test_a_page_in_english_has_no_spanish_sentence(page, server_url):
    page.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": "en", "url": server_url}])
    driving.open_map(page, QUERY)
    text = printed(page)["text"]
    for part in ("own drawing · phase 2 · health and education", "Numbers on the map", "Printed on", "time of Peru"):
        assert part in text
    for part in ("fase", "Impreso", "Reglas", "cumple", "Fuentes"):
        assert part not in text
    assert_one_a4(page)


def test_without_a_candidate_the_page_has_what_is_in_sight(page):
    driving.open_map(page, {"d": "16", "c": "Vacía~~h~1~", "a": "0"})
    text = printed(page)["text"]
    assert texts.say("es", "browser.paper.no_candidate") in text
    assert texts.say("es", "browser.paper.shows_view") in text
    assert "Loreto" in text and "Reglas" not in text
    assert_one_a4(page)


def test_before_the_map_is_drawn_the_page_says_so(page):
    page.route("**/published/facts.*", lambda route: None)  # they never arrive
    page.goto("/", wait_until="commit")
    page.wait_for_function("() => window.amazonia && document.body")
    assert texts.say("es", "browser.paper.nothing") in printed(page)["text"]
    assert_one_a4(page)


def test_where_the_server_gives_no_square_the_page_has_the_whole_link(page):
    page.route("**/qr.svg?*", lambda route: route.fulfill(status=204))
    driving.open_map(page, QUERY)
    found = printed(page)
    assert not found["square"]
    assert texts.say("es", "browser.paper.no_qr") in found["text"] and "/?d=22" in found["text"]


def test_the_button_prints(page):
    driving.open_map(page, QUERY)
    page.evaluate("() => { window.print = () => { window.printedTimes = (window.printedTimes || 0) + 1; }; }")
    page.click(f"#{Map.PRINT}")
    page.wait_for_function("() => window.printedTimes === 1")
