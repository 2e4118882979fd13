"""Drive the screens as a group does: by pointer and keyboard, waiting on conditions.

Positions come from the districts' anchors and the map's own projection, so that no test knows pixels.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import shapely
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from dashboard.pages.compare.ids import Compare
from dashboard.pages.map.ids import Map, years_of
from dashboard.web.access.gate import SIGN_IN, SIGN_OUT
from dashboard.web.request import LANGUAGE_COOKIE
from geodata.model.dataset import Dataset
from tests.browser import charts

SIZE = {"width": 1366, "height": 768}
# a wait that long means something is broken, not slow, on a busy machine too
PATIENCE_MS = 120_000

Point = Sequence[float]
# what screens ask, of Dash and beside it
QUESTIONS = re.compile(r"/_dash-update-component|/asked/")

COUNT_ANSWERS_AWAITED = """
    window.answersAwaited = 0;
    const ask = window.fetch;
    window.fetch = (...args) => {
        window.answersAwaited += 1;
        return ask(...args).finally(() => { window.answersAwaited -= 1; });
    };
"""


VIEW_BOX = """() => {
    const { lng: lon, lat } = amazonia.map.engine().leaflet.getCenter();
    const { pixel } = amazonia.map.screen();
    return { lon, lat, scale: pixel([lon + 0.5, lat])[0] - pixel([lon - 0.5, lat])[0] };
}"""


@dataclass
class Watched:
    """A browser context with what it asked for and what went wrong in it."""

    context: BrowserContext
    keeper: Page  # shows nothing, and keeps the process with what it has compiled from one visit to the next
    page: Page | None = None
    requests: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    out: bool = True  # nobody is signed in: what is asked for all the same is refused, and the browser notes that

    def begin(self, server_url: str, language: str = "es") -> None:
        """Open a page for a first visit."""
        for noted in (self.requests, self.strays, self.errors):
            noted.clear()
        self.out = True
        self.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": server_url}])
        self.page = self.context.new_page()

    def end(self) -> None:
        """Forget what the visit left behind, and close its pages."""
        for page in self.context.pages:
            if page is not self.keeper:
                page.close()
        self.context.set_offline(False)
        self.context.clear_permissions()
        self.context.clear_cookies()
        self.keeper.evaluate("() => localStorage.clear()")

    def wrong(self) -> list[str]:
        """Return what went wrong in this visit: requests to another host, errors in a console or a page."""
        return [f"a request left the machine: {url}" for url in self.strays] + self.errors


def watched_context(browser: Browser, server_url: str, **options) -> Watched:
    """Open a context that notes what it asks for; the browser is started so that other hosts do not
    exist for it, which keeps its cache working as interception would not."""
    context = browser.new_context(
        base_url=server_url, locale="es-PE", accept_downloads=True, **{"viewport": SIZE, **options}
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(COUNT_ANSWERS_AWAITED)
    watched = Watched(context, context.new_page())
    watched.keeper.goto("/assets/css/style.css")

    def note(request: Request) -> None:
        local = request.url.startswith((f"{server_url}/", "data:", "blob:"))
        (watched.requests if local else watched.strays).append(request.url)
        if request.method == "POST" and request.url.endswith((SIGN_IN, SIGN_OUT)):
            watched.out = request.url.endswith(SIGN_OUT)

    def note_error(message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        # the icon that a browser asks for beside a file of the server's, which the keeper shows
        refused = "401" in message.text and (watched.out or where.endswith("/favicon.ico"))
        if message.type == "error" and not refused:
            watched.errors.append(f"{message.text} {where}".strip())

    context.on("request", note)
    context.on("console", note_error)
    context.on("weberror", lambda e: watched.errors.append(str(e.error)))
    return watched


# ---- any screen


def until_laid_out(page: Page, path: str) -> None:
    """Wait until the screen of a path is there and nothing more is awaited."""
    page.wait_for_function("(path) => location.pathname === path", arg=path)
    page.locator("#_pages_content :is(h1, h2)").filter(visible=True).first.wait_for()
    page.wait_for_function("() => !window.answersAwaited")


def go(page: Page, path: str) -> None:
    """Go to another screen as a link within the application does, without loading the page again."""
    page.evaluate(
        """(path) => {
            history.pushState({}, "", path);
            window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
        }""",
        path,
    )


# ---- the map


def open_map(page: Page, query: str | dict[str, str] = "", tool: str = "click") -> None:
    """Open the map for an address query, wait until it can be used and the candidate is judged, and take up a tool."""
    text = urlencode(query) if isinstance(query, dict) else query
    page.goto(f"/?{text}" if text else "/")
    until_usable(page)
    put_steps_away(page)
    choose_tool(page, tool)


def close_sheet(page: Page) -> None:
    """Close the sheet of a district where it is open."""
    sheet = page.locator(f"#{Map.SHEET}")
    if sheet.is_visible():
        page.locator(f"#{Map.SHEET_CLOSE}").click()
        sheet.wait_for(state="hidden")


def put_steps_away(page: Page) -> None:
    """Put the steps of a first visit and the way to official limits away, which lie over the map."""
    for told in (Map.FIRST_STEPS, Map.LIMITS_OFFER):
        away = page.locator(f"#{told} button")
        if away.is_visible():
            away.click()


def until_usable(page: Page) -> None:
    page.wait_for_selector(f"#{Map.GRAPH}[data-ready=yes]")
    page.wait_for_selector(f"#{Map.VERDICTS} > *, #{Map.VERDICTS} .error")
    page.wait_for_selector(f"#{Map.LEGEND} .legend-classes")
    until_settled(page)


def until_settled(page: Page) -> None:
    """Wait until no answer is awaited and the map has stayed the same for some frames."""
    page.evaluate(
        """() => new Promise((done) => {
            let before = "", same = 0;
            const look = () => {
                const map = amazonia.map.engine();
                const now = JSON.stringify([
                    map?.leaflet.getCenter(), map?.leaflet.getZoom(),
                    document.querySelectorAll("#map-graph svg *").length,
                ]);
                same = now === before && !window.answersAwaited ? same + 1 : 0;
                before = now;
                same > 6 ? done() : requestAnimationFrame(look);
            };
            look();
        })"""
    )


def pixel(page: Page, point: Point) -> tuple[float, float]:
    """Return where a (lon, lat) stands on the screen now."""
    x, y = page.evaluate(
        """(p) => {
            const box = amazonia.map.engine().node.getBoundingClientRect();
            const [x, y] = amazonia.map.screen().pixel(p);
            return [x + box.left, y + box.top];
        }""",
        list(point),
    )
    return x, y


def anchor(page: Page, ubigeo: str) -> Point:
    """Return a (lon, lat) inside a district."""
    return page.evaluate("(u) => amazonia.facts.anchors[amazonia.facts.index.get(u)]", ubigeo)


def spot_inside(page: Page, ubigeo: str) -> tuple[float, float]:
    """Return a pixel where the district itself, and no mark over it, answers the pointer."""
    found = page.evaluate(
        """(u) => {
            const path = document.querySelector(`#map-graph path.district[data-u="${u}"]`);
            if (!path) return null;
            const frame = amazonia.map.engine().node.getBoundingClientRect();
            const [ax, ay] = amazonia.map.screen().pixel(amazonia.facts.anchors[amazonia.facts.index.get(u)]);
            const box = path.getBoundingClientRect();
            const spots = [[ax + frame.left, ay + frame.top]];
            for (let i = 1; i < 12; i++) for (let j = 1; j < 12; j++)
                spots.push([box.left + (box.width * i) / 12, box.top + (box.height * j) / 12]);
            const point = path.ownerSVGElement.createSVGPoint();
            const into = path.getScreenCTM().inverse();
            const hit = ([x, y]) => {
                [point.x, point.y] = [x, y];
                const top = document.elementFromPoint(x, y);
                const open = top && top.closest(".map-leaf") && !top.closest(".answers");
                return open && path.isPointInFill(point.matrixTransform(into));
            };
            // a browser tells a click in whole pixels
            return spots.map((spot) => spot.map(Math.round)).find(hit) || null;
        }""",
        ubigeo,
    )
    assert found, f"district {ubigeo} is nowhere in sight"
    return found[0], found[1]


def click_district(page: Page, ubigeo: str) -> None:
    """Click inside a district as it is drawn now."""
    x, y = spot_inside(page, ubigeo)
    page.mouse.move(x, y)
    page.mouse.click(x, y)


def toggle_district(page: Page, ubigeo: str) -> None:
    """Click a district and wait until the candidate has taken it in or let it go."""
    was = ubigeo in chosen(page)
    click_district(page, ubigeo)
    page.wait_for_function(
        "([u, was]) => amazonia.drafts.shown(amazonia.map.last.drafts).ubigeos.includes(u) !== was",
        arg=[ubigeo, was],
    )


def lasso(page: Page, points: Iterable[Point], tool: str = "lasso") -> None:
    """Draw an outline by hand through (lon, lat) points."""
    choose_tool(page, tool)
    spots = [pixel(page, p) for p in points]
    page.mouse.move(*spots[0])
    page.mouse.down()
    for spot in spots[1:]:
        page.mouse.move(*spot, steps=3)
    page.mouse.up()


def outline_of(dataset: Dataset, ubigeos: Iterable[str]) -> list[Point]:
    """Return a line by hand around districts: their insides, joined by corridors too thin to count."""
    shapes = [dataset.limits.geometry[u].buffer(-0.01) for u in ubigeos]
    middles = [shape.representative_point() for shape in shapes]
    around = shapely.union_all([*shapes, shapely.LineString(middles).buffer(0.005)])
    return list(around.simplify(0.005).exterior.coords)


def choose_tool(page: Page, tool: str) -> None:
    choose_radio(page, Map.TOOL, tool)
    page.wait_for_function("(tool) => amazonia.map.engine().node.dataset.tool === tool", arg=tool)


def choose_department(page: Page, code: str) -> None:
    """Press a department's tab ("all" for every one) and wait until the map shows it."""
    choose_radio(page, Map.DEPARTMENT, code)
    page.wait_for_function("(d) => amazonia.map.last.department === d", arg="" if code == "all" else code)
    until_settled(page)


