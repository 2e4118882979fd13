"""Take the state of the screen elsewhere by its address, and bring nonsense along."""

from urllib.parse import quote

from dashboard.clusters.model import codes
from dashboard.pages.kit.ids import Shell
from dashboard.pages.map.ids import Map
from tests.browser import driving

LORETO = "16"


def problems(page) -> list[str]:
    """Return what the screen says it did not understand."""
    return page.locator(f"#{Map.ADDRESS_PROBLEMS} [role=alert], #{Shell.PROBLEMS} [role=alert]").all_inner_texts()


def assert_alive(page) -> None:
    """The map is drawn, answers to a click, and the server judges."""
    assert len(driving.colours(page)) == 238
    driving.choose_department(page, LORETO)
    driving.start_candidate(page)
    driving.toggle_district(page, "160101")
    driving.until_verdict(page, "Número mínimo de distritos", "fail")


def test_a_copied_address_shows_the_same_on_another_machine(page, open_context, server_url):
    driving.open_map(page)
    driving.choose_department(page, LORETO)
    driving.set_value(page, Map.FILL, "chronic_malnutrition_u5.2023")
    driving.set_value(page, Map.METHOD, "equal")
    driving.set_value(page, Map.COUNT, 6)
    for overlay in ("clusters", "risk", "p20"):
        driving.switch_overlay(page, overlay)
    driving.until_settled(page)
    driving.set_period(page, Map.CONFLICT_PERIOD, [2010, 2015])
    driving.set_period(page, Map.HAZARD_PERIOD, [2018, 2020])
    driving.set_value(page, Map.HAZARD, "inundacion")
    driving.start_candidate(page)
    driving.toggle_district(page, "160101")
    driving.toggle_district(page, "160102")
    page.locator("details.describe summary").click()
    page.fill(f"#{Map.NAME} input", "Ribera & selva | ñandú ~ 1/2")
    page.keyboard.press("Enter")
    page.wait_for_function("() => amazonia.map.last.drafts.candidates[0].name.startsWith('Ribera')")
    driving.until_settled(page)
    driving.set_value(page, Map.SERVICES, ["health", "education"])
    page.wait_for_function("() => amazonia.map.last.drafts.candidates[0].services.length === 2")
    driving.until_settled(page)
    driving.set_value(page, Map.PHASE, 2)
    page.wait_for_function("() => amazonia.map.last.drafts.candidates[0].phase === 2")
    driving.until_settled(page)
    there = open_context().page
    there.goto(page.url)
    driving.until_usable(there)
    assert driving.view(there) == driving.view(page)
    assert driving.colours(there) == driving.colours(page)
    mine, theirs = (p.evaluate("() => amazonia.map.last.drafts.candidates") for p in (page, there))
    for one in (*mine, *theirs):
        one["services"].sort()
        del one["id"], one["note"]
    assert theirs == mine
    assert driving.chosen(there) == ["160101", "160102"]
    assert problems(there) == []
    shown = driving.layers(there)
    # names make room for what lies over the map, which may differ from visit to visit
    mine_drawn = driving.layers(page)
    assert {n: layer for n, layer in shown.items() if layer["overlay"] not in ("names", "rivers")} == {
        n: layer for n, layer in mine_drawn.items() if layer["overlay"] not in ("names", "rivers")
    }


def test_an_address_of_nonsense_is_told_part_by_part_and_the_map_lives(page):
    driving.open_map(page, "d=99&f=nothing&m=x-9&o=clusters.volcano&pc=1990-2050&ph=a-b&hz=volcano&a=77")
    said = problems(page)
    assert len(said) == 7
    for key in ("d=99", "f=nothing", "m=x-9", "o=clusters.volcano", "pc=1990-2050", "ph=a-b", "hz=volcano"):
        assert any(key in sentence for sentence in said), key
    assert all("no se entiende" in sentence for sentence in said)
    assert_alive(page)


ODD = ("c=|||&a=p:atlantis", "?&&=&%", "c=" + "x~y|" * 40)


def test_no_address_gives_a_blank_map(page):
    driving.open_map(page, ODD[0])
    for query in ODD:
        driving.go(page, "/nada")
        page.get_by_text("No hay nada en esta dirección").first.wait_for()
        driving.go(page, f"/?{query}")
        driving.until_usable(page)
        assert len(driving.colours(page)) == 238, query
        assert page.locator(f"#{Map.LEGEND} .legend-classes li").count() > 1, query
        assert "Traceback" not in page.inner_text("body"), query


def test_a_name_in_an_address_is_shown_as_text_and_never_run(page):
    name = "<img src=x onerror=\"document.title='run'\">"
    driving.open_map(page, {"c": f"{quote(name)}~{codes.encode(['160101'])}~h~1~", "a": "0"})
    assert page.title() != "run"
    assert page.locator("img[src=x]").count() == 0
    assert page.evaluate("() => amazonia.map.last.drafts.candidates[0].name") == name


def test_what_the_browser_kept_may_be_damaged(page):
    driving.open_map(page)
    kept = '{"version":1,"candidates":[{"id":1}],"active":7}'
    page.evaluate("(kept) => localStorage.setItem('conglomerados.drafts.local', kept)", kept)
    page.evaluate("(kept) => localStorage.setItem('conglomerados.history.local', kept)", kept)
    driving.open_map(page)
    assert driving.chosen(page)
    with page.expect_download() as taken:  # nothing is thrown away unread
        page.click("[data-name=damaged] button")
    assert taken.value.path().read_text("utf-8") == kept
    assert taken.value.suggested_filename.startswith("no-leido_")
