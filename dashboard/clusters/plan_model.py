"""Write a plan as a linear model of yes and no, solve it with HiGHS, and say what stands in its way.

One column says of each candidate whether it is chosen. A demand is one or more rows `low <= A x <= high`
that can be given up together: what a department's quota, a fixed cluster or a province's limit asks for.
HiGHS (J. Hall and others, by way of `scipy.optimize.milp`) proves the optimum by branch and bound.

Two steps make the model small without changing its answer. With one cluster a province at most, no
district can be in two, so those rows are left out; and of columns that count the same in every row left,
only one with the highest objective is kept, since any other could be exchanged for it.

Where no plan meets all demands, each is given up in turn: one without which there is a plan is a blocker.
Where no single one is, the demands that have to give way together are found by letting each fall short
and making the sum of what falls short as small as can be (an elastic model).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

SOLVED, STOPPED = 0, 1  # statuses of scipy.optimize.milp
HALF = 0.5
MOST_ROWS_COMPARED = 200
WITHIN = 1e-6  # the absolute gap that HiGHS still calls optimal


@dataclass(frozen=True)
class Demand:
    """Rows `low <= matrix x <= high` with the reason for them; `kind` and `fields` fill their sentence.

    One that is `firm` is never given up to find out what stands in the way; one `implied_by` another kind
    says nothing more while a demand of that kind is there.
    """

    kind: str
    matrix: csr_array
    low: np.ndarray
    high: np.ndarray
    fields: Mapping[str, object] = field(default_factory=dict)
    firm: bool = False
    implied_by: str = ""


@dataclass(frozen=True)
class Problem:
    """Demands over yes-or-no columns, of which the first `candidates` are candidates."""

    candidates: int
    columns: int
    demands: tuple[Demand, ...]

    def with_demand(self, *more: Demand) -> "Problem":
        return Problem(self.candidates, self.columns, (*self.demands, *more))

    def without(self, demand: Demand) -> "Problem":
        return Problem(self.candidates, self.columns, tuple(d for d in self.demands if d is not demand))


@dataclass(frozen=True)
class Solution:
    """Positions of the chosen candidates, the objective reached, the bound proved on it, and whether they meet."""

    chosen: tuple[int, ...]
    value: float
    bound: float
    proven: bool

    @property
    def gap(self) -> float:
        """How far the bound lies above what was reached, as a share of it (0: proven optimal)."""
        if self.proven:
            return 0.0
        return (self.bound - self.value) / abs(self.value) if self.value else float("inf")


@dataclass(frozen=True)
class Blocker:
    """One thing that stands in the way of a plan: `message` is a text key and `fields` fill it.

    `alone`: giving it up is enough; else it has to give way together with the others.
    """

    message: str
    fields: Mapping[str, object] = field(default_factory=dict)
    alone: bool = True


def rows_of(members: Sequence[np.ndarray], columns: int) -> csr_array:
    """Return a matrix with a row for each list of columns: 1 in those, 0 elsewhere."""
    lengths = [len(m) for m in members]
    column = np.concatenate(members) if members else np.zeros(0, dtype=int)
    row = np.repeat(np.arange(len(members)), lengths)
    return csr_array((np.ones(len(column)), (row, column)), shape=(len(members), columns))


def maximise(problem: Problem, objective: np.ndarray, seconds: float) -> Solution | None:
    """Return the best choice within a time; None where no plan meets the demands. Raises TimeoutError
    when none was found in time, which says nothing of whether there is one."""
    matrix, low, high = _rows(problem)
    kept = _best_of_alike(matrix, objective)
    result = milp(
        -objective[kept],
        integrality=np.ones(len(kept)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix[:, kept], low, high),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if result.x is None:
        if result.status == STOPPED:
            raise TimeoutError
        return None
    chosen = kept[result.x > HALF]
    value = float(objective[chosen].sum())
    bound = -float(result.mip_dual_bound) if result.mip_dual_bound is not None else value
    proven = result.status == SOLVED
    candidates = sorted(chosen[chosen < problem.candidates].tolist())
    return Solution(tuple(candidates), value, value if proven else max(bound, value), proven)


def _rows(problem: Problem) -> tuple[csc_array, np.ndarray, np.ndarray]:
    """Return the rows of all demands that say something of their own, with their limits."""
    kinds = {demand.kind for demand in problem.demands}
    demands = [demand for demand in problem.demands if demand.implied_by not in kinds]
    matrix = csc_array(vstack([d.matrix for d in demands]))
    return matrix, np.concatenate([d.low for d in demands]), np.concatenate([d.high for d in demands])


def _best_of_alike(matrix: csc_array, objective: np.ndarray) -> np.ndarray:
    """Return the columns, of those that are alike the one with the highest objective, in their order."""
    if matrix.shape[0] > MOST_ROWS_COMPARED:  # with a row for each district no two candidates are alike
        return np.arange(matrix.shape[1])
    best_first = np.argsort(-objective, kind="stable")
    _, first = np.unique(matrix[:, best_first].toarray().T, axis=0, return_index=True)
    return np.sort(best_first[first])


def is_possible(problem: Problem, seconds: float) -> bool:
    """Tell whether any plan meets the demands. Raises TimeoutError."""
    return maximise(problem, np.zeros(problem.columns), seconds) is not None


def blockers(
    problem: Problem, seconds: float, progress: Callable[[str, float], None] | None = None
) -> tuple[Blocker, ...]:
    """Return what stands in the way of a problem that no plan meets. Raises TimeoutError."""
    loose = [d for d in problem.demands if not d.firm]
    found = []
    for i, demand in enumerate(loose):
        if progress is not None:
            progress("diagnose", i / len(loose))
        if is_possible(problem.without(demand), seconds):
            found.append(Blocker(f"engine.plan.blocked.{demand.kind}", demand.fields))
    return tuple(found) or _together(problem, loose, seconds)


def _together(problem: Problem, loose: list[Demand], seconds: float) -> tuple[Blocker, ...]:
    """Let each loose demand fall short or go beyond, at a cost of one a unit, and return those that must."""
    firm = [d for d in problem.demands if d.firm]
    stacked = vstack([d.matrix for d in loose])
    short = eye_array(stacked.shape[0], format="csr")
    free = csr_array((sum(d.matrix.shape[0] for d in firm), 2 * stacked.shape[0]))
    matrix = vstack([hstack([vstack([d.matrix for d in firm]), free]), hstack([stacked, short, -short])])
    slacks = 2 * stacked.shape[0]
    result = milp(
        np.concatenate([np.zeros(problem.columns), np.ones(slacks)]),
        integrality=np.concatenate([np.ones(problem.columns), np.zeros(slacks)]),
        bounds=Bounds(0, np.concatenate([np.ones(problem.columns), np.full(slacks, np.inf)])),
        constraints=LinearConstraint(
            csc_array(matrix),
            np.concatenate([d.low for d in (*firm, *loose)]),
            np.concatenate([d.high for d in (*firm, *loose)]),
        ),
        options={"time_limit": seconds},
    )
    if result.x is None:
        return ()
    slack = result.x[problem.columns :].reshape(2, -1).sum(axis=0)
    ends = np.cumsum([d.matrix.shape[0] for d in loose])
    missing = [part.sum() for part in np.split(slack, ends[:-1])]
    return tuple(
        Blocker(
            f"engine.plan.blocked.{demand.kind}",
            MappingProxyType({**demand.fields, "missing": round(float(amount))}),
            alone=False,
        )
        for demand, amount in zip(loose, missing, strict=True)
        if amount > WITHIN
    )
