"""Say of compared candidates how firm their order is: over all weightings, one weight, and open data.

Each candidate is measured on its own services, by their anchors, and all are scored on the criteria that none of them
lacks, as in :mod:`dashboard.clusters.ranking.comparison`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType

from dashboard.clusters.measures import measure_all
from dashboard.clusters.model import Candidate
from dashboard.clusters.ranking.fillings import difference
from dashboard.clusters.ranking.intervals import Uncertain, intervals
from dashboard.clusters.ranking.robustness import DRAWS, SEED, Duel, Robustness, duel, robustness
from dashboard.clusters.scoring import (
    Judgements,
    Scale,
    Terms,
    Values,
    anchored_each,
    full_weights,
    lacking,
    values_for,
)
from geodata.model import Dataset


@dataclass(frozen=True)
class Firmness:
    """What is known of the order of candidates: `duels` by pair of their positions, the first the smaller."""

    weightings: Robustness
    uncertain: tuple[Uncertain, ...]
    duels: Mapping[tuple[int, int], Duel]


def firmness(
    candidates: Sequence[Candidate],
    dataset: Dataset,
    terms: Terms | None = None,
    judgements: Sequence[Judgements] | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Firmness:
    """Return how firm the order of candidates is; none of them is empty. Services of `terms` do not matter.

    Raises UnknownUbigeo, Unusable, SentenceError.
    """
    terms = terms or Terms()
    given = tuple(judgements) if judgements is not None else ({},) * len(candidates)
    rows = [_values(c, j, dataset, terms) for c, j in zip(candidates, given, strict=True)]
    scale = _scale(rows, terms)
    own = anchored_each(dataset, terms, candidates)
    found = tuple(
        intervals([c.ubigeos], dataset, replace(terms, services=c.services), [j], replace(scale, criteria=mine))[0]
        for c, j, mine in zip(candidates, given, own, strict=True)
    )
    pairs = {
        (a, b): duel(
            [rows[a], rows[b]],
            difference([candidates[a], candidates[b]], [rows[a], rows[b]], dataset, terms, scale),
            _weights(scale),
            (own[a], own[b]),
            draws,
            seed,
        )
        for a, b in combinations(range(len(candidates)), 2)
    }
    over_all = robustness(rows, terms.weights, own, draws, seed)
    return Firmness(over_all, found, MappingProxyType(pairs))


def _values(candidate: Candidate, judgements: Judgements, dataset: Dataset, terms: Terms) -> Values:
    figures = measure_all(
        candidate, dataset, terms.conflict_period, terms.hazard_period, terms.capital_has_municipality
    )
    return values_for(candidate, figures, judgements, terms.criteria)


def _scale(rows: Sequence[Values], terms: Terms) -> Scale:
    """Return the scale of the criteria that no row lacks."""
    left_out = lacking(tuple(rows), terms.criteria)
    missing = {key: sum(row[key] is None for row in rows) for key in left_out}
    judged = tuple(key for key in left_out if terms.criteria[key].judged)
    unjudged = MappingProxyType({key: n for key, n in missing.items() if key not in judged})
    return Scale(terms.criteria, full_weights(terms.weights, terms.criteria), judged, unjudged)


def _weights(scale: Scale) -> dict[str, float]:
    """Weights of a pair, with nothing for what another candidate lacks: a pair is told as it stands among all."""
    return {key: 0.0 if key in scale.left_out else weight for key, weight in scale.weights.items()}
