"""The frame around the screens: it fits every window, says where one is, and keeps the focus."""

from itertools import combinations

from dashboard.pages.kit.ids import Shell
from dashboard.pages.map.ids import Map
from tests.browser import driving

WIDTHS = (320, 390, 683, 768, 1024, 1280, 1366, 1920)  # 320 and 683 are 400 % and 200 % of zoom
SCREENS = (
    "/", "/proponer", "/plan", "/comparar?k=p%3Alamas.p%3Acondorcanqui.p%3Atambopata", "/registro", "/registro/lamas",
    "/reuniones", "/cobertura", "/datos", "/datos-vivos", "/cuentas", "/presentar",
)  # fmt: skip

# the window, how far the document reaches beyond it, and what of the header lies over another part of it
FIT = """() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const shown = [...document.querySelectorAll(
        ".header h1, .menu-button, .nav .nav-link, .who .nav-link, .who-name, .language")];
    const boxes = shown.map((node) => [node.innerText, node.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1);
    const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    const meeting = boxes.flatMap(([one, a], n) => boxes.slice(n + 1)
        .filter(([, b]) => over(a, b)).map(([other]) => [one, other]));
    const content = document.getElementById("_pages_content").firstElementChild;
    const end = Math.ceil(content.getBoundingClientRect().bottom + scrollY);
    const below = document.documentElement.scrollHeight - Math.max(innerHeight, end);
    return { sideways: scrollWidth - clientWidth, meeting, below };
}"""

# what can be read or pressed and lies cut at the side: by the window, or by a room that does not scroll and show it
CUT = """() => {
    const shown = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && !node.closest(".visually-hidden, .skip-link, svg, .js-plotly-plot, .map-leaf, [aria-hidden=true]");
    const saysSo = (style) => /auto|scroll/.test(style.overflowX) && style.backgroundImage.includes("gradient");
    function cutter(node, box) {
        for (let room = node; room && room !== document.body; room = room.parentElement) {
            const style = getComputedStyle(room), own = room.getBoundingClientRect();
            if (style.textOverflow === "ellipsis") return null;
            if (own.width <= 1) return null;
            if (style.overflowX === "visible" || room === node && room.matches("input, select, textarea")) continue;
            if (saysSo(style) && room.scrollWidth > room.clientWidth) return null;
            if (box.right > own.right + 1 || box.left < own.left - 1) return room.className || room.tagName;
        }
        return box.right > innerWidth + 1 || box.left < -1 ? "window" : null;
    }
    const found = [];
    const look = (node, box, name) => {
        if (box.width < 1 || box.height < 1) return;
        const by = cutter(node, box);
        if (by) found.push(`${name.trim().slice(0, 40)} cut by ${by}`);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (texts.nextNode()) {
        const text = texts.currentNode;
        if (!text.data.trim() || !shown(text.parentElement)) continue;
        range.selectNodeContents(text);
        look(text.parentElement, range.getBoundingClientRect(), text.data);
    }
    document.querySelectorAll("button, a, input, select, textarea").forEach((node) => {
        if (shown(node)) look(node, node.getBoundingClientRect(), node.id || node.innerText || node.name || node.type);
    });
    return found;
}"""

# what a thumb presses and is lower than one
LOW = """() => [...document.querySelectorAll("#main :is(button, select, summary, th a, a.button, label:has(input))")]
    .filter((node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .filter((node) => !node.closest(".visually-hidden"))
    .map((node) => [node.innerText, Math.round(node.getBoundingClientRect().height)]).filter(([, high]) => high < 44)
"""


def test_every_screen_fits_its_window_at_every_width(page):
    page.goto(SCREENS[0])
    faults = []
    for path in SCREENS:
        driving.go(page, path)
        driving.until_laid_out(page, path.split("?")[0])
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 768})
            page.wait_for_function("(w) => document.documentElement.clientWidth === w", arg=width)
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            found = page.evaluate(FIT)
            if found["sideways"] > 0 or found["below"] > 1 or found["meeting"]:
                faults.append(f"{path} at {width}: {found}")
            faults += [f"{path} at {width}: {cut}" for cut in page.evaluate(CUT)]
            if path == "/cobertura" and width >= 1024:
                faults += [f"{path} at {width}: {pair}" for pair in tables_over_each_other(page)]
    assert faults == []


