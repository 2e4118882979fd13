"""A download ends with the whole file, or with a sentence; tried against a server that misbehaves."""

import hashlib
import io
import json
import shutil
import ssl
import subprocess
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from geodata.sources import fetch, verify
from geodata.sources.fetch import Bounds, FetchError, Source
from geodata.words import LANGUAGES, say

BODY = json.dumps({"type": "FeatureCollection", "features": list(range(20_000))}).encode()
QUICK = Bounds(most_bytes=1_000_000, connect_s=2, read_s=0.3, total_s=20, attempts=3, pause_s=0)


class Handler(BaseHTTPRequestHandler):
    """Answer as `server.plays` says for the path; note every request."""

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        turns = self.server.plays[self.path]
        play = turns.pop(0) if len(turns) > 1 else turns[0]
        play(self)

    def log_message(self, *_):
        pass

    def answer(self, body, status=200, told=None, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if told is None else told))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server():
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.plays, httpd.asked = {}, []
    httpd.handle_error = lambda *_: None  # a client that hangs up is what some of these tests are about
    threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield httpd
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def ask(server, tmp_path):
    """Fetch /file from a server that plays the given answers, one after another."""

    def ask(*plays, bounds=QUICK, path="/file", **options):
        server.plays[path] = list(plays)
        address = f"http://127.0.0.1:{server.server_port}{path}"
        return fetch.fetch(address, tmp_path / "into", bounds=bounds, **options)

    return ask


@pytest.fixture
def refused(ask, tmp_path):
    """Return the key of the sentence with which a fetch is refused, which must exist and be filled."""

    def kept():
        return {p.name for p in (tmp_path / "into").glob("*") if not p.name.startswith(".")}

    def refused(*plays, **options):
        before = kept()
        with pytest.raises(FetchError) as told:
            ask(*plays, **options)
        for language in LANGUAGES:
            assert "{" not in say(language, told.value.message, **told.value.fields)
        assert kept() == before, "what is no data must not be kept"
        return told.value.message

    return refused


def whole(handler):
    handler.answer(BODY, ETag='"one"')


def ranged(handler):
    """Serve a range where one is asked of this version."""
    span = handler.headers.get("Range")
    if span and handler.headers.get("If-Range") == '"one"':
        start = int(span.removeprefix("bytes=").rstrip("-"))
        total = len(BODY)
        handler.answer(BODY[start:], 206, ETag='"one"', Content_Range=f"bytes {start}-{total - 1}/{total}")
    else:
        whole(handler)


def breaks_off(handler):
    handler.answer(BODY[:5000], told=len(BODY), ETag='"one"')


def is_whole(got):
    return got.path.read_bytes() == BODY and got.sha256 == hashlib.sha256(BODY).hexdigest() and got.bytes == len(BODY)


def test_a_file_arrives_whole_and_leaves_no_parts(ask):
    told = []
    got = ask(whole, progress=lambda done, total: told.append((done, total)))
    assert is_whole(got)
    assert got.path.name == "file.geojson", "the ending is that of the content"
    assert [p.name for p in got.path.parent.iterdir()] == [got.path.name]
    assert told[-1] == (len(BODY), len(BODY))
    assert not got.encrypted


def test_a_download_that_broke_off_goes_on_where_it_was(ask, server):
    assert is_whole(ask(breaks_off, ranged))
    assert server.asked[1][1]["Range"] == "bytes=5000-"


def test_a_later_command_goes_on_where_the_earlier_one_gave_up(ask, refused, server):
    assert refused(breaks_off, lambda h: h.answer(b"", 503)) == "fetch.status"
    assert is_whole(ask(ranged))
    assert server.asked[-1][1]["Range"] == "bytes=5000-"


def test_a_server_that_ignores_ranges_is_read_from_the_start(ask):
    assert is_whole(ask(breaks_off, whole))


def test_another_version_is_never_put_behind_the_part_of_an_earlier_one(ask):
    def older(handler):
        handler.answer(b"x" * 5000, told=len(BODY), ETag='"zero"')

    assert is_whole(ask(older, ranged))


def test_a_part_longer_than_the_file_is_begun_again(ask):
    assert is_whole(ask(breaks_off, lambda h: h.answer(b"", 416), whole))


