"""Download a published file: bounded in size and time, resumed where it broke off, never trusted.

Certificates are verified and encryption is never given up by a redirect. What arrives counts only
when its length, its checksum (where one is given) and its content say that it is what its name ends
in. A file that is there already is never written over.
"""

import hashlib
import json
import os
import tempfile
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import httpx

from geodata.shared import whole
from geodata.sources import verify
from geodata.sources.verify import FetchError

SOURCES_FILE = Path(__file__).with_name("sources.toml")
MB = 1024 * 1024
_UNREACHED = 2  # attempts at a server that cannot be reached at all: a person is waiting
AGENT = "conglomerados-amazonia"
_REDIRECTS = (301, 302, 303, 307, 308)

Progress = Callable[[int, int | None], None]


class _BrokenOff(Exception):
    """The connection ended before the file did: worth another try."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much a download may ask for. Seconds and bytes; attempts in all, redirects of one of them."""

    most_bytes: int = 400 * MB
    connect_s: float = 15
    read_s: float = 30
    total_s: float = 1800
    attempts: int = 5
    pause_s: float = 1
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Source:
    """A published address. form: `archive`, `file`, or the field of a description that names the file.

    name: as people know it. answers: what is known of its file, as its reader asks for it.
    """

    address: str
    page: str
    form: str
    holds_es: str
    holds_en: str
    name: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that arrived whole. address: where it came from in the end. encrypted: all the way.

    beside: another file that had the name already and stays as it was, None where there was none.
    """

    path: Path
    sha256: str
    bytes: int
    address: str
    encrypted: bool
    beside: Path | None = None

    @property
    def is_packed(self) -> bool:
        """Tell whether this is an archive that no reader opens by itself."""
        return self.path.suffix.lower() in (".rar", ".7z")


def sources(subject: str = "limits") -> Mapping[str, Source]:
    """Return the published addresses of a kind of file, by name."""
    return {name: Source(**fields) for name, fields in tomllib.loads(SOURCES_FILE.read_text("utf-8"))[subject].items()}


def fetch_source(
    source: Source, folder: Path, *, checksum: str | None = None, bounds: Bounds = Bounds(),
    progress: Progress = lambda done, total: None, client: httpx.Client | None = None,
) -> Fetched:  # fmt: skip
    """Download what a source publishes, by way of its description where it has one. Raises FetchError, OSError."""
    address = source.address
    if source.form not in ("archive", "file"):
        brief = replace(bounds, most_bytes=min(bounds.most_bytes, MB))
        with tempfile.TemporaryDirectory(prefix="conglomerados-") as aside:
            described = fetch(address, Path(aside), bounds=brief, name="description.json", client=client)
            try:
                described_as = json.loads(described.path.read_text("utf-8"))
                address = (described_as[0] if isinstance(described_as, list) else described_as)[source.form]
            except (ValueError, LookupError, TypeError):
                raise FetchError("fetch.no_description", address=address, page=source.page) from None
        if not isinstance(address, str) or urlsplit(address).scheme != urlsplit(source.address).scheme:
            raise FetchError("fetch.no_description", address=source.address, page=source.page)
    return fetch(address, folder, checksum=checksum, bounds=bounds, progress=progress, client=client)


def fetch(
    address: str, folder: Path, *, checksum: str | None = None, bounds: Bounds = Bounds(), name: str | None = None,
    progress: Progress = lambda done, total: None, client: httpx.Client | None = None,
) -> Fetched:  # fmt: skip
    """Download a file into a folder; a part left by an earlier try of the same address is resumed.

    checksum: SHA-256 in hex that the file must have. name: what the file is called, whatever is in it; without
    one it must hold what its address ends in. client: for tests. progress: told the bytes that are here, and of how
    many as far as that is known; whatever it raises ends the download, and what is here is kept. Raises FetchError,
    OSError.
    """
    if not _is_web(address):
        raise FetchError("fetch.bad_address", address=address)
    folder.mkdir(parents=True, exist_ok=True)
    part = _Part(folder, address)
    own = client or _client(bounds)
    ends = time.monotonic() + bounds.total_s
    try:
        for attempt in range(1, bounds.attempts + 1):
            progress(part.size, None)  # before each try, so that whoever waits can give up between two of them
            try:
                final = _download(own, address, part, bounds, ends, progress)
                break
            except (_BrokenOff, httpx.RequestError) as error:
                most = _UNREACHED if isinstance(error, httpx.ConnectError) else bounds.attempts
                if attempt >= most or time.monotonic() + bounds.pause_s * attempt > ends:
                    raise _network_error(error, address, part, attempt) from None
                time.sleep(bounds.pause_s * attempt)
    except httpx.InvalidURL:  # the address itself was judged above: this is where it leads
        raise FetchError("fetch.redirect_scheme", address=address, target="?") from None
    finally:
        if client is None:
            own.close()
    return _accept(part, final, folder, name, checksum)


def _is_web(address: str) -> bool:
    try:
        parts = httpx.URL(address)
        return parts.scheme in ("https", "http") and bool(parts.host)
    except (httpx.InvalidURL, ValueError):
        return False


def _client(bounds: Bounds) -> httpx.Client:
    times = httpx.Timeout(bounds.read_s, connect=bounds.connect_s)
    # identity: the length told must be that of the file; redirects are judged here, one by one
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
    return httpx.Client(timeout=times, headers=headers, follow_redirects=False, verify=True)


class _Part:
    """What of a file has arrived, and what the server said of it, so that no other file is put behind it."""

    def __init__(self, folder: Path, address: str):
        stem = hashlib.sha256(address.encode()).hexdigest()[:12]
        self.path, self._told = folder / f".{stem}.part", folder / f".{stem}.json"

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def mark(self) -> str | None:
        """Return the strong mark of the version that has arrived in part; None: it cannot be resumed."""
        try:
            return json.loads(self._told.read_text("utf-8"))["mark"]
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def begin(self, response: httpx.Response) -> None:
        tag = response.headers.get("etag", "")
        mark = response.headers.get("last-modified") if not tag or tag.startswith("W/") else tag
        self._told.write_text(json.dumps({"mark": mark}), "utf-8")
        self.path.write_bytes(b"")

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)
        self._told.unlink(missing_ok=True)


def _download(client: httpx.Client, address: str, part: _Part, bounds: Bounds, ends: float, progress: Progress) -> str:
    """Bring in what is missing of a file; return the address in the end. Raises _BrokenOff, FetchError."""
    mark, have = part.mark, part.size
    headers = {"Range": f"bytes={have}-", "If-Range": mark} if mark and have else {}
    for _ in range(bounds.redirects + 1):
        with client.stream("GET", address, headers=headers) as response:
            if response.status_code in _REDIRECTS:
                address = _redirected(address, response)
                continue
            if response.status_code == 416:  # what is there is no beginning of what is published now
                part.drop()
                raise _BrokenOff
            if response.status_code >= 500 or response.status_code == 429:
                raise _BrokenOff(response.status_code)
            if response.status_code not in (200, 206):
                raise FetchError("fetch.status", address=address, status=response.status_code)
            _receive(response, part, bounds, ends, progress)
            return address
    raise FetchError("fetch.redirects", address=address)


def _redirected(address: str, response: httpx.Response) -> str:
    """Return where a redirect leads. Raises FetchError where it leaves encryption or the web."""
    target = str(response.url.join(response.headers.get("location", "")))
    was, now = urlsplit(address).scheme, urlsplit(target).scheme
    if now != was and (was, now) != ("http", "https"):
        raise FetchError("fetch.redirect_scheme", address=address, target=target[:200])
    return target


def _receive(response: httpx.Response, part: _Part, bounds: Bounds, ends: float, progress: Progress) -> None:
    """Write the body behind what is there, within bounds. Raises _BrokenOff where it ends too soon."""
    start, total = _span(response)
    if response.status_code == 206 and start != part.size:
        part.drop()
        raise _BrokenOff
    if response.status_code == 200:
        part.begin(response)
    if total is not None and total > bounds.most_bytes:
        raise FetchError("fetch.too_large", most=bounds.most_bytes // MB, size=total // MB)
    done = part.size
    with open(part.path, "ab") as file:
        for chunk in response.iter_bytes():  # as it comes: a part of a piece must not be lost when it breaks off
            done += len(chunk)
            if done > bounds.most_bytes:
                part.drop()
                raise FetchError("fetch.too_large", most=bounds.most_bytes // MB, size=done // MB)
            if time.monotonic() > ends:
                raise FetchError("fetch.too_slow", seconds=whole(bounds.total_s))
            file.write(chunk)
            progress(done, total)
    if total is not None and done < total:
        raise _BrokenOff
    if total is not None and done > total:
        part.drop()
        raise FetchError("fetch.length", told=total, got=done)


def _span(response: httpx.Response) -> tuple[int, int | None]:
    """Return where the body begins in the file, and how long the whole file is said to be."""
    if response.status_code == 206:
        span, _, total = response.headers.get("content-range", "").removeprefix("bytes ").partition("/")
        first = span.partition("-")[0]
        return (int(first) if first.isdigit() else -1), (int(total) if total.isdigit() else None)
    length = response.headers.get("content-length", "")
    encoded = response.headers.get("content-encoding", "identity") != "identity"
    return 0, (int(length) if length.isdigit() and not encoded else None)


def _network_error(error: Exception, address: str, part: _Part, attempts: int) -> FetchError:
    host = urlsplit(address).hostname
    if isinstance(error, httpx.ConnectError) and "CERTIFICATE" in str(error).upper():
        return FetchError("fetch.certificate", host=host)
    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout)):
        return FetchError("fetch.no_connection", host=host)
    if isinstance(error, httpx.TimeoutException):
        return FetchError("fetch.silent", host=host, kept=part.size, attempts=attempts)
    if error.args and isinstance(error.args[0], int):
        return FetchError("fetch.status", address=address, status=error.args[0])
    return FetchError("fetch.broke_off", host=host, kept=part.size, attempts=attempts)


# ---- what arrived


def _accept(part: _Part, address: str, folder: Path, name: str | None, checksum: str | None) -> Fetched:
    """Judge what arrived and give it its name. Raises FetchError; what is no data is not kept."""
    size, digest = part.size, _digest(part.path)
    try:
        if size == 0:
            raise FetchError("fetch.empty", address=address)
        kind = verify.kind_of(part.path, address)
        if checksum is not None and digest != checksum.strip().lower():
            raise FetchError("fetch.checksum", told=checksum, got=digest)
        if name is None:
            verify.require(part.path, kind, PurePosixPath(_harmless(address)).suffix, address)
    except FetchError:
        part.drop()
        raise
    path = folder / (name or _name(address, kind))
    target = _free(path, digest)
    os.replace(part.path, target)
    part.drop()
    beside = path if target != path else None
    return Fetched(target, digest, size, address, urlsplit(address).scheme == "https", beside)


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _free(path: Path, digest: str) -> Path:
    """Return a name under which nothing else is lost: the one wanted, or one with a number behind."""
    target, number = path, 1
    while os.path.lexists(target) and not (target.is_file() and _digest(target) == digest):
        number += 1
        target = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return target


def _harmless(address: str) -> str:
    """Return the last part of an address as a name that no folder or terminal minds; may be empty."""
    last = PurePosixPath(unquote(urlsplit(address).path)).name
    return "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in last).lstrip(".")[-80:]


def _name(address: str, kind: str) -> str:
    """Return a file name from an address: its last part, made harmless, with an ending that fits the content."""
    plain = _harmless(address)
    if not plain:
        return "limits" + kind
    return plain if PurePosixPath(plain).suffix else plain + kind