def colours(page: Page) -> dict[str, str]:
    """Return the fill of every district as painted: a colour or `url("#no-data")`."""
    return page.evaluate(
        """() => Object.fromEntries(
            [...document.querySelectorAll("#map-graph path.district")]
                .map((p) => [p.dataset.u, p.getAttribute("fill")]))"""
    )


def painted(page: Page, ubigeo: str) -> str:
    """Return the colour that a district has on the screen, as a browser writes it."""
    return page.locator(f"#map-graph path.district[data-u='{ubigeo}']").evaluate("(p) => getComputedStyle(p).fill")


def layers(page: Page) -> dict[str, dict]:
    """Return what is drawn on each layer of the map, by name: how much, its texts, what its marks tell, its overlay.

    n: points of a line, or marks and names.
    """
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("#map-graph .map-sheet g[data-overlay]")].map((g) => {
            const line = g.querySelector(":scope > path.line");
            const marks = [...g.querySelectorAll(":scope > g")];
            const d = line ? line.getAttribute("d") || "" : "";
            return [g.dataset.layer, {
                n: line ? d.split(/[ML]/).length - 1 : marks.length,
                text: marks.map((m) => m.dataset.text || m.querySelector("text")?.textContent || ""),
                about: marks.filter((m) => m.dataset.about).map((m) => JSON.parse(m.dataset.about)),
                overlay: g.dataset.overlay,
            }];
        }))"""
    )


def view_box(page: Page) -> dict[str, float]:
    """Return the middle of the map and its scale in pixels a degree."""
    return page.evaluate(f"() => ({VIEW_BOX})()")


def until_zoomed(page: Page, scale: float) -> None:
    """Wait until the map shows more than so many pixels a degree."""
    page.wait_for_function(f"(s) => ({VIEW_BOX})().scale > s", arg=scale)
    until_settled(page)


# ---- controls


def choose_radio(page: Page, id_: str, value: str) -> None:
    """Press the option of a group of radio buttons."""
    page.locator(f"#{id_} input[value='{value}']").locator("xpath=ancestor::label").click()


def switch_overlay(page: Page, key: str) -> None:
    page.locator(f"#{Map.OVERLAYS} input[value='{key}']").locator("xpath=ancestor::label").first.click()


def set_value(page: Page, id_: str, value) -> None:
    """Give a control a value as its own component would."""
    page.evaluate("([id, value]) => window.dash_clientside.set_props(id, { value })", [id_, value])


def set_period(page: Page, id_: str, period: Sequence[int]) -> None:
    """Choose a period as the slider does, which is there only while the years are open."""
    page.evaluate("([id, data]) => window.dash_clientside.set_props(id, { data })", [id_, list(period)])


def open_years(page: Page) -> None:
    """Open the strip of the years, and wait until its charts are drawn."""
    page.click(f"#{Map.TIMELINE_TOGGLE}")
    for slider in (Map.CONFLICT_SLIDER, Map.HAZARD_SLIDER):
        charts.until_drawn(page, f"#{years_of(slider)}")


def view(page: Page) -> dict:
    """Return what the map shows: department, fill, classes, overlays and periods."""
    return page.evaluate("() => amazonia.map.last.view")


def until_view(page: Page, **wanted) -> None:
    """Wait until the view has these values."""
    page.wait_for_function(
        """(wanted) => Object.entries(wanted).every(
            ([key, value]) => JSON.stringify(amazonia.map.last.view[key]) === JSON.stringify(value))""",
        arg=wanted,
    )


# ---- the candidate in hand


def chosen(page: Page) -> list[str]:
    """Return the districts of the candidate in hand."""
    return page.evaluate("() => (amazonia.drafts.shown(amazonia.map.last.drafts) || { ubigeos: [] }).ubigeos")


def until_chosen(page: Page, ubigeos: Iterable[str]) -> None:
    """Wait until the candidate in hand has exactly these districts."""
    page.wait_for_function(
        "(us) => amazonia.drafts.shown(amazonia.map.last.drafts).ubigeos.join() === us",
        arg=",".join(sorted(ubigeos)),
    )


def chips(page: Page) -> list[str]:
    """Return the names on the chips."""
    return [text.replace("×", "").strip() for text in page.locator(f"#{Map.CHIPS} .chip").all_inner_texts()]


def start_candidate(page: Page) -> None:
    """Start an empty candidate and wait until it is in hand."""
    page.click(f"#{Map.START}")
    until_chosen(page, [])


def verdict(page: Page, name: str) -> tuple[str, str]:
    """Return (pass, warn, fail or none; sentence) of the rule with a name in the reader's language."""
    item = page.locator(f"#{Map.VERDICTS} li.rule", has=page.locator("b", has_text=name))
    status = item.first.get_attribute("class").split()[-1]
    return status, item.first.locator(".rule-sentence:not(.remark)").inner_text()


