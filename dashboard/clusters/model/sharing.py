"""Say which districts several candidates share and which each has alone."""

from collections.abc import Sequence
from dataclasses import dataclass

Districts = frozenset[str]


@dataclass(frozen=True, slots=True)
class Partition:
    """Districts of several candidates.

    `only` in each (in their order), `common` to all, and `some`: in two or more but not in all (empty for two
    candidates).
    """

    only: tuple[Districts, ...]
    common: Districts
    some: Districts


def only_in(sets: Sequence[Districts], index: int) -> Districts:
    """Return the districts that are in the set at `index` and in no other."""
    others = frozenset().union(*(s for i, s in enumerate(sets) if i != index))
    return frozenset(sets[index]) - others


def common(sets: Sequence[Districts]) -> Districts:
    """Return the districts that are in every set; none when there are no sets."""
    return frozenset.intersection(*map(frozenset, sets)) if sets else frozenset()


def partition(sets: Sequence[Districts]) -> Partition:
    """Split the union of the sets into what each has alone, what some share and what all share."""
    only = tuple(only_in(sets, i) for i in range(len(sets)))
    if len(sets) == 1:  # alone, nothing is shared: the set is its own, not common to all
        return Partition(only, frozenset(), frozenset())
    shared = common(sets)
    return Partition(
        only, shared, frozenset().union(*sets, frozenset()) - shared - frozenset().union(*only, frozenset())
    )
