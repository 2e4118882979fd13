"""Ask for the map of a group of districts: how they lie to each other, as the browser needs it to draw them.

The browser draws it (`assets/js/map/group_map.js`) from the limits that the page has; nothing more is sent for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.clusters.model import Candidate
from dashboard.clusters.rules import joining_districts
from dashboard.clusters.writing import map_notice
from dashboard.records.core import Words
from geodata.model import Dataset

MOST_JOINING = 3


@dataclass(frozen=True, slots=True)
class Location:
    """Where the districts lie: contiguous `parts`, the largest first, and those `joining` them if added.

    lost: those that the division in use no longer has. rest: whether their provinces have others.
    """

    parts: tuple[tuple[str, ...], ...]
    joining: tuple[str, ...]
    lost: tuple[str, ...]
    rest: bool

    @property
    def main(self) -> tuple[str, ...]:
        """Return the part that others are cut off from; none where no two districts touch, as the rule has it."""
        largest = self.parts[0] if self.parts else ()
        return largest if len(self.parts) == 1 or len(largest) > 1 else ()

    @property
    def apart(self) -> bool:
        """Tell whether there is more than one part."""
        return len(self.parts) > 1


def place(ubigeos: Iterable[str], dataset: Dataset) -> Location:
    """Return how districts lie to each other in the division in use."""
    territory = dataset.territory
    known = frozenset(u for u in ubigeos if u in territory.districts)
    parts = territory.components(known)
    joining = joining_districts(Candidate(ubigeos=known), territory)[:MOST_JOINING] if len(parts) > 1 else ()
    provinces = {u for code in {u[:4] for u in known} for u in territory.in_province(code)}
    return Location(
        parts=tuple(tuple(sorted(part)) for part in parts),
        joining=joining,
        lost=tuple(sorted(set(ubigeos) - known)),
        rest=bool(provinces - known - set(joining)),
    )


def asked(where: Location, **more: str | None) -> dict[str, Any]:
    """Return the attributes (those of a component) by which the browser draws the map into the element that has them.

    more: `together`, what maps that share one scale have in common; `sign` and `kind`, the number that stands in it and
    its look (:func:`dashboard.pages.kit.identity.kind`); `look`, the state by which its outline is dashed
    (:func:`layers.overlays.look`), "" for one that stands apart.
    """
    told: dict[str, Any] = {f"data-{name}": value for name, value in more.items() if value is not None}
    return told | {
        "data-main": ".".join(where.main),
        "data-parts": "|".join(".".join(part) for part in where.parts),
        "data-joins": ".".join(where.joining),
    }


def legend(places: Iterable[Location], dataset: Dataset, words: Words) -> list[html.Span | html.Em]:
    """Return what the fills of maps mean, those that are there only, and whether the limits drawn are official."""
    places = tuple(places)
    there = {
        "own": any(where.main for where in places),
        "cut": any(where.apart for where in places),
        "join": any(where.joining for where in places),
        "province": any(where.rest for where in places),
    }
    fills: list[html.Span | html.Em] = [
        html.Span([html.I(className=f"swatch-{key}"), words.say(f"present.legend.{key}")])
        for key, shown in there.items()
        if shown
    ]
    return [*fills, html.Em(map_notice(dataset, words.say))]
