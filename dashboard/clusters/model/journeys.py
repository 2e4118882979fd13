"""Tell how one would travel between the capitals of a candidate by known links, and what nobody knows of it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from dashboard.clusters.model.candidate import Candidate
from geodata.model import Dataset, travel


@dataclass(frozen=True, slots=True)
class Travelled:
    """What is known of travel between the capitals of some districts.

    journeys: the shortest known ways that together join all that can be joined, each from one capital to another.
    parts: the districts between whose capitals ways are known, the largest first; one of a single district is not
    reached from any other. longest: the pair farthest apart by known ways and its km, None where none is known.
    touching: pairs that share a border and have no known way between their capitals. disputed: links between them
    that somebody disputes, which carry nothing.
    """

    journeys: tuple[tuple[str, str, travel.Journey], ...]
    parts: tuple[tuple[str, ...], ...]
    longest: tuple[str, str, float] | None
    touching: tuple[tuple[str, str], ...]
    disputed: tuple[travel.Link, ...]


def travelled(candidate: Candidate, dataset: Dataset) -> Travelled:
    """Return what is known of travel within a candidate. Raises UnknownUbigeo."""
    codes = sorted(dataset.territory.known(candidate.ubigeos))
    network = travel.network(dataset)
    km = {
        (a, b): float(network.km[network.position[a], network.position[b]])
        for n, a in enumerate(codes)
        for b in codes[n + 1 :]
    }
    part = {code: frozenset({code}) for code in codes}
    journeys = []
    for (a, b), _ in sorted(km.items(), key=lambda item: (item[1], item[0])):  # Kruskal: the fewest km that join them
        journey = network.journey(a, b) if part[a] is not part[b] else None
        if journey is not None:
            journeys.append((a, b, journey))
            whole = part[a] | part[b]
            part |= dict.fromkeys(whole, whole)
    parts = sorted({tuple(sorted(own)) for own in part.values()}, key=lambda own: (-len(own), own))
    longest = max(((own, *pair) for pair, own in km.items() if np.isfinite(own)), default=None)
    touching = (pair for pair in km if pair[1] in dataset.territory.neighbours(pair[0]) and _unknown(network, *pair))
    disputed = (link for link in travel.links(dataset) if link.disputed and {link.a, link.b} <= part.keys())
    return Travelled(
        tuple(journeys),
        tuple(parts),
        None if longest is None else (longest[1], longest[2], longest[0]),
        tuple(touching),
        tuple(disputed),
    )


def _unknown(network: travel.Network, a: str, b: str) -> bool:
    """Tell whether neither a way nor a link, if one of unknown length, is known between two capitals."""
    i, j = network.position[a], network.position[b]
    return not network.linked[i, j] and not np.isfinite(network.km[i, j])


def untravelled(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the districts to whose capital no way is known from any other of theirs."""
    return tuple(own[0] for own in parts if len(own) == 1)
