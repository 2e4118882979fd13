"""Find what would mend or better a candidate: every single change, and the smallest mend.

Districts come from one province: that of the locked districts, else the main one, which the rules advise to keep
to. What is left to change is a distance: the districts by which a candidate differs from the nearest of the
feasible ones that no rule fails. A single change adds, drops or swaps one district. It is offered when it takes
the candidate no further from feasible and from keeping any rule that was judged, and either brings it nearer or
raises the score. The smallest mend is found among all feasible candidates: those at that distance, so it is exact
and may take several changes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.clusters.model import NOBODY, Candidate, Groups, contiguous_groups
from dashboard.clusters.rules import FAIL, NONE, PASS, STATUSES, WARN, Context, Verdict, judge, judge_groups, worst
from dashboard.clusters.scoring import Pool, Scale, Terms, pool, pool_of
from geodata.model import Dataset
from geodata.shared import SAME_WITHIN, SentenceError, rounded, rounded_all

KINDS = ("add", "drop", "swap", "several")
_GRAVITY = np.zeros(len(STATUSES), dtype=int)
_GRAVITY[[PASS, NONE, WARN, FAIL]] = 0, 0, 1, 2


MOST_OWN_SIZE = 8


@dataclass(frozen=True)
class Change:
    """One way to change a candidate: what is added and removed, and what follows.

    `candidate` is the result and `verdicts` what the rules say of it; `mended` are the rules that get
    better, `nearer` those that it still breaks but by less, `graver` those that get worse (of a mend alone, which may
    leave a warning). `left` districts are still to be changed afterwards (None: there is no feasible one to reach).
    `score` is None when a criterion in use is unknown for it, and `gain` when either score is.
    """

    kind: str
    added: frozenset[str]
    removed: frozenset[str]
    candidate: Candidate
    verdicts: tuple[Verdict, ...]
    mended: tuple[str, ...]
    nearer: tuple[str, ...]
    graver: tuple[str, ...]
    left: int | None
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
    the smallest mend: how many districts it changes (None: there is none; 0: none is needed). `locked` were kept.
    """

    candidate: Candidate
    verdicts: tuple[Verdict, ...]
    score: float | None
    changes: tuple[Change, ...]
    tried: int
    found: int
    scale: Scale | None
    n: int | None = None
    locked: frozenset[str] = frozenset()

    @property
    def unlisted(self) -> int:
        """Changes that were found and are not among `changes`."""
        return self.found - len(self.changes)


def single_changes(
    candidate: Candidate,
    dataset: Dataset,
    context: Context,
    terms: Terms | None = None,
    locked: Iterable[str] = (),
    limit: int | None = 20,
) -> Changes:
    """Return every single change that brings the candidate nearer to feasible or raises the score.

    Locked districts stay.

    Ordered by what is left to change, then by the rules left failing, then warning, then by score, then by
    districts. Raises UnknownUbigeo, and SentenceError when a locked district is not in the candidate.
    """
    terms = terms or Terms(services=candidate.services)
    kept = _locked(candidate, locked)
    if not candidate.ubigeos:
        return Changes(candidate, judge(candidate, context), None, (), 0, 0, None)
    context.territory.known(candidate.ubigeos)
    results = _one_step(candidate, dataset, kept)
    weighed = _Weighed(candidate, results, dataset, context, terms, _feasible(candidate, dataset, context, terms, kept))
    rows = weighed.better()
    verdicts = judge(candidate, context)
    found = weighed.changes(rows, limit)
    return Changes(candidate, verdicts, weighed.score, found, len(results), len(rows), weighed.scale, locked=kept)


def smallest_mends(
    candidate: Candidate,
    dataset: Dataset,
    context: Context,
    terms: Terms | None = None,
    locked: Iterable[str] = (),
    limit: int | None = 5,
) -> Changes:
    """Return the feasible candidates, of those that no rule fails, that differ in the fewest districts.

    With `n` 0 nothing fails and nothing is needed; with None no feasible candidate keeps the locked districts.
    Ordered by warnings, then score. Raises UnknownUbigeo, SentenceError.
    """
    terms = terms or Terms(services=candidate.services)
    verdicts = judge(candidate, context)
    kept = _locked(candidate, locked)
    if not candidate.ubigeos or worst(verdicts) != "fail":
        return Changes(candidate, verdicts, None, (), 0, 0, None, 0, kept)
    feasible = _feasible(candidate, dataset, context, terms, kept)
    far = _apart(Groups.of(feasible.codes, [candidate.ubigeos]), feasible, terms)[0]
    if not np.isfinite(far).any():
        return Changes(candidate, verdicts, None, (), 0, 0, None, None, kept)
    nearest = [feasible.ubigeos(int(row)) for row in np.flatnonzero(far == far.min())]
    weighed = _Weighed(candidate, nearest, dataset, context, terms, feasible)
    found = weighed.changes(range(1, 1 + len(nearest)), limit)
    n = int(far.min())
    return Changes(candidate, verdicts, weighed.score, found, len(feasible), len(nearest), weighed.scale, n, kept)


