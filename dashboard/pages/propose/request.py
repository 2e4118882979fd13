"""Read what is searched for, from an address or from a browser: checked, bounded, never trusted.

What cannot be read in an address is replaced by nothing, which the browser fills from the candidate in
hand, and is told.
"""

from collections.abc import Mapping
from typing import Any

from dashboard.clusters.model import SERVICES, codes
from dashboard.clusters.scoring import Terms
from dashboard.pages.kit import period_of, weights_of
from dashboard.web.view import Problem
from geodata.model import Dataset

SIZES = (3, 4, 5, 6)
AXES = ("gap", "affected", "conflicts", "risk", "proximity")
FIRST_AXES = ("gap", "proximity")
SCORE = "score"
INITIALS = {"h": "health", "e": "education", "n": "environment"}


def read_address(query: Mapping[str, str], dataset: Dataset) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return what an address searches for, as the browser keeps it (None: not said), and what was not understood."""
    found: dict[str, Any] = dict.fromkeys(_READERS)
    problems: list[Problem] = []
    for name, (key, reader) in _READERS.items():
        raw = query.get(key)
        if raw is None:
            continue
        try:
            found[name] = reader(str(raw), dataset)
        except (ValueError, KeyError):
            problems.append(("address.bad", {"name": key, "value": str(raw)[:60]}))
    return found, tuple(problems)


def _place(raw: str, dataset: Dataset) -> str:
    if raw not in dataset.territory.provinces and raw not in dataset.territory.departments:
        raise ValueError(raw)
    return raw


def _sizes(raw: str, _: Dataset) -> list[int]:
    least, most = (int(part) for part in raw.split("-"))
    if not SIZES[0] <= least <= most <= SIZES[-1]:
        raise ValueError(raw)
    return [least, most]


def _services(raw: str, _: Dataset) -> list[str]:
    return [INITIALS[initial] for initial in dict.fromkeys(raw)]


def _districts(raw: str, dataset: Dataset) -> list[str]:
    return sorted(codes.decode(raw, dataset.territory)) if raw else []


def _axes(raw: str, _: Dataset) -> list[str]:
    x, y = raw.split(".")
    if x not in AXES or y not in AXES or x == y:
        raise ValueError(raw)
    return [x, y]


def _sort(raw: str, _: Dataset) -> str:
    if raw not in (SCORE, *AXES):
        raise ValueError(raw)
    return raw


_READERS = {
    "place": ("p", _place),
    "sizes": ("t", _sizes),
    "services": ("sv", _services),
    "locked": ("l", _districts),
    "axes": ("xy", _axes),
    "sort": ("s", _sort),
    "picked": ("q", _districts),
}


def search_of(sent: Any, dataset: Dataset) -> tuple[str, Terms]:
    """Return the place and the terms of a search that a browser sent; "" for no place that exists."""
    sent = sent if isinstance(sent, dict) else {}
    place = sent.get("place")
    known = isinstance(place, str) and (place in dataset.territory.provinces or place in dataset.territory.departments)
    services = sent.get("services")
    terms = Terms(
        sizes=_sent_sizes(sent.get("sizes")),
        services=frozenset(s for s in services if s in SERVICES) if isinstance(services, list) else frozenset(),
        weights=weights_of(sent.get("weights")),
        conflict_period=period_of(sent.get("conflictPeriod"), dataset),
        hazard_period=period_of(sent.get("hazardPeriod"), dataset),
    )
    return (place if known else ""), terms


def _sent_sizes(sent: Any) -> tuple[int, int]:
    given = [n for n in sent if n in SIZES] if isinstance(sent, list) else []
    return (int(min(given)), int(max(given))) if given else (SIZES[0], SIZES[-1])
