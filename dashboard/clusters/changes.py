"""Find what would mend or better a candidate: every single change, and the smallest mend.

A single change adds, drops or swaps one district; districts come from the provinces that the candidate
touches. It is offered when no rule that was judged gets graver and either some rule gets better or the
score rises. The smallest mend is found among all feasible candidates: the one that differs in the fewest
districts, so it is exact and may take several changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.clusters.candidate import Candidate
from dashboard.clusters.pool import Pool, Scale, pool, pool_of
from dashboard.clusters.rules import STATUSES, Context, Verdict, judge, worst
from dashboard.clusters.search import Groups, contiguous_groups
from dashboard.clusters.statuses import FAIL, NONE, PASS, WARN, gravest, statuses
from dashboard.clusters.terms import Terms
from geodata.dataset import Dataset
from geodata.precision import SAME_WITHIN, rounded, rounded_all

KINDS = ("add", "drop", "swap", "several")
_GRAVITY = np.zeros(len(STATUSES), dtype=int)
_GRAVITY[[PASS, NONE, WARN, FAIL]] = 0, 0, 1, 2


class LockedError(ValueError):
    """Locked districts that the candidate does not hold; `message` is a text key and `fields` fill it."""

    def __init__(self, ubigeos: tuple[str, ...]):
        super().__init__(", ".join(ubigeos))
        self.message = "engine.changes.locked"
        self.fields: Mapping[str, object] = {"ubigeos": ubigeos}


MOST_OWN_SIZE = 8


@dataclass(frozen=True)
class Change:
    """One way to change a candidate: what is added and removed, and what follows.

    `candidate` is the result and `verdicts` what the rules say of it; `mended` are the rules that get
    better. `score` is None when a criterion in use is unknown for it, and `gain` when either score is.
    """

    kind: str
    added: frozenset[str]
    removed: frozenset[str]
    candidate: Candidate
    verdicts: tuple[Verdict, ...]
    mended: tuple[str, ...]
    score: float | None
    gain: float | None

    @property
    def n(self) -> int:
        """Districts added or removed."""
        return len(self.added) + len(self.removed)

    @property
    def message(self) -> str:
        """Text key of its sentence, which is filled with the names of those added and removed."""
        return f"engine.change.{self.kind}"


@dataclass(frozen=True)
class Changes:
    """What the rules say of a candidate, its score, and what would better it, best first.

    `tried` changes were judged, of which `found` better it; `changes` holds the first of them. `n` is for
    the smallest mend: how many districts it changes (None: there is none; 0: none is needed).
    """

    candidate: Candidate
    verdicts: tuple[Verdict, ...]
    score: float | None
    changes: tuple[Change, ...]
    tried: int
    found: int
    scale: Scale | None
    n: int | None = None


def single_changes(
    candidate: Candidate,
    dataset: Dataset,
    context: Context,
    terms: Terms | None = None,
    locked: Iterable[str] = (),
    limit: int | None = 20,
) -> Changes:
    """Return every single change that mends a rule or raises the score; locked districts stay.

    Ordered by the rules left failing, then warning, then by score, then by districts. Raises UnknownUbigeo,
    and LockedError when a locked district is not in the candidate.
    """
    terms = terms or Terms(services=candidate.services)
    if not candidate.ubigeos:
        return Changes(candidate, judge(candidate, context), None, (), 0, 0, None)
    results = _one_step(candidate, dataset, _locked(candidate, locked))
    return _weighed(candidate, results, dataset, context, terms, limit)


def smallest_mends(
    candidate: Candidate,
    dataset: Dataset,
    context: Context,
    terms: Terms | None = None,
    locked: Iterable[str] = (),
    limit: int | None = 5,
) -> Changes:
    """Return the feasible candidates, of those that no rule fails, that differ in the fewest districts.

    Searched in each province that the candidate touches, among all sizes of `terms` and its own, unless
    that is above :data:`MOST_OWN_SIZE`: groups multiply some threefold with each further district. With
    `n` 0 nothing fails and nothing is needed; with None no feasible candidate keeps the locked districts.
    Ordered by districts changed, then warnings, then score. Raises UnknownUbigeo, LockedError.
    """
    terms = terms or Terms(services=candidate.services)
    verdicts = judge(candidate, context)
    kept = _locked(candidate, locked)
    if not candidate.ubigeos or worst(verdicts) != "fail":
        return Changes(candidate, verdicts, None, (), 0, 0, None, 0)
    least, most = terms.sizes
    most = max(most, len(candidate)) if len(candidate) <= MOST_OWN_SIZE else most
    groups, distance, tried = [], [], 0
    for province in candidate.provinces:
        if any(not u.startswith(province) for u in kept):
            continue
        found = contiguous_groups(dataset.territory, province, (least, most))
        found = found.take(found.having(sorted(kept)).all(axis=1))
        found = found.take(gravest(statuses(found, candidate, context)) != FAIL)
        tried += len(found)
        common = found.having(sorted(candidate.ubigeos)).sum(axis=1)
        groups += [found.ubigeos(i) for i in range(len(found))]
        distance += (found.sizes + len(candidate) - 2 * common).tolist()
    if not groups:
        return Changes(candidate, verdicts, None, (), tried, 0, None, None)
    n = min(distance)
    nearest = [group for group, far in zip(groups, distance, strict=True) if far == n]
    weighed = _weighed(candidate, nearest, dataset, context, terms, limit)
    return Changes(candidate, verdicts, weighed.score, weighed.changes, tried, len(nearest), weighed.scale, n)


def _locked(candidate: Candidate, locked: Iterable[str]) -> frozenset[str]:
    missing = tuple(sorted(frozenset(locked) - candidate.ubigeos))
    if missing:
        raise LockedError(missing)
    return frozenset(locked)


def _one_step(candidate: Candidate, dataset: Dataset, locked: frozenset[str]) -> list[frozenset[str]]:
    own = candidate.ubigeos
    inside = [u for p in candidate.provinces for u in dataset.territory.in_province(p)]
    news = sorted(set(inside) - own)
    olds = sorted(own - locked)
    smaller = [own - {old} for old in olds if len(own) > 1]
    return [*(own | {new} for new in news), *smaller, *((own - {old}) | {new} for old in olds for new in news)]


def _weighed(
    candidate: Candidate,
    results: list[frozenset[str]],
    dataset: Dataset,
    context: Context,
    terms: Terms,
    limit: int | None,
) -> Changes:
    """Return those of the results that better the candidate, best first."""
    tried = pool_of(dataset, terms, [candidate.ubigeos, *results])
    scale = common_pool(candidate, dataset, terms).scale.without(k for k in terms.criteria if _lacks(tried, k))
    totals = scale.totals(tried.values)
    judged = statuses(tried.groups, candidate, context)
    rows = _better(judged, totals)
    gravity = {rule: _GRAVITY[status] for rule, status in judged.items()}
    fails, warns = (sum(g == grave for g in gravity.values()) for grave in (2, 1))

    def merit(row: int) -> tuple:
        total = totals[row]
        known = not np.isnan(total)
        changed = len(candidate.ubigeos ^ tried.groups.ubigeos(row))
        score = -rounded(total, SAME_WITHIN) if known else 0.0
        return fails[row], warns[row], not known, score, changed, sorted(tried.groups.ubigeos(row))

    first = sorted(rows, key=merit)[:limit]
    before = _known(totals[0])
    changes = tuple(
        _change(candidate, tried.groups, row, context, _mended(gravity, row), before, _known(totals[row]))
        for row in first
    )
    return Changes(candidate, judge(candidate, context), before, changes, len(results), len(rows), scale)


def common_pool(candidate: Candidate, dataset: Dataset, terms: Terms) -> Pool:
    """Return the feasible candidates of the department, or departments, that a candidate is compared in."""
    departments = candidate.departments
    return pool(dataset, terms, departments[0] if len(departments) == 1 else "")


def _lacks(tried: Pool, key: str) -> bool:
    return not tried.terms.criteria[key].judged and bool(np.isnan(tried.values[key][0]))


def _better(judged: Mapping[str, np.ndarray], totals: np.ndarray) -> list[int]:
    """Return the rows after the first that make no rule graver and mend one or raise the score."""
    graver, mended = np.zeros(len(totals), dtype=bool), np.zeros(len(totals), dtype=bool)
    for status in judged.values():
        if status[0] == NONE:  # it could not be judged before, so nothing got graver or better
            continue
        step = _GRAVITY[status] - _GRAVITY[status[0]]
        graver |= step > 0
        mended |= (step < 0) & (status != NONE)
    shown = rounded_all(totals, SAME_WITHIN)
    raised = shown > shown[0]  # never of what is unknown
    return [int(row) for row in np.flatnonzero(~graver & (mended | raised)) if row > 0]


def _mended(gravity: Mapping[str, np.ndarray], row: int) -> tuple[str, ...]:
    return tuple(rule for rule, grave in gravity.items() if grave[row] < grave[0])


def _change(
    candidate: Candidate,
    groups: Groups,
    row: int,
    context: Context,
    mended: tuple[str, ...],
    before: float | None,
    after: float | None,
) -> Change:
    result = candidate.with_ubigeos(groups.ubigeos(row))
    added, removed = result.ubigeos - candidate.ubigeos, candidate.ubigeos - result.ubigeos
    gain = None if before is None or after is None else after - before
    kind = {(1, 0): "add", (0, 1): "drop", (1, 1): "swap"}.get((len(added), len(removed)), "several")
    return Change(kind, added, removed, result, judge(result, context), mended, after, gain)


def _known(total: float) -> float | None:
    return None if np.isnan(total) else float(total)
