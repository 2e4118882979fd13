"""One proposal as a presentation shows it: as a snapshot froze it, or as it is now, in one form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from dashboard.clusters.measures import MEASURES, measure_all, year_text
from dashboard.clusters.model import COMPLETE, SERVICES, Candidate, basis, hazards
from dashboard.clusters.rules import Context, Verdict, joining_districts, judge
from dashboard.records.core import build
from dashboard.records.meetings import Snapshot
from dashboard.records.proposals import Proposal, candidate
from geodata.model import Dataset
from geodata.shared import place_among

MOST_FIGURES = 6
MOST_JOINING = 3
# a mean over districts, so that it can stand among those of the department
RANKED = ("gap_education", "gap_health", "gap_environment", "gap_combined", "emergencies_per_10000")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with what it means; of `n_total` districts `n_known` have it, `n_thin` from a small sample; of
    `n_unsampled` indicators behind it the sample is not known (snapshots of before do not tell)."""

    key: str
    value: float | None
    n_known: int
    n_total: int
    n_thin: int
    unit: str
    decimals: int
    year: str
    n_unsampled: int = 0


@dataclass(frozen=True)
class Seen:
    """A proposal with its figures and verdicts. `edition` is that of the data behind them; `frozen_at` is None for
    one that is shown as it is now."""

    number: int
    proposal: Proposal
    figures: Mapping[str, Told]
    verdicts: tuple[Verdict, ...]
    edition: str
    frozen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the districts lie: contiguous `parts`, the largest first; those `joining` them if added; those that the
    division in use no longer has (`lost`); and whether their provinces have a `rest`."""

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


def live(number: int, proposal: Proposal, dataset: Dataset, others: Iterable[Proposal]) -> Seen:
    """Return a proposal as it is now, judged beside the others. Raises UnknownUbigeo."""
    drawn = candidate(proposal)
    figures = {
        key: Told(
            key,
            figure.value,
            figure.n_known,
            figure.n_total,
            figure.n_thin,
            MEASURES[key].unit,
            MEASURES[key].decimals,
            year_text(MEASURES[key], dataset),
            figure.n_unsampled,
        )
        for key, figure in measure_all(drawn, dataset).items()
    }
    return Seen(number, proposal, figures, judge(drawn, Context.of(dataset, others)), dataset.edition)


def frozen(number: int, snapshot: Snapshot) -> Seen:
    """Return a proposal as a snapshot kept it."""
    content = snapshot.content
    figures = {key: Told(key=key, **values) for key, values in content["measures"].items()}
    verdicts = tuple(Verdict(v["rule"], v["status"], v["message"], v["args"]) for v in content["rules"])
    proposal = build(Proposal, content["proposal"])
    return Seen(number, proposal, figures, verdicts, snapshot.edition, snapshot.taken_at)


def place(ubigeos: Iterable[str], dataset: Dataset) -> Place:
    """Return how districts lie to each other in the division in use."""
    territory = dataset.territory
    known = frozenset(u for u in ubigeos if u in territory.districts)
    parts = territory.components(known)
    joining = joining_districts(Candidate(ubigeos=known), territory)[:MOST_JOINING] if len(parts) > 1 else ()
    provinces = {u for code in {u[:4] for u in known} for u in territory.in_province(code)}
    return Place(
        parts=tuple(tuple(sorted(part)) for part in parts),
        joining=joining,
        lost=tuple(sorted(set(ubigeos) - known)),
        rest=bool(provinces - known - set(joining)),
    )


def key_measures(services: Iterable[str], most: int = MOST_FIGURES) -> tuple[str, ...]:
    """Return the measures that a slide has room for: people and gaps of the services worked on first."""
    chosen = [service for service in SERVICES if service in set(services)]
    gaps = [f"gap_{service}" for service in chosen] or ["gap_combined"]
    affected = [f"affected_{service}" for service in chosen]
    head = ["population", *gaps, *(affected if len(affected) == 1 else [])]
    tail = ["conflicts_active", "emergencies_per_10000", "farthest_capitals_km", "governments", *affected]
    return tuple(dict.fromkeys([*head, *tail]))[:most]


def rank(told: Told, department: str, dataset: Dataset) -> tuple[int, int] | None:
    """Return the place a figure would have among the known districts of a department, the highest first, and how
    many those are; None for what is no mean over districts, or unknown."""
    if told.key not in RANKED or told.value is None:
        return None
    rows = [basis(dataset).position[u] for u in dataset.territory.in_department(department)]
    found = place_among(told.value, _by_district(told.key, dataset)[rows], told.decimals)
    return found if found[1] else None


def share(told: Told, department: str, dataset: Dataset) -> float | None:
    """Return the percentage that people are of those of a department; None where unknown."""
    rows = [basis(dataset).position[u] for u in dataset.territory.in_department(department)]
    everyone = np.nansum(basis(dataset).columns["population"][rows])
    return None if told.value is None or not everyone else 100 * told.value / float(everyone)


def _by_district(key: str, dataset: Dataset) -> np.ndarray:
    columns = basis(dataset).columns
    if key in columns:
        return columns[key]
    people = np.where(columns["population"] > 0, columns["population"], np.nan)
    return hazards(dataset, COMPLETE).emergencies / people * 10_000
