"""Add to the criteria of the programme those that a group makes for itself: judged by it, on the same scale.

A criterion of a group is plain values: `name`, `question`, `lowest` and `highest` (what the ends of the scale say),
`direction` (higher or lower: which end is better) and `weight`. It goes by a key made of its name, so that the same
name is the same criterion in every meeting of a group.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from dashboard.clusters.scoring.criteria import JUDGEMENT_SCALE, Criteria, Criterion, load_criteria

PREFIX = "own_"
DIRECTIONS = ("higher", "lower")
MOST_OF_A_KEY = 40
OwnCriterion = Mapping[str, Any]  # a text by part, but for the weight


def own_key(name: str) -> str:
    """Return the key of a group's criterion by its name: without accents, capitals and signs.

    >>> own_key("Apoyo de las rondas: ¿cuánto?")
    'own_apoyo_de_las_rondas_cuanto'
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return PREFIX + re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:MOST_OF_A_KEY]


def with_own(own: Sequence[OwnCriterion], criteria: Criteria | None = None) -> Criteria:
    """Return criteria with those of a group after them."""
    low, high = map(float, JUDGEMENT_SCALE)
    added = {}
    for row in own:
        key, better = own_key(row["name"]), row["direction"]
        ends = (low, high) if better == "higher" else (high, low)
        added[key] = Criterion(key, None, better, *ends, weight=float(row["weight"]))
    return MappingProxyType({**(criteria or load_criteria()), **added})
