"""Weigh criteria: how candidates are scored, many at once or one alone.

    score = sum(weight x points) / sum(weight)     over the criteria in use

Only the proportions of weights matter.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np

from dashboard.clusters.scoring.criteria import Columns, Criterion
from geodata.shared import Unusable


@dataclass(frozen=True, eq=False)
class Scale:
    """How the candidates of a pool are scored: a weight (all together 1) for each criterion in use.

    `judged` are left out because nobody has judged the candidates, `lacking` because some candidate has no
    value; it says how many. Without a weight above zero among those in use there is no score.
    """

    criteria: Mapping[str, Criterion]
    weights: Mapping[str, float]
    judged: tuple[str, ...]
    lacking: Mapping[str, int]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return the criteria that are not in use, in their order."""
        return tuple(key for key in self.criteria if key in self.judged or key in self.lacking)

    @cached_property
    def used(self) -> Mapping[str, float]:
        """Weight of each criterion in use over the sum of them; empty when none weighs anything."""
        left_out = self.left_out
        full = {key: self.weights[key] for key in self.criteria if key not in left_out}
        largest = max(full.values(), default=0.0)
        if largest <= 0:
            return {}
        # dividing by the largest first keeps very large and very small weights from overflowing or vanishing
        relative = {key: weight / largest for key, weight in full.items()}
        whole = sum(relative.values())
        return {key: weight / whole for key, weight in relative.items()}

    def totals(self, values: Columns) -> np.ndarray:
        """Return the score of each row, NaN where there is none or where it lacks a criterion in use."""
        rows = len(next(iter(values.values())))
        if not self.used:
            return np.full(rows, np.nan)
        parts = list(self.contributions(values).values())
        return sum(parts[1:], parts[0])

    def contributions(self, values: Columns) -> dict[str, np.ndarray]:
        """Return what each criterion in use brings to the score of each row, NaN where the row lacks it."""
        return {key: weight * self.criteria[key].points_of(values[key]) for key, weight in self.used.items()}

    def without(self, keys: Iterable[str]) -> "Scale":
        """Return the scale with some more criteria left out, each lacked by one candidate more."""
        more = {k: self.lacking.get(k, 0) + 1 for k in keys if k not in self.judged}
        return replace(self, lacking=MappingProxyType({**self.lacking, **more}))


def full_weights(weights: Mapping[str, float] | None, criteria: Mapping[str, Criterion]) -> dict[str, float]:
    """Return a weight for every criterion, its own where none is given. Raises Unusable."""
    given = dict(weights or {})
    faults = [f"{key}: there is no such criterion" for key in given if key not in criteria]
    for key, weight in given.items():
        if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not math.isfinite(weight):
            faults.append(f"{key}: {weight!r} is not a number")
        elif weight < 0:
            faults.append(f"{key}: {weight!r} is below zero")
    if faults:
        raise Unusable(tuple(faults))
    return {key: float(given.get(key, item.weight)) for key, item in criteria.items()}
