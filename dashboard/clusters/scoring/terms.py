"""Say on what terms candidates are searched, measured and scored; the same terms give the same answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.clusters.model import COMPLETE, SERVICES, SIZES, Period, SearchError
from dashboard.clusters.scoring.criteria import Criteria, load_criteria

SPREAD, FIXED = "spread", "fixed"  # anchors by how all feasible candidates lie, or as criteria.toml has them
ANCHORS = (SPREAD, FIXED)


@dataclass(frozen=True)
class Terms:
    """What a search rests on.

    sizes: least and most districts. services: those worked on, none for all three. weights: by criterion,
    as :mod:`dashboard.clusters.scoring.scores` takes them; the criteria's own where none is given. Periods are
    years, both included. capital_has_municipality: whether a provincial capital counts as a district
    government. anchors: one of :data:`ANCHORS`; `criteria` are as they are written, with the fixed ones, and
    :func:`dashboard.clusters.scoring.anchors.anchored` gives those that score. Raises ValueError, SearchError.
    """

    sizes: tuple[int, int] = SIZES
    services: frozenset[str] = frozenset()
    weights: Mapping[str, float] | None = None
    conflict_period: Period = None
    hazard_period: Period = COMPLETE
    capital_has_municipality: bool = False
    anchors: str = SPREAD
    criteria: Criteria = field(default_factory=load_criteria)

    def __post_init__(self) -> None:
        least, most = self.sizes
        if not 1 <= least <= most:
            raise SearchError("sizes", least=least, most=most)
        object.__setattr__(self, "services", frozenset(self.services))
        if self.anchors not in ANCHORS:
            raise ValueError(f"unknown anchors: {self.anchors}")
        unknown = sorted(self.services - set(SERVICES))
        if unknown:
            raise ValueError(f"unknown services: {', '.join(unknown)}")
