"""Measure how the browser's modules come over a slow line: `python -m tests.benchmarks.delivery [--only WAY]`.

Three ways: `joined`, as it is served; `modules`, each by itself, told of beforehand (modulepreload) and run before
Dash; `screen`, one script of what a screen needs and no other. The map, the register and the comparison are opened in
a fresh browser and once more, at 1.6 Mbps and 300 ms: time until the map or list is there, bytes and requests.
"""

import argparse
import gzip
import re
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import flask
from playwright.sync_api import Browser

from dashboard.web.joining import joined
from tests import chromium
from tests.benchmarks.serving import served
from tests.root import ROOT

WAYS = ("joined", "modules", "screen")
LINE = {"offline": False, "latency": 300, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 1.6e6 / 8}
REPETITIONS = 5
PATIENCE_MS = 90_000
MODULES = ROOT / "assets" / "js"
# by screen: its address, when it can be used, and its modules besides those of the frame
SCREENS = {
    "map": ("/", "#map-graph[data-ready=yes]", ()),
    "register": ("/registro", "#register-found .found-count", ("register", "lists")),
    "comparison": ("/comparar", "#compare-maps path.choroplethlocation[style*=fill]", ("compare",)),
}
# what the frame needs on any screen: drawings, addresses, what is typed
FRAME = ("map", "saving")
USABLE = """
const look = () => document.querySelector(%r) ? (window.usableAt = performance.now()) : requestAnimationFrame(look);
requestAnimationFrame(look);"""


def create_server(way: str) -> flask.Flask:
    """Return the application with its modules delivered in one of the ways."""
    from dashboard.app import create_app  # of the server alone

    app = create_app()
    as_served = app.interpolate_index
    change: Callable[[str], str] = {"joined": str, "modules": _by_themselves, "screen": _of_a_screen}[way]
    app.interpolate_index = lambda **parts: change(as_served(**parts))
    packed = {name: gzip.compress(body, 9) for name, body in _files(way).items()}

    whole = app.server.wsgi_app  # it has answered already: no address can be added to it

    def measured(environ: dict, start: Callable) -> Iterable[bytes]:
        body = packed.get(environ["PATH_INFO"].removeprefix("/measured/"))
        if body is None:
            return whole(environ, start)
        answer = flask.Response(body, mimetype="text/javascript")
        answer.headers |= {"Content-Encoding": "gzip", "Cache-Control": "public, max-age=31536000, immutable"}
        return answer(environ, start)

    app.server.wsgi_app = measured
    return app.server


def _files(way: str) -> dict[str, bytes]:
    if way == "modules":
        return {path.relative_to(MODULES).as_posix(): path.read_bytes() for path in MODULES.rglob("*.js")}
    return {f"{name}.js": _bundle(parts) for name, (_, _, parts) in SCREENS.items()} if way == "screen" else {}


def _bundle(parts: tuple[str, ...]) -> bytes:
    with tempfile.TemporaryDirectory() as aside:
        folder = Path(shutil.copytree(MODULES, Path(aside) / "js"))
        main = folder / "main.js"
        others = re.compile(rf'^import "\./screens/(?!(?:{"|".join(FRAME + parts)})\.js)\w+\.js";\n', re.M)
        main.write_text(others.sub("", main.read_text("utf-8")), "utf-8")
        return joined(folder, "main.js").encode()


_OWN = re.compile(r'<script src="[^"]*browser\.[0-9a-f]+\.js"></script>')


def _by_themselves(document: str) -> str:
    names = (path.relative_to(MODULES).as_posix() for path in sorted(MODULES.rglob("*.js")))
    told = "".join(f'<link rel="modulepreload" href="/measured/{name}">' for name in names)
    head, body = _OWN.sub('<script type="module" src="/measured/main.js"></script>', document).split("<footer>")
    # Dash runs after them: modules wait for the document, and so has it to
    body = body.replace("<script src=", "<script defer src=").replace('type="application/javascript"', 'type="module"')
    return f"{head.replace('</head>', f'{told}</head>')}<footer>{body}"


def _of_a_screen(document: str) -> str:
    path = flask.request.path
    name = next((name for name, (own, _, _) in SCREENS.items() if own == path), "map")
    return _OWN.sub(f'<script src="/measured/{name}.js"></script>', document)


def visits(browser: Browser, address: str, usable: str) -> list[dict[str, float]]:
    """Open an address in a fresh browser, and once more: seconds until usable, kB and requests of each visit."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.add_init_script(USABLE % usable)
    try:
        return [_visit(context, address) for _ in range(2)]
    finally:
        context.close()


def _visit(context: Any, address: str) -> dict[str, float]:
    page, asked, cached, bytes_ = context.new_page(), set(), set(), []
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.on("Network.requestWillBeSent", lambda told: asked.add(told["requestId"]))
    line.on("Network.requestServedFromCache", lambda told: cached.add(told["requestId"]))
    line.on(
        "Network.responseReceived",
        lambda told: cached.add(told["requestId"]) if told["response"].get("fromDiskCache") else None,
    )
    line.on("Network.loadingFinished", lambda told: bytes_.append(told["encodedDataLength"]))
    page.goto(address, wait_until="commit", timeout=PATIENCE_MS)
    page.wait_for_function("() => window.usableAt", timeout=PATIENCE_MS)
    page.wait_for_load_state("networkidle")
    usable = page.evaluate("() => window.usableAt")
    page.close()
    return {"s": usable / 1000, "kB": sum(bytes_) / 1000, "requests": len(asked - cached)}


def main() -> None:
    """Measure and print one line a way, screen and visit."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.delivery")
    parser.add_argument("--only", choices=WAYS)
    only = parser.parse_args().only
    print("| way | screen | visit | s until usable | kB | requests |\n|---|---|---|---|---|---|")
    with chromium.started() as browser:
        for way in (only,) if only else WAYS:
            with served(f"tests.benchmarks.delivery:create_server('{way}')", {}) as address:
                for name, (path, usable, _) in SCREENS.items():
                    made = [visits(browser, address.rstrip("/") + path, usable) for _ in range(REPETITIONS)]
                    for visit, samples in zip(("first", "second"), zip(*made, strict=True), strict=True):
                        middle = {key: statistics.median(s[key] for s in samples) for key in samples[0]}
                        figures = f"{middle['s']:.2f} | {middle['kB']:.0f} | {middle['requests']:.0f}"
                        print(f"| {way} | {name} | {visit} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
