"""Maps of other servers below ours: nothing is asked of them until one is chosen, and none can break the map."""

import struct
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dashboard.pages.data.backdrops import Backdrops
from dashboard.pages.map.ids import Map
from tests.browser import driving

SIDE = 256  # pixels of a tile
CREDIT = "© Prueba de fondos"


def png() -> bytes:
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(b"".join(b"\0" + b"\xcc" * SIDE for _ in range(SIDE)))
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class Tiles(BaseHTTPRequestHandler):
    """Answer every question with the same tile; note what was asked."""

    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(self.server.status)
        self.send_header("Content-Type", "image/png")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(png() if self.server.status == 200 else b"")

    def log_message(self, *_):
        pass


@pytest.fixture
def tiles():
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    httpd.asked, httpd.status = [], 200
    httpd.handle_error = lambda *_: None
    threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield httpd
    httpd.shutdown()
    httpd.server_close()


# how far each tile lies from where the plane of the map has its corner, in pixels
APART = """() => {
    const [map, own] = [amazonia.map.engine(), amazonia.map.engine().node.getBoundingClientRect()];
    return [...map.node.querySelectorAll("img.leaflet-tile-loaded")].map((tile) => {
        const [z, x, y] = tile.src.match(/(\\d+)\\/(\\d+)\\/(\\d+)\\.png/).slice(1).map(Number);
        const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI;
        const [left, top] = amazonia.map.screen().pixel([(x / 2 ** z) * 360 - 180, lat]);
        const box = tile.getBoundingClientRect();
        return Math.max(Math.abs(box.left - own.left - left), Math.abs(box.top - own.top - top));
    });
}"""
REFUSED = """(address) => new Promise((done) => {
    const refused = ({ effectiveDirective }) => done(effectiveDirective);
    document.addEventListener("securitypolicyviolation", refused, { once: true });
    Object.assign(new Image(), { src: address, onload: () => done("loaded") });
})"""


def test_a_backdrop_is_offered_chosen_and_read_below_the_land_and_can_fail_alone(enter, record_url, tiles):
    watched, server = enter(record_url), f"http://127.0.0.1:{tiles.server_port}"
    page = watched.page
    page.goto("/datos")
    page.click(f"#{Backdrops.ROOT} summary")
    for name, value in (("name", "Prueba"), ("address", f"{server}/{{z}}/{{x}}/{{y}}.png"), ("attribution", CREDIT)):
        page.fill(f"#backdrop-{name}", value)
    page.click("#backdrop-save")
    page.wait_for_selector(f"#{Backdrops.ROOT} [data-try]")
    driving.open_map(page)
    assert tiles.asked == [], "nothing is asked of a server whose map nobody has chosen"

    id_ = page.evaluate(f"() => document.querySelector('#{Map.BACKDROP}') && amazonia.map.last.view.backdrop")
    assert id_ == ""
    page.locator(f"#{Map.BACKDROP}").click()
    page.get_by_text("Prueba", exact=True).last.click()
    page.wait_for_selector(".has-backdrop img.leaflet-tile-loaded")
    page.wait_for_function("() => new URLSearchParams(location.search).get('b')")
    told = page.locator(f"#{Map.BACKDROP_TOLD}")
    assert told.inner_text() == CREDIT
    apart = page.evaluate(APART)
    assert apart and max(apart) < 1, "tiles lie exactly below the land"
    assert page.evaluate(REFUSED, f"http://localhost:{tiles.server_port}/0/0/0.png") == "img-src"

    tiles.status = 404
    page.reload()
    driving.until_usable(page)
    page.wait_for_function(
        "(id) => document.getElementById(id).textContent.includes('no responde')", arg=Map.BACKDROP_TOLD
    )
    driving.choose_department(page, "22")
    assert page.evaluate("() => amazonia.map.last.view.department") == "22"

    asked = [url for url in watched.strays if url.startswith(server)]
    assert asked
    watched.strays[:] = [url for url in watched.strays if str(tiles.server_port) not in url]
    watched.errors[:] = [text for text in watched.errors if "404" not in text and "img-src" not in text]
