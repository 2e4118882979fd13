"""Use a screen as a person does, by pointer and keyboard, and time what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator

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

Watched = dict[str, str]


@dataclass(frozen=True, eq=False)
class Way:
    """One of the two ways of drawing: the ids of its controls and what shows that it has drawn.

    `project` turns [lon, lat] into pixels of the plot; `painted` counts the districts in sight.
    Each kind of action names what is timed: a name for the figure, and the watcher in clock.js
    that sees the change.
    """

    name: str
    graph: str
    fill: str
    overlays: str
    conflict_period: str
    hazard_period: str
    project: str
    painted: str
    recoloured: Watched
    toggled: Watched
    redrawn: Watched = field(default_factory=lambda: {"painted": "plot"})
    tool: str = ""  # what is taken up before a click draws, where a first click only looks
    years: str = ""  # what is pressed before a period can be moved


OURS = Way(
    "ours", Map.GRAPH, Map.FILL, Map.OVERLAYS, Map.CONFLICT_SLIDER, Map.HAZARD_SLIDER,
    project="(gd, at) => gd._fullLayout.geo._subplot.projection(at)",
    painted="(graph) => [...document.querySelectorAll(graph + ' path.choroplethlocation')]"
    ".filter((path) => path.style.fill && path.getBBox().width > 0).length",
    recoloured={"painted": "appearance"},
    toggled={"painted": "appearance", "outlined": "outline", "judged": "panel"},
    tool=f"#{Map.TOOL} label:has(input[value=click])",
    years=f"#{Map.TIMELINE_TOGGLE}[aria-expanded=false]",
)  # fmt: skip
PLAIN = Way(
    "plain", plain.PAGE["graph"], plain.PAGE["fill"], plain.PAGE["overlays"],
    plain.PAGE["conflict_period"], plain.PAGE["hazard_period"],
    project="(gd, at) => { const p = gd._fullLayout.map._subplot.map.project(at); return [p.x, p.y]; }",
    painted="""(graph) => {
        const map = document.querySelector(graph + " .js-plotly-plot")._fullLayout.map._subplot.map;
        const layers = map.getStyle().layers.filter((layer) => layer.type === "fill").map((layer) => layer.id);
        return new Set(map.queryRenderedFeatures({ layers }).map((feature) => feature.id)).size;
    }""",
    recoloured={"painted": "plot"},
    toggled={"painted": "plot"},
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """What one action took: milliseconds by name, and everything received because of it."""

    times: dict[str, float]
    received: list[Received]


class Screen:
    """One page of one of the two ways, in a browser context of its own with an empty cache."""

    def __init__(self, browser: Browser, way: Way, address: str):
        self.way = way
        self._address = address
        self._context = browser.new_context(viewport=VIEWPORT)
        self._context.add_init_script(CLOCK)
        self._context.add_init_script(f"benchClock.awaitFirst('{way.name}', '#{way.graph}')")
        self.page = self._context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.traffic = Traffic(self.page)

    def close(self) -> None:
        """Close the page and forget its cache."""
        self._context.close()

    def open(self) -> Sample:
        """Open the screen; times: `usable` from the start of navigation, `quiet` when work ended."""
        return self._load(lambda: self.page.goto(self._address, wait_until="commit"))

    def reload(self) -> Sample:
        """Load the screen again, with what the browser keeps."""
        return self._load(lambda: self.page.reload(wait_until="commit"))

    def _load(self, go: Callable[[], object]) -> Sample:
        self.traffic.reset()
        go()
        self.page.wait_for_function("() => window.benchClock && benchClock.first.usable", polling=POLL_MS)
        self.traffic.settle()
        self.page.wait_for_timeout(QUIET_MS)
        usable = self.page.evaluate("benchClock.first.usable")
        quiet = max(usable, self.page.evaluate("benchClock.quietAt()"))
        return Sample({"usable": usable, "quiet": quiet}, list(self.traffic.received))

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
        return self._press(box, self.way.redrawn)

    def take_up_tool(self) -> None:
        """Take up the tool with which a click draws."""
        if self.way.tool:
            self.page.locator(self.way.tool).click()

    def toggle(self, place: tuple[float, float]) -> Sample:
        """Click on the district at [lon, lat]."""
        return self._press_at(*self.pixel(place), self.way.toggled)

    def move_period(self, which: str, *, forward: bool, recolours: bool) -> Sample:
        """Move the first year of a period by a page; which: conflict_period or hazard_period."""
        thumb = self.page.locator(f"#{getattr(self.way, which)} [role=slider]").first
        if self.way.years and self.page.locator(self.way.years).count():
            self.page.locator(self.way.years).click()
        thumb.focus()
        watched = self.way.recoloured if recolours else self.way.redrawn
        return self._act(KEY, watched, lambda: self.page.keyboard.press("PageUp" if forward else "PageDown"))

    def pixel(self, place: tuple[float, float]) -> tuple[float, float]:
        """Return where a [lon, lat] is on the page."""
        return tuple(
            self.page.evaluate(
                f"""([graph, at]) => {{
                    const gd = document.querySelector(graph + " .js-plotly-plot");
                    const box = gd.getBoundingClientRect();
                    const [x, y] = ({self.way.project})(gd, at);
                    return [box.x + x, box.y + y];
                }}""",
                [f"#{self.way.graph}", list(place)],
            )
        )

    def district_at(self, place: tuple[float, float]) -> str | None:
        """Return the district that plotly finds under the pointer at [lon, lat]; None for another mark."""
        x, y = self.pixel(place)
        self.page.mouse.move(x - 2, y - 2)
        self.page.mouse.move(x, y)
        self.page.wait_for_timeout(REST_MS)
        return self.page.evaluate(
            """(graph) => {
                const [point] = document.querySelector(graph + " .js-plotly-plot")._hoverdata || [];
                return (point && point.location) || null;
            }""",
            f"#{self.way.graph}",
        )

    def _press(self, target: Locator, watched: Watched) -> Sample:
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        return self._press_at(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, watched)

    def _press_at(self, x: float, y: float, watched: Watched) -> Sample:
        # plotly learns from the pointer's way which district it is over
        self.page.mouse.move(x - 2, y - 2)
        self.page.mouse.move(x, y)

        def press() -> None:
            self.page.mouse.down()
            self.page.mouse.up()

        return self._act(RELEASE, watched, press)

    def _act(self, start: str, watched: Watched, do: Callable[[], None]) -> Sample:
        self.page.wait_for_timeout(REST_MS)
        self.traffic.reset()
        self.page.evaluate("([s, g, w]) => benchClock.arm(s, g, w)", [start, f"#{self.way.graph}", watched])
        do()
        self.page.wait_for_function("() => benchClock.finished()", polling=POLL_MS)
        self.traffic.settle()
        return Sample(self.page.evaluate("benchClock.result().times"), list(self.traffic.received))
