"""The second way in: the phones of a room reach this computer over its network, and nothing of it but the room's pages.

The application goes on listening on this computer alone; a second socket listens for the network. What comes in there
is looked at before the application sees it: any path that is not the room's is answered 404 whatever it brings, cookies
but that of the language are taken off, and what a proxy would add too. The gate (`gate.py`) looks once more.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

THROUGH = "conglomerados.room"  # in the environment of a request that came this way; no header can put it there
ROOM = "room-"  # the names of the room's addresses begin so
METHODS = ("GET", "HEAD", "POST")
_PATH = re.compile(r"/sala(?:/?|/[A-Za-z]{1,12}|/archivos/[\w.-]+|/api/[a-z]+)", re.ASCII)
_DROPPED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA", "HTTP_COOKIE", "HTTP_AUTHORIZATION")
_LANGUAGE = re.compile(r"(?:^|; ?)(lang=[a-z]{2})(?:;|$)")

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def is_of_the_room(method: str, path: str) -> bool:
    """Tell whether something may be asked from the network.

    >>> [is_of_the_room("GET", p) for p in ("/sala", "/sala/BCDFGH", "/sala/api/state", "/sala/archivos/room.1f.js")]
    [True, True, True, True]
    >>> [is_of_the_room("GET", p) for p in ("/", "/salas", "/sala/../", "/sala/api/x/y", "//sala", "/registro")]
    [False, False, False, False, False, False]
    """
    return method in METHODS and _PATH.fullmatch(path) is not None


def room_only(application: Application) -> Application:
    """Return an application of which only the room's pages are there."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if not is_of_the_room(environ.get("REQUEST_METHOD", ""), environ.get("PATH_INFO", "")):
            start("404 Not Found", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "0")])
            return [b""]
        return application(_own(environ), start)

    return answer


def _own(environ: Mapping[str, Any]) -> dict[str, Any]:
    """Return a request without what it cannot be known by here."""
    kept = {name: value for name, value in environ.items() if not name.startswith(_DROPPED)}
    if language := _LANGUAGE.search(environ.get("HTTP_COOKIE", "")):
        kept["HTTP_COOKIE"] = language[1]
    return {**kept, THROUGH: True}
