"""The comparison in the browser: scores as the server would make them, at no cost, in a link and on paper."""

import re

import pytest

from dashboard.pages.compare.ids import Compare
from dashboard.pages.kit.ids import Shell
from tests.browser import charts

TWO = "p:lamas.p:condorcanqui"
FOUR = f"{TWO}.p:coronel-portillo.p:alto-amazonas"
LANES = f"#{Compare.PLOT}"
SLIDERS = ".weight-row input[type=range]"


def open_comparison(page, compared="", more=""):
    page.goto(f"/comparar?k={compared.replace(':', '%3A')}{more}" if compared else "/comparar")
    until_compared(page)


def until_compared(page):
    page.wait_for_selector(f"#{Compare.MAPS}[data-ready=yes]")
    page.wait_for_selector(f"#{Compare.RESULT} .order")
    page.wait_for_load_state("networkidle")


def totals(page):
    """The scores in the heads, A first."""
    return page.locator(".head-score b").all_inner_texts()


def judge(page, row, column, score):
    cell = page.locator(".compare-judged").nth(row).locator(f".column-{column}")
    cell.locator(f"input[value='{score}']").locator("xpath=ancestor::label").click()


def test_weights_and_judgements_cost_no_request(page, visitor):
    open_comparison(page, TWO)
    page.locator(LANES).scroll_into_view_if_needed()
    charts.until_drawn(page, LANES)
    before, asked = totals(page), len(visitor.requests)
    page.locator(SLIDERS).first.focus()
    page.keyboard.press("End")
    page.wait_for_function("(old) => document.querySelector('.head-score b').textContent !== old", arg=before[0])
    assert page.locator(".weight-shown").first.inner_text() == "5"
    judge(page, 0, 0, 5)
    judge(page, 0, 1, 1)
    page.wait_for_function("() => location.search.includes('j=political_will-5.political_will-1')")
    assert totals(page) != before
    assert visitor.requests[asked:] == []


def test_the_lanes_show_the_points_of_the_table_and_follow_the_weights_and_judgements(page):
    open_comparison(page, TWO)
    page.locator(LANES).scroll_into_view_if_needed()
    charts.until_drawn(page, LANES)
    judge(page, 0, 0, 5)
    judge(page, 0, 1, 1)
    page.wait_for_function(
        "(box) => document.querySelector(`${box} .js-plotly-plot`).data[0].x.includes(100)", arg=LANES
    )
    told = page.locator(".weight-rows .weight-row").all()
    for n, trace in enumerate(charts.traces(page, LANES).values()):
        shown = [row.locator(".point-cells > *").nth(n).inner_text() for row in told]
        lanes = {round(y): round(x) for x, y in zip(trace["x"], trace["y"], strict=True)}
        assert {row: int(points) for row, points in enumerate(shown) if points.isdigit()} == pytest.approx(lanes, abs=1)
    assert len(charts.spots(page, LANES)) == 2 * len(lanes)


def test_a_link_shows_the_same_on_another_machine_but_for_the_notes(page, open_context):
    open_comparison(page, TWO, "&w=gap-1*density-4.5")
    judge(page, 0, 0, 4)
    judge(page, 0, 1, 2)
    note = page.locator(".compare-judged").first.locator(".column-0 input[type=text]")
    note.fill("El alcalde firmó el acuerdo")
    note.press("Tab")
    page.wait_for_function("() => location.search.includes('j=political_will-4.political_will-2')")
    other = open_context().page
    other.goto(page.url)
    until_compared(other)
    assert totals(other) == totals(page)
    assert other.url == page.url
    assert "alcalde" not in other.content()
    page.reload()
    until_compared(page)
    assert note.input_value() == "El alcalde firmó el acuerdo"


def test_one_alone_is_asked_for_another(page):
    page.goto("/comparar?k=p%3Alamas")
    page.locator(".compare-empty").wait_for()
    assert not page.locator(f"#{Compare.MAPS}").is_visible()


def test_of_five_the_first_four_are_kept_at_one_scale_and_print_on_one_page(page):
    open_comparison(page, f"{FOUR}.p:tambopata")
    assert page.locator(".compare-head").count() == 4
    assert "4" in page.locator(f"#{Shell.PROBLEMS}").inner_text()
    scales = page.evaluate(
        """() => [...document.querySelectorAll("#compare-maps .small-map")].map((cell) => {
            // pixels of the plane that a pixel of the screen is, at the latitude of the map's own districts
            const path = cell.querySelector("path.in-candidate");
            const lat = amazonia.facts.anchors[amazonia.facts.index.get(path.dataset.u)][1];
            return path.getScreenCTM().a / Math.cos((lat * Math.PI) / 180);
        })"""
    )
    assert scales == pytest.approx([scales[0]] * 4, rel=0.02)
    assert_prints_on_one_page(page)


@pytest.mark.parametrize("fill", ["gap_health", "emergencies_per_10000"])
def test_the_maps_are_painted_with_the_fill_of_the_address(page, fill):
    open_comparison(page, TWO, f"&f={fill}&m=equal-5")
    page.wait_for_selector(f"#{Compare.LEGEND} .legend-classes")
    page.wait_for_function(
        """() => [...document.querySelectorAll("#compare-maps path.district")]
            .filter((path) => path.getAttribute("fill").startsWith("#")).length > 20"""
    )


def assert_prints_on_one_page(page):
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", paper)) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper)
    assert (float(box[1]), float(box[2])) == pytest.approx((595, 842), abs=1.5)


def test_two_print_on_one_page_and_go_into_a_workbook(page):
    open_comparison(page, TWO)
    assert_prints_on_one_page(page)
    with page.expect_download() as download:
        page.click(f"#{Compare.EXCEL}")
    assert download.value.suggested_filename.endswith(".xlsx")
