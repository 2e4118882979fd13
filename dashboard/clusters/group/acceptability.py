"""Say what follows from a group's own weights and judgements: how acceptable each proposal is, and what it rests on.

Stochastic multicriteria acceptability analysis (R. Lahdelma and P. Salminen, "SMAA-2", 2001; T. Tervonen and
J. R. Figueira, "A survey on SMAA methods", 2008). The weightings that the members gave are counted one by one;
those that their answers allow (:func:`weights.limits_of`) are drawn evenly; what none of them makes first is proven by
linear programs. What is not known, of the data or by those who said *no sé*, has no chances of its own: it widens a
share to the least that is certain and the most that is possible.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from dashboard.clusters.group.field import PointsField
from dashboard.clusters.group.programs import LEVEL_WITHIN, Lead, Nearest, lead, nearest
from dashboard.clusters.group.weights import drawn_within, limits_of, weightings_of
from dashboard.clusters.ranking import DRAWS, SEED

Row = tuple[float, ...]
ANY, ALLOWED = "any", "allowed"


@dataclass(frozen=True, slots=True)
class FirstPlaces:
    """In how many weightings a proposal is first, alone or level: `certain` whatever is not known, `possible` for some.

    `shown` is with the figures as shown. Counts of members, or shares (0-1) of draws.
    """

    certain: float
    shown: float
    possible: float


@dataclass(frozen=True)
class Outlook:
    """What follows for one proposal.

    `given`: first places in the members' own weightings, counted. `allowed`: shares of the weightings that the answers
    allow; `ranks` the share in which it has each place, as shown. `central`: the mean of the weightings drawn that put
    it first, None where none does; `confidence`: how often it is first under those, when each judgement is that of any
    one member (who said *no sé*: any of the five). `best`, over `any` weights and those `allowed`: how far it
    leads at best, as shown and with what is not known in its favour. `nearest`: the weighting nearest to the mean of
    the members' that puts it first, as shown.
    """

    given: FirstPlaces
    allowed: FirstPlaces
    ranks: Row
    central: Row | None
    confidence: float | None
    best: Mapping[str, tuple[Lead, Lead]]
    nearest: Nearest | None

    @property
    def never(self) -> str:
        """Return over which weightings it is proven never to be first, whatever is not known: any, allowed or none."""
        for scope in (ANY, ALLOWED):
            if not self.best[scope][1].first:
                return scope
        return ""


@dataclass(frozen=True)
class Outcome:
    """What follows from the answers of `members` who weighed anything that is in use.

    `weights` are theirs, (members, criteria); `reference` their mean, `low` and `high` the least and the most.
    """

    used: tuple[str, ...]
    left_out: tuple[str, ...]
    weights: tuple[Row, ...]
    reference: Row
    low: Row
    high: Row
    draws: int
    seed: int
    proposals: tuple[Outlook, ...]

    @property
    def members(self) -> int:
        """Return how many weightings are counted."""
        return len(self.weights)

    # JSON, of any type
    def to_dict(self) -> dict[str, Any]:
        """Return it as plain lists, texts and numbers, for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Outcome":  # JSON, of any type
        """Return the outcome that :meth:`to_dict` wrote down."""
        return cls(
            used=tuple(plain["used"]),
            left_out=tuple(plain["left_out"]),
            weights=tuple(map(tuple, plain["weights"])),
            reference=tuple(plain["reference"]),
            low=tuple(plain["low"]),
            high=tuple(plain["high"]),
            draws=plain["draws"],
            seed=plain["seed"],
            proposals=tuple(map(_outlook, plain["proposals"])),
        )