def until_verdict(page: Page, name: str, status: str) -> str:
    """Wait until a rule has a status; return its sentence."""
    item = page.locator(f"#{Map.VERDICTS} li.rule.{status}", has=page.locator("b", has_text=name))
    item.first.wait_for()
    return item.first.locator(".rule-sentence:not(.remark)").inner_text()


def press_see(page: Page, name: str) -> None:
    """Press the button that shows the districts at fault of a rule."""
    page.locator(f"#{Map.VERDICTS} li.rule", has=page.locator("b", has_text=name)).locator("button.see").click()


# ---- what the browser asked for


def asked(watched: Watched, since: int) -> list[str]:
    """Return the paths asked for since there were that many requests, without their queries."""
    return [urlsplit(url).path for url in watched.requests[since:]]


# ---- the comparison


def open_comparison(page: Page, query: dict[str, str] | str = "") -> None:
    """Open the comparison for an address query and wait until all of it is there."""
    text = urlencode(query) if isinstance(query, dict) else query
    page.goto(f"/comparar?{text}" if text else "/comparar")
    until_compared(page)


def until_compared(page: Page) -> None:
    page.wait_for_selector(f"#{Compare.MAPS}[data-ready=yes]")
    page.wait_for_selector(f"#{Compare.MEASURES} table")
    page.wait_for_selector(f"#{Compare.RESULT} *")
    page.wait_for_function("() => !window.answersAwaited")


