"""Judge many groups at once: the status that each rule gives each of them, and how far each is from keeping it.

The answers are those of :func:`dashboard.clusters.rules.rules.judge`; tests hold the two equal.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from dashboard.clusters.model import Candidate, Groups
from dashboard.clusters.rules import rules
from dashboard.clusters.rules.rules import STATUSES, Context
from geodata.model import Territory

PASS, WARN, FAIL, NONE = range(len(STATUSES))
Columns = Mapping[str, np.ndarray]
FORM = ("one_department", "one_province", "minimum_size", "contiguous")


def statuses(groups: Groups, intent: Candidate, context: Context) -> Columns:
    """Return by rule the status of each group (n,), as positions in :data:`rules.STATUSES`.

    `intent` lends its phase, its services and what it replaces; its own districts do not matter.
    Every group has a district or more.
    """
    judged = {rule: _RULES[rule](groups, intent, context) for rule in context.parameters.rules}
    return MappingProxyType(judged)


def gravest(judged: Columns) -> np.ndarray:
    """Return the gravest status of each group: fail, warn or pass."""
    table = np.stack(list(judged.values()))
    return np.where((table == FAIL).any(axis=0), FAIL, np.where((table == WARN).any(axis=0), WARN, PASS))


def distances(judged: Mapping[str, np.ndarray], groups: Groups, intent: Candidate, context: Context) -> Columns:
    """Return by rule how far each group is from keeping it, (n,) whole numbers: 0 where it is kept or not judged.

    The districts that are missing, taken or outside the main province (a province too many counts more than any
    number of districts), and the parts too many; 1 for what is kept or not.
    """
    found = {}
    for rule, status in judged.items():
        broken = (status == FAIL) | (status == WARN)
        far = np.zeros(len(groups), dtype=int)
        if broken.any():
            some = _DISTANCES.get(rule, _one)(groups.take(broken), intent, context)
            far[broken] = np.maximum(some, 1)
        found[rule] = far
    return MappingProxyType(found)


def _one(groups: Groups, intent: Candidate, context: Context) -> np.ndarray:
    return np.ones(len(groups), dtype=int)


def _outside(digits: int):
    def far(groups: Groups, intent: Candidate, context: Context) -> np.ndarray:
        provinces = np.array([int(code[:4]) for code in groups.codes] + [-1])[groups.members]
        held = provinces >= 0
        shared = ((provinces[:, :, None] == provinces[:, None, :]) & held[:, None, :]).sum(axis=2)
        # members stand in the order of their codes: of provinces with as many districts the smallest is the main one
        main = np.take_along_axis(provinces, np.where(held, shared, 0).argmax(axis=1)[:, None], axis=1)
        scale = 10 ** (4 - digits)
        places = np.where(held, provinces // scale, main // scale)
        outside = (places != main // scale).sum(axis=1)
        in_order = np.sort(places, axis=1)
        too_many = (in_order[:, 1:] != in_order[:, :-1]).sum(axis=1)
        return too_many * len(groups.codes) + outside

    return far


def _districts_missing(groups: Groups, intent: Candidate, context: Context) -> np.ndarray:
    return context.parameters.get("minimum_size", "minimum") - _counted(groups, context)


def _parts_too_many(groups: Groups, intent: Candidate, context: Context) -> np.ndarray:
    parts = (len(context.territory.components(groups.ubigeos(row))) for row in range(len(groups)))
    return np.fromiter(parts, dtype=int, count=len(groups)) - 1


def _districts_taken(groups: Groups, intent: Candidate, context: Context) -> np.ndarray:
    settled, proposed = (_held(groups, intent, context, kind).sum(axis=1) for kind in ("settled", "proposed"))
    return np.where(settled > 0, settled, proposed)


def _within(digits: int):
    def judge(groups: Groups, intent: Candidate, context: Context) -> np.ndarray:
        place = np.array([int(code[:digits]) for code in groups.codes] + [0])[groups.members]
        same = (place == place[:, :1]) | (groups.members < 0)
        return np.where(same.all(axis=1), PASS, FAIL)

    return judge


def _minimum_size(groups: Groups, intent: Candidate, context: Context) -> np.ndarray:
    return np.where(_counted(groups, context) < context.parameters.get("minimum_size", "minimum"), FAIL, PASS)


def _counted(groups: Groups, context: Context) -> np.ndarray:
    """Return the districts of each group that count for its size."""
    if context.parameters.get("minimum_size", "capitals_count"):
        return groups.sizes
    return groups.sizes - _marked(groups, context.territory.districts, lambda d: d.is_provincial_capital)


def _marked(groups: Groups, districts: Mapping, is_marked) -> np.ndarray:
    marks = np.array([is_marked(districts[code]) for code in groups.codes] + [False])
    return marks[groups.members].sum(axis=1)


def _contiguous(groups: Groups, intent: Candidate, context: Context) -> np.ndarray:
    return np.where(contiguous(groups, context.territory), PASS, FAIL)


def contiguous(groups: Groups, territory: Territory) -> np.ndarray:
    """Tell of each group whether it is one piece, by real borders."""
    near, whole = _near(territory, groups.codes), np.zeros(len(groups), dtype=bool)
    for size in np.unique(groups.sizes):  # each size by itself: one large group would make all of them costly
        rows = np.flatnonzero(groups.sizes == size)
        members = groups.members[rows, :size]
        whole[rows] = _all_reached(near[members[:, :, None], members[:, None, :]])
    return whole


def _all_reached(near: np.ndarray) -> np.ndarray:
    """Tell of each group whether its first member reaches all others; `near` (n, size, size) is who borders whom."""
    reached = np.zeros(near.shape[:2], dtype=bool)
    reached[:, 0] = True
    while True:
        further = reached | (near & reached[:, None, :]).any(axis=2)
        if (further == reached).all():
            return reached.all(axis=1)
        reached = further


@lru_cache(maxsize=4)
def _near(territory: Territory, codes: tuple[str, ...]) -> np.ndarray:
    """Who borders whom, with a last row and column for nobody."""
    position = {code: i for i, code in enumerate(codes)}
    table = np.zeros((len(codes) + 1, len(codes) + 1), dtype=bool)
    for code, i in position.items():
        table[i, [position[n] for n in territory.neighbours(code) if n in position]] = True
    return table


def _no_overlap(groups: Groups, intent: Candidate, context: Context) -> np.ndarray:
    result = np.full(len(groups), PASS)
    for kind, status in (("proposed", WARN), ("settled", FAIL)):  # the graver one has the last word
        result = np.where(_held(groups, intent, context, kind).any(axis=1), status, result)
    return result


def _held(groups: Groups, intent: Candidate, context: Context, kind: str) -> np.ndarray:
    """Tell of each district in its place (n, widest) whether a proposal of a kind holds it."""
    taken = frozenset().union(*(p.ubigeos for p in context.holders(intent, kind)))
    return np.array([code in taken for code in groups.codes] + [False])[groups.members]


def _quota(groups: Groups, intent: Candidate, context: Context) -> np.ndarray:
    """The rule looks only at the department of a group, so one district of each department is judged."""
    first = [code[:2] for code in groups.codes]
    of_department = {}
    for code in dict.fromkeys(first):
        someone = next(c for c in groups.codes if c[:2] == code)
        verdict = rules.quota(intent.with_ubigeos([someone]), context)
        of_department[code] = STATUSES.index(verdict.status)
    own = np.array([of_department[code] for code in first])[groups.members[:, 0]]
    return np.where(_within(2)(groups, intent, context) == PASS, own, NONE)


def _services(groups: Groups, intent: Candidate, context: Context) -> np.ndarray:
    return np.full(len(groups), STATUSES.index(rules.services(intent, context).status))


_RULES = MappingProxyType(
    {
        "one_department": _within(2),
        "one_province": _within(4),
        "minimum_size": _minimum_size,
        "contiguous": _contiguous,
        "no_overlap": _no_overlap,
        "quota": _quota,
        "services": _services,
    }
)
_DISTANCES = MappingProxyType(
    {
        "one_department": _outside(2),
        "one_province": _outside(4),
        "minimum_size": _districts_missing,
        "contiguous": _parts_too_many,
        "no_overlap": _districts_taken,
    }
)
