"""Measure ways of drawing districts inside the application: `python -m tests.benchmarks.engines`.

On the page as it is served, with its own limits and in a frame of the map's size: what our sheet does, what Leaflet's
own vectors do as SVG and as canvas. First: until the first frame of the map; then medians of colouring every district
anew and of marking one, each until the frame that shows it; then frames while the map is dragged, the worst of 20.
"""

import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from dashboard.settings import PREFIX
from tests.benchmarks import peru
from tests.benchmarks.__main__ import BROWSERS
from tests.benchmarks.serving import OURS, served

REPETITIONS = 21
WAYS = ("our sheet", "Leaflet, SVG", "Leaflet, canvas")
MEASURE = """async ([way, repetitions]) => {
    const shown = () => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));
    const limits = await (await fetch(document.getElementById("published-limits").href)).json();
    const host = document.createElement("div");
    const place = { position: "fixed", left: "0", top: "0", width: "820px", height: "605px", zIndex: 9999 };
    Object.assign(host.style, place);
    document.body.append(host);
    await shown();
    const begun = performance.now();
    const box = amazonia.geometry.bounds(limits.features.map((f) => f.id));
    const colours = ["#f6f2e4", "#eddfb8", "#e3c68b", "#d5a669", "#bf8550"];
    const colour = (i, n) => colours[(i + n) % colours.length];
    let map, recolour, mark;
    if (way === "our sheet") {
        const own = amazonia.sheet.begin(host);
        amazonia.sheet.layLand(own);
        map = own.leaflet;
        const paint = (n) => new Map(limits.features.map((f, i) => [f.id, colour(i, n)]));
        amazonia.sheet.paint(own, paint(0), []);
        own.fit(box);
        recolour = (n) => amazonia.sheet.paint(own, paint(n), []);
        mark = (n) => amazonia.sheet.choose(own, n % 2 ? [limits.features[7].id] : []);
    } else {
        const renderer = way === "Leaflet, SVG" ? L.svg() : L.canvas();
        map = L.map(host, { renderer, zoomSnap: 0, attributionControl: false, zoomAnimation: false });
        map.fitBounds([[box[1], box[0]], [box[3], box[2]]], { animate: false });
        const style = (i, n) => ({ color: "#1c2b3a", weight: 0.7, fillColor: colour(i, n), fillOpacity: 1 });
        const drawn = limits.features.filter((f) => f.geometry).map((f, i) =>
            L.geoJSON(f, { style: style(i, 0), interactive: false, smoothFactor: 0 }).addTo(map));
        recolour = (n) => drawn.forEach((layer, i) => layer.setStyle(style(i, n)));
        mark = (n) => drawn[7].setStyle(n % 2 ? { color: "#1769d2", weight: 3 } : style(7, 0));
    }
    await shown();
    const first = performance.now() - begun;
    const timed = async (act) => {
        const times = [];
        for (let n = 1; n <= repetitions; n++) {
            await new Promise((go) => setTimeout(go, 40));
            const before = performance.now();
            act(n);
            await shown();
            times.push(performance.now() - before);
        }
        return times;
    };
    const recolours = await timed(recolour);
    const marks = await timed(mark);
    const frames = [];
    for (let n = 0; n < 20; n++) {
        const before = performance.now();
        map.panBy([n % 2 ? 9 : -9, 6], { animate: false });
        await new Promise((seen) => requestAnimationFrame(seen));
        frames.push(performance.now() - before);
    }
    map.remove();
    host.remove();
    return { first, recolours, marks, frames };
}"""


@contextmanager
def folders() -> Iterator[list[tuple[str, dict[str, str]]]]:
    """Give the data sets: what they are called, and what has the application serve them."""
    found: list[tuple[str, dict[str, str]]] = [("238, a sketch", {})]
    with tempfile.TemporaryDirectory() as folder:
        if peru.SOURCE.exists():
            peru.write(peru.read(), Path(folder))
            found.append(("1,826, official", {f"{PREFIX}DATA": folder}))
        yield found


def measured(page: Page, address: str, way: str) -> str:
    """Return a row of the table: first / recolour all / mark one / worst frame of a drag, in ms."""
    page.goto(address)
    page.wait_for_selector("#map-graph[data-ready=yes]")
    page.wait_for_timeout(1500)
    took = page.evaluate(MEASURE, [way, REPETITIONS])
    middles = [took["first"], *(statistics.median(took[name]) for name in ("recolours", "marks"))]
    return " / ".join(f"{ms:.0f}" for ms in (*middles, max(took["frames"])))


def main() -> int:
    """Print the table; 1 where there is no Chromium."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        print("Chromium is needed (on Debian: apt-get install chromium).", file=sys.stderr)
        return 1
    with sync_playwright() as playwright, folders() as scenarios:
        browser = playwright.chromium.launch(executable_path=executable)
        for title, environment in scenarios:
            with served(OURS, environment) as address:
                for way in WAYS:
                    page = browser.new_page(viewport={"width": 1366, "height": 768})
                    print(f"| {title} | {way} | {measured(page, address, way)} |", flush=True)
                    page.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