def tables_over_each_other(page) -> list:
    """Return the pairs of tables of the coverage that print over each other."""
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(".halves table")].map((table) => {
            const room = table.closest(".halves > *").getBoundingClientRect(), own = table.getBoundingClientRect();
            return { left: own.left, right: Math.min(own.right, room.right), top: own.top, bottom: own.bottom };
        })"""
    )
    assert len(boxes) >= 2
    return [
        (one, other)
        for one, other in combinations(boxes, 2)
        if one["right"] > other["left"] + 1 and other["right"] > one["left"] + 1
        and one["bottom"] > other["top"] + 1 and other["bottom"] > one["top"] + 1
    ]  # fmt: skip


def test_the_open_screen_is_marked_and_the_menu_of_a_phone_leads_to_all(visit_at, server_url):
    page = visit_at(server_url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto("/registro")
    driving.until_laid_out(page, "/registro")
    menu, nav = page.locator(f"#{Shell.MENU}"), page.locator(f"#{Shell.NAV}")
    assert not nav.is_visible()
    assert page.evaluate(LOW) == []
    menu.tap()
    assert nav.is_visible() and menu.get_attribute("aria-expanded") == "true"
    assert nav.locator("[aria-current=page]").all_inner_texts() == ["Registro"]
    for link in nav.locator("a").all():
        box = link.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    nav.get_by_text("Datos").tap()
    page.wait_for_url("**/datos*")
    nav.wait_for(state="hidden")
    menu.tap()
    assert nav.locator("[aria-current=page]").all_inner_texts() == ["Datos"]
    page.keyboard.press("Escape")
    assert not nav.is_visible()


def test_on_a_phone_whatever_is_pressed_is_as_high_as_a_thumb(visit_at, server_url):
    page = visit_at(server_url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto("/")
    low = {}
    for path in SCREENS:
        driving.go(page, path)
        driving.until_laid_out(page, path.split("?")[0])
        low[path] = page.evaluate(LOW)
    assert {path: found for path, found in low.items() if found} == {}


def test_the_chosen_department_stays_in_sight_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    driving.open_map(page, {"d": "25"})  # the last of the strip
    box = page.locator(f"#{Map.DEPARTMENT} label:has(input:checked)").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390


# what of the land lies under one of the boxes, of which each is [left, top, right, bottom] on the screen
UNDER = """(boxes) => {
    const own = amazonia.map.engine().node.getBoundingClientRect();
    return amazonia.facts.ubigeos.filter((u, n) => {
        const [x, y] = amazonia.map.screen().pixel(amazonia.facts.anchors[n]);
        return boxes.some(([l, t, r, b]) => x + own.left > l && x + own.left < r && y + own.top > t && y + own.top < b);
    });
}"""


def test_no_district_lies_under_the_tools_or_the_foot_of_the_map_when_it_opens(page):
    for width in (390, 1024, 1366):
        page.set_viewport_size({"width": width, "height": 844})
        driving.open_map(page)
        boxes = page.locator(".tool-row:first-child > *, .map-notice, .leaflet-control-scale").evaluate_all(
            "(nodes) => nodes.map((n) => n.getBoundingClientRect()).map((b) => [b.left, b.top, b.right, b.bottom])"
        )
        assert page.evaluate(UNDER, boxes) == [], width


def test_the_focus_goes_to_the_new_screen_when_what_held_it_is_gone(page):
    driving.open_map(page)
    page.focus("a.to-compare")
    page.keyboard.press("Enter")
    page.wait_for_url("**/comparar*")
    page.locator(".nav [aria-current=page]", has_text="Comparar").wait_for()
    page.wait_for_function(
        "() => document.activeElement.closest('#main') && !document.activeElement.closest('.map-screen')"
    )


def test_a_first_click_looks_and_does_not_draw(page):
    page.goto("/")
    driving.until_usable(page)
    before = page.evaluate("() => JSON.stringify(amazonia.map.last.drafts)")
    driving.click_district(page, "160105")
    page.wait_for_selector(f"#{Map.SHEET}:not([hidden])")
    assert page.evaluate("() => JSON.stringify(amazonia.map.last.drafts)") == before
    page.click(f"#{Map.SHEET_CLOSE}")
    page.wait_for_selector(f"#{Map.SHEET}", state="hidden")
    page.click(f"#{Map.START}")
    page.wait_for_selector(f"#{Map.TOOL} input[value=click]:checked", state="attached")
    driving.toggle_district(page, "160105")
    page.reload()
    driving.until_usable(page)
    page.wait_for_selector(f"#{Map.TOOL} input[value=click]:checked", state="attached")


def test_on_a_phone_the_sheet_of_a_district_can_be_closed(visit_at, server_url):
    page = visit_at(server_url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    driving.open_map(page, tool="sheet")
    page.touchscreen.tap(*driving.spot_inside(page, "160105"))
    page.wait_for_selector(f"#{Map.SHEET}:not([hidden]) h2")
    page.tap(f"#{Map.SHEET_CLOSE}")
    page.wait_for_selector(f"#{Map.SHEET}", state="hidden")


def test_two_fingers_on_the_map_leave_the_page_as_it_is(visit_at, server_url):
    page = visit_at(server_url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    driving.open_map(page, tool="sheet")
    before = driving.view_box(page)["scale"]
    box = page.locator(f"#{Map.GRAPH}").bounding_box()
    page.context.new_cdp_session(page).send(
        "Input.synthesizePinchGesture",
        {
            "x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2,
            "scaleFactor": 2, "gestureSourceType": "touch",
        },
    )  # fmt: skip
    driving.until_zoomed(page, before * 1.2)
    assert page.evaluate("() => visualViewport.scale") == 1


def test_a_place_is_found_without_accents_and_the_best_match_comes_first(page):
    driving.open_map(page)
    page.click(f"#{Map.SEARCH}")
    box = page.locator(".dash-dropdown-content input[type=search]")
    box.wait_for()
    wanted = {
        "cunumbuqui": "Cuñumbuqui", "belen": "Belén", "martin": "San Martín", "lamas": "Lamas", "san juan": "San Juan",
    }  # fmt: skip
    for typed, first in wanted.items():
        box.fill("")
        page.keyboard.type(typed)
        page.wait_for_function(
            """(first) => {
                const options = [...document.querySelectorAll(".dash-dropdown-content label.dash-dropdown-option")];
                const box = options[0] && options[0].getBoundingClientRect();
                return box && box.height > 0 && options[0].innerText.startsWith(first);
            }""",
            arg=first,
        )


def test_with_the_readers_own_colours_nothing_is_told_by_a_fill_that_is_gone(page):
    driving.open_map(page)
    page.emulate_media(forced_colors="active")
    swatches = page.evaluate(
        "() => [...document.querySelectorAll('#map-legend .swatch')].map((s) => getComputedStyle(s).backgroundColor)"
    )
    assert len(set(swatches[:-1])) == len(swatches) - 1
    # districts keep the colours of the legend, and what is judged its tint
    seen = page.evaluate(
        """() => [...new Set([...document.querySelectorAll("#map-graph path.district:not(.in-candidate)")]
            .map((path) => getComputedStyle(path).fill))]"""
    )
    assert set(seen) <= {*swatches[:-1], 'url("#no-data")'} and len(seen) > 3
    judged = page.locator("#map-graph .in-candidate").evaluate_all("(all) => all.map((p) => getComputedStyle(p).fill)")
    assert len(judged) == 3 and not set(judged) & {*swatches}
    chosen, other = page.evaluate(
        """() => ["input:checked", "input:not(:checked)"].map((which) => getComputedStyle(
            document.querySelector(`#map-tool ${which}`).closest("label")).backgroundColor)"""
    )
    assert chosen != other
