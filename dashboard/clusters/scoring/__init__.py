"""Criteria, weights and scores, and all feasible candidates of a place with theirs."""

from dashboard.clusters.scoring.anchors import anchored, anchored_each, percentiles
from dashboard.clusters.scoring.criteria import (
    JUDGEMENT_SCALE,
    Columns,
    Criteria,
    Criterion,
    Judgements,
    asked,
    criterion_values,
    load_criteria,
    named_measures,
    values_for,
)
from dashboard.clusters.scoring.own import DIRECTIONS as OWN_DIRECTIONS
from dashboard.clusters.scoring.own import OwnCriterion, own_key, with_own
from dashboard.clusters.scoring.pools import Pool, pool, pool_of, scale_of
from dashboard.clusters.scoring.scale import Scale, full_weights
from dashboard.clusters.scoring.scores import (
    Each,
    Score,
    Turn,
    Values,
    lacking,
    of_rows,
    order,
    ranks,
    score_all,
    turns,
)
from dashboard.clusters.scoring.terms import ANCHORS, FIXED, SPREAD, Terms

__all__ = [
    "ANCHORS",
    "Columns",
    "Criteria",
    "Criterion",
    "Each",
    "FIXED",
    "JUDGEMENT_SCALE",
    "Judgements",
    "OWN_DIRECTIONS",
    "OwnCriterion",
    "Pool",
    "SPREAD",
    "Scale",
    "Score",
    "Terms",
    "Turn",
    "Values",
    "anchored",
    "anchored_each",
    "asked",
    "criterion_values",
    "full_weights",
    "lacking",
    "load_criteria",
    "named_measures",
    "of_rows",
    "order",
    "percentiles",
    "own_key",
    "pool",
    "pool_of",
    "ranks",
    "scale_of",
    "score_all",
    "turns",
    "values_for",
    "with_own",
]
