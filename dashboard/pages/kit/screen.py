"""Say what a screen is, and find those there are: a package of `dashboard.pages` that hands out one `SCREEN`."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import flask


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: `path` it stands under, "" for the one of addresses that lead nowhere; `title`, a key of its words.

    layout: makes its components from the parts of the address. detail: the template of the addresses below its own.
    place: where it stands in the menu, from the left; None for one that is reached from others. link: id of its link
    there, for one that takes what is looked at along; no other screen or module need know it. serve: adds its plain
    addresses to a server. maps: it shows a map, for which limits and facts are needed at once. first_view: tells from
    the query of the address what its map shows, where the browser draws it before the screen is laid out.
    """

    path: str
    title: str
    layout: Callable[..., Any]
    detail: str = ""
    place: int | None = None
    link: str | None = None
    serve: Callable[[flask.Flask], None] | None = None
    maps: bool = False
    first_view: Callable[[Mapping[str, str]], dict[str, Any]] | None = None


def screens() -> dict[str, Screen]:
    """Return every screen by the name of its package. Loading it wires its callbacks."""
    import dashboard.pages as pages  # which loads this room first

    found = {}
    for module in iter_modules(pages.__path__, f"{pages.__name__}."):
        if screen := getattr(import_module(module.name), "SCREEN", None):
            found[module.name] = screen
    return found


def at(path: str, among: Iterable[Screen]) -> tuple[Screen, dict[str, str]]:
    """Return the screen of an address, and the parts of the address that its template names, as Dash's pages do.

    Raises StopIteration where none is of addresses that lead nowhere.
    """
    asked, listed = path.strip("/"), tuple(among)
    for screen in listed:
        if screen.path and screen.path.strip("/") == asked:
            return screen, {}
        template = re.sub(r"<(\w+)>", r"(?P<\1>.*)", screen.detail.strip("/"))
        if template and (found := re.fullmatch(template, asked)):
            return screen, found.groupdict()
    return next(screen for screen in listed if not screen.path), {}


def menu(of: dict[str, Screen]) -> list[Screen]:
    """Return the screens of the menu in their order."""
    return sorted((s for s in of.values() if s.place is not None), key=lambda s: s.place or 0)
