"""The map under fingers, on a phone: a tap, a drag, a pinch, a line drawn, and what stands over the map meanwhile."""

import pytest

from dashboard.pages.map.ids import Map
from tests.browser import driving, maps
from tests.browser.touching import PHONE, Fingers

LORETO, NAPO = "16", "160107"
THUMB = 44
LABEL = "output.map-enclosed"
# whether nothing lies over an element, anywhere
UNCOVERED = """(place) => {
    const node = document.querySelector(place), { left, top, width, height } = node.getBoundingClientRect();
    const shares = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95];
    return shares.every((x) => shares.every((y) => node.contains(
        document.elementFromPoint(left + x * width, top + y * height))));
}"""

# what is told answers no pointer: whether none of the controls over the map meets it
COVERED_BY_NOTHING = """(place) => {
    const own = document.querySelector(place).getBoundingClientRect();
    const meets = (node) => {
        const box = node.getBoundingClientRect();
        return box.width && box.left < own.right && box.right > own.left
            && box.top < own.bottom && box.bottom > own.top;
    };
    return ![...document.querySelectorAll("#map-frame :is(button, label, summary)")].some(meets);
}"""


@pytest.fixture
def phone(visit_at, server_url):
    """A page on a phone."""
    return visit_at(server_url, **PHONE)


@pytest.fixture
def loreto(shared_map):
    """The map of Loreto on a phone, whole and at the top of the page, which the tests of this module share."""
    page = shared_map({"d": LORETO}, **PHONE).page
    at_the_top(page)
    for code in ("all", LORETO):
        driving.choose_department(page, code)
    at_the_top(page)
    return page


def taken_up(page, tool: str) -> Fingers:
    """Take up a tool; give the fingers that touch the map."""
    driving.choose_tool(page, tool)
    at_the_top(page)
    return Fingers(page)


def at_the_top(page) -> None:
    """Scroll back to where the map is, whole."""
    page.evaluate("() => scrollTo({ top: 0, behavior: 'instant' })")
    page.wait_for_function("() => scrollY === 0")


def middle(page) -> tuple[float, float]:
    box = page.locator(f"#{Map.GRAPH}").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def page_scale(page) -> float:
    return page.evaluate("() => visualViewport.scale")


def two_frames(page) -> None:
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def test_a_tap_opens_the_sheet_at_the_foot_and_its_button_gives_the_map_back(loreto):
    fingers = taken_up(loreto, "sheet")
    fingers.tap(driving.spot_inside(loreto, NAPO))
    sheet = loreto.locator(f"#{Map.SHEET}")
    sheet.wait_for()
    assert "Napo (Maynas, Loreto)" in sheet.inner_text()
    box = sheet.bounding_box()
    high = PHONE["viewport"]["height"]
    assert box["x"] == 0 and box["width"] == PHONE["viewport"]["width"]
    assert box["y"] > 0.25 * high and abs(box["y"] + box["height"] - high) <= 1
    close = sheet.locator(".sheet-close")
    assert min(close.bounding_box()[side] for side in ("width", "height")) >= THUMB
    close.tap()
    sheet.wait_for(state="hidden")
    before = driving.view_box(loreto)
    x, y = middle(loreto)
    fingers.drag((x, y), (x - 60, y))
    driving.until_settled(loreto)
    assert driving.view_box(loreto)["lon"] > before["lon"], "the map is not usable any more"
    fingers.tap(driving.spot_inside(loreto, "160114"))
    sheet.wait_for()
    assert "(" in sheet.inner_text() and "Napo (" not in sheet.locator("h2").first.inner_text()


def test_a_tap_takes_a_district_in_and_another_lets_it_go(loreto):
    fingers = taken_up(loreto, "click")
    driving.start_candidate(loreto)
    at_the_top(loreto)
    for chosen in ([NAPO], []):
        fingers.tap(driving.spot_inside(loreto, NAPO))
        driving.until_chosen(loreto, chosen)
    assert not loreto.locator(f"#{Map.SHEET}").is_visible()


def test_two_fingers_zoom_the_map_and_not_the_page_and_choose_nothing(loreto):
    before, chosen = driving.view_box(loreto), driving.chosen(loreto)
    for tool in ("sheet", "click", "lasso"):
        fingers = taken_up(loreto, tool)
        for apart, closer in (((80, 200), 2.5), ((200, 80), 1)):
            fingers.pinch(middle(loreto), *apart)
            driving.until_settled(loreto)
            assert driving.view_box(loreto)["scale"] == pytest.approx(closer * before["scale"], rel=0.02), tool
            assert page_scale(loreto) == 1, tool
        assert driving.chosen(loreto) == chosen, tool
        for over in (f"#{Map.SHEET}", f"#{Map.HOVER}", LABEL):
            assert not loreto.locator(over).is_visible(), tool


def test_one_finger_moves_the_map_and_chooses_nothing(loreto):
    fingers = taken_up(loreto, "click")
    before, chosen = driving.view_box(loreto), driving.chosen(loreto)
    x, y = middle(loreto)
    fingers.drag((x, y), (x - 80, y - 60))
    driving.until_settled(loreto)
    after = driving.view_box(loreto)
    assert after["scale"] == pytest.approx(before["scale"])
    assert (after["lon"] - before["lon"]) * before["scale"] == pytest.approx(80, abs=16)
    assert after["lat"] < before["lat"]
    assert loreto.evaluate("() => scrollY") == 0, "the page went along"
    assert driving.chosen(loreto) == chosen


