"""Turn a request for a plan into the demands of its model: quotas, limits, and what is fixed or forbidden."""

from collections.abc import Mapping, Sequence

import numpy as np
import scipy  # whose parts load when first used, not at every start

from dashboard.clusters.planning.model import Demand, Problem, rows_of
from dashboard.clusters.planning.request import Request, TakenQuotas
from dashboard.clusters.scoring import Pool
from geodata.model import SEAT_SUFFIX


def district_governments(feasible: Pool) -> np.ndarray:
    """Return the district governments of each candidate: its districts without capitals, unless those count."""
    if feasible.terms.capital_has_municipality:
        return feasible.groups.sizes
    seats = np.array([code.endswith(SEAT_SUFFIX) for code in feasible.groups.codes] + [False])
    return feasible.groups.sizes - seats[feasible.groups.members].sum(axis=1)


def padded(values: np.ndarray, columns: int) -> np.ndarray:
    """Return values followed by as many zeros as there are columns that are no candidates."""
    return np.concatenate([values, np.zeros(columns - len(values))])


def problem_of(feasible: Pool, request: Request, known: np.ndarray) -> Problem:
    """Return the demands of a request on the clusters beside those settled.

    Candidates whose objective is not `known` stay out.

    With the objective spread, one more column a province without a settled cluster says whether any is in it; one
    cluster a province at most spreads by itself.
    """
    n, taken = len(feasible), TakenQuotas.of(request, feasible)
    provinces = sorted(set(feasible.groups.provinces.tolist()))
    counts_provinces = request.objective == "spread" and request.per_province != 1
    new = [p for p in provinces if p not in taken.provinces] if counts_provinces else []
    columns = n + len(new)
    in_province = {p: np.flatnonzero(feasible.groups.provinces == p) for p in provinces}
    demands = [*_districts(feasible, request, columns), *_quotas(feasible, taken, columns)]
    demands += _limits(feasible, request, taken, in_province, columns)
    demands += _wishes(feasible, request, taken, columns)
    if not known.all():
        demands.append(_none_of("unknown", np.flatnonzero(~known), columns))
    if new:
        matrix = rows_of([in_province[p] for p in new], columns).tolil()
        matrix[np.arange(len(new)), n + np.arange(len(new))] = -1
        demands.append(Demand("reached", matrix.tocsr(), np.zeros(len(new)), np.full(len(new), np.inf)))
    return Problem(n, columns, tuple(demands))


def _districts(feasible: Pool, request: Request, columns: int) -> list[Demand]:
    members = feasible.groups.members
    holding = [np.flatnonzero((members == i).any(axis=1)) for i in sorted(set(members[members >= 0].tolist()))]
    if not holding:
        return []
    once, implied = np.ones(len(holding)), "province" if request.per_province == 1 else ""
    return [Demand("district", rows_of(holding, columns), 0 * once, once, implied_by=implied)]


def quota_by_department(feasible: Pool, request: Request) -> dict[str, int]:
    """Return the clusters that each department is to have, over the phases planned; 0 where it has no quota."""
    total: dict[str, int] = dict.fromkeys(feasible.dataset.territory.departments, 0)
    for (department, _), clusters in request.quota(feasible.dataset.quotas).items():
        total[department] += clusters
    return total


def _quotas(feasible: Pool, taken: TakenQuotas, columns: int) -> list[Demand]:
    of = np.array([province[:2] for province in feasible.groups.provinces])
    found = []
    for code in feasible.dataset.territory.departments:
        asked = np.array([float(sum(n for (department, _), n in taken.left.items() if department == code))])
        found.append(Demand("quota", rows_of([np.flatnonzero(of == code)], columns), asked, asked))
    return found


def _limits(
    feasible: Pool, request: Request, taken: TakenQuotas, in_province: Mapping[str, np.ndarray], columns: int
) -> list[Demand]:
    found = []
    if request.per_province is not None and in_province:
        most = np.array([float(taken.room(p, request.per_province)) for p in in_province])
        matrix = rows_of(list(in_province.values()), columns)
        found.append(Demand("province", matrix, 0 * most, most))
    if request.governments is not None:
        counts = _weighed(district_governments(feasible), columns)
        more = float(request.governments - taken.governments)
        found.append(Demand("governments", counts, np.array([more]), np.array([np.inf])))
    return found


def _weighed(values: np.ndarray, columns: int) -> "scipy.sparse.csr_array":
    """Return one row with a value for each of the first columns."""
    return scipy.sparse.csr_array(padded(values.astype(float), columns)[None, :])


def _wishes(feasible: Pool, request: Request, taken: TakenQuotas, columns: int) -> list[Demand]:
    """Return what is fixed, required, forbidden and banned, and that districts of settled clusters are in no other."""
    one, index = np.array([1.0]), feasible.groups.index
    fixed = [row for f in request.fixed if (row := index(f.ubigeos)) is not None]  # else it would contradict itself
    found = [Demand("fixed", _row([row], columns), one, one) for row in fixed]
    for ubigeo in sorted(request.required - taken.districts):
        holding = np.flatnonzero(feasible.groups.having([ubigeo])[:, 0])
        found.append(Demand("required", _row(holding, columns), one, one))
    forbidden = [row for group in request.forbidden if (row := index(group)) is not None]
    if forbidden:
        found.append(_none_of("forbidden", np.array(sorted(forbidden)), columns))
    if request.banned:
        found.append(_none_of("banned", _holding(feasible, request.banned), columns))
    if taken.districts:
        found.append(_none_of("settled", _holding(feasible, taken.districts), columns))
    return found


def _holding(feasible: Pool, ubigeos: frozenset[str]) -> np.ndarray:
    """Return the rows of candidates with any of some districts."""
    return np.flatnonzero(feasible.groups.having(sorted(ubigeos)).any(axis=1))


def _row(columns_of: Sequence[int] | np.ndarray, columns: int) -> "scipy.sparse.csr_array":
    return rows_of([np.asarray(columns_of, dtype=int)], columns)


def _none_of(kind: str, rows: np.ndarray, columns: int) -> Demand:
    nothing = np.zeros(1)
    return Demand(kind, _row(rows, columns), nothing, nothing)
