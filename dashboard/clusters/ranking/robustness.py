"""Say how firm an order of candidates is: over all weightings, over one weight, and over what data leave open.

Weightings are drawn uniformly from the simplex, which is Dirichlet(1, ..., 1): every set of weights above
zero that adds up to one is as likely as any other (L. Devroye, "Non-Uniform Random Variate Generation",
1986, chapter XI: exponential variates over their sum). Criteria that anyone lacks are left out for all,
and so are those to which the group gives the weight zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import numpy as np

from dashboard.clusters.ranking.fillings import ScoreDifference
from dashboard.clusters.scoring import Each, Turn, Values, full_weights, load_criteria, of_rows, score_all, turns
from geodata.shared import SAME_WITHIN, SentenceError, rounded, rounded_all

DRAWS = 10_000
SEED = 2013
FIRM = 0.9


@dataclass(frozen=True)
class Robustness:
    """How candidates stand to each other over `draws` weightings of the criteria `used`.

    beats[a][b]: the share (0-1) of weightings in which a scores above b, exactly equal ones apart.
    first[a]: the share in which a has the first place, alone or shared. always[a][b]: a is at least as
    good as b on every criterion and better on one, so every weighting drawn puts it above: all weights are
    above zero. never[a][b]: b is at least as good as a on every criterion, so no weighting puts a above. All
    empty when no criterion is in use.
    """

    used: tuple[str, ...]
    left_out: tuple[str, ...]
    draws: int
    seed: int
    beats: tuple[tuple[float, ...], ...]
    first: tuple[float, ...]
    always: tuple[tuple[bool, ...], ...]
    never: tuple[tuple[bool, ...], ...]

    def error(self, share: float) -> float:
        """Return the standard error of a share: sqrt(share x (1 - share) / draws)."""
        return sqrt(share * (1 - share) / self.draws)


@dataclass(frozen=True)
class Duel:
    """What can be said of two candidates, with the words for it.

    `message` is a text key: engine.duel.always (`ahead`, 0 or 1, is nowhere worse and somewhere better), .clear
    (ahead in most weightings), .weights (the order depends on the weights), .data (what is not known leaves it
    open: they are not told apart), .missing (only ahead because data are missing), .tie, or .unknown.
    `share` is that in which the one ahead scores higher; `turns` are the single weights that level them.
    `difference` bounds the first's score less the second's, None where that was not asked for.
    """

    message: str
    ahead: int | None
    share: float | None
    turns: tuple[Turn, ...]
    difference: ScoreDifference | None = None


@lru_cache(maxsize=16)
def weightings(criteria: int, draws: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """Return (draws, criteria) weights uniform on the simplex, the same for the same seed. Raises SentenceError."""
    if draws < 1:
        raise SentenceError("engine.robustness.draws", draws=draws)
    drawn = np.random.default_rng(seed).standard_exponential((draws, criteria))
    drawn /= drawn.sum(axis=1, keepdims=True)
    drawn.setflags(write=False)
    return drawn


def robustness(
    rows: Sequence[Values],
    weights: Mapping[str, float] | None = None,
    criteria: Each | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Robustness:
    """Return how candidates, given by their raw criterion values, stand over all weightings.

    Raises Unusable, SentenceError.
    """
    own = of_rows(criteria or load_criteria(), len(rows))
    known = own[0] if own else load_criteria()
    full = full_weights(weights, known)
    scores, _ = score_all(list(rows), full, own)
    used = tuple(key for key in known if scores and key in scores[0].points and full[key] > 0)
    unused = tuple(key for key in known if key not in used)
    drawn = weightings(max(len(used), 1), draws, seed)
    if not used:
        return Robustness((), unused, draws, seed, (), (), (), ())
    table = np.array([[s.points[key] for key in used] for s in scores])
    totals = rounded_all(drawn @ table.T, SAME_WITHIN)
    beats = (totals[:, :, None] > totals[:, None, :]).mean(axis=0)
    first = (totals == totals.max(axis=1, keepdims=True)).mean(axis=0)
    at_least = np.logical_and.reduce(table[:, None, :] >= table[None, :, :], axis=2)
    always = at_least & np.logical_or.reduce(table[:, None, :] > table[None, :, :], axis=2)
    return Robustness(
        used, unused, draws, seed, _tuples(beats), tuple(first.tolist()), _tuples(always), _tuples(at_least.T)
    )


def duel(
    rows: Sequence[Values],
    difference: ScoreDifference | None,
    weights: Mapping[str, float] | None = None,
    criteria: Each | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    firm: float = FIRM,
) -> Duel:
    """Say which of two candidates is ahead, and whether that is firm.

    With the weights in use the one with the higher score is ahead. It is not told apart from the other where
    the `difference` is open; it depends on the weights when it is ahead in less than `firm` of them.
    """
    own = of_rows(criteria or load_criteria(), len(rows))
    full = full_weights(weights, own[0])
    scores, _ = score_all(list(rows), full, own)
    totals = [s.total for s in scores if s.total is not None]
    if len(totals) < len(scores):
        return Duel("engine.duel.unknown", None, None, ())
    levels, shown = turns(scores, full), [rounded(total, SAME_WITHIN) for total in totals]
    ahead = None if shown[0] == shown[1] else 0 if shown[0] > shown[1] else 1
    stands = robustness(rows, full, own, draws, seed)
    share = None if ahead is None else stands.beats[ahead][1 - ahead]

    def said(kind: str) -> Duel:
        return Duel(f"engine.duel.{kind}", ahead, share, levels, difference)

    if difference is not None and difference.open:
        return said("data")
    if ahead is None or share is None:
        return said("tie")
    if difference is not None and (difference.most.margin <= 0 if ahead == 0 else difference.least.margin >= 0):
        return said("missing")
    if stands.always[ahead][1 - ahead]:
        return said("always")
    return said("clear" if share >= firm else "weights")


def _tuples(table: np.ndarray) -> tuple[tuple, ...]:
    return tuple(map(tuple, table.tolist()))