@pytest.mark.parametrize("tool", ["lasso", "rectangle"])
def test_what_a_finger_encloses_is_told_while_it_draws_and_taken_when_it_lifts(loreto, tool):
    fingers = taken_up(loreto, tool)
    driving.start_candidate(loreto)
    driving.choose_tool(loreto, tool)
    driving.until_settled(loreto)
    at_the_top(loreto)
    before = driving.view_box(loreto)
    x, y = middle(loreto)
    corners = [(x - 90, y - 80), (x + 60, y - 100), (x + 90, y + 70), (x - 60, y + 90)]
    label, told = loreto.locator(LABEL), []
    fingers.down(corners[0])
    for corner in corners[1:3] if tool == "rectangle" else corners[1:]:
        fingers.move(corner)
        assert label.is_visible()
        told.append(label.inner_text())
    box, (fx, fy) = label.bounding_box(), corners[2] if tool == "rectangle" else corners[-1]
    frame = loreto.locator(f"#{Map.GRAPH}").bounding_box()
    assert frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"]
    assert not (
        box["x"] <= fx <= box["x"] + box["width"] and box["y"] <= fy + 20 and box["y"] + box["height"] >= fy - 20
    ), "the finger hides what is told"
    assert loreto.evaluate(COVERED_BY_NOTHING, LABEL), "something lies over what is told"
    fingers.up()
    loreto.wait_for_function("() => amazonia.drafts.shown(amazonia.map.last.drafts).ubigeos.length")
    taken = driving.chosen(loreto)
    assert told[-1].startswith(f"{len(taken)} distritos: ") and len(taken) > 5
    assert told[-1].endswith(f" y {len(taken) - 4} más")
    assert not label.is_visible()
    driving.until_settled(loreto)
    assert driving.view_box(loreto) == pytest.approx(before), "the map moved while it was drawn on"


def test_a_second_finger_gives_up_what_the_first_was_drawing(loreto):
    fingers = taken_up(loreto, "lasso")
    chosen = driving.chosen(loreto)
    x, y = middle(loreto)
    fingers.down((x - 90, y - 80))
    for corner in ((x + 60, y - 100), (x + 90, y + 70)):
        fingers.move(corner)
    assert loreto.locator(LABEL).is_visible()
    fingers.down((x + 90, y + 70), (x, y))
    fingers.move((x + 95, y + 75), (x - 5, y - 5))
    assert not loreto.locator(LABEL).is_visible()
    fingers.up()
    driving.until_settled(loreto)
    assert driving.chosen(loreto) == chosen
    assert page_scale(loreto) == 1


def test_a_tap_on_a_conflict_s_mark_tells_of_it_at_the_foot_of_the_map(phone, dataset):
    driving.open_map(phone, {"d": LORETO, "o": "conflicts", "pc": "2007-2023"}, tool="sheet")
    fingers = Fingers(phone)
    x, y = maps.spot_of_mark(phone, "conflicts.points")
    name, half = phone.evaluate(
        """([x, y]) => {
            const mark = document.elementFromPoint(x, y).closest(".answers");
            const [first] = JSON.parse(mark.dataset.about).cases;
            return [amazonia.facts.conflicts.find((c) => c.id === first).name, mark.getBoundingClientRect().height / 2];
        }""",
        [x, y],
    )
    card, sheet = phone.locator(f"#{Map.HOVER}"), phone.locator(f"#{Map.SHEET}")
    # beside the mark, too, as a fingertip does
    for spot in ((x, y), (x, y + half + 2)):
        fingers.tap(spot)
        card.wait_for()
        assert name in card.inner_text()
        frame, own = phone.locator(f"#{Map.GRAPH}").bounding_box(), card.bounding_box()
        assert 0 < frame["y"] + frame["height"] - own["y"] - own["height"] < 20, "it is not at the foot"
        assert own["width"] > 0.9 * frame["width"]
        assert phone.evaluate(UNCOVERED, f"#{Map.HOVER}"), "something lies over it"
        close = card.locator(".hover-close")
        assert min(close.bounding_box()[side] for side in ("width", "height")) >= THUMB
        assert not sheet.is_visible(), "the sheet of the district lies over it"
        close.tap()
        card.wait_for(state="hidden")
    assert not sheet.is_visible(), "closing the card means nothing on the map"


def test_the_page_scrolls_outside_the_map(loreto):
    fingers = taken_up(loreto, "sheet")
    frame = loreto.locator(f"#{Map.FRAME}").bounding_box()
    y = frame["y"] + frame["height"]
    assert y + 60 < PHONE["viewport"]["height"], "there is no room for a thumb below the map"
    fingers.drag((60, y + 50), (60, y - 250))
    loreto.wait_for_function("() => scrollY > 100")


@pytest.mark.parametrize("path", ["/plan", "/registro/lamas"])
def test_the_other_maps_pinch_too(phone, path):
    phone.goto(path)
    node = phone.locator(".map-leaf").first
    node.wait_for()
    driving.until_laid_out(phone, path)
    node.scroll_into_view_if_needed()
    two_frames(phone)
    box = node.bounding_box()
    spot = (box["x"] + box["width"] / 2, box["y"] + min(box["height"], 300) / 2)
    width = maps.land_width(phone)
    Fingers(phone).pinch(spot, 60, 150)
    two_frames(phone)
    assert maps.land_width(phone) == pytest.approx(2.5 * width, rel=0.05)
    assert page_scale(phone) == 1