def compared(page: Page) -> list[str]:
    """Return the names of those compared, in order."""
    return page.locator(f"#{Compare.HEADS} h3").all_inner_texts()


# ---- the keyboard


def tab_to(page: Page, id_: str, most: int = 150) -> None:
    """Press Tab until a component, or something inside it, has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(id) => Boolean(document.activeElement.closest(`#${CSS.escape(id)}`))", id_):
            return
    raise AssertionError(f"{most} tabs do not lead to {id_}")


def choose_by_keys(page: Page, text: str) -> None:
    """Open a list that has the focus, type, and take the first that fits."""
    page.keyboard.press("Enter")
    type_to_search(page, text)
    page.wait_for_function(
        """(text) => {
            const first = document.querySelector(".dash-dropdown-content label.dash-dropdown-option");
            return first && first.innerText.includes(text);
        }""",
        arg=text,
    )
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def type_to_search(page: Page, text: str) -> None:
    """Type into the search of a list that was opened, once it has the focus: what comes before is lost."""
    page.wait_for_function("() => document.activeElement.matches('.dash-dropdown-content input')")
    page.keyboard.type(text)


def compare_also(page: Page, name: str) -> None:
    """Add a candidate or proposal to those compared, out of the list."""
    page.click(f"#{Compare.CHOICE}")
    type_to_search(page, name)
    page.locator(".dash-dropdown-content label", has_text=name).first.click()
    page.keyboard.press("Escape")
    page.wait_for_function(
        "([id, name]) => document.getElementById(id).innerText.includes(name)", arg=[str(Compare.HEADS), name]
    )
    until_compared(page)
