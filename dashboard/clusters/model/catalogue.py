"""Hold what modules of a folder declare, by key: whoever writes one more module there has added to it.

A module declares its objects in one tuple of an agreed name (`RULES`, `MEASURES`). The catalogue is a mapping that
never changes while the program runs; it is read when it is first asked.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Protocol, TypeVar


class Keyed(Protocol):
    """What a catalogue holds: a thing with a key of its own."""

    @property
    def key(self) -> str:
        """Return the name under which it is found."""


Entry = TypeVar("Entry", bound=Keyed)


class Catalogue(Mapping[str, Entry]):
    """The objects that the modules of a package declare under a name, by key.

    In the order of the modules' names and of each tuple, or of `order` where it is given. Raises ValueError, on first
    use, for a key that is declared twice.
    """

    def __init__(self, package: str, name: str, order: Callable[[Entry], int] = lambda entry: 0):
        self._package, self._name, self._order = package, name, order

    def __getitem__(self, key: str) -> Entry:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    @cached_property
    def _entries(self) -> Mapping[str, Entry]:
        package = import_module(self._package)
        modules = sorted(found.name for found in iter_modules(package.__path__, f"{self._package}."))
        declared = [entry for module in modules for entry in getattr(import_module(module), self._name, ())]
        entries: dict[str, Entry] = {}
        for entry in sorted(declared, key=self._order):
            if entry.key in entries:
                raise ValueError(f"{self._package}: {entry.key} is declared twice")
            entries[entry.key] = entry
        return MappingProxyType(entries)

    def forget(self) -> None:
        """Forget what was found, so that the folder is read anew: a test that adds a module asks for it."""
        self.__dict__.pop("_entries", None)
