"""The overlays that a map can show: a module each, found by being here, that hands out one `OVERLAY`."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from layers.overlay import Overlay
from layers.overlays.clusters import STATES, look

__all__ = ["STATES", "at_first", "look", "overlays"]


@lru_cache(maxsize=1)
def overlays() -> Mapping[str, Overlay]:
    """Return every overlay by its key, in the order of the panel. Raises ValueError where two have one key."""
    found: dict[str, Overlay] = {}
    for module in iter_modules(__path__, f"{__name__}."):
        overlay: Overlay = import_module(module.name).OVERLAY
        if overlay.key in found:
            raise ValueError(f"there are two overlays {overlay.key}")
        found[overlay.key] = overlay
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: (item[1].place, item[0]))))


def at_first() -> tuple[str, ...]:
    """Return the keys of those that a first visit shows."""
    return tuple(key for key, overlay in overlays().items() if overlay.at_first)
