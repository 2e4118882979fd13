"""How often emergencies struck, and how many decrees declared one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.clusters.measures.kinds import PEOPLE, Total, share, shared_out
from dashboard.clusters.measures.measure import HAZARDS, Measure
from dashboard.clusters.measures.missing import Sum, Unknowns
from dashboard.clusters.measures.selection import EMERGENCIES, Selection, count_bits
from dashboard.clusters.model import years_of

PER_PEOPLE = 10_000


def _incomplete_years(chosen: Selection) -> Mapping[str, np.ndarray]:
    """Return how many years of the period (None: all on screen) have no complete record of emergencies."""
    dataset = chosen.dataset
    first, last = years_of(chosen.hazard_period, dataset) or dataset.screen_years
    complete_from, complete_to = dataset.hazards_complete_years
    open_years = sum(not complete_from <= year <= complete_to for year in range(first, last + 1))
    return {"years": np.full(len(chosen), open_years)}


@dataclass(frozen=True, kw_only=True)
class Emergencies(Total):
    """Emergencies of the period, of the districts where they are known."""

    def open(self, chosen: Selection) -> Mapping[str, np.ndarray]:
        """Return the years without a complete record."""
        return _incomplete_years(chosen)


@dataclass(frozen=True, kw_only=True)
class EmergencyRate(Measure):
    """Emergencies of the period by 10,000 people, of the districts where both are known."""

    def values(self, chosen: Selection) -> np.ndarray:
        """Return emergencies per 10,000 people."""
        return share(chosen.column(EMERGENCIES), chosen.people) * PER_PEOPLE

    def filled(self, known: Unknowns, ubigeos: Sequence[str]) -> Sum | None:
        """Return the sum of what each district brings, over the people of all."""
        return shared_out(known, EMERGENCIES, ubigeos, per=float(PER_PEOPLE))

    def open(self, chosen: Selection) -> Mapping[str, np.ndarray]:
        """Return the years without a complete record."""
        return _incomplete_years(chosen)


@dataclass(frozen=True, kw_only=True)
class Declarations(Measure):
    """Distinct decrees that name one of the districts."""

    def values(self, chosen: Selection) -> np.ndarray:
        """Return the number of decrees."""
        return count_bits(chosen.carried(chosen.decrees))

    def detail(self, chosen: Selection, row: int) -> Mapping[str, object]:
        """Return the names of the decrees."""
        return {"decrees": chosen.decrees.named(chosen.carried(chosen.decrees)[row])}


MEASURES = (
    Emergencies(
        key="emergencies", group="risk", unit="emergencies", better="lower", decimals=0, resource="hazards",
        dated=HAZARDS, columns=(EMERGENCIES,),
    ),
    EmergencyRate(
        key="emergencies_per_10000", group="risk", unit="per_10000", better="lower", decimals=1, resource="hazards",
        dated=HAZARDS, columns=(EMERGENCIES, PEOPLE),
    ),
    Declarations(
        key="declarations", group="risk", unit="decrees", better="lower", decimals=0, resource="declarations",
        dated=HAZARDS,
    ),
)  # fmt: skip
