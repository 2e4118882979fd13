"""Find the candidates that no other beats: the trade-off frontier (Pareto).

One candidate beats another when it is at least as good on every aim and better on one. A candidate with
an aim unknown neither beats nor is beaten, and is left out and counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.clusters.scoring import Pool
from geodata.shared import SAME_WITHIN, rounded_all

AIMS = ("gap", "conflicts", "risk", "proximity")


@dataclass(frozen=True)
class Frontier:
    """`rows`: positions in the pool that none beats, best score first; `unknown` candidates were left out."""

    aims: tuple[str, ...]
    rows: tuple[int, ...]
    unknown: int


@dataclass(frozen=True)
class Standpoint:
    """Whether a candidate is on the frontier, None when an aim of it is unknown, and who beats it.

    `beaten_by` are the positions in the pool of those that do, those on the frontier first, then by score. `better_on`
    has for each of them the aims on which it is better; on the others it is the same.
    """

    on: bool | None
    beaten_by: tuple[int, ...]
    better_on: tuple[tuple[str, ...], ...]


def frontier(among: Pool, aims: tuple[str, ...] = AIMS) -> Frontier:
    """Return the frontier of a pool. Raises KeyError for an aim that is no criterion."""
    goods = _goods(among.values, among, aims)
    known = np.flatnonzero(~np.isnan(goods).any(axis=1))
    front = known[_unbeaten(goods[known])]
    ordered = sorted(front.tolist(), key=lambda row: (-_or_least(float(among.totals[row])), row))
    return Frontier(tuple(aims), tuple(ordered), len(among) - len(known))


def standpoint(values: Mapping[str, float | None], among: Pool, front: Frontier | None = None) -> Standpoint:
    """Return how a candidate's raw criterion values stand against a pool and its frontier."""
    front = front or frontier(among)
    own = _goods({k: np.array([_or_nan(values[k])]) for k in front.aims}, among, front.aims)[0]
    if np.isnan(own).any():
        return Standpoint(None, (), ())
    goods = _goods(among.values, among, front.aims)
    beating = np.flatnonzero((goods >= own).all(axis=1) & (goods > own).any(axis=1)).tolist()
    first = set(front.rows)
    beating.sort(key=lambda row: (row not in first, -_or_least(float(among.totals[row])), row))
    better = tuple(
        tuple(key for key, over in zip(front.aims, goods[row] > own, strict=True) if over) for row in beating
    )
    return Standpoint(not beating, tuple(beating), better)


def _goods(values: Mapping[str, np.ndarray], among: Pool, aims: tuple[str, ...]) -> np.ndarray:
    """Return (n, aims) where more is better, rounded as scores are compared; NaN unknown."""
    sign = {key: 1.0 if among.terms.criteria[key].direction == "higher" else -1.0 for key in aims}
    return rounded_all(np.stack([sign[key] * values[key] for key in aims], axis=1), SAME_WITHIN)


def _unbeaten(goods: np.ndarray) -> np.ndarray:
    """Return a mask of the rows that no other beats.

    What a row beats is dropped at once, best sums first, so that few rows are ever compared with all.
    """
    left = np.argsort(-(goods - goods.mean(axis=0)).dot(1 / np.maximum(goods.std(axis=0), 1e-12)), kind="stable")
    result = np.zeros(len(goods), dtype=bool)
    while len(left):
        row, left = left[0], left[1:]
        beats_row = (goods[left] >= goods[row]).all(axis=1) & (goods[left] > goods[row]).any(axis=1)
        result[row] = not beats_row.any()
        beaten = (goods[left] <= goods[row]).all(axis=1) & (goods[left] < goods[row]).any(axis=1)
        left = left[~beaten]
    return result


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _or_least(value: float) -> float:
    return -np.inf if np.isnan(value) else float(value)