def test_a_range_that_was_not_asked_for_is_begun_again(ask):
    def elsewhere(handler):
        handler.answer(BODY[7000:], 206, Content_Range=f"bytes 7000-{len(BODY) - 1}/{len(BODY)}")

    assert is_whole(ask(breaks_off, elsewhere, whole))


def test_a_part_without_a_mark_of_its_version_is_not_resumed(ask, server):
    assert is_whole(ask(lambda h: h.answer(BODY[:5000], told=len(BODY)), whole))
    assert "Range" not in server.asked[1][1]


def test_a_server_in_trouble_is_asked_again_and_then_believed(ask, refused):
    assert is_whole(ask(lambda h: h.answer(b"", 503), lambda h: h.answer(b"", 429), whole))
    assert refused(lambda h: h.answer(b"", 500), path="/other") == "fetch.status"


def test_a_server_that_announces_more_than_it_sends_is_given_up(refused, server):
    assert refused(lambda h: h.answer(BODY[:-10], told=len(BODY) + 10)) == "fetch.broke_off"
    assert len(server.asked) == QUICK.attempts


def test_a_file_cut_to_the_length_announced_is_noticed(refused):
    assert refused(lambda h: h.answer(BODY, told=1000)) == "fetch.cut_short"
    packed = b"PK\x03\x04" + bytes(2000)
    assert refused(lambda h: h.answer(packed, told=1000), path="/zip") == "fetch.cut_short"


def test_a_silent_server_is_given_up(refused):
    ends = threading.Event()

    def silent(handler):
        ends.wait(5)

    assert refused(silent, bounds=Bounds(read_s=0.1, attempts=2, pause_s=0)) == "fetch.silent"
    ends.set()


def test_a_server_that_drips_is_given_up_after_the_time_allowed(refused):
    ends = threading.Event()

    def drips(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "100000000")
        handler.end_headers()
        while not ends.wait(0.01):
            handler.wfile.write(b"{" * 70_000)

    bounds = Bounds(read_s=2, total_s=0.3, attempts=3, pause_s=0, most_bytes=10**12)
    assert refused(drips, bounds=bounds) == "fetch.too_slow"
    ends.set()


def test_a_file_announced_as_too_large_is_not_begun(refused):
    assert refused(lambda h: h.answer(b"{", told=2 * 10**9)) == "fetch.too_large"


def test_a_file_that_never_ends_is_stopped(refused):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"{" * 65536)

    assert refused(endless) == "fetch.too_large"


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html><p>Iniciar sesión", "\n <HTML>", '<?xml version="1.0"?><html>', "\ufeff<html>"]
)
def test_a_web_page_is_no_data_whatever_it_claims_to_be(refused, page):
    assert refused(lambda h: h.answer(page.encode(), Content_Type="application/zip")) == "fetch.page"


ERROR = "<html><body>Inicie sesión</body></html>"


@pytest.mark.parametrize("path", ["/limites.zip", "/limites.geojson", "/limites.gpkg", "/limites"])
@pytest.mark.parametrize("page", [
    b"<!-- x --><div>hola", b"<p>hola", ERROR.encode("utf-16"), ERROR.encode("utf-16-le"), ERROR.encode("utf-32"),
    b"<?xml version='1.0'?><Error>AccessDenied</Error>", b"<!-- <kml> --><div>", b"<!--a-->" * 400 + b"<p>",
])  # fmt: skip
def test_markup_in_any_writing_is_no_data_unless_it_is_kml(refused, page, path):
    assert refused(lambda h: h.answer(page), path=path) == "fetch.page"


@pytest.mark.parametrize("path", ["/limites.zip", "/limites.geojson", "/limites.gpkg", "/limites.rar", "/limites"])
@pytest.mark.parametrize("body", [b"Error: not found", b"\x1b[31mno", b"\0\0\0\0", b"\xff" * 50])
def test_what_begins_as_no_kind_of_data_is_refused(refused, body, path):
    assert refused(lambda h: h.answer(body), path=path) == "fetch.no_data"


