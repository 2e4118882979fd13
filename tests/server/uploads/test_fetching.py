"""Limits that are published are fetched beside the page, gone on with where they broke off, then read as any file."""

import json
import shutil
import stat
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dashboard.web.uploads import fetching, uploads, work
from dashboard.web.uploads.uploads import CHECK, FAILED, FETCH, FINISHED, Job, NotTaken
from geodata.editions.store import SHIPPED
from geodata.sources import archives, fetch, unpack
from geodata.sources.archives import openers
from geodata.sources.verify import FetchError

BODY = json.dumps({"type": "FeatureCollection", "features": list(range(20_000))}).encode()
TAG = '"one"'


class Published(BaseHTTPRequestHandler):
    """Serve `server.body`, of which the first answers break off after `server.cuts` bytes each."""

    def do_GET(self):
        server, span = self.server, self.headers.get("Range")
        first = int(span.removeprefix("bytes=").rstrip("-")) if span and self.headers.get("If-Range") == TAG else 0
        server.asked.append(first)
        body = server.body[first:]
        self.send_response(206 if first else 200)
        if first:
            self.send_header("Content-Range", f"bytes {first}-{len(server.body) - 1}/{len(server.body)}")
        self.send_header("ETag", TAG)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        cut = server.cuts.pop(0) if server.cuts else len(body)
        self.wfile.write(body[:cut])
        self.wfile.flush()
        if server.holds is not None and cut < len(body):
            server.holds.wait(10)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch, tmp_path):
    """A server on this machine that publishes limits as the one known source, `here`."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Published)
    httpd.body, httpd.cuts, httpd.asked, httpd.holds = BODY, [], [], None
    httpd.handle_error = lambda *_: None
    threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    known = tmp_path / "sources.toml"
    address = f"http://127.0.0.1:{httpd.server_port}/limits.geojson"
    known.write_text(
        f'[limits.here]\nname = "Here"\naddress = "{address}"\npage = "{address}"\nform = "file"\n'
        'holds_es = "límites"\nholds_en = "limits"\nanswers = { source = "Here", unit = "share" }\n'
    )
    monkeypatch.setattr(fetch, "SOURCES_FILE", known)
    quick = fetch.Bounds(most_bytes=1_000_000, connect_s=2, read_s=5, total_s=20, attempts=2, pause_s=0)
    monkeypatch.setattr(fetching, "BOUNDS", quick)
    monkeypatch.setattr(fetching, "_TELL_S", 0)
    yield httpd
    if httpd.holds is not None:
        httpd.holds.set()
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def read(monkeypatch):
    """What was read of what arrived: its content, kind and answers."""
    found = []

    def check(store, upload):
        request = upload.request()
        found.append((upload.path.read_bytes(), request.subject, request.answers))

    monkeypatch.setattr(work, "_check", check)
    return found


@pytest.fixture
def begin(store, read):
    def begin():
        upload = fetching.expect(store, "here")
        work.fetch(store, upload)
        return upload

    return begin


def test_what_is_published_comes_here_and_is_read_with_what_is_known_of_it(store, server, begin, read, until_ended):
    upload = begin()
    assert until_ended(upload) == Job(CHECK, FINISHED)
    assert read == [(BODY, "limits", {"source": "Here", "unit": "share"})]
    assert store.current_id() == SHIPPED, "nothing changes until a person confirms"
    assert [p.name for p in (store.folder / "downloads").iterdir()] == [".here.lock"]


def test_what_broke_off_is_told_and_gone_on_with_from_where_it_was(store, server, begin, until_ended):
    server.cuts = [30_000, 20_000]
    upload = begin()
    ended = until_ended(upload)
    assert (ended.what, ended.status, ended.message) == (FETCH, FAILED, "fetch.broke_off")
    assert ended.fields["kept"] == 50_000 and not upload.request().is_here
    work.fetch(store, upload)
    assert until_ended(upload) == Job(CHECK, FINISHED)
    assert upload.path.read_bytes() == BODY and server.asked == [0, 30_000, 50_000]


def test_a_download_can_be_stopped_and_somebody_else_goes_on_with_it(store, server, begin, until_ended):
    server.holds, server.cuts = threading.Event(), [40_000]
    first = begin()
    while (job := first.job()) is not None and not job.got:
        pass
    assert job.of == len(BODY)
    second = begin()
    assert until_ended(second).message == "intake.fetch_elsewhere"
    first.stop()
    server.holds.set()
    assert until_ended(first).message == "intake.fetch_stopped"
    work.fetch(store, second)
    assert until_ended(second) == Job(CHECK, FINISHED)
    assert second.path.read_bytes() == BODY and server.asked == [0, 40_000]


@pytest.mark.parametrize(
    ("body", "message"),
    [(b"<html>sign in</html>", "fetch.page"), (b"x" * 1_000_001, "fetch.too_large"), (b"", "fetch.empty")],
)
def test_what_is_no_limits_is_told_and_not_kept(server, begin, until_ended, body, message):
    server.body = body
    upload = begin()
    assert until_ended(upload).message == message
    assert not upload.request().is_here and upload.seen() is None


def test_without_a_network_that_is_told(server, begin, until_ended):
    server.shutdown()
    server.server_close()
    assert until_ended(begin()).message == "fetch.no_connection"


def test_only_known_sources_are_asked(store, server):
    for name in ("http://127.0.0.1/", "", "inei"):
        with pytest.raises(NotTaken):
            fetching.expect(store, name)
    assert not (store.folder / uploads.FOLDER).exists() and server.asked == []


def test_what_waits_for_its_file_is_not_read(store, server):
    with pytest.raises(NotTaken):
        work.check(store, fetching.expect(store, "here"))


# ---- archives


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put a program on the path that is called like one that unpacks, and does what it is told."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr(archives.shutil, "which", lambda name: shutil.os.path.exists(folder / name))

    def put(script, name="bsdtar"):
        file = folder / name
        file.write_text(f'#!/bin/sh\ncd "$5" || exit 1\n{script}\n')
        file.chmod(file.stat().st_mode | stat.S_IXUSR)

    return put


def test_an_archive_is_opened_by_what_the_machine_has(tmp_path, program):
    program("echo whole > Distrito.gpkg; echo note > LEEME.txt; ln -s /etc/passwd other.gpkg")
    made = unpack(tmp_path / "Distrito.rar", tmp_path / "into")
    assert made == tmp_path / "into" / "Distrito.gpkg" and made.read_text() == "whole\n"
    assert [p.name for p in made.parent.iterdir()] == [made.name], "nothing is left beside it"


def test_a_shapefile_of_an_archive_becomes_a_zip(tmp_path, program):
    program("for e in shp shx dbf prj; do echo $e > d.$e; done")
    made = unpack(tmp_path / "Distrito.rar", tmp_path / "into")
    assert made.name == "Distrito.zip"
    shutil.unpack_archive(made, tmp_path / "out")
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"d.shp", "d.shx", "d.dbf", "d.prj"}


@pytest.mark.parametrize(
    ("script", "message"),
    [
        (None, "fetch.no_opener"),
        ("exit 1", "fetch.not_opened"),
        ("echo nothing > LEEME.txt", "fetch.not_opened"),
        ("head -c 200000 /dev/zero > Distrito.gpkg", "fetch.bomb"),
    ],
)
def test_an_archive_that_cannot_be_opened_is_told(tmp_path, program, script, message):
    if script:
        program(script)
    assert bool(openers()) == bool(script)
    with pytest.raises(FetchError) as told:
        unpack(tmp_path / "Distrito.rar", tmp_path / "into", most_bytes=100_000)
    assert told.value.message == message
    assert list((tmp_path / "into").iterdir()) == []


def test_an_archive_that_is_downloaded_stays_where_it_can_be_opened_by_hand(
    store, server, begin, until_ended, monkeypatch
):
    monkeypatch.setattr(fetch.verify, "require", lambda *_: None)
    monkeypatch.setattr(archives, "openers", lambda: ())
    server.body = b"Rar!\x1a\x07\x01\x00" + bytes(100)
    fetch.SOURCES_FILE.write_text(fetch.SOURCES_FILE.read_text().replace("limits.geojson", "limits.rar"))
    ended = until_ended(begin())
    assert ended.message == "fetch.no_opener"
    with open(ended.fields["file"], "rb") as file:
        assert file.read() == server.body
