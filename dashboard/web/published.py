"""Files that a browser keeps for good, packed once for all who ask for them."""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import brotli
from flask import Flask, Response, abort, request

FOLDER = "published"
YEAR_S = 365 * 24 * 3600
# the last of its steps makes files 2 % smaller and takes three times as long, at every start
BROTLI_QUALITY = 10


@dataclass(frozen=True)
class Published:
    """One file for the browser: its name with a hash, its body and its kind."""

    name: str
    body: bytes
    kind: str = "application/json"

    @property
    def path(self) -> str:
        """Its address, below that of the server."""
        return f"{FOLDER}/{self.name}"

    @cached_property
    def packed(self) -> dict[str, bytes]:
        """Its body by the way it is packed, the smallest first. By plain http only this machine's browsers take it."""
        return {"br": _brotli(self.body), "gzip": gzip.compress(self.body, 9)}


@lru_cache(maxsize=64)
def _brotli(body: bytes) -> bytes:
    packed: bytes = brotli.compress(body, quality=BROTLI_QUALITY, lgwin=24)
    return packed


def named(stem: str, body: bytes, kind: str = "application/json", ending: str = "json") -> Published:
    """Return a file that is named by its stem and a hash of its body."""
    return Published(f"{stem}.{hashlib.sha256(body).hexdigest()[:16]}.{ending}", body, kind)


def serve(
    server: Flask, files: Iterable[Published], find: Callable[[str], Published | None] = lambda name: None
) -> None:
    """Add the route that serves published files, cacheable for a year: `files`, and those that `find` knows."""
    by_name = {file.name: file for file in files}

    def send(name: str) -> Response:
        file = by_name.get(name) or find(name)
        if file is None:
            abort(404)
        way = next((way for way in file.packed if request.accept_encodings.quality(way) > 0), None)
        answer = Response(file.packed[way] if way else file.body, mimetype=file.kind)
        if way:
            answer.headers["Content-Encoding"] = way
        answer.headers["Vary"] = "Accept-Encoding"
        answer.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
        return answer

    server.add_url_rule(f"/{FOLDER}/<path:name>", f"{FOLDER}-file", send)