@pytest.mark.parametrize("body", [b'{"error": 404}', b"{}", b"[]", b'[{"type": "Feature"}]', b'{"type": "error"}',
                                  b'{"a": {"type": "FeatureCollection"}}'])  # fmt: skip
def test_json_that_holds_no_shapes_is_refused(refused, body):
    assert refused(lambda h: h.answer(body), path="/limites.geojson") == "fetch.no_shapes"
    assert refused(lambda h: h.answer(body), path="/limites.zip") == "fetch.other_kind"


SHAPE = {"type": "Feature", "properties": {"ñ": "}"}, "geometry": None}
SHAPES = {"type": "FeatureCollection", "features": [SHAPE] * 3}


def zipped():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("limites.geojson", "{}")
    return packed.getvalue()


KINDS = {
    ".zip": zipped(), ".rar": b"Rar!\x1a\x07\x01\x00", ".7z": b"7z\xbc\xaf\x27\x1c", ".fgb": b"fgb\x03fgb\x00",
    ".gpkg": b"SQLite format 3\x00", ".parquet": b"PAR1....PAR1", ".geojson": json.dumps(SHAPES).encode(),
    ".kml": b"<?xml version='1.0'?><!-- hola --><kml xmlns='http://www.opengis.net/kml/2.2'></kml>",
}  # fmt: skip


@pytest.mark.parametrize("ending", KINDS)
@pytest.mark.parametrize("kind", KINDS)
def test_content_must_be_what_the_name_ends_in(ask, refused, kind, ending):
    def answer(handler):
        handler.answer(KINDS[kind])

    if kind == ending:
        assert ask(answer, path=f"/limites{ending.upper()}").path.read_bytes() == KINDS[kind]
        assert ask(answer, path="/other").path.name == f"other{kind}"
    else:
        assert refused(answer, path=f"/limites{ending}") == "fetch.other_kind"


