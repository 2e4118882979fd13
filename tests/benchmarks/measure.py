"""Run all ways through the same actions on the same data, turn by turn, and keep every sample."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import orjson
from playwright.sync_api import Browser

from dashboard.settings import PREFIX
from dashboard.web import publish
from geodata.model.dataset import Dataset
from layers import series
from tests.benchmarks import plain
from tests.benchmarks.screens import OURS, PLAIN, WITHOUT_MAP, Sample, Screen, Way
from tests.benchmarks.serving import OURS as OUR_APPLICATION
from tests.benchmarks.serving import PLAIN as PLAIN_APPLICATION
from tests.benchmarks.serving import served

# there and back, so that both directions of a change are warm; one more before an odd number of
# repetitions, so that every step ends as it began
WARM_UP = 2
FILLS = ("gap_education", "gap_health")
CLICKABLE_RANKS = range(2, 30)
# further down a page lies what is said of the last click
CLICKABLE_PX = 560


@dataclass(frozen=True)
class Scenario:
    """One data set: the bars that it is held to, its folder (None: the one that ships), and the overlays that it has
    figures for."""

    title: str
    bars: str
    dataset: Dataset
    folder: Path | None
    overlays: tuple[str, ...]
    has_conflicts: bool
    has_slow_line: bool
    note: str = ""


@dataclass
class Results:
    """Samples by step and way, and what is known of the geometry: bytes as they are."""

    scenario: Scenario
    map_size: tuple[int, int] = (0, 0)
    geometry_bytes: int = 0
    samples: dict[tuple[str, str], list[Sample]] = field(default_factory=lambda: defaultdict(list))

    def keep(self, step: str, way: Way, sample: Sample, turn: int, warm_up: int) -> None:
        """Keep a sample, unless it belongs to the warm-up."""
        if turn >= warm_up:
            self.samples[step, way.name].append(sample)


def measure(browser: Browser, scenario: Scenario, repetitions: int, tell: Callable[[str], None]) -> Results:
    """Measure all ways on one data set; `tell` hears what is being done."""
    results = Results(scenario)
    results.geometry_bytes = len(orjson.dumps(publish.limits(scenario.dataset)))
    environment = {PREFIX + "DATA": str(scenario.folder)} if scenario.folder else {}
    with ExitStack() as stack:
        ours = stack.enter_context(served(OUR_APPLICATION, environment))
        results.map_size = _map_size(browser, ours)
        environment |= {plain.SIZE_VARIABLE: "x".join(map(str, results.map_size))}
        addresses = {OURS: ours}
        for way in PLAIN:
            drawn = environment | {plain.DRAWN_VARIABLE: way.name}
            addresses[way] = stack.enter_context(served(PLAIN_APPLICATION, drawn))
        tell("loading")
        _loads(browser, addresses, results, repetitions)
        if scenario.has_slow_line:
            tell("loading by a slow line, and screens without a map")
            _loads_of_ours(browser, ours, results, repetitions)
        screens = [Screen(browser, way, address) for way, address in addresses.items()]
        for screen in screens:
            stack.callback(screen.close)
            screen.open()
            screen.take_up_tool()
            _hold_that_all_is_drawn(screen, scenario)
        for step, act in _steps(scenario, _clickable(screens, scenario)):
            tell(step)
            warm_up = WARM_UP + repetitions % 2
            for turn in range(repetitions + warm_up):
                for screen in screens:
                    results.keep(step, screen.way, act(screen, turn), turn, warm_up)
    return results


def _hold_that_all_is_drawn(screen: Screen, scenario: Scenario) -> None:
    """Raise RuntimeError where a way does not paint every district that has limits: what is compared is the same."""
    painted, districts = screen.painted(), int(scenario.dataset.limits.geometry.notna().sum())
    if painted != districts:
        raise RuntimeError(f"{screen.way.name} paints {painted} of {districts} districts")


def _map_size(browser: Browser, address: str) -> tuple[int, int]:
    screen = Screen(browser, OURS, address)
    try:
        screen.open()
        return screen.map_size()
    finally:
        screen.close()


def _loads(browser: Browser, addresses: dict[Way, str], results: Results, repetitions: int) -> None:
    """Load each way in a new context, cold, and once more, warm."""
    for turn in range(repetitions + 1):
        for way, address in addresses.items():
            screen = Screen(browser, way, address)
            try:
                results.keep("cold", way, screen.open(), turn, 1)
                results.keep("warm", way, screen.reload(), turn, 1)
            finally:
                screen.close()


def _loads_of_ours(browser: Browser, address: str, results: Results, repetitions: int) -> None:
    """Load what is held to figures of its own, each time in a new context."""
    loads = {"slow": Screen.open_by_slow_line}
    loads |= {f"no map {path}": partial(Screen.open_without_map, path=path) for path in WITHOUT_MAP}
    for turn in range(repetitions + 1):
        for step, load in loads.items():
            screen = Screen(browser, OURS, address)
            try:
                results.keep(step, OURS, load(screen), turn, 1)
            finally:
                screen.close()


Act = Callable[[Screen, int], Sample]


def _steps(scenario: Scenario, place: tuple[float, float]) -> Iterator[tuple[str, Act]]:
    """Yield every step of the interactions, in an order in which each leaves things as it found them."""
    yield "recolour", lambda screen, turn: screen.choose_fill(FILLS[turn % 2])
    yield "toggle", lambda screen, turn: screen.toggle(place)
    for overlay in scenario.overlays:
        yield f"overlay {overlay}", lambda screen, turn, overlay=overlay: screen.switch(overlay)
    if scenario.has_conflicts:
        yield from _periods()


def _periods() -> Iterator[tuple[str, Act]]:
    """Yield the steps that move a period: over the overlay of conflicts, then over a fill of cases."""

    def overlaid(screen: Screen, turn: int) -> Sample:
        if turn == 0:
            screen.switch("conflicts")
        return screen.move_period("conflict_period", forward=turn % 2 == 0, overlay="conflicts")

    def filled(screen: Screen, turn: int) -> Sample:
        if turn == 0:
            screen.switch("conflicts")
            screen.choose_fill(series.CONFLICT_CASES)
        return screen.move_period("conflict_period", forward=turn % 2 == 0)

    yield "period overlay", overlaid
    yield "period fill", filled


def _clickable(screens: list[Screen], scenario: Scenario) -> tuple[float, float]:
    """Return a [lon, lat] inside a large district which every screen takes for it. Raises LookupError."""
    districts = scenario.dataset.territory.districts
    shapes = scenario.dataset.limits.geometry
    ordered = sorted(shapes.index, key=lambda ubigeo: -districts[ubigeo].area_km2)
    for ubigeo in ordered[CLICKABLE_RANKS.start : CLICKABLE_RANKS.stop]:
        inside = shapes[ubigeo].representative_point()
        place = inside.x, inside.y
        is_high = all(screen.pixel(place)[1] < CLICKABLE_PX for screen in screens)
        if is_high and all(screen.district_at(place) == ubigeo for screen in screens):
            return place
    raise LookupError("no large district lies open to a click")


def machine(browser: Browser) -> list[str]:
    """Return what the figures depend on: processor, browser, how it draws."""
    page = browser.new_page()
    renderer = page.evaluate(
        """() => {
            const gl = document.createElement("canvas").getContext("webgl2");
            const told = gl && gl.getExtension("WEBGL_debug_renderer_info");
            return gl ? gl.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER) : "none";
        }"""
    )
    page.close()
    soft = any(word in renderer for word in ("SwiftShader", "llvmpipe"))
    load = os.getloadavg()[0]
    return [
        f"cores: {os.cpu_count()}; load average of the last minute: {load:.1f}",
        f"Chromium {browser.version}, headless",
        f"WebGL: {renderer}" + (" (software: a graphics card would draw the plain way faster)" if soft else ""),
    ]
