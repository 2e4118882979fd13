"""Know the places of a territory by code and by name, as files write them: immutable, no files kept open."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from geodata.territory import Territory

DEFAULT_BAR = 85.0  # a name below this likeness (0-100) is shown, never taken


def plain(text: str) -> str:
    """Return a name as it is compared: capitals without accents or tildes, single blanks."""
    letters = (c for c in unicodedata.normalize("NFD", text.upper()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Districts by code and by name."""

    territory: Territory
    by_name: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, dataset) -> "Gazetteer":
        """Build the gazetteer of a data set (or of anything with a `territory`)."""
        names: dict[str, tuple[str, ...]] = {}
        for ubigeo, district in dataset.territory.districts.items():
            key = plain(district.name)
            names[key] = (*names.get(key, ()), ubigeo)
        return cls(dataset.territory, MappingProxyType(names))
