"""How many people live there, how densely, who lacks something, and who speaks an indigenous language."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.clusters.measures.kinds import PEOPLE, PeopleMean, Total, census_and, share, sum_known, years_with_census
from dashboard.clusters.measures.measure import Measure
from dashboard.clusters.measures.missing import Sum, Unknowns, total
from dashboard.clusters.measures.selection import Selection
from dashboard.clusters.model import INDIGENOUS, SERVICES, indicators_behind


@dataclass(frozen=True, kw_only=True)
class Density(Measure):
    """People over km², of the districts where both are known."""

    def values(self, chosen: Selection) -> np.ndarray:
        """Return people per km²."""
        return share(chosen.people, chosen.column("area_km2"))


@dataclass(frozen=True, kw_only=True)
class Affected(Measure):
    """People lacking in a sector, an estimate: sum(people x mean of its percentages / 100)."""

    def values(self, chosen: Selection) -> np.ndarray:
        """Return people, as no whole numbers."""
        return sum_known(chosen.people * chosen.column(self.columns[0]) / 100)

    def filled(self, known: Unknowns, ubigeos: Sequence[str]) -> Sum | None:
        """Return the sum of what each district with people brings."""
        own, people = known.columns[self.columns[0]], {u: known.people(u) for u in ubigeos}
        found = [part.times(people[u] / 100) for u in ubigeos if (part := own[u]) and not np.isnan(people[u])]
        return total(found) if found else None


def _affected(sector: str) -> Affected:
    lacking = f"lacking_{sector}"
    return Affected(
        key=f"affected_{sector}", group="people", unit="people", better="higher", decimals=0, resource="indicators",
        dated=lambda dataset: years_with_census(dataset, indicators_behind(dataset, lacking)),
        columns=(lacking, PEOPLE), thin=sector, sampled=lacking,
    )  # fmt: skip


MEASURES = (
    Total(
        key="population", group="people", unit="people", decimals=0, resource="indicators", dated=census_and(),
        columns=(PEOPLE,),
    ),
    Density(
        key="density", group="people", unit="people_per_km2", better="higher", decimals=1, resource="indicators",
        dated=census_and(), columns=(PEOPLE, "area_km2"),
    ),
    *map(_affected, SERVICES),
    PeopleMean(
        key="indigenous_percent", group="people", unit="percent", better="higher", decimals=1, resource="indicators",
        dated=census_and(INDIGENOUS), columns=("indigenous_percent", PEOPLE), sampled="indigenous_percent",
    ),
)  # fmt: skip
