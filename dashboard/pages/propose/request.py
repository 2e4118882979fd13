"""Read what is searched for, from an address or from a browser: checked, bounded, never trusted.

What cannot be read in an address is replaced by nothing, which the browser fills from the candidate in
hand, and is told.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from dashboard.clusters.model import codes
from dashboard.clusters.scoring import SPREAD, Terms
from dashboard.pages.kit import Anchors, Period, Services, Weights
from dashboard.web.sent import Address, Problem, Sent, Text, part
from geodata.model import Dataset

SIZES = (3, 4, 5, 6)
AXES = ("gap", "affected", "conflicts", "risk", "proximity")
FIRST_AXES = ("gap", "proximity")
SCORE = "score"
INITIALS = {"h": "health", "e": "education", "n": "environment"}


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


class _SearchAddress(Address):
    """What an address searches for; None where it does not say."""

    place: Annotated[str | None, part(_place)] = Field(None, validation_alias="p")
    sizes: Annotated[list[int] | None, part(_sizes)] = Field(None, validation_alias="t")
    services: Annotated[list[str] | None, part(_services)] = Field(None, validation_alias="sv")
    locked: Annotated[list[str] | None, part(_districts)] = Field(None, validation_alias="l")
    axes: Annotated[list[str] | None, part(_axes)] = Field(None, validation_alias="xy")
    sort: Annotated[str | None, part(_sort)] = Field(None, validation_alias="s")
    picked: Annotated[list[str] | None, part(_districts)] = Field(None, validation_alias="q")


def read_address(query: Mapping[str, str], dataset: Dataset) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return what an address searches for, as the browser keeps it (None: not said), and what was not understood."""
    address, problems = _SearchAddress.read(query, dataset)
    return dict(address), problems


def _sent_sizes(sent: object) -> tuple[int, int]:
    given = [n for n in sent if n in SIZES] if isinstance(sent, list) else []
    return (int(min(given)), int(max(given))) if given else (SIZES[0], SIZES[-1])


class _Search(Sent):
    """What a browser searches for."""

    place: Text = ""
    sizes: Annotated[tuple[int, int], BeforeValidator(_sent_sizes)] = (SIZES[0], SIZES[-1])
    services: Services = frozenset()
    weights: Weights = Field(default_factory=dict)
    conflict_period: Period = Field(None, validation_alias="conflictPeriod", validate_default=True)
    hazard_period: Period = Field(None, validation_alias="hazardPeriod", validate_default=True)
    anchors: Anchors = SPREAD


def search_of(sent: object, dataset: Dataset) -> tuple[str, Terms]:
    """Return the place and the terms of a search that a browser sent; "" for no place that exists."""
    search = _Search.read(sent, dataset)
    known = search.place in dataset.territory.provinces or search.place in dataset.territory.departments
    terms = Terms(
        sizes=search.sizes,
        services=search.services,
        weights=search.weights,
        conflict_period=search.conflict_period,
        hazard_period=search.hazard_period,
        anchors=search.anchors,
    )
    return (search.place if known else ""), terms
