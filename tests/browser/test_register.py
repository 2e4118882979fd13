"""The register as people use it: find a proposal, draw one up, take it on, meet someone who saved first, look back."""

from dashboard import texts
from dashboard.clusters.model import codes
from dashboard.pages.compare.ids import Compare
from dashboard.pages.record.filters import fold
from dashboard.pages.record.ids import Do, Register
from dashboard.pages.record.listing import LIST
from tests.browser import driving
from tests.browser.test_accessible import faults

SAID = f"#{Register.SAID} .done"


def open_list(page, query=""):
    page.goto(LIST + query)
    page.wait_for_selector(f"#{Register.FOUND} .found-count")


def open_one(page, id):
    page.goto(f"{LIST}/{id}")
    page.wait_for_selector(f"#{Register.HISTORY} .entry")


def names(page):
    return page.locator(".register-name").all_inner_texts()


def address(page):
    return page.evaluate("() => window.location.search")


def until_names(page, wanted):
    page.wait_for_function(
        "(wanted) => [...document.querySelectorAll('.register-name')].map((n) => n.textContent).join() === wanted",
        arg=",".join(wanted),
    )


def draw_up(page, name, districts):
    """Draw a proposal of San Martín up by searching its districts, without a mouse; return its id."""
    page.goto(f"{LIST}/nueva")
    page.wait_for_selector(".new-form")
    page.select_option(".new-form [name=department]", "22")
    page.fill(".new-form [name=name]", name)
    page.focus("[data-search]")
    for district in districts:
        page.keyboard.type(district)
        page.keyboard.press("Enter")
        page.locator("[data-chips]", has_text=district).wait_for()
    page.locator(".new-form button[type=submit]").press("Enter")
    page.wait_for_url(f"**{LIST}/*hecho=*")
    page.wait_for_selector(SAID)
    return page.evaluate("() => window.location.pathname").rsplit("/", 1)[-1]


def edit(page):
    page.click(f"#{Register.CONTENT} button[data-do={Do.EDIT}]")
    page.wait_for_selector(".edit-form")


def save(page):
    page.click(".edit-form button[type=submit]")


def state(page):
    return page.locator(f"#{Register.HEAD} .state-mark").inner_text()


def test_a_proposal_is_found_and_a_link_keeps_what_was_asked_for(visit):
    page = visit()
    open_list(page)
    assert {"Lamas", "Condorcanqui"} <= set(names(page))
    assert faults(page) == []
    page.select_option("[name=departamento]", "16")
    until_names(page, ["Alto Amazonas"])
    page.select_option("[name=departamento]", "22")
    page.fill("[name=buscar]", "cunumbuqui")
    until_names(page, ["Lamas"])
    proposed = page.locator(f"#{Register.STRIP} [data-state=proposed]")
    proposed.press("Enter")
    page.wait_for_selector("[data-state=proposed][aria-pressed=true]")
    # whoever works by keyboard stays where they pressed
    assert page.evaluate("() => document.activeElement.dataset.state") == "proposed"
    kept = address(page)
    page.reload()
    until_names(page, ["Lamas"])
    assert address(page) == kept and page.input_value("[name=departamento]") == "22"
    page.locator("[data-state=withdrawn]").click()
    page.locator("[data-state=proposed]").click()
    page.wait_for_selector(".nothing")
    page.click(f".nothing [data-do={Do.CLEAR}]")
    page.locator(".register-name", has_text="Tambopata").wait_for()
    assert address(page) == ""
    for order in ("ascending", "descending"):  # by the head of a column, by keyboard, which keeps its place
        page.press("[data-again=sort-name]", "Enter")
        page.wait_for_selector(f"th[aria-sort={order}] [data-again=sort-name]")
        assert page.evaluate("() => document.activeElement.dataset.again") == "sort-name"
        sorted_names = sorted(names(page), key=fold, reverse=order == "descending")
        assert names(page) == sorted_names
    assert "orden=-name" in address(page)
    page.locator(".register-name", has_text="Lamas").click()
    page.wait_for_selector(f"#{Register.HISTORY} .entry")
    assert page.locator(f"#{Register.HEAD} h2 [dir=auto]").inner_text() == "Lamas"
    page.goto(f"{LIST}/no-hay-tal")
    page.locator("h2", has_text=texts.say("es", "records.error.missing_proposal")).wait_for()


