"""How wide the service gaps are.

Scores of :mod:`geodata.model.derived` (0-100, percentile ranks), weighted with people.
"""

from dashboard.clusters.measures.kinds import PEOPLE, PeopleMean, years_with_census
from dashboard.clusters.model import SERVICES, indicators_behind


def _gap(sector: str) -> PeopleMean:
    column = f"gap_{sector}"
    return PeopleMean(
        key=column, group="gaps", unit="points", better="higher", decimals=1, resource="indicators",
        dated=lambda dataset: years_with_census(dataset, indicators_behind(dataset, column)),
        columns=(column, PEOPLE), thin=sector, sampled=column,
    )  # fmt: skip


MEASURES = tuple(_gap(sector) for sector in (*SERVICES, "combined"))
