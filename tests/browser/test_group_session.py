"""Sit with a departmental group through one meeting, from the first look to the printed page."""

import re

from dashboard.pages.kit.ids import Shell
from dashboard.pages.map.ids import Map
from layers import classes, series
from tests.browser import driving
from tests.classing import class_of

LORETO, ALTO_AMAZONAS = "16", "1602"
# Lagunas touches neither of the others; Santa Cruz, among others, joins them
TRIO, BRIDGE = ("160201", "160202", "160206"), "160210"


def test_a_group_finds_a_gap_draws_mends_saves_compares_and_prints(page, dataset):
    # open, choose Loreto
    driving.open_map(page)
    driving.choose_department(page, LORETO)

    # read the gaps: the colour of a district is that of its class in the legend
    values = series.fixed_series(dataset)["gap_combined"].values
    bounds = classes.breaks(values)
    swatches = page.locator(f"#{Map.LEGEND} .swatch")
    worst = values[values.index.str.startswith(LORETO)].idxmax()
    number = class_of(values, bounds)[worst]
    swatch = swatches.nth(int(number)).evaluate("(node) => getComputedStyle(node).backgroundColor")
    assert driving.painted(page, worst) == swatch

    # lasso three districts; see a rule fail
    driving.start_candidate(page)
    closer = 1.3 * driving.view_box(page)["scale"]
    driving.set_value(page, Map.SEARCH, ALTO_AMAZONAS)
    driving.until_zoomed(page, closer)
    driving.lasso(page, driving.outline_of(dataset, TRIO))
    driving.until_chosen(page, TRIO)
    sentence = driving.until_verdict(page, "Distritos contiguos", "fail")
    assert "Lagunas no toca a Yurimaguas ni a Balsapuerto" in sentence

    # mend it as the sentence says
    assert dataset.territory.districts[BRIDGE].name in sentence
    driving.choose_tool(page, "click")
    driving.toggle_district(page, BRIDGE)
    driving.until_verdict(page, "Distritos contiguos", "pass")
    driving.until_verdict(page, "Una sola provincia", "pass")

    # save it under a name
    page.locator("details.describe summary").click()
    page.fill(f"#{Map.NAME} input", "Huallaga unido")
    page.keyboard.press("Enter")
    page.wait_for_function("() => amazonia.map.last.drafts.candidates[0].name === 'Huallaga unido'")
    driving.set_value(page, Map.SERVICES, ["education"])
    driving.until_verdict(page, "Uno o dos servicios", "pass")

    # compare with the proposal of Alto Amazonas
    proposal = next(p for p in dataset.proposals if p.province == ALTO_AMAZONAS)
    page.click(f"#{Shell.TO_COMPARE}")
    driving.until_compared(page)
    driving.compare_also(page, proposal.name)
    names = driving.compared(page)
    assert names[0] == "Huallaga unido" and proposal.name in names

    # reload: all of it is still there
    address = page.url
    page.reload()
    driving.until_compared(page)
    assert driving.compared(page) == names
    assert page.url == address

    # print: one page
    body = page.pdf(format="A4", print_background=True, prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", body)) == 1

    # and back on the map the candidate is in hand
    page.click(f"#{Shell.TO_MAP}")
    driving.until_usable(page)
    assert driving.chosen(page) == sorted([*TRIO, BRIDGE])