@pytest.mark.parametrize("writing", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_json_is_read_in_every_writing_it_may_have(ask, writing):
    body = json.dumps(SHAPES, ensure_ascii=False).encode(writing)
    assert ask(lambda h: h.answer(body), path="/limites.geojson").bytes == len(body)


@pytest.mark.parametrize("kind", [".geojson", ".zip", ".parquet", ".kml"])
def test_a_file_cut_anywhere_is_not_taken_for_whole(tmp_path, kind):
    body, file = KINDS[kind], tmp_path / "part"
    for cut in range(5, len(body) - 1):
        file.write_bytes(body[:cut])
        with pytest.raises(FetchError) as told:
            verify.require(file, kind, kind, "https://example.org")
        assert told.value.message == "fetch.cut_short"
    file.write_bytes(body)
    verify.require(file, kind, kind, "https://example.org")


def test_a_file_of_the_same_name_is_never_written_over(ask, tmp_path):
    (tmp_path / "into").mkdir()
    mine = tmp_path / "into" / "file.geojson"
    mine.write_bytes(b"my own work")
    got = ask(whole)
    assert mine.read_bytes() == b"my own work"
    assert is_whole(got) and got.path.name == "file-2.geojson" and got.beside == mine
    again = ask(whole)
    assert again.path == got.path, "the same content needs no second copy"
    other = json.dumps(SHAPES).encode()
    assert ask(lambda h: h.answer(other)).path.name == "file-3.geojson"
    assert is_whole(got) and mine.read_bytes() == b"my own work"


def test_a_description_touches_no_file_of_its_name(server, tmp_path):
    mine = tmp_path / "description.json"
    mine.write_bytes(b"my own work")
    base = f"http://127.0.0.1:{server.server_port}"
    server.plays = {"/api": [lambda h: h.answer(json.dumps({"at": f"{base}/file"}).encode())], "/file": [whole]}
    assert is_whole(fetch.fetch_source(Source(f"{base}/api", base, "at", "", ""), tmp_path, bounds=QUICK))
    assert mine.read_bytes() == b"my own work"


def test_an_empty_file_is_refused(refused):
    assert refused(lambda h: h.answer(b"")) == "fetch.empty"


def test_an_address_that_is_not_there_is_told_at_once(refused, server):
    assert refused(lambda h: h.answer(b"", 404)) == "fetch.status"
    assert len(server.asked) == 1


def test_a_checksum_is_compared_in_any_case_of_letters(ask):
    right = hashlib.sha256(BODY).hexdigest().upper()
    assert is_whole(ask(whole, checksum=right))


def test_a_file_with_another_checksum_is_not_kept(refused):
    assert refused(whole, checksum="0" * 64) == "fetch.checksum"


def test_redirects_are_followed_within_bounds(ask, refused, server):
    server.plays["/there"] = [whole]
    assert is_whole(ask(lambda h: h.answer(b"", 302, Location="/there")))
    assert refused(lambda h: h.answer(b"", 302, Location="/round"), path="/round") == "fetch.redirects"


@pytest.mark.parametrize("target", ["ftp://example.org/x", "file:///etc/passwd", "javascript:alert(1)"])
def test_a_redirect_that_leaves_the_web_is_not_followed(refused, target):
    assert refused(lambda h: h.answer(b"", 302, Location=target)) == "fetch.redirect_scheme"


def test_encryption_is_not_given_up_by_a_redirect(tmp_path):
    def answer(request):
        assert request.url.scheme == "https", "the plain address was asked"
        return httpx.Response(302, headers={"Location": "http://example.org/file"})

    client = httpx.Client(transport=httpx.MockTransport(answer))
    with pytest.raises(FetchError) as told:
        fetch.fetch("https://example.org/file", tmp_path, bounds=QUICK, client=client)
    assert told.value.message == "fetch.redirect_scheme"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate of this test")
def test_a_certificate_that_nobody_vouches_for_is_refused(server, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with pytest.raises(FetchError) as told:
        fetch.fetch(f"https://127.0.0.1:{server.server_port}/file", tmp_path / "into", bounds=QUICK)
    assert told.value.message == "fetch.certificate"
    assert server.asked == []


@pytest.mark.parametrize(
    "address", ["ftp://example.org/x", "file:///etc/passwd", "C:\\x", "", "https://", "http://[::1"]
)
def test_only_addresses_of_the_web_are_asked(tmp_path, address):
    with pytest.raises(FetchError) as told:
        fetch.fetch(address, tmp_path)
    assert told.value.message == "fetch.bad_address"


def test_no_connection_is_told_by_the_name_of_the_server(tmp_path, server):
    port = server.server_port
    server.server_close()
    with pytest.raises(FetchError) as told:
        fetch.fetch(f"http://127.0.0.1:{port}/x", tmp_path, bounds=QUICK)
    assert told.value.message == "fetch.no_connection" and told.value.fields == {"host": "127.0.0.1"}


@pytest.mark.parametrize("path", ["/..%2f..%2fetc%2fpasswd", "/.hidden", "/%2e%2e", "/a%00b.json", "/"])
def test_a_name_in_an_address_cannot_leave_the_folder(ask, tmp_path, path):
    got = ask(whole, path=path)
    assert got.path.parent == tmp_path / "into"
    assert not got.path.name.startswith(".") and "/" not in got.path.name


def test_a_description_leads_to_the_file(server, tmp_path):
    base = f"http://127.0.0.1:{server.server_port}"
    server.plays = {"/api": [lambda h: h.answer(json.dumps({"at": f"{base}/file"}).encode())], "/file": [whole]}
    assert is_whole(fetch.fetch_source(Source(f"{base}/api", base, "at", "", ""), tmp_path, bounds=QUICK))
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("description", [b"{}", b"[]", b"[1]", b'{"at": 5}', b'{"at": "ftp://x/y"}', b"{not json}"])
def test_a_description_that_names_no_file_is_told(server, tmp_path, description):
    base = f"http://127.0.0.1:{server.server_port}"
    server.plays = {"/api": [lambda h: h.answer(description)]}
    with pytest.raises(FetchError) as told:
        fetch.fetch_source(Source(f"{base}/api", base, "at", "", ""), tmp_path, bounds=QUICK)
    assert told.value.message == "fetch.no_description"


def test_every_published_source_is_encrypted_and_says_what_it_holds():
    assert {"inei", "geoboundaries"} <= set(fetch.sources())
    for source in fetch.sources().values():
        assert source.address.startswith("https://") and source.page.startswith("https://")
        assert source.holds_es and source.holds_en
