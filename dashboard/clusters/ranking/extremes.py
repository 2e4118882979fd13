"""Find the choice of a value for every cell that makes one score exceed another by as much as can be.

The points of a criterion run from 0 to 100 and no further. Where no choice reaches an end the difference is
a sum over the cells, and each takes its own best value. Where one may, the points bend, and HiGHS
(scipy's `milp`) finds the best choice: one value a cell, one yes or no for each bend.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # whose parts load when first used, not at every start

from dashboard.clusters.measures import Sum

MOST = 100.0


@dataclass(frozen=True)
class Term:
    """Points of one criterion of one candidate, before they are held to 0-100, times a factor.

    The factor is below zero for the candidate whose score is taken off.
    """

    factor: float
    points: Sum

    def at(self, choice: Sequence[int]) -> float:
        """Return the points, held to 0-100 and times the factor, with the chosen value of every cell."""
        return self.factor * min(MOST, max(0.0, self.points.at(choice)))

    @property
    def bends(self) -> bool:
        """Tell whether some choices lie beyond an end and others not."""
        low, high = self.points.ends
        return bool(self.points.parts) and (low < 0 < high or low < MOST < high)

    @property
    def counts(self) -> bool:
        """Tell whether any choice changes it."""
        low, high = self.points.ends
        return bool(self.points.parts) and low < MOST and high > 0


def best_choice(terms: Sequence[Term], allowed: Sequence[np.ndarray]) -> list[int]:
    """Return for each cell which of its `allowed` values makes the sum of the terms largest."""
    gains = [np.zeros(len(mask)) for mask in allowed]
    for term in terms:
        if term.counts and not term.bends:
            for cell, part in term.points.parts.items():
                gains[cell] = gains[cell] + term.factor * part
    bent = [term for term in terms if term.counts and term.bends]
    touched = sorted({cell for term in bent for cell in term.points.parts})
    choice = [int(np.argmax(np.where(mask, gain, -np.inf))) for mask, gain in zip(allowed, gains, strict=True)]
    if touched:
        for cell, at in zip(touched, _solved(bent, touched, gains, allowed), strict=True):
            choice[cell] = at
    return choice


def _solved(
    bent: Sequence[Term], touched: Sequence[int], gains: Sequence[np.ndarray], allowed: Sequence[np.ndarray]
) -> list[int]:
    """Return the choice of the touched cells. Columns: a yes or no a value, then points and bend of each term."""
    sizes = [len(gains[cell]) for cell in touched]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    values, n = int(starts[-1]), len(bent)
    width = values + 2 * n
    cost = np.concatenate([*(-gains[cell] for cell in touched), [-t.factor for t in bent], np.zeros(n)])
    upper = np.concatenate([*(allowed[cell].astype(float) for cell in touched), np.full(n, MOST), np.ones(n)])
    rows, lows, highs = [], [], []
    for start, end in zip(starts[:-1], starts[1:], strict=True):
        row = np.zeros(width)
        row[start:end] = 1.0
        rows.append(row)
        lows.append(1.0)
        highs.append(1.0)
    for k, term in enumerate(bent):
        held, points = np.zeros(width), np.zeros(width)
        for cell, part in term.points.parts.items():
            start = starts[touched.index(cell)]
            held[start : start + len(part)] = -part
        held[values + k] = points[values + k] = 1.0
        low, high = term.points.ends
        if term.factor > 0:  # points <= what they would be, unless that is below zero and they are none
            held[values + n + k], points[values + n + k] = -max(-low, 0.0), MOST
            limits = ((-np.inf, term.points.constant), (-np.inf, MOST))
        else:  # points >= what they would be, unless that is beyond the end and they are all
            held[values + n + k], points[values + n + k] = max(high - MOST, 0.0), -MOST
            limits = ((term.points.constant, np.inf), (0.0, np.inf))
        rows += [held, points]
        lows += [low for low, _ in limits]
        highs += [high for _, high in limits]
    found = scipy.optimize.milp(
        cost,
        integrality=np.concatenate([np.ones(values), np.zeros(n), np.ones(n)]),
        bounds=scipy.optimize.Bounds(0.0, upper),
        constraints=scipy.optimize.LinearConstraint(np.array(rows), lows, highs),
        options={"mip_rel_gap": 0.0},
    )
    return [int(np.argmax(found.x[start:end])) for start, end in zip(starts[:-1], starts[1:], strict=True)]
