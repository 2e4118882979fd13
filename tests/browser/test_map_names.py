"""Look at the names on the map: each is read whole, none lies on another, and ranks are told apart without colour."""

from itertools import combinations

import pytest
from playwright.sync_api import expect

from dashboard.pages.map.ids import Map
from layers.overlays import overlays
from tests.browser import driving

NAMES = """() => {
    const map = document.querySelector('#map-graph .map-leaf');
    const frame = map.getBoundingClientRect();
    const seen = (node) => { const { width, height } = node.getBoundingClientRect(); return width > 0 && height > 0; };
    const box = (node) => {
        const { left, top, right, bottom } = node.getBoundingClientRect();
        return [left, top, right, bottom];
    };
    const names = [...map.querySelectorAll('g.name')].filter(seen).map((node) => {
        const text = node.querySelector('text');
        const style = getComputedStyle(text);
        const end = node.querySelector('.leader-end');
        let held = null;
        if (end) {
            const { left, top, right, bottom } = end.getBoundingClientRect();
            held = [...map.querySelectorAll('path.district')].filter((path) => {
                const point = path.ownerSVGElement.createSVGPoint();
                [point.x, point.y] = [(left + right) / 2, (top + bottom) / 2];
                return path.isPointInFill(point.matrixTransform(path.getScreenCTM().inverse()));
            }).map((path) => path.dataset.u);
        }
        return {
            text: node.dataset.text, box: box(text), held, upper: text.textContent === text.textContent.toUpperCase(),
            rank: [...node.classList].find((name) => name.startsWith('name-')).slice(5),
            look: [style.fontSize, style.fontWeight, style.letterSpacing].join(' '),
        };
    });
    const over = [...document.querySelectorAll(
        '#map-frame :is(.tool-row, .map-notice, .map-north, .legend-folded), #map-graph .leaflet-control',
    )].filter(seen).map(box);
    return { frame: box(map), names, over };
}"""


def meet(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def read(page) -> dict:
    driving.until_settled(page)
    page.wait_for_selector('#map-graph [data-layer="surroundings"] path', state="attached")
    driving.until_settled(page)
    return page.evaluate(NAMES)


def faults(found: dict) -> list[str]:
    """What keeps a name from being read: another, the edge of the frame, or what stands over the map."""
    left, top, right, bottom = found["frame"]
    told = [f"{a['text']} on {b['text']}" for a, b in combinations(found["names"], 2) if meet(a["box"], b["box"])]
    for name in found["names"]:
        box = name["box"]
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            told.append(f"{name['text']} is cut by the frame")
        if any(meet(box, over) for over in found["over"]):
            told.append(f"{name['text']} lies under what stands over the map")
    return told


def named_wrongly(found: dict, dataset) -> list[str]:
    """Names whose line ends in a district of another name."""
    led = [name for name in found["names"] if name["held"] is not None]
    names = {u: district.name for u, district in dataset.territory.districts.items()}
    # a tag stands for many districts: its line ends in one of them, which its own test looks at
    return [n["text"] for n in led if n["rank"] == "chosen" and n["text"] not in {names[u] for u in n["held"]}]


@pytest.mark.parametrize("shown", ["", ".".join(overlays())], ids=["as it opens", "all overlays"])
def test_names_are_read_whole_wherever_one_looks(page, dataset, shown):
    driving.open_map(page, {"o": shown} if shown else {})
    hold_that_names_are_read(page, dataset, "all")
    if not shown:
        hold_that_ranks_are_told(read(page)["names"])
    for department in ("22", "01"):
        driving.choose_department(page, department)
        hold_that_names_are_read(page, dataset, department)
    before = driving.view_box(page)["scale"]
    driving.set_value(page, Map.SEARCH, "0105")
    driving.until_zoomed(page, before * 1.5)
    hold_that_names_are_read(page, dataset, "0105")


def hold_that_names_are_read(page, dataset, where: str):
    found = read(page)
    assert found["names"], where
    assert faults(found) == [], where
    assert named_wrongly(found, dataset) == [], where
    chosen = {n["text"] for n in found["names"] if n["rank"] == "chosen"}
    if where in ("all", "22"):
        assert chosen == {dataset.territory.districts[u].name for u in driving.chosen(page)}, where


def hold_that_ranks_are_told(found: list[dict]):
    """By size, case, weight and spacing."""
    looks = {rank: {n["look"] for n in found if n["rank"] == rank} for rank in ("department", "province", "district")}
    assert all(len(each) == 1 for each in looks.values()), "a rank looks alike everywhere"
    assert len(set.union(*looks.values())) == 3
    sizes = [float(next(iter(looks[rank])).partition("px")[0]) for rank in looks]
    assert sizes == sorted(set(sizes), reverse=True)
    assert {n["upper"] for n in found if n["rank"] == "department"} == {True}
    assert {n["upper"] for n in found if n["rank"] in ("province", "district")} == {False}


@pytest.mark.parametrize("language, said", [("es", "Brasil"), ("en", "Brazil")])
def test_what_lies_around_is_named_in_the_reader_s_language_and_answers_nothing(enter, server_url, language, said):
    page = enter(server_url, language).page
    driving.open_map(page)
    names = {n["text"]: n for n in read(page)["names"] if n["rank"] in ("country", "sea")}
    assert {said, "Ecuador", "Colombia", "Bolivia"} < set(names)
    left, top, right, bottom = names[said]["box"]
    before = driving.chosen(page)
    page.mouse.click((left + right) / 2, (top + bottom) / 2)
    driving.until_settled(page)
    assert driving.chosen(page) == before
    assert not page.locator("#map-hover").is_visible()


def test_the_surroundings_are_asked_for_once_the_map_can_be_used(enter, server_url):
    visitor = enter(server_url)
    driving.open_map(visitor.page)
    read(visitor.page)
    times = visitor.page.evaluate(
        """() => [performance.getEntriesByName('map-usable')[0].startTime, ...performance.getEntriesByType('resource')
            .filter(({ name }) => name.includes('/surroundings.')).map(({ startTime }) => startTime)]"""
    )
    assert len(times) == 2 and times[0] < times[1]


def test_rivers_are_quiet_context_and_strong_by_their_switch_with_their_names(page):
    driving.open_map(page, {"o": "departments"})
    page.wait_for_selector('#map-graph [data-layer="rivers"] path.river', state="attached")
    widths = """() => [...document.querySelectorAll('#map-graph [data-layer="rivers"] path.river')]
        .map((path) => Number(getComputedStyle(path).strokeWidth.replace("px", "")))"""
    quiet = page.evaluate(widths)
    assert quiet == sorted(quiet, reverse=True) and len(quiet) == 5
    page.get_by_role("checkbox", name="Ríos").check()
    page.wait_for_function(f"(quiet) => ({widths})()[0] > quiet[0]", arg=quiet)
    page.wait_for_selector('#map-graph [data-layer="rivers.names"] [data-text="Ucayali"] text')
    names = page.locator('#map-graph [data-layer="rivers.names"] .name').evaluate_all(
        "all => all.map(n => n.dataset.text)"
    )
    assert {"Huallaga", "Marañón", "Ucayali"} <= set(names)
    expect(page.get_by_text("donde no hay ninguno, no se conoce")).to_be_visible()
    expect(page.locator("#map-caption")).to_contain_text("Ríos incompletos.")
    page.get_by_role("checkbox", name="Ríos").uncheck()
    page.wait_for_function(f"(quiet) => ({widths})()[0] === quiet[0]", arg=quiet)