def _feasible(candidate: Candidate, dataset: Dataset, context: Context, terms: Terms, kept: frozenset[str]) -> Groups:
    """Return all groups that no rule fails and that keep the locked districts, of the first province that has any.

    That of the locked districts, else its own provinces, the main one first.

    Of the sizes of `terms` and all that the candidate or what one step makes of it may be mended to.
    """
    least, most = terms.sizes[0], max(_widest(len(candidate) + step, terms) for step in (-1, 0, 1))
    found = Groups(tuple(sorted(dataset.territory.districts)), np.full((0, 1), NOBODY, dtype=np.int32))
    for province in _homes(candidate, kept):
        found = contiguous_groups(dataset.territory, province, (least, most))
        found = found.take(np.logical_and.reduce(found.having(sorted(kept)), axis=1))
        found = found.take(judge_groups(found, candidate, context).unfailed)
        if len(found):
            break
    return found


def _widest(size: int, terms: Terms) -> int:
    """Return the most districts of what a candidate of a size is mended to.

    Those of the terms, or its own unless that is above :data:`MOST_OWN_SIZE`, since groups multiply some threefold
    with each further district.
    """
    return max(terms.sizes[1], size if size <= MOST_OWN_SIZE else 0)


def _homes(candidate: Candidate, kept: frozenset[str]) -> list[str]:
    """Return the provinces that a candidate may be mended into, the one it is advised to keep to first."""
    if kept:
        held = sorted({u[:4] for u in kept})
        return held if len(held) == 1 else []
    counts = {p: sum(u.startswith(p) for u in candidate.ubigeos) for p in candidate.provinces}
    return sorted(counts, key=lambda province: (-counts[province], province))


def _apart(groups: Groups, feasible: Groups, terms: Terms) -> np.ndarray:
    """Return (groups, feasible) in how many districts each differs from each; infinity for one it is not mended to."""
    common = _held(groups) @ _held(feasible).T
    differ = groups.sizes[:, None] + feasible.sizes[None, :] - 2 * common
    widest = np.array([_widest(int(size), terms) for size in groups.sizes])
    return np.where(feasible.sizes[None, :] <= widest[:, None], differ, np.inf)


def _held(groups: Groups) -> np.ndarray:
    table = np.zeros((len(groups), len(groups.codes) + 1), dtype=np.float32)
    np.put_along_axis(table, groups.members, 1, axis=1)  # nobody is the last column
    return table[:, :-1]


def _locked(candidate: Candidate, locked: Iterable[str]) -> frozenset[str]:
    missing = tuple(sorted(frozenset(locked) - candidate.ubigeos))
    if missing:
        raise SentenceError("engine.changes.locked", ubigeos=missing)
    return frozenset(locked)


def _one_step(candidate: Candidate, dataset: Dataset, locked: frozenset[str]) -> list[frozenset[str]]:
    own = candidate.ubigeos
    home = next(iter(_homes(candidate, locked)), candidate.main_province)
    news = sorted(set(dataset.territory.in_province(home)) - own)
    olds = sorted(own - locked)
    smaller = [own - {old} for old in olds if len(own) > 1]
    return [*(own | {new} for new in news), *smaller, *((own - {old}) | {new} for old in olds for new in news)]


