"""Score candidates one by one: each criterion to 0-100 points on a fixed scale, then their weighted mean.

A criterion that any of the compared candidates lacks is left out for all of them, so that like is
compared with like. Weights are what the group thinks (:mod:`dashboard.clusters.scoring.scale`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.clusters.scoring.criteria import Criteria, Criterion, load_criteria
from dashboard.clusters.scoring.scale import Scale, full_weights
from geodata.shared import precision

Values = Mapping[str, float | None]
Each = Criteria | Sequence[Criteria]  # by which all rows are scored, or each row its own (services have anchors)


@dataclass(frozen=True, slots=True)
class Score:
    """`total` 0-100, None when no criterion in use weighs anything.

    `points` 0-100 by criterion in use, and `contributions`, the part of the total that each brings.
    """

    total: float | None
    points: Mapping[str, float]
    contributions: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Turn:
    """A weight of one criterion at which another candidate draws level with the first one."""

    criterion: str
    weight: float
    overtakes: int


def score(
    values: Values,
    weights: Mapping[str, float] | None = None,
    criteria: Mapping[str, Criterion] | None = None,
    left_out: frozenset[str] = frozenset(),
) -> Score:
    """Return the score of one candidate over the criteria with a value that are not left out: a batch of one.

    Raises Unusable.
    """
    criteria = criteria or load_criteria()
    own = {key: values.get(key) for key in criteria if key not in left_out}
    known = {key: np.array([value], dtype=float) for key, value in own.items() if _is_known(value)}
    points = {key: float(criteria[key].points_of(value)[0]) for key, value in known.items()}
    scale = Scale(criteria, full_weights(weights, criteria), (), {key: 1 for key in criteria if key not in known})
    if not scale.used:
        return Score(None, points, dict.fromkeys(points, 0.0))
    parts = {key: float(part[0]) for key, part in scale.contributions(known).items()}
    return Score(float(scale.totals(known)[0]), points, parts)


def lacking(rows: Sequence[Values], criteria: Mapping[str, Criterion] | None = None) -> tuple[str, ...]:
    """Return the criteria that any of the compared candidates lacks, in their order."""
    criteria = criteria or load_criteria()
    return tuple(key for key in criteria if any(not _is_known(row.get(key)) for row in rows))


def score_all(
    rows: Sequence[Values],
    weights: Mapping[str, float] | None = None,
    criteria: Each | None = None,
) -> tuple[tuple[Score, ...], tuple[str, ...]]:
    """Return the scores of candidates compared with each other, and the criteria left out for all."""
    own = of_rows(criteria or load_criteria(), len(rows))
    left_out = lacking(rows, own[0] if own else None)
    made = (score(row, weights, mine, frozenset(left_out)) for row, mine in zip(rows, own, strict=True))
    return tuple(made), left_out


def of_rows(criteria: Each, rows: int) -> tuple[Criteria, ...]:
    """Return the criteria of each row."""
    return (criteria,) * rows if isinstance(criteria, Mapping) else tuple(criteria)


def ranks(totals: list[float | None] | tuple[float | None, ...]) -> tuple[int | None, ...]:
    """Return the place of each score, 1 for the highest; equal scores share a place and None has none."""
    found = precision.places(np.array([np.nan if total is None else total for total in totals]), precision.SAME_WITHIN)
    return tuple(int(place) or None for place in found)


def order(totals: list[float | None] | tuple[float | None, ...]) -> tuple[tuple[int, ...], ...]:
    """Return the positions of the scores from best to worst; those that tie stand in one tuple."""
    places = ranks(totals)
    return tuple(
        tuple(i for i, own in enumerate(places) if own == place)
        for place in sorted({own for own in places if own is not None})
    )


def turns(scores: tuple[Score, ...], weights: Mapping[str, float]) -> tuple[Turn, ...]:
    """Return, for each criterion, the nearest weight at which another candidate draws level with the first place.

    With points d = first - other, the two are level where sum(weight x d) = 0, which is linear in each
    weight. None is returned for a criterion whose weight alone cannot do it, or when the first place is shared.
    """
    leaders = order([s.total for s in scores])
    if not leaders or len(leaders[0]) != 1:
        return ()
    first = leaders[0][0]
    found = []
    for key in scores[first].points:
        levels = [
            Turn(key, level, other)
            for other in range(len(scores))
            if other != first
            and scores[other].total is not None
            and (level := _level(scores[first], scores[other], key, weights)) is not None
        ]
        found += sorted(levels, key=lambda turn: abs(turn.weight - weights[key]))[:1]
    return tuple(found)


def _level(first: Score, other: Score, key: str, weights: Mapping[str, float]) -> float | None:
    ahead = {k: first.points[k] - other.points[k] for k in first.points}
    rest = sum(weights[k] * ahead[k] for k in ahead if k != key)
    if ahead[key] == 0:
        return None
    level = -rest / ahead[key]
    return level if level >= 0 and math.isfinite(level) else None


def _is_known(value: float | None) -> bool:
    return value is not None and math.isfinite(value)
