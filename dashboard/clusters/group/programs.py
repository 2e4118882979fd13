"""Prove by linear programs (HiGHS, by scipy) what weightings can make first, and find the nearest that does.

`ahead` is (others, criteria): the points by which one proposal leads each other one on each criterion. It is first
under weights w where every row of `ahead @ w` is at least 0.
"""

from dataclasses import dataclass

import numpy as np
import scipy  # whose parts load when first used, not at every start

LEVEL_WITHIN = 1e-6  # points: what a linear program leaves of them


@dataclass(frozen=True)
class Lead:
    """How far at best a proposal leads the next one, in points, and under which weights.

    `rivals` is a mixture of the others (shares that add up to 1) that no weights let it lead by more: the proof.
    """

    margin: float
    weights: tuple[float, ...]
    rivals: tuple[float, ...]

    @property
    def first(self) -> bool:
        """Tell whether some weights put it first, alone or level with others."""
        return self.margin >= -LEVEL_WITHIN


@dataclass(frozen=True)
class Nearest:
    """The nearest weighting that puts a proposal first; `moved` (0-1) is the share of all weight that moves for it."""

    moved: float
    weights: tuple[float, ...]


def lead(ahead: np.ndarray, low: np.ndarray, high: np.ndarray) -> Lead:
    """Return how far a proposal can lead under weights between low and high that add up to 1."""
    others, criteria = ahead.shape
    if not others:
        return Lead(0.0, tuple(_any(low, high)), ())
    done = scipy.optimize.linprog(
        np.r_[np.zeros(criteria), -1.0],
        A_ub=np.c_[-ahead, np.ones(others)],
        b_ub=np.zeros(others),
        A_eq=np.r_[np.ones(criteria), 0.0][None, :],
        b_eq=[1.0],
        bounds=[*zip(low, high, strict=True), (None, None)],
        method="highs",
    )
    return Lead(float(done.x[-1]), tuple(done.x[:-1].tolist()), tuple((-done.ineqlin.marginals + 0.0).tolist()))


def nearest(ahead: np.ndarray, reference: np.ndarray) -> Nearest | None:
    """Return the weighting nearest to a reference that puts a proposal first; None where none at all does.

    Near is: little weight has to move from criteria to others.
    """
    others, n = ahead.shape
    if not (ahead @ reference < 0).any():
        return Nearest(0.0, tuple(reference.tolist()))
    done = scipy.optimize.linprog(
        np.r_[np.zeros(n), np.full(2 * n, 0.5)],  # weights, what each gains, what each loses
        A_ub=np.c_[-ahead, np.zeros((others, 2 * n))],
        b_ub=np.zeros(others),
        A_eq=np.r_[
            np.r_[np.ones(n), np.zeros(2 * n)][None, :],
            np.c_[np.eye(n), -np.eye(n), np.eye(n)],
        ],
        b_eq=np.r_[1.0, reference],
        bounds=(0.0, 1.0),
        method="highs",
    )
    return Nearest(float(done.fun), tuple(done.x[:n].tolist())) if done.success else None


def _any(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    left = 1.0 - low.sum()
    room = high - low
    return low + room * (left / room.sum() if room.sum() > 0 else 0.0)