def outcome(
    field: PointsField, given: Sequence[Mapping[str, float]], draws: int = DRAWS, seed: int = SEED
) -> Outcome | None:
    """Return what follows from the weights that members gave, by criterion.

    None where nobody weighed a criterion in use, or there is no proposal. The same answers, draws and seed give
    the same outcome.
    """
    weightings = weightings_of(given, field.used)
    if not len(weightings) or not len(field.points):
        return None
    low, high = limits_of(weightings)
    reference = weightings.mean(axis=0)
    drawn = drawn_within(weightings, draws, seed)
    counted, shares = _first(field, weightings), _first(field, drawn)
    ranks = _ranks(field, drawn)
    n = len(field.points)
    scopes = {ANY: (np.zeros(len(low)), np.ones(len(low))), ALLOWED: (low, high)}
    found = []
    for i in range(n):
        others = [j for j in range(n) if j != i]
        shown, most = field.points[i] - field.points[others], field.high[i, others]
        central = drawn[shares[1][:, i]].mean(axis=0) if shares[1][:, i].any() else None
        found.append(
            Outlook(
                given=FirstPlaces(*(int(first[:, i].sum()) for first in counted)),
                allowed=FirstPlaces(*(float(first[:, i].mean()) for first in shares)),
                ranks=tuple((ranks[:, i, None] == np.arange(1, n + 1)).mean(axis=0).tolist()),
                central=None if central is None else tuple(central.tolist()),
                confidence=None if central is None else _confidence(field, i, central, draws, seed),
                best={scope: (lead(shown, *ends), lead(most, *ends)) for scope, ends in scopes.items()},
                nearest=nearest(shown, reference),
            )
        )
    rows = [tuple(own.tolist()) for own in weightings]
    about = {name: tuple(own.tolist()) for name, own in (("reference", reference), ("low", low), ("high", high))}
    return Outcome(field.used, field.left_out, tuple(rows), **about, draws=draws, seed=seed, proposals=tuple(found))


def firsts(field: PointsField, weights: Mapping[str, float]) -> tuple[int, ...]:
    """Return the positions of the proposals that one member's weights put first, as shown; none without weights."""
    weightings = weightings_of([weights], field.used)
    return tuple(np.flatnonzero(_first(field, weightings)[1][0]).tolist()) if len(weightings) else ()


# JSON, of any type
def _outlook(plain: Mapping[str, Any]) -> Outlook:
    def led(own: Mapping[str, Any]) -> Lead:  # JSON, of any type
        return Lead(own["margin"], tuple(own["weights"]), tuple(own["rivals"]))

    near, central = plain["nearest"], plain["central"]
    return Outlook(
        given=FirstPlaces(**plain["given"]),
        allowed=FirstPlaces(**plain["allowed"]),
        ranks=tuple(plain["ranks"]),
        central=None if central is None else tuple(central),
        confidence=plain["confidence"],
        best={scope: (led(shown), led(most)) for scope, (shown, most) in plain["best"].items()},
        nearest=None if near is None else Nearest(near["moved"], tuple(near["weights"])),
    )


def _first(field: PointsField, weightings: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (weightings, proposals) whether each is first: for certain, as shown, possibly."""
    totals = weightings @ field.points.T
    shown = totals >= totals.max(axis=1, keepdims=True) - LEVEL_WITHIN
    certain, possible = (
        np.stack([((weightings @ bounds[i].T) >= -LEVEL_WITHIN).all(axis=1) for i in range(len(bounds))], axis=1)
        for bounds in (field.low, field.high)
    )
    return certain & shown, shown, possible | shown


def _ranks(field: PointsField, weightings: np.ndarray) -> np.ndarray:
    """Return (weightings, proposals) the place of each as shown, those that tie on the better one."""
    totals = weightings @ field.points.T
    return 1 + (totals[:, None, :] > totals[:, :, None] + LEVEL_WITHIN).sum(axis=2)


def _confidence(field: PointsField, i: int, weights: np.ndarray, draws: int, seed: int) -> float:
    """Return the share of draws of the judgements in which a proposal is first under some weights."""
    random = np.random.default_rng(seed)
    totals = np.tile(field.points @ weights, (draws, 1))
    for key, answers in field.answers.items():
        at = field.used.index(key)
        for j, own in enumerate(answers):
            drawn = _any_member(own, field.levels[key], draws, random)
            totals[:, j] += weights[at] * (drawn - field.points[j, at])
    return float((totals[:, i] >= totals.max(axis=1) - LEVEL_WITHIN).mean())


def _any_member(
    answers: Sequence[float | None], levels: Sequence[float], draws: int, random: np.random.Generator
) -> np.ndarray:
    """Return the points of any one member's answer, each equally likely; of *no sé* those of any level."""
    known = np.array([np.nan if one is None else one for one in answers])[random.integers(len(answers), size=draws)]
    unknown = np.array(levels)[random.integers(len(levels), size=draws)]
    return np.where(np.isnan(known), unknown, known)
