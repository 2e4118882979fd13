"""Write a plan as a linear model of yes and no and solve it with HiGHS.

One column says of each candidate whether it is chosen. A demand is one or more rows `low <= A x <= high`
that belong together: what a department's quota, a fixed cluster or a province's limit asks for.
HiGHS (J. Hall and others, by way of `scipy.optimize.milp`) proves the optimum by branch and bound.

Two steps make the model small without changing its answer. With one cluster a province at most, no
district can be in two, so those rows are left out; and of columns that count the same in every row left,
only one with the highest objective is kept, since any other could be exchanged for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy  # whose parts load when first used, not at every start

SOLVED, STOPPED, INFEASIBLE = 0, 1, 2  # statuses of scipy.optimize.milp; any other is a failure of the solver
HALF = 0.5
MOST_ROWS_COMPARED = 200


@dataclass(frozen=True)
class Demand:
    """Rows `low <= matrix x <= high` and the `kind` of reason for them.

    One `implied_by` another kind says nothing more while a demand of that kind is there.
    """

    kind: str
    matrix: "scipy.sparse.csr_array"
    low: np.ndarray
    high: np.ndarray
    implied_by: str = ""


@dataclass(frozen=True)
class Problem:
    """Demands over yes-or-no columns, of which the first `candidates` are candidates."""

    candidates: int
    columns: int
    demands: tuple[Demand, ...]

    def with_demand(self, *more: Demand) -> "Problem":
        """Return the problem with more demands."""
        return Problem(self.candidates, self.columns, (*self.demands, *more))


@dataclass(frozen=True)
class Solution:
    """Positions of the chosen candidates, the objective reached, the bound proved on it, and whether they meet.

    reach: for the widest spread, the provinces that no plan exceeds, where reaching fewer was not proven the most.
    """

    chosen: tuple[int, ...]
    value: float
    bound: float
    proven: bool
    reach: int | None = None

    @property
    def gap(self) -> float:
        """How far the bound lies above what was reached, as a share of it (0: proven optimal)."""
        if self.proven:
            return 0.0
        return (self.bound - self.value) / abs(self.value) if self.value else float("inf")


class Undecided(Exception):
    """The solver found no plan and did not prove that there is none.

    `bound`: what no plan exceeds, None unknown; `reason`: its own words, "" for the time limit.
    """

    def __init__(self, bound: float | None, reason: str = ""):
        self.bound, self.reason = bound, reason
        super().__init__(reason or "time limit")


@dataclass(frozen=True)
class Blocker:
    """One thing that stands in the way of a plan: `message` is a text key and `fields` fill it.

    `alone`: giving it up is enough; else it has to give way together with the others.
    """

    message: str
    fields: Mapping[str, Any] = field(default_factory=dict)  # what fills a sentence, of any type
    alone: bool = True


def rows_of(members: Sequence[np.ndarray], columns: int) -> "scipy.sparse.csr_array":
    """Return a matrix with a row for each list of columns: 1 in those, 0 elsewhere."""
    lengths = [len(m) for m in members]
    column = np.concatenate(members) if members else np.zeros(0, dtype=int)
    row = np.repeat(np.arange(len(members)), lengths)
    return scipy.sparse.csr_array((np.ones(len(column)), (row, column)), shape=(len(members), columns))


def maximise(problem: Problem, objective: np.ndarray, seconds: float) -> Solution | None:
    """Return the best choice within a time; None where it is proven that no plan meets the demands.

    Raises Undecided where neither was reached, which says nothing of whether there is a plan.
    """
    matrix, low, high = _rows(problem)
    if not problem.columns:  # nothing to choose from: HiGHS takes no empty model
        return Solution((), 0.0, 0.0, True) if (low <= 0).all() and (high >= 0).all() else None
    kept = _best_of_alike(matrix, objective)
    result = scipy.optimize.milp(
        -objective[kept],
        integrality=np.ones(len(kept)),
        bounds=scipy.optimize.Bounds(0, 1),
        constraints=scipy.optimize.LinearConstraint(matrix[:, kept], low, high),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if result.x is None:
        if result.status == INFEASIBLE:
            return None
        bound = result.mip_dual_bound
        known = None if bound is None or not np.isfinite(bound) else -float(bound)
        raise Undecided(known, "" if result.status == STOPPED else result.message)
    chosen = kept[result.x > HALF]
    value = float(objective[chosen].sum())
    bound = -float(result.mip_dual_bound) if result.mip_dual_bound is not None else value
    proven = result.status == SOLVED
    candidates = sorted(chosen[chosen < problem.candidates].tolist())
    return Solution(tuple(candidates), value, value if proven else max(bound, value), proven)


def _rows(problem: Problem) -> tuple["scipy.sparse.csc_array", np.ndarray, np.ndarray]:
    """Return the rows of all demands that say something of their own, with their limits."""
    kinds = {demand.kind for demand in problem.demands}
    demands = [demand for demand in problem.demands if demand.implied_by not in kinds]
    matrix = scipy.sparse.csc_array(scipy.sparse.vstack([d.matrix for d in demands]))
    return matrix, np.concatenate([d.low for d in demands]), np.concatenate([d.high for d in demands])


def _best_of_alike(matrix: "scipy.sparse.csc_array", objective: np.ndarray) -> np.ndarray:
    """Return the columns, of those that are alike the one with the highest objective, in their order."""
    if matrix.shape[0] > MOST_ROWS_COMPARED:  # with a row for each district no two candidates are alike
        return np.arange(matrix.shape[1])
    best_first = np.argsort(-objective, kind="stable")
    _, first = np.unique(matrix[:, best_first].toarray().T, axis=0, return_index=True)
    return np.sort(best_first[first])
