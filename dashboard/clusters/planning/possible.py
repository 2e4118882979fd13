"""Tell whether any plan meets some conditions, and how many governments one can reach: exactly, without a time limit.

Clusters of different provinces meet only in the quota of their department, and departments only in the governments
that all reach together. So the most district governments of k clusters that share no district are found for each
province by itself, and added up: over the provinces of a department to its quota, and over departments. For two
clusters or more in a province HiGHS chooses them (`scipy.optimize.milp`), among the candidates of that province;
where what a greedy choice reaches, or what no choice can exceed, already answers the question, it is not conditions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import scipy  # whose parts load when first used, not at every start

from dashboard.clusters.model import Groups
from dashboard.clusters.planning.demands import district_governments
from dashboard.clusters.planning.request import Request, TakenQuotas
from dashboard.clusters.scoring import Pool
from geodata.model import SEAT_SUFFIX

SOLVED, INFEASIBLE = 0, 2  # statuses of scipy.optimize.milp
Best = int | None  # the most governments, None where there is no such choice
GREEDY_TRIES = 100
REACHED, EXACT, BOUND = "reached", "exact", "bound"  # of two clusters or more: by a greedy choice, the most, at most


class SolverError(RuntimeError):
    """HiGHS gave no answer where one is due; the text is its own."""


@dataclass(frozen=True)
class Conditions:
    """What is asked of a plan, objective and phases apart; None where any number will do."""

    quotas: Mapping[str, int | None]  # clusters by department
    per_province: int | None
    governments: int | None
    sizes: tuple[int, int]
    fixed: frozenset[frozenset[str]]
    required: frozenset[str]
    forbidden: frozenset[frozenset[str]]
    banned: frozenset[str]

    @classmethod
    def of(cls, request: Request, quotas: Mapping[str, int], sizes: tuple[int, int]) -> "Conditions":
        """Return the conditions of a request, with the quotas of departments and the sizes."""
        return cls(
            dict(quotas),
            request.per_province,
            request.governments,
            sizes,
            frozenset(f.ubigeos for f in request.fixed),
            request.required,
            request.forbidden,
            request.banned,
        )


class Possible:
    """The candidates of all sizes that can be asked for (`widest`: least and most districts), by province.

    `known` says which candidates may be chosen at all; what is `taken` by settled clusters counts for the conditions,
    and no candidate has their districts.
    """

    def __init__(self, candidates: Pool, known: np.ndarray, taken: TakenQuotas):
        self.widest, self._taken = candidates.terms.sizes, taken
        if taken.districts:
            known = known & ~candidates.groups.having(sorted(taken.districts)).any(axis=1)
        groups = candidates.groups.take(known)
        governments = district_governments(candidates)[known]
        territory = candidates.dataset.territory
        self._provinces = {
            province: _Province(
                territory.in_province(province),
                groups,
                governments,
                np.flatnonzero(groups.provinces == province),
                candidates.terms.capital_has_municipality,
            )
            for province in territory.provinces
        }

    def is_possible(self, conditions: Conditions) -> bool:
        """Tell whether any plan meets some conditions."""
        wanted = conditions.governments or 0
        for how, enough in ((REACHED, True), (BOUND, False), (EXACT, True)):
            most = self._most(conditions, how)
            if (most is not None and most >= wanted) == enough:
                return enough
        return False

    def most_governments(self, conditions: Conditions) -> Best:
        """Return the most district governments that a plan reaches, their own demand apart; None for no plan."""
        bound = self._most(conditions, BOUND)
        return bound if bound is None or bound == self._most(conditions, REACHED) else self._most(conditions, EXACT)

    def _most(self, conditions: Conditions, how: str) -> Best:
        total, taken = self._taken.governments, self._taken
        conditions = replace(conditions, required=conditions.required - taken.districts)
        for department, quota in conditions.quotas.items():
            provinces = [
                (p, None if conditions.per_province is None else taken.room(code, conditions.per_province))
                for code, p in self._provinces.items()
                if code[:2] == department
            ]
            if quota is None:
                best = _any_number(provinces, conditions, how)
            else:
                best = _exactly(taken.left_of(department, quota), provinces, conditions, how)
            if best is None:
                return None
            total += best
        return total


def _any_number(provinces: list[tuple["_Province", int | None]], conditions: Conditions, how: str) -> Best:
    """Return the most governments of any number of clusters over provinces, each with the most it may have."""
    total = 0
    for province, most in provinces:
        if most is None:
            best = province.best(None, conditions, how)
        else:
            known = [b for k in range(most + 1) if (b := province.best(k, conditions, how)) is not None]
            best = max(known, default=None)
        if best is None:
            return None
        total += best
    return total


def _exactly(quota: int, provinces: list[tuple["_Province", int | None]], conditions: Conditions, how: str) -> Best:
    """Return the most governments of so many clusters over the provinces of a department.

    Each province comes with the most clusters it may have.
    """
    reached: dict[int, int] = {0: 0}  # the most governments by number of clusters, of the provinces so far
    for province, most in provinces:
        limit = quota if most is None else min(quota, most)
        further: dict[int, int] = {}
        for n, before in reached.items():
            for k in range(min(limit, quota - n) + 1):
                best = province.best(k, conditions, how)
                if best is not None:
                    further[n + k] = max(further.get(n + k, -1), before + best)
        reached = further
    return reached.get(quota)


class _Province:
    """The candidates of one province: `held` (candidates, districts) bool says which districts each has."""

    def __init__(
        self,
        districts: Iterable[str],
        groups: Groups,
        governments: np.ndarray,
        rows: np.ndarray,
        capitals_count: bool,
    ):
        self.districts = tuple(sorted(districts))
        self.has_government = np.array([capitals_count or not u.endswith(SEAT_SUFFIX) for u in self.districts])
        own = groups.take(rows)
        self.held = own.having(self.districts) if len(rows) else np.zeros((0, len(self.districts)), dtype=bool)
        self.governments, self.sizes = governments[rows], own.sizes
        self._known: dict[tuple, Best] = {}

    def best(self, k: int | None, conditions: Conditions, how: str) -> Best:
        """Return the most governments of k clusters (None: of any number) that share no district.

        how: EXACT; REACHED, where a greedy choice may miss some or find none; BOUND, which none exceeds.
        """
        own = frozenset(self.districts)
        local = (
            conditions.sizes,
            conditions.required & own,
            conditions.banned & own,
            frozenset(g for g in conditions.fixed if g <= own),
            frozenset(g for g in conditions.forbidden if g <= own),
        )
        how = EXACT if k in (0, 1) else how
        if (k, how, local) not in self._known:
            self._known[k, how, local] = self._best(k, how, *local)
        return self._known[k, how, local]

    def _best(
        self,
        k: int | None,
        how: str,
        sizes: tuple[int, int],
        required: frozenset[str],
        banned: frozenset[str],
        fixed: frozenset[frozenset[str]],
        forbidden: frozenset[frozenset[str]],
    ) -> Best:
        if k == 0 or (k is None and not len(self.held)):
            return None if required or fixed else 0
        allowed = (self.sizes >= sizes[0]) & (self.sizes <= sizes[1]) & ~self._holds_any(banned)
        for group in forbidden:
            allowed &= ~self._is(group)
        forced = np.zeros(len(self.held), dtype=bool)
        for group in fixed:
            forced |= self._is(group)
        if forced.sum() < len(fixed) or (forced & ~allowed).any():
            return None
        needed = np.array([u in required for u in self.districts])
        if k == 1:
            fit = allowed & self.held[:, needed].all(axis=1)
            fit &= forced if fixed else True
            return int(self.governments[fit].max()) if fit.any() and len(fixed) < 2 else None
        if k is not None and k * sizes[0] > len(self.districts):
            return None
        rows = np.flatnonzero(allowed)
        if not len(rows):
            return None if k or required else 0
        bound = self._bound(k, rows)
        if how == BOUND:
            return bound
        reached = self._greedy(k, rows, forced, needed, bound)
        if how == REACHED or bound == reached:
            return reached
        return self._packed(k, rows, forced, needed)

    def _bound(self, k: int | None, rows: np.ndarray) -> int:
        """Return what no choice exceeds: every government that any of the rows reaches, and the most of one k times."""
        every = int(self.held[rows].any(axis=0)[self.has_government].sum())
        return every if k is None else min(every, k * int(self.governments[rows].max()))

    def _greedy(self, k: int | None, rows: np.ndarray, forced: np.ndarray, needed: np.ndarray, bound: int) -> Best:
        """Return the most that some greedy choices reach.

        The fixed clusters and then, one after the other, what holds a required district or reaches many
        governments. Each try weighs the candidates otherwise, always the same.
        """
        chance, best = np.random.default_rng(len(rows)), None
        for turn in range(GREEDY_TRIES):
            weight = chance.random(len(rows)) if turn else np.ones(len(rows))
            reached = self._one_greedy(k, rows, forced, needed, weight * (1 + self.governments[rows]))
            if reached is not None and (best is None or reached > best):
                best = reached
            if best == bound:
                break
        return best

    def _one_greedy(
        self, k: int | None, rows: np.ndarray, forced: np.ndarray, needed: np.ndarray, merit: np.ndarray
    ) -> Best:
        taken, total, n = np.zeros(len(self.districts), dtype=bool), 0, 0
        held, free, fixed = self.held[rows], np.ones(len(rows), dtype=bool), forced[rows]
        while n != k and free.any():
            wanted = (held & (needed & ~taken)).sum(axis=1) if needed.any() else 0
            row = int(np.where(free, 1000 * (1000 * fixed + wanted) + merit, -1).argmax())
            taken |= held[row]
            free &= ~(held & held[row]).any(axis=1)
            fixed = fixed & (np.arange(len(rows)) != row)
            total, n = total + int(self.governments[rows[row]]), n + 1
        complete = not fixed.any() and not (needed & ~taken).any() and (k is None or n == k)
        return total if complete else None

    def _holds_any(self, ubigeos: frozenset[str]) -> np.ndarray:
        return np.logical_or.reduce(self.held[:, [u in ubigeos for u in self.districts]], axis=1)

    def _is(self, group: frozenset[str]) -> np.ndarray:
        return np.logical_and.reduce(self.held == np.array([u in group for u in self.districts]), axis=1)

    def _packed(self, k: int | None, rows: np.ndarray, forced: np.ndarray, needed: np.ndarray) -> Best:
        """Return the most governments of disjoint clusters among some rows, by HiGHS."""
        counts = np.ones((1, len(rows)))
        matrix = scipy.sparse.csr_array(np.vstack([self.held[rows].T.astype(float), counts]))
        most = len(self.districts) if k is None else k
        result = scipy.optimize.milp(
            -self.governments[rows].astype(float),
            integrality=np.ones(len(rows)),
            bounds=scipy.optimize.Bounds(forced[rows].astype(float), 1),
            constraints=scipy.optimize.LinearConstraint(
                matrix, np.append(needed.astype(float), k or 0), np.append(np.ones(len(needed)), most)
            ),
            options={"mip_rel_gap": 0.0},
        )
        if result.status == INFEASIBLE:
            return None
        if result.status != SOLVED:
            raise SolverError(result.message)
        return round(-result.fun)
