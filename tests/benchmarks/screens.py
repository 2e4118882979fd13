"""Use a screen as a person does, by pointer and keyboard, and time what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, Locator

from dashboard import texts
from dashboard.pages.map.ids import Map
from tests.benchmarks import plain
from tests.benchmarks.traffic import Received, Traffic

VIEWPORT = {"width": 1366, "height": 768}
CLOCK = (Path(__file__).parent / "clock.js").read_text(encoding="utf-8")
POLL_MS = 25
REST_MS = 200
QUIET_MS = 700
PATIENCE_MS = 60_000
RELEASE, KEY = "pointerup", "keydown"
# screens that show no map
WITHOUT_MAP = ("datos", "cuentas")

Watched = dict[str, str]


@dataclass(frozen=True, eq=False)
class Way:
    """One of the ways of drawing: the ids of its controls and what shows that it has drawn.

    `project` turns [lon, lat] into pixels of the page; `painted` counts the districts in sight; `under` tells which
    district a click at a pixel takes. Each kind of action names what is timed: a name for the figure, and the watcher
    in clock.js that sees the change.
    """

    name: str
    first: str  # how clock.js knows that it has drawn for the first time
    graph: str
    fill: str
    overlays: str
    conflict_period: str
    hazard_period: str
    project: str
    painted: str
    under: str
    recoloured: Watched
    toggled: Watched
    redrawn: Watched
    tool: str = ""  # what is taken up before a click draws, where a first click only looks
    years: str = ""  # what is pressed before a period can be moved


def _plain(name: str, project: str, painted: str) -> Way:
    drawn = {"painted": "plot"}
    return Way(
        name, "plain", plain.PAGE["graph"], plain.PAGE["fill"], plain.PAGE["overlays"],
        plain.PAGE["conflict_period"], plain.PAGE["hazard_period"],
        project=f"""(graph, at) => {{
            const gd = document.querySelector(graph + " .js-plotly-plot");
            const box = gd.getBoundingClientRect();
            const [x, y] = ({project})(gd, at);
            return [box.x + x, box.y + y];
        }}""",
        painted=painted,
        under="""(graph) => {
            const [point] = document.querySelector(graph + " .js-plotly-plot")._hoverdata || [];
            return (point && point.location) || null;
        }""",
        recoloured=drawn, toggled=drawn, redrawn=drawn,
    )  # fmt: skip


OURS = Way(
    "ours", "ours", Map.GRAPH, Map.FILL, Map.OVERLAYS, Map.CONFLICT_SLIDER, Map.HAZARD_SLIDER,
    project="""(graph, at) => {
        const box = amazonia.map.engine().node.getBoundingClientRect();
        const [x, y] = amazonia.map.screen().pixel(at);
        return [box.x + x, box.y + y];
    }""",
    painted="""(graph) => [...document.querySelectorAll(graph + " path.district")]
        .filter((path) => path.getAttribute("fill") && path.getBBox().width > 0).length""",
    # a click takes the district under it, whatever mark lies there, but not through a tool over the map
    under="""(graph, [x, y]) => {
        const top = document.elementFromPoint(x, y);
        if (!top || top.closest(".map-leaf") !== amazonia.map.engine().node) return null;
        const point = new DOMPoint(x, y);
        const holds = (path) => path.isPointInFill(point.matrixTransform(path.getScreenCTM().inverse()));
        return [...document.querySelectorAll(graph + " path.district")].find(holds)?.dataset.u || null;
    }""",
    recoloured={"painted": "fills"},
    toggled={"painted": "marks", "outlined": "outline", "judged": "panel"},
    redrawn={"painted": "overlay"},
    tool=f"#{Map.TOOL} label:has(input[value=click])",
    years=f"#{Map.TIMELINE_TOGGLE}[aria-expanded=false]",
)  # fmt: skip
PLAIN_WEBGL = _plain(
    plain.WEBGL,
    project="(gd, at) => { const p = gd._fullLayout.map._subplot.map.project(at); return [p.x, p.y]; }",
    painted="""(graph) => {
        const map = document.querySelector(graph + " .js-plotly-plot")._fullLayout.map._subplot.map;
        const layers = map.getStyle().layers.filter((layer) => layer.type === "fill").map((layer) => layer.id);
        return new Set(map.queryRenderedFeatures({ layers }).map((feature) => feature.id)).size;
    }""",
)
PLAIN_SVG = _plain(
    plain.SVG,
    project="(gd, at) => gd._fullLayout.geo._subplot.projection(at)",
    painted="""(graph) => [...document.querySelectorAll(graph + " path.choroplethlocation")]
        .filter((path) => path.getAttribute("fill") && path.getBBox().width > 0).length""",
)
PLAIN = (PLAIN_WEBGL, PLAIN_SVG)


@dataclass(frozen=True)
class Sample:
    """What one action took: milliseconds by name, and everything received because of it."""

    times: dict[str, float]
    received: list[Received]


class Screen:
    """One page of one of the ways, in a browser context of its own with an empty cache."""

    def __init__(self, browser: Browser, way: Way, address: str):
        self.way = way
        self._address = address
        self._context = browser.new_context(viewport=VIEWPORT)
        self._context.add_init_script(CLOCK)
        title = texts.say("es", "shell.title")
        self._context.add_init_script(f"benchClock.awaitFirst('{way.first}', '#{way.graph}', '{title}')")
        self.page = self._context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.traffic = Traffic(self.page)

    def close(self) -> None:
        """Close the page and forget its cache."""
        self._context.close()

    def open(self) -> Sample:
        """Open the screen; times from the start of navigation: `usable`, `quiet` when work ended, `framed` when the
        head of the page was seen (ours alone)."""
        return self._load(lambda: self.page.goto(self._address, wait_until="commit"))

    def reload(self) -> Sample:
        """Load the screen again, with what the browser keeps."""
        return self._load(lambda: self.page.reload(wait_until="commit"))

    def open_by_slow_line(self) -> Sample:
        """Open the screen with all that it needs coming by a slow line."""
        self.traffic.slow_down()
        return self.open()

    def open_without_map(self, path: str) -> Sample:
        """Open a screen that has no map; no times, only what came."""
        self.traffic.reset()
        self.page.goto(self._address + path)
        self.page.locator(".header").wait_for()
        self.traffic.settle()
        return Sample({}, list(self.traffic.received))

    def _load(self, go: Callable[[], object]) -> Sample:
        self.traffic.reset()
        go()
        self.page.wait_for_function("() => window.benchClock && benchClock.first.usable", polling=POLL_MS)
        self.traffic.settle()
        self.page.wait_for_timeout(QUIET_MS)
        times = {name: at for name, at in self.page.evaluate("benchClock.first").items() if at is not None}
        times["quiet"] = max(times["usable"], self.page.evaluate("benchClock.quietAt()"))
        began = self.page.evaluate("performance.timeOrigin")
        received = [replace(one, asked_ms=one.asked_ms - began) for one in self.traffic.received]
        return Sample(times, received)

    def painted(self) -> int:
        """Return how many districts are painted on the map."""
        return self.page.evaluate(self.way.painted, f"#{self.way.graph}")

    def map_size(self) -> tuple[int, int]:
        """Return width and height of the map in pixels."""
        box = self.page.locator(f"#{self.way.graph}").bounding_box()
        return round(box["width"]), round(box["height"])

    # ---- what a person does

    def choose_fill(self, key: str) -> Sample:
        """Choose what fills the map; the list of choices is open when the clock starts."""
        self.page.locator(f"#{self.way.fill}").click()
        option = self.page.locator(".dash-dropdown-content label").filter(
            has=self.page.locator(f'input[value="{key}"]')
        )
        return self._press(option, self.way.recoloured)

    def switch(self, overlay: str) -> Sample:
        """Switch an overlay on or off."""
        box = self.page.locator(f'#{self.way.overlays} input[value="{overlay}"]')
        return self._press(box, self.way.redrawn, overlay)

    def take_up_tool(self) -> None:
        """Take up the tool with which a click draws."""
        if self.way.tool:
            self.page.locator(self.way.tool).click()

    def toggle(self, place: tuple[float, float]) -> Sample:
        """Click on the district at [lon, lat]."""
        return self._press_at(*self.pixel(place), self.way.toggled)

    def move_period(self, which: str, *, forward: bool, overlay: str = "") -> Sample:
        """Move the first year of a period by a page; which: conflict_period or hazard_period.

        overlay: the overlay that is drawn anew; without one it is the fill that changes.
        """
        if self.way.years and self.page.locator(self.way.years).count():
            self.page.locator(self.way.years).click()
        self.page.locator(f"#{getattr(self.way, which)} [role=slider]").first.focus()
        watched = self.way.redrawn if overlay else self.way.recoloured
        return self._act(
            KEY, watched, lambda: self.page.keyboard.press("PageUp" if forward else "PageDown"), about=overlay
        )

    def pixel(self, place: tuple[float, float]) -> tuple[float, float]:
        """Return where a [lon, lat] is on the page."""
        return tuple(
            self.page.evaluate(f"([graph, at]) => ({self.way.project})(graph, at)", [f"#{self.way.graph}", list(place)])
        )

    def district_at(self, place: tuple[float, float]) -> str | None:
        """Return the district that a click at [lon, lat] takes; None for another mark."""
        x, y = self.pixel(place)
        self.page.mouse.move(x - 2, y - 2)
        self.page.mouse.move(x, y)
        self.page.wait_for_timeout(REST_MS)
        return self.page.evaluate(f"([graph, at]) => ({self.way.under})(graph, at)", [f"#{self.way.graph}", [x, y]])

    def _press(self, target: Locator, watched: Watched, about: str = "") -> Sample:
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        return self._press_at(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, watched, about)

    def _press_at(self, x: float, y: float, watched: Watched, about: str = "") -> Sample:
        # plotly learns from the pointer's way which district it is over
        self.page.mouse.move(x - 2, y - 2)
        self.page.mouse.move(x, y)

        def press() -> None:
            self.page.mouse.down()
            self.page.mouse.up()

        return self._act(RELEASE, watched, press, about)

    def _act(self, start: str, watched: Watched, do: Callable[[], None], about: str = "") -> Sample:
        self.page.wait_for_timeout(REST_MS)
        self.traffic.reset()
        self.page.evaluate("(how) => benchClock.arm(...how)", [start, f"#{self.way.graph}", watched, about])
        do()
        self.page.wait_for_function("() => benchClock.finished()", polling=POLL_MS)
        self.traffic.settle()
        return Sample(self.page.evaluate("benchClock.result().times"), list(self.traffic.received))
