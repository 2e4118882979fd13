"""Criteria, weights and scores, and all feasible candidates of a place with theirs."""

from dashboard.clusters.scoring.criteria import (
    JUDGEMENT_SCALE,
    Columns,
    Criterion,
    Judgements,
    criterion_values,
    load_criteria,
    named_measures,
    values_for,
)
from dashboard.clusters.scoring.pools import Pool, pool, pool_of, scale_of
from dashboard.clusters.scoring.scale import Scale, full_weights
from dashboard.clusters.scoring.scores import (
    Score,
    Turn,
    Values,
    lacking,
    order,
    ranks,
    score_all,
    turns,
)
from dashboard.clusters.scoring.terms import (
    Terms,
)

__all__ = [
    "Columns",
    "Criterion",
    "JUDGEMENT_SCALE",
    "Judgements",
    "Pool",
    "Scale",
    "Score",
    "Terms",
    "Turn",
    "Values",
    "criterion_values",
    "full_weights",
    "lacking",
    "load_criteria",
    "named_measures",
    "order",
    "pool",
    "pool_of",
    "ranks",
    "scale_of",
    "score_all",
    "turns",
    "values_for",
]
