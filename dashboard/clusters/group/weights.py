"""Read what each member of a group thinks that the criteria weigh, and what all of them together allow.

A ranking becomes weights by the centroid of all weights that agree with it (F. H. Barron and B. E. Barrett,
"Decision quality using ranked attribute weights", 1996): of n criteria the k-th weighs (1/k + ... + 1/n) / n.
`assets/js/model/group_weights.js` does the same in the browser; tests/cases/group_weights.json holds both to it.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

POINTS, RANKING = WAYS = ("points", "ranking")


def centroid_weights(places: Mapping[str, float]) -> dict[str, float]:
    """Return weights that add up to 1 from a place by criterion, the lowest first; equal places share their weights.

    >>> centroid_weights({"gap": 1, "risk": 2})
    {'gap': 0.75, 'risk': 0.25}
    """
    by_place = sorted(places, key=lambda key: places[key])
    n = len(by_place)
    own = [math.fsum(1 / j for j in range(k, n + 1)) / n for k in range(1, n + 1)]
    found: dict[str, float] = {}
    for place in sorted(set(places.values())):
        tied = [at for at, key in enumerate(by_place) if places[key] == place]
        share = math.fsum(own[at] for at in tied) / len(tied)
        found |= {by_place[at]: share for at in tied}
    return {key: found[key] for key in places}


# JSON, of any type
def weights_of(answer: Mapping[str, Any], criteria: Sequence[str]) -> dict[str, float]:
    """Return the weights that a member gave, adding up to 1, by criterion; empty where none weighs anything.

    answer: its `way` (points or ranking) and its `values` by criterion. What is not named weighs nothing.
    """
    values = {key: float(value) for key, value in answer["values"].items() if key in criteria and value is not None}
    given = centroid_weights(values) if answer["way"] == RANKING else values
    whole = math.fsum(given.values())
    return {key: given.get(key, 0.0) / whole for key in criteria} if whole > 0 else {}


def weightings_of(given: Sequence[Mapping[str, float]], used: Sequence[str]) -> np.ndarray:
    """Return (members, criteria) weights over the criteria in use, each row adding up to 1.

    Whoever gave all weight to what is not in use is not among them.
    """
    table = np.array([[own.get(key, 0.0) for key in used] for own in given], dtype=float).reshape(-1, len(used))
    whole = table.sum(axis=1, keepdims=True)
    kept = whole[:, 0] > 0
    return table[kept] / whole[kept]


def limits_of(weightings: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the most that any member gave each criterion.

    What the group's answers allow is every weighting in which each criterion weighs no less than the least and
    no more than the most that any member gave it.
    """
    return weightings.min(axis=0), weightings.max(axis=0)


def drawn_within(weightings: np.ndarray, draws: int, seed: int, sweeps: int = 30) -> np.ndarray:
    """Return (draws, criteria) weightings, uniform among those that the members' weightings allow, the same for a seed.

    Each is the end of a walk of its own (T. Tervonen and others, "Hit-and-Run enables efficient weight generation",
    2013), which begins at a mixture of the members' and takes up every pair of criteria `sweeps` times: weight goes
    from one of the two to the other, as much as the limits leave, at random.
    """
    low, high = limits_of(weightings)
    random = np.random.default_rng(seed)
    says = random.standard_exponential((draws, len(weightings)))
    walks = ((says / says.sum(axis=1, keepdims=True)) @ weightings).T.copy()
    free = np.flatnonzero(high > low)
    pairs = [(a, b) for at, a in enumerate(free) for b in free[at + 1 :]]
    for pair in (pairs[at] for _ in range(sweeps) for at in random.permutation(len(pairs))):
        _move(walks, pair, (low, high), random)
    return walks.T


def _move(
    walks: np.ndarray, pair: tuple[int, int], limits: tuple[np.ndarray, np.ndarray], random: np.random.Generator
) -> None:
    """Move weight between two criteria of every walk, anything between the least and the most equally likely."""
    a, b = pair
    low, high = limits
    both = walks[a] + walks[b]
    least = np.maximum(low[a], both - high[b])
    most = np.maximum(least, np.minimum(high[a], both - low[b]))
    walks[a] = least + (most - least) * random.random(walks.shape[1])
    walks[b] = both - walks[a]
