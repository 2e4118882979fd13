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
# of brotli: the next step would make files 2 % smaller and take three times as long, at every start
THOROUGH = 10
QUICK = 9  # 7 % larger, in a tenth of the time: for what no screen waits for


@dataclass(frozen=True)
class Published:
    """One file for the browser: its name with a hash, its body and its kind."""

    name: str
    body: bytes
    kind: str = "application/json"
    quality: int = THOROUGH

    @property
    def path(self) -> str:
        """Its address, below that of the server."""
        return f"{FOLDER}/{self.name}"

    @cached_property
    def packed(self) -> dict[str, bytes]:
        """Its body by the way it is packed, the smallest first. By plain http only this machine's browsers take it."""
        return {"br": _brotli(self.body, self.quality), "gzip": gzip.compress(self.body, 9)}


@lru_cache(maxsize=64)
def _brotli(body: bytes, quality: int) -> bytes:
    packed: bytes = brotli.compress(body, quality=quality, lgwin=24)
    return packed


def named(
    stem: str, body: bytes, kind: str = "application/json", ending: str = "json", quality: int = THOROUGH
) -> Published:
    """Return a file that is named by its stem and a hash of its body."""
    return Published(f"{stem}.{hashlib.sha256(body).hexdigest()[:16]}.{ending}", body, kind, quality)


def serve(
    server: Flask, files: Iterable[Published], find: Callable[[str], Published | None] = lambda name: None
) -> None:
    """Add the route that serves published files, cacheable for a year.

    They are those among `files` at the time when they are asked for, and those that `find` knows.
    """

    def send(name: str) -> Response:
        file = next((file for file in files if file.name == name), None) or find(name)
        if file is None:
            abort(404)
        return sent(file)

    server.add_url_rule(f"/{FOLDER}/<path:name>", f"{FOLDER}-file", send)


def sent(file: Published) -> Response:
    """Return the answer that hands a file to this request, to be kept for a year."""
    way = next((way for way in file.packed if request.accept_encodings.quality(way) > 0), None)
    answer = Response(file.packed[way] if way else file.body, mimetype=file.kind)
    if way:
        answer.headers["Content-Encoding"] = way
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
    return answer
