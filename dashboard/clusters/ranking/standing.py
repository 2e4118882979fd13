"""Say where a candidate stands among all feasible ones: its place, its percentile and their spread.

    place      = 1 + the number of feasible candidates that are better
    percentile = 100 x (worse + same / 2) / others

Equal values share a place (equal to nine decimals, as scores are). Better is a higher score, or the side
that a criterion calls better; criteria are placed by their raw values, since points stop at the anchors.
A candidate that is not one of the feasible ones is placed as if it stood among them, and it is said why
it is none of them. What is unknown has no place, and is not counted among the others either.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.clusters.model import Candidate
from dashboard.clusters.scoring import Pool, Scale, Terms, pool, pool_of
from geodata.model import Dataset, Territory
from geodata.shared import SAME_WITHIN, rounded, rounded_all

SCORE = "score"
PERCENTS = (0, 10, 25, 50, 75, 90, 100)
BINS = 20


@dataclass(frozen=True, slots=True)
class Spread:
    """How the values of a pool lie.

    `quantiles` by percent (of :data:`PERCENTS`), and the `counts` of feasible candidates between consecutive
    `edges`.
    """

    quantiles: Mapping[int, float]
    edges: tuple[float, ...]
    counts: tuple[int, ...]

    def bin(self, value: float) -> int:
        """Return the position of the bar that a value falls in, the nearest one for a value beyond."""
        found = int(np.searchsorted(self.edges, value, side="right")) - 1
        return min(max(found, 0), len(self.counts) - 1)


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a value stands among `of` known ones; `shared` of the others have the same.

    `key` is :data:`SCORE` or a criterion. `position` and `percentile` (0-100) are None when the value is
    unknown or there is nobody to stand among; `spread` is None when no value is known.
    """

    key: str
    better: str
    value: float | None
    position: int | None
    of: int
    shared: int
    percentile: float | None
    spread: Spread | None


@dataclass(frozen=True)
class Ranking:
    """A candidate among the `n` feasible ones of a province or department (`place` its code).

    `member`: it is one of them; else `outside` says why not (provinces, pieces, small, large, elsewhere).
    The scores compared use the criteria that none of them lacks: `scale` says which were left out and why.
    """

    place: str
    name: str
    n: int
    member: bool
    outside: tuple[str, ...]
    score: Rank
    criteria: Mapping[str, Rank]
    scale: Scale


def rankings(candidate: Candidate, dataset: Dataset, terms: Terms | None = None) -> tuple[Ranking, ...]:
    """Return its ranking in its main province and in that province's department; () for no districts.

    Raises UnknownUbigeo, SearchError, Unusable.
    """
    if not candidate.ubigeos:
        return ()
    dataset.territory.known(candidate.ubigeos)
    province = candidate.main_province
    department = pool(dataset, terms, province[:2])
    return rank(candidate, department.within(province)), rank(candidate, department)


def rank(candidate: Candidate, among: Pool) -> Ranking:
    """Return where a candidate stands in a pool. Raises UnknownUbigeo for districts that do not exist."""
    dataset, terms = among.dataset, among.terms
    dataset.territory.known(candidate.ubigeos)
    own = pool_of(dataset, terms, [candidate.ubigeos])
    index = among.groups.index(candidate.ubigeos)
    scale = among.scale.without(own.scale.lacking)
    same_scale = scale.left_out == among.scale.left_out
    totals = among.totals if same_scale else scale.totals(among.values)
    place = _placed(index is not None)
    return Ranking(
        place=among.place,
        name=place_name(dataset.territory, among.place),
        n=len(among),
        member=index is not None,
        outside=() if index is not None else outside(candidate, among),
        score=place(SCORE, "higher", scale.totals(own.values)[0], totals),
        criteria={
            key: place(key, item.direction, own.values[key][0], among.values[key])
            for key, item in terms.criteria.items()
            if not item.judged
        },
        scale=scale,
    )


def outside(candidate: Candidate, among: Pool) -> tuple[str, ...]:
    """Return why a candidate is none of a pool's: provinces, pieces, small, large or elsewhere."""
    least, most = among.terms.sizes
    territory = among.dataset.territory
    reasons = {
        "provinces": len(candidate.provinces) > 1,
        "pieces": not territory.is_contiguous(candidate.ubigeos),
        "small": len(candidate) < least,
        "large": len(candidate) > most,
        "elsewhere": not any(u.startswith(among.place) for u in candidate.ubigeos),
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def place_name(territory: Territory, place: str) -> str:
    """Return the name of a province or department, "" for the whole territory."""
    named = territory.provinces if len(place) == 4 else territory.departments
    return named[place].name if place else ""


def _placed(member: bool) -> Callable[[str, str, float, np.ndarray], Rank]:
    def place(key: str, better: str, value: float, among: np.ndarray) -> Rank:
        known = rounded_all(among[~np.isnan(among)], SAME_WITHIN)
        spread = spread_of(known)
        if np.isnan(value) or not len(known):
            return Rank(key, better, None if np.isnan(value) else float(value), None, len(known), 0, None, spread)
        ahead = known - rounded(float(value), SAME_WITHIN)
        ahead = ahead if better == "higher" else -ahead
        others = len(known) - member
        same = int((ahead == 0).sum()) - member
        worse = int((ahead < 0).sum())
        percentile = 100 * (worse + same / 2) / others if others else None
        return Rank(key, better, float(value), 1 + int((ahead > 0).sum()), len(known), same, percentile, spread)

    return place


def spread_of(values: np.ndarray, bins: int = BINS) -> Spread | None:
    """Return how known values lie, None when there are none."""
    if not len(values):
        return None
    counts, edges = np.histogram(values, bins=bins)
    quantiles = dict(zip(PERCENTS, np.percentile(values, PERCENTS).tolist(), strict=True))
    return Spread(quantiles, tuple(edges.tolist()), tuple(counts.tolist()))