class _Weighed:
    """A candidate (row 0) and what it could become, judged, scored, and set against the feasible ones."""

    def __init__(
        self,
        candidate: Candidate,
        results: Sequence[frozenset[str]],
        dataset: Dataset,
        context: Context,
        terms: Terms,
        feasible: Groups,
    ):
        self.candidate = candidate
        tried = pool_of(dataset, terms, [candidate.ubigeos, *results])
        self.groups = tried.groups
        self.scale = common_pool(candidate, dataset, terms).scale.without(k for k in terms.criteria if _lacks(tried, k))
        self.totals = self.scale.totals(tried.values)
        self.judgement = judge_groups(tried.groups, candidate, context)
        self.findings = self.judgement.findings
        self.left = self._left(feasible, terms)

    def _left(self, feasible: Groups, terms: Terms) -> np.ndarray:
        """Return the districts of each row that are still to be changed, infinity where no feasible one is reached."""
        left, failing = np.zeros(len(self.groups)), self.judgement.gravest == FAIL
        if failing.any():
            left[failing] = _apart(self.groups.take(failing), feasible, terms).min(axis=1, initial=np.inf)
        return left

    @property
    def score(self) -> float | None:
        return _known(self.totals[0])

    def _steps(self) -> tuple[np.ndarray, np.ndarray]:
        """Return of each row whether it is further from keeping some rule than the candidate, and whether nearer."""
        further, nearer = np.zeros(len(self.totals), dtype=bool), np.zeros(len(self.totals), dtype=bool)
        for finding in self.findings.values():
            status, distance = finding.status, finding.distance
            if status[0] == NONE:  # it could not be judged before, so nothing got worse or better
                continue
            step, by = _GRAVITY[status] - _GRAVITY[status[0]], distance - distance[0]
            further |= (step > 0) | ((step == 0) & (by > 0))
            nearer |= ((step < 0) & (status != NONE)) | ((step == 0) & (by < 0))
        return further, nearer

    def better(self) -> list[int]:
        """Return the rows that are no further from keeping any rule, nor from feasible, and nearer or scored higher."""
        further, nearer = self._steps()
        further |= self.left > self.left[0]
        nearer |= self.left < self.left[0]
        shown = rounded_all(self.totals, SAME_WITHIN)
        raised = shown > shown[0]  # never of what is unknown
        return [int(row) for row in np.flatnonzero(~further & (nearer | raised)) if row > 0]

    def changes(self, rows: Iterable[int], limit: int | None) -> tuple[Change, ...]:
        """Return the best of some rows as changes, best first."""
        grave = np.stack([_GRAVITY[finding.status] for finding in self.findings.values()])
        fails, warns = (grave == 2).sum(axis=0), (grave == 1).sum(axis=0)

        def merit(row: int) -> tuple:
            total, ubigeos = self.totals[row], self.groups.ubigeos(row)
            known = not np.isnan(total)
            score = -rounded(total, SAME_WITHIN) if known else 0.0
            changed = len(self.candidate.ubigeos ^ ubigeos)
            return self.left[row], fails[row], warns[row], not known, score, changed, sorted(ubigeos)

        return tuple(self._change(row) for row in sorted(rows, key=merit)[:limit])

    def _change(self, row: int) -> Change:
        candidate = self.candidate
        result = candidate.with_ubigeos(self.groups.ubigeos(row))
        added, removed = result.ubigeos - candidate.ubigeos, candidate.ubigeos - result.ubigeos
        before, after = self.score, _known(self.totals[row])
        step = {rule: _GRAVITY[f.status[row]] - _GRAVITY[f.status[0]] for rule, f in self.findings.items()}
        by = {rule: f.distance[row] - f.distance[0] for rule, f in self.findings.items()}
        return Change(
            kind={(1, 0): "add", (0, 1): "drop", (1, 1): "swap"}.get((len(added), len(removed)), "several"),
            added=added,
            removed=removed,
            candidate=result,
            verdicts=self.judgement.verdicts(row),
            mended=tuple(rule for rule in step if step[rule] < 0),
            nearer=tuple(rule for rule in step if step[rule] == 0 and by[rule] < 0),
            graver=tuple(rule for rule in step if step[rule] > 0 and self.findings[rule].status[0] != NONE),
            left=int(self.left[row]) if np.isfinite(self.left[row]) else None,
            score=after,
            gain=None if before is None or after is None else after - before,
        )


def common_pool(candidate: Candidate, dataset: Dataset, terms: Terms) -> Pool:
    """Return the feasible candidates of the department, or departments, that a candidate is compared in."""
    departments = candidate.departments
    return pool(dataset, terms, departments[0] if len(departments) == 1 else "")


def _lacks(tried: Pool, key: str) -> bool:
    return not tried.terms.criteria[key].judged and bool(np.isnan(tried.values[key][0]))


def _known(total: float) -> float | None:
    return None if np.isnan(total) else float(total)
