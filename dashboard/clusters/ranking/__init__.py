"""Which candidate is better, how firmly, and what would better it."""

from dashboard.clusters.ranking.by_province import ProvinceRow, provinces, provincial
from dashboard.clusters.ranking.changes import (
    Change,
    Changes,
    single_changes,
    smallest_mends,
)
from dashboard.clusters.ranking.comparison import (
    LETTERS,
    Comparison,
    ComparisonError,
    CriterionRow,
    MeasureRow,
    compare,
)
from dashboard.clusters.ranking.fillings import (
    Filling,
    differences,
)
from dashboard.clusters.ranking.intervals import (
    UNBOUNDED,
    Interval,
    Uncertain,
)
from dashboard.clusters.ranking.order import Firmness, firmness
from dashboard.clusters.ranking.pareto import Frontier, Standpoint, frontier, standpoint
from dashboard.clusters.ranking.robustness import (
    DRAWS,
    SEED,
    Duel,
    Robustness,
)
from dashboard.clusters.ranking.standing import (
    Rank,
    Ranking,
    Spread,
    outside,
    place_name,
    rankings,
)

__all__ = [
    "Change",
    "Changes",
    "Comparison",
    "ComparisonError",
    "CriterionRow",
    "DRAWS",
    "Duel",
    "Filling",
    "Firmness",
    "Frontier",
    "Interval",
    "LETTERS",
    "MeasureRow",
    "ProvinceRow",
    "Rank",
    "Ranking",
    "Robustness",
    "SEED",
    "Spread",
    "Standpoint",
    "UNBOUNDED",
    "Uncertain",
    "compare",
    "differences",
    "firmness",
    "frontier",
    "outside",
    "place_name",
    "provinces",
    "provincial",
    "rankings",
    "single_changes",
    "smallest_mends",
    "standpoint",
]
