"""Draw three neighbours and compare them without once touching a pointer."""

from dashboard.pages.compare.ids import Compare
from dashboard.pages.kit.ids import Shell
from dashboard.pages.map.ids import Map
from tests.browser import driving


def test_three_neighbours_are_drawn_and_compared_by_keyboard_alone(page):
    driving.open_map(page, {"d": "16"})
    driving.tab_to(page, Map.START)
    page.keyboard.press("Enter")
    driving.until_chosen(page, [])
    driving.tab_to(page, Map.ADD)
    driving.choose_by_keys(page, "Iquitos")
    driving.until_chosen(page, ["160101"])
    for count in (2, 3):
        driving.tab_to(page, Map.NEIGHBOURS)
        driving.choose_by_keys(page, "Maynas")
        page.wait_for_function("(n) => amazonia.drafts.shown(amazonia.map.last.drafts).ubigeos.length === n", arg=count)
    driving.until_verdict(page, "Distritos contiguos", "pass")
    driving.until_verdict(page, "Número mínimo de distritos", "pass")
    driving.tab_to(page, Shell.TO_COMPARE)
    page.keyboard.press("Enter")
    driving.until_compared(page)
    names = driving.compared(page)
    assert names[0] == "Candidata A" and len(names) == 2
    driving.tab_to(page, Compare.CHOICE)
    driving.choose_by_keys(page, "Alto Amazonas")
    page.wait_for_function(
        "(id) => document.getElementById(id).innerText.includes('Alto Amazonas')", arg=str(Compare.HEADS)
    )
    assert "Alto Amazonas" in driving.compared(page)


def test_a_period_is_changed_by_arrow_keys(page):
    driving.open_map(page)
    driving.tab_to(page, Map.TIMELINE_TOGGLE)
    page.keyboard.press("Enter")
    driving.tab_to(page, Map.CONFLICT_SLIDER)
    first = driving.view(page)["conflictPeriod"]
    page.keyboard.press("ArrowRight")
    driving.until_view(page, conflictPeriod=[first[0] + 1, first[1]])


def test_the_focus_is_always_in_sight(page):
    driving.open_map(page)
    unseen = []
    for _ in range(45):
        page.keyboard.press("Tab")
        fault = page.evaluate(
            """() => {
                const node = document.activeElement;
                if (!node || node === document.body) return null;
                const seen = [node, ...node.querySelectorAll("*"), node.closest("label")].filter(Boolean);
                const shows = (n) => {
                    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(n);
                    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
                };
                const box = node.getBoundingClientRect();
                const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
                const said = `${node.tagName} ${node.id || node.className} ${node.getAttribute("aria-label") || ""}`;
                return seen.some(shows) && inside ? null : said;
            }"""
        )
        if fault:
            unseen.append(fault)
    assert not unseen


def test_the_link_to_the_content_comes_first(page):
    page.goto("/")
    driving.until_usable(page)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("() => location.hash") == "#main"