def test_a_proposal_is_drawn_up_changed_and_taken_on_by_keyboard(visit):
    page = visit()
    draw_up(page, 'Bellavista "<b>centro</b>"', ["Alto Biavo", "Bajo Biavo", "San Rafael"])
    assert page.locator(f"#{Register.HEAD} h2 [dir=auto]").inner_text() == 'Bellavista "<b>centro</b>"'
    assert state(page) == "candidata"
    page.locator(f"button[data-do={Do.EDIT}]").press("Enter")
    page.wait_for_selector(".edit-form")
    assert page.evaluate("() => document.activeElement.name") == "name"
    assert faults(page) == []
    # one thing at a time: no step while something is being written
    assert page.evaluate("() => document.querySelector('.step').inert")
    page.locator("[data-drop]", has_text="San Rafael").press("Enter")
    page.fill("[name=why]", "Queda lejos")
    page.check("[name=services][value=health]")
    page.locator(".edit-form button[type=submit]").press("Enter")
    page.wait_for_selector(SAID)
    newest = page.locator(".entry").first
    assert "sale San Rafael (Bellavista)" in newest.inner_text() and "Queda lejos" in newest.inner_text()
    review = "form[data-step=review] button[type=submit]"
    page.locator("form[data-step=propose] button[type=submit]").press("Enter")
    page.wait_for_selector(review)
    assert state(page) == "propuesta"
    page.click(review)
    told = page.locator("form[data-step=review] [data-outcome] .error")
    told.wait_for()
    assert texts.say("es", "records.fault.needs_note") in told.inner_text()
    page.fill("form[data-step=review] [name=note]", "Conforme")
    page.click(review)
    page.locator(f"#{Register.HEAD} .state-reviewed").wait_for()
    assert page.locator(".entry").count() == 4
    # what validating lacks is in sight, and it cannot be pressed
    assert page.locator("form[data-step=validate] button[type=submit]").is_disabled()
    assert faults(page) == []


def test_two_people_at_once_see_both_versions_and_lose_nothing(visit):
    mine, theirs = visit(), visit("en")
    id = draw_up(mine, "Huallaga", ["Piscoyacu", "Sacanche"])
    open_one(theirs, id)
    edit(mine)
    edit(theirs)
    theirs.fill("[name=name]", "Huallaga norte")
    theirs.fill("[name=note]", "Their note")
    save(theirs)
    theirs.wait_for_selector(SAID)
    mine.fill("[name=name]", "Huallaga sur")
    mine.fill("[name=critical_area]", "Anemia")
    save(mine)
    mine.wait_for_selector(".two-versions")
    shown = mine.locator(".two-versions").inner_text()
    assert "Huallaga norte" in shown and "Huallaga sur" in shown and "Their note" in shown
    assert mine.input_value(".edit-form [name=critical_area]") == "Anemia"
    assert faults(mine) == []
    mine.click(f"form[data-do={Do.OVER}] button[type=submit]")
    mine.wait_for_selector(SAID)
    content = mine.locator(f"#{Register.CONTENT}").inner_text()
    assert "Anemia" in content and "Their note" in content
    assert mine.locator(f"#{Register.HEAD} h2 [dir=auto]").inner_text() == "Huallaga sur"
    # the other one wants to take it on meanwhile: told as well, and may do so on what is new
    theirs.click("form[data-step=propose] button[type=submit]")
    theirs.wait_for_selector(".two-versions")
    theirs.click(f"form[data-do={Do.LOOK}], .two-versions button[data-do={Do.LOOK}]")
    theirs.wait_for_function(
        "() => document.querySelector('#register-head h2 [dir=auto]').textContent === 'Huallaga sur'"
    )


