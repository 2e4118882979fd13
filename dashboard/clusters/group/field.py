"""Set the proposals that a group judges beside each other: their points, and by how much each may lead another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Any

import numpy as np

from dashboard.clusters.group.judgements import LEVELS, Answer, Judged
from dashboard.clusters.measures import measure_all
from dashboard.clusters.model import Candidate
from dashboard.clusters.ranking import differences
from dashboard.clusters.scoring import (
    Criteria,
    Criterion,
    Scale,
    Terms,
    Values,
    anchored_each,
    lacking,
    load_criteria,
    values_for,
)
from geodata.model import Dataset


@dataclass(frozen=True, eq=False)
class PointsField:
    """What is known of some proposals on the criteria `used`; `left_out` are those that any of them lacks.

    `points` is (proposals, criteria), 0-100, as shown: what a group judges is the median of its answers. `low` and
    `high` are (proposals, proposals, criteria): the least and the most by which the first may lead the second, whatever
    missing data and those who said *no sé* turn out to be. `answers` has by judged criterion the points of each
    answer on each proposal, None for *no sé*; `levels` the points of the answers that there are.
    """

    used: tuple[str, ...]
    left_out: tuple[str, ...]
    points: np.ndarray
    low: np.ndarray
    high: np.ndarray
    answers: Mapping[str, tuple[tuple[float | None, ...], ...]]
    levels: Mapping[str, tuple[float, ...]]

    # JSON, of any type
    def to_dict(self) -> dict[str, Any]:
        """Return it as plain lists and numbers, for JSON."""
        return {
            "used": list(self.used),
            "left_out": list(self.left_out),
            **{name: getattr(self, name).tolist() for name in ("points", "low", "high")},
            "answers": {key: [list(own) for own in given] for key, given in self.answers.items()},
            "levels": {key: list(own) for key, own in self.levels.items()},
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "PointsField":  # JSON, of any type
        """Return the field that :meth:`to_dict` wrote down."""
        n, k = len(plain["points"]), len(plain["used"])
        return cls(
            used=tuple(plain["used"]),
            left_out=tuple(plain["left_out"]),
            points=np.array(plain["points"], dtype=float).reshape(n, k),
            low=np.array(plain["low"], dtype=float).reshape(n, n, k),
            high=np.array(plain["high"], dtype=float).reshape(n, n, k),
            answers={key: tuple(map(tuple, given)) for key, given in plain["answers"].items()},
            levels={key: tuple(own) for key, own in plain["levels"].items()},
        )


Bounds = Mapping[tuple[int, int], Mapping[str, tuple[float, float]]]


@dataclass(frozen=True)
class DataBounds:
    """What the data say of proposals, which no answer of the group changes.

    `values` are raw, by criterion; `bounds` has, by pair of positions (the first the smaller) and criterion, the least
    and the most by which the first leads the second in points. `criteria` are those of each, by its services.
    """

    values: tuple[Values, ...]
    bounds: Bounds
    criteria: tuple[Criteria, ...]


def measured(candidates: Sequence[Candidate], dataset: Dataset, terms: Terms | None = None) -> DataBounds:
    """Return what the data say of candidates, none of them empty. Raises UnknownUbigeo."""
    terms = terms or Terms()
    values = tuple(_values(candidate, dataset, terms) for candidate in candidates)
    left_out = lacking(values, terms.criteria)
    scale = Scale(terms.criteria, dict.fromkeys(terms.criteria, 1.0), (), dict.fromkeys(left_out, 1))
    bounds = {}
    for a, b in combinations(range(len(candidates)), 2):
        found = differences([candidates[a], candidates[b]], [values[a], values[b]], dataset, terms, scale)
        bounds[a, b] = {key: (own.least.margin, own.most.margin) for key, own in found.items()}
    return DataBounds(values, MappingProxyType(bounds), anchored_each(dataset, terms, candidates))


def field_of(
    data: DataBounds, judgements: Sequence[Mapping[str, Judged]], answers: Sequence[Mapping[str, Sequence[Answer]]]
) -> PointsField:
    """Return the field of proposals from what the data and the group say of each.

    `judgements` and `answers` have one mapping a proposal, by judged criterion; nobody's answer is no entry.
    """
    each = data.criteria
    criteria = each[0] if each else load_criteria()
    medians = [{key: own.median for key, own in of.items()} for of in judgements]
    unasked = {key: None for key, item in criteria.items() if item.judged}
    rows = [{**unasked, **row, **given} for row, given in zip(data.values, medians, strict=True)]
    left_out = lacking(tuple(rows), criteria)
    used = tuple(key for key in criteria if key not in left_out)
    points = np.array([[of[key].points(_known(row[key])) for key in used] for of, row in zip(each, rows, strict=True)])
    points = points.reshape(len(rows), len(used))
    low, high = np.zeros((2, len(rows), len(rows), len(used)))
    for (a, b), bounds in data.bounds.items():
        for k, key in enumerate(used):
            own = bounds.get(key) or _judged_bounds(criteria[key], judgements[a][key], judgements[b][key])
            low[a, b, k], high[a, b, k] = own
            low[b, a, k], high[b, a, k] = -own[1], -own[0]
    judged = [key for key in used if criteria[key].judged]
    return PointsField(
        used,
        left_out,
        points,
        low,
        high,
        {key: tuple(tuple(_points(criteria[key], one) for one in given[key]) for given in answers) for key in judged},
        {key: tuple(criteria[key].points(level) for level in LEVELS) for key in judged},
    )


def _values(candidate: Candidate, dataset: Dataset, terms: Terms) -> Values:
    figures = measure_all(
        candidate, dataset, terms.conflict_period, terms.hazard_period, terms.capital_has_municipality
    )
    return values_for(candidate, figures, None, terms.criteria)


def _judged_bounds(item: Criterion, first: Judged, second: Judged) -> tuple[float, float]:
    """Return the least and the most by which one median leads the other in points once *no sé* turns into an answer."""
    ends = [sorted(item.points(_known(value)) for value in (own.least, own.most)) for own in (first, second)]
    return ends[0][0] - ends[1][1], ends[0][1] - ends[1][0]


def _points(item: Criterion, answer: Answer) -> float | None:
    return None if answer is None else item.points(answer)


def _known(value: float | None) -> float:
    """Return a value that no proposal lacks."""
    if value is None:
        raise ValueError("a criterion in use has no value")
    return value
