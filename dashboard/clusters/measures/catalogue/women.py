"""How women fare in the services: who cannot read, how far that lies from everyone's, and who is a mother early."""

from dashboard.clusters.measures.kinds import PEOPLE, PeopleMean, years_with_census
from dashboard.clusters.model import indicators_behind


def _women(key: str, unit: str, better: str) -> PeopleMean:
    return PeopleMean(
        key=key, group="women", unit=unit, better=better, decimals=1, resource="indicators",
        dated=lambda dataset: years_with_census(dataset, indicators_behind(dataset, key)),
        columns=(key, PEOPLE), sampled=key,
    )  # fmt: skip


MEASURES = (
    _women("women_education", "percent", "higher"),
    _women("women_education_distance", "percent_points", "higher"),
    _women("women_health", "percent", "higher"),
)