def test_a_proposal_is_seen_as_it_was_and_both_moments_are_mapped_and_compared(visit):
    page = visit()
    districts = ["Campanilla", "Huicungo", "Pachiza"]
    draw_up(page, "Mariscal norte", districts)
    edit(page)
    page.locator("[data-drop]", has_text="Pachiza").click()
    page.fill("[name=name]", "Mariscal corto")
    save(page)
    page.wait_for_selector(SAID)
    page.locator(".entry").last.locator("button").click()
    page.wait_for_selector(".moments-table")
    assert "sale Pachiza (Mariscal Cáceres)" in page.locator(f"#{Register.MOMENTS}").inner_text()
    # both are mapped, at one scale
    until_mapped(page, 3)
    both = page.locator(".two-maps .group-map")
    scales = both.locator("[data-layer=land]").evaluate_all("(all) => all.map((g) => g.transform.baseVal[0].matrix.a)")
    assert len(scales) == 2 and abs(scales[0] / scales[1] - 1) < 0.02
    kinds = both.evaluate_all("(all) => all.map((m) => m.querySelectorAll('[data-kind=own], [data-kind=cut]').length)")
    assert kinds == [3, 2]
    # nothing stands for a number that is none
    assert both.locator("[data-layer=numbers] text").count() == 0
    assert faults(page) == []
    kept = address(page)
    assert kept.startswith("?antes=")
    page.reload()
    page.wait_for_selector(".moments-table")
    assert page.locator(".moments-table thead th").all_inner_texts()[2] == texts.say("es", "register.now")
    page.click(f"#{Register.MOMENTS} a[href^='/comparar']")
    driving.until_compared(page)
    assert driving.compared(page) == ["v1 Mariscal norte", "v2 Mariscal corto"]
    assert page.locator(f"#{Compare.DISTRICTS}").inner_text().count("Pachiza") == 1


def until_mapped(page, n=1):
    """Wait until so many maps are drawn, and no other is being drawn."""
    page.wait_for_function(
        """(n) => document.querySelectorAll(".group-map[data-ready]").length === n
            && !document.querySelector(".group-map:not([data-ready])")""",
        arg=n,
    )


def test_the_map_of_a_proposal_moves_and_tells(visit):
    page = visit()
    open_one(page, "lamas")
    until_mapped(page)
    drawn = page.locator(".group-map")
    assert {"Lamas", "Cuñumbuqui", "Tabalosos"} <= set(
        drawn.locator(".name").evaluate_all("(all) => all.map((g) => g.dataset.text)")
    )
    # by its number, and dashed as a proposal is on every map
    number = page.locator(f"#{Register.HEAD} .disc").inner_text()
    assert drawn.locator("[data-layer=numbers] text").all_text_contents() == [number]
    assert drawn.locator("[data-layer=cut] .line").get_attribute("stroke-dasharray") == "6,4"
    assert faults(page) == []
    drawn.scroll_into_view_if_needed()
    at = drawn.locator("[data-u='220510']").bounding_box()
    page.mouse.move(at["x"] + at["width"] * 0.5, at["y"] + at["height"] * 0.5)
    card = page.locator(".register-map .hover-card")
    card.wait_for()
    assert card.locator(".hover-name").inner_text().startswith("Tabalosos")
    land = drawn.locator("[data-layer=land]")
    before = land.get_attribute("transform")
    page.locator(".register-map [data-zoom=in]").click()
    page.wait_for_function(
        "(before) => document.querySelector('.group-map [data-layer=land]').getAttribute('transform') !== before",
        arg=before,
    )
    # the page scrolls under the wheel until someone works on the map; then arrows move it, and the middle is told
    page.locator(f"#{Register.HEAD} a").first.focus()
    drawn.locator(".map-leaf").focus()
    pane = "document.querySelector('.group-map .leaflet-map-pane').style.transform"
    before = page.evaluate(pane)
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"(before) => {pane} !== before", arg=before)


def test_a_proposal_opens_on_the_map_and_prints(visit):
    page = visit("en")
    open_one(page, "lamas")
    (code,) = [t for t in page.locator("code").all_inner_texts() if t.startswith("2205")]
    page.emulate_media(media="print")
    assert page.locator(f"#{Register.LIFE}").is_visible() and page.locator("img.sketch").is_visible()
    assert not page.locator(f"#{Register.STEPS}").is_visible() and not page.locator(".header").is_visible()
    page.emulate_media(media="screen")
    page.click(f"#{Register.HEAD} a[href^='/?']")
    driving.until_usable(page)
    driving.until_chosen(page, ["220501", "220505", "220510"])
    assert codes.encode(driving.chosen(page)) == code
