"""One piece: one can walk through all districts over shared borders, by the table of real ones.

`bridges_named`: at most so many districts that would join the parts are named.
"""

from functools import lru_cache
from types import MappingProxyType

import numpy as np

from dashboard.clusters.model import Candidate, Groups
from dashboard.clusters.rules.context import Context
from dashboard.clusters.rules.parameters import count
from dashboard.clusters.rules.rule import FAIL, PASS, Finding, Rule, Verdict, names, plural
from geodata.model import Territory


class Contiguous(Rule):
    """One piece; the distance is how many parts there are too many.

    At fault are the parts that hold fewer districts of the main province, and of those that hold as many the smaller.
    """

    key = "contiguous"
    parameters = MappingProxyType({"bridges_named": count(0)})
    of_form = True

    def judge(self, groups: Groups, intent: Candidate, context: Context) -> Finding:
        """Fail groups of several parts."""
        too_many = parts(groups, context.territory) - 1
        return Finding.of(np.where(too_many > 0, FAIL, PASS), too_many)

    def reasons(self, candidate: Candidate, context: Context, status: str, distance: int) -> Verdict:
        """Name the parts cut off, and the districts that would join them."""
        if status == "pass":
            return self.verdict("pass", n=len(candidate))
        territory = context.territory
        main, *others = sorted(territory.components(candidate.ubigeos), key=lambda part: -_at_home(part, candidate))
        cut = frozenset().union(*others)
        bridges = joining_districts(candidate, territory)
        named = bridges[: context.parameters.get(self.key, "bridges_named")]
        # Where no two districts touch there is no main part that the others could be cut off from.
        variant = ("apart" if len(main) == 1 else plural(len(cut))) + ("_bridge" if named else "")
        return self.verdict(
            "fail",
            variant,
            cut,
            bridges,
            cut=names(cut, territory),
            main=names(main, territory),
            every=names(candidate.ubigeos, territory),
            parts=distance + 1,
            bridge=tuple(territory.districts[u].name for u in named),
        )


def joining_districts(candidate: Candidate, territory: Territory) -> tuple[str, ...]:
    """Return the districts of the candidate's main province any one of which would make it contiguous.

    Those with the longest shared border come first. One of another province would break the rule of one province
    further. Raises UnknownUbigeo.
    """
    pieces = territory.components(candidate.ubigeos)
    touching = frozenset.intersection(*(territory.frontier(piece) for piece in pieces))
    local = [u for u in touching if u.startswith(candidate.main_province)]
    return tuple(sorted(local, key=lambda u: (-_border_km(u, candidate, territory), u)))


def _at_home(part: frozenset[str], candidate: Candidate) -> int:
    return sum(u.startswith(candidate.main_province) for u in part)


def _border_km(ubigeo: str, candidate: Candidate, territory: Territory) -> float:
    return sum(km for other, km in territory.border_km[ubigeo].items() if other in candidate.ubigeos)


def parts(groups: Groups, territory: Territory) -> np.ndarray:
    """Return (n,) of how many pieces each group is, by real borders."""
    near, found = _near(territory, groups.codes), np.zeros(len(groups), dtype=int)
    for size in np.unique(groups.sizes):  # each size by itself: one large group would make all of them costly
        rows = np.flatnonzero(groups.sizes == size)
        members = groups.members[rows, :size]
        found[rows] = _pieces(near[members[:, :, None], members[:, None, :]])
    return found


def _pieces(near: np.ndarray) -> np.ndarray:
    """Return of how many pieces each group is; `near` (n, size, size) is who borders whom."""
    pieces, left = np.zeros(len(near), dtype=int), np.ones(near.shape[:2], dtype=bool)
    rows = np.arange(len(near))
    while len(rows):
        touching = near if len(rows) == len(near) else near[rows]
        reached = np.zeros((len(rows), near.shape[1]), dtype=bool)
        reached[np.arange(len(rows)), left[rows].argmax(axis=1)] = True
        while True:
            further = reached | (touching & reached[:, None, :]).any(axis=2)
            if (further == reached).all():
                break
            reached = further
        pieces[rows] += 1
        left[rows] &= ~reached
        rows = rows[left[rows].any(axis=1)]
    return pieces


@lru_cache(maxsize=4)
def _near(territory: Territory, codes: tuple[str, ...]) -> np.ndarray:
    """Who borders whom, with a last row and column for nobody."""
    position = {code: i for i, code in enumerate(codes)}
    table = np.zeros((len(codes) + 1, len(codes) + 1), dtype=bool)
    for code, i in position.items():
        table[i, [position[n] for n in territory.neighbours(code) if n in position]] = True
    return table


RULES = (Contiguous(),)
