"""Turn a request for a plan into the demands of its model: quotas, limits, and what is fixed or forbidden."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from dashboard.clusters.plan_model import Demand, Problem, rows_of
from dashboard.clusters.plan_request import Request
from dashboard.clusters.pool import Pool
from geodata.territory import SEAT_SUFFIX


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
    """Return the demands of a request; candidates whose objective is not `known` stay out.

    With the objective spread, one more column a province says whether any cluster is in it; one cluster a
    province at most spreads by itself.
    """
    n = len(feasible)
    provinces = sorted(set(feasible.groups.provinces.tolist()))
    counts_provinces = request.objective == "spread" and request.per_province != 1
    columns = n + (len(provinces) if counts_provinces else 0)
    in_province = [np.flatnonzero(feasible.groups.provinces == p) for p in provinces]
    demands = [*_districts(feasible, request, columns), *_quotas(feasible, request, columns)]
    demands += _limits(feasible, request, provinces, in_province, columns)
    demands += _wishes(feasible, request, columns)
    if not known.all():
        demands.append(_none_of("unknown", np.flatnonzero(~known), columns))
    if counts_provinces:
        matrix = rows_of(in_province, columns).tolil()
        matrix[np.arange(len(provinces)), n + np.arange(len(provinces))] = -1
        zeros = np.zeros(len(provinces))
        demands.append(Demand("reached", matrix.tocsr(), zeros, np.full(len(provinces), np.inf)))
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


def _quotas(feasible: Pool, request: Request, columns: int) -> list[Demand]:
    of = np.array([province[:2] for province in feasible.groups.provinces])
    found = []
    for code, clusters in quota_by_department(feasible, request).items():
        asked = np.array([float(clusters)])
        found.append(Demand("quota", rows_of([np.flatnonzero(of == code)], columns), asked, asked))
    return found


def _limits(
    feasible: Pool, request: Request, provinces: list[str], in_province: list[np.ndarray], columns: int
) -> list[Demand]:
    found = []
    if request.per_province is not None and provinces:
        most = np.full(len(provinces), float(request.per_province))
        matrix = rows_of(in_province, columns)
        found.append(Demand("province", matrix, 0 * most, most))
    if request.governments is not None:
        counts = _weighed(district_governments(feasible), columns)
        found.append(Demand("governments", counts, np.array([float(request.governments)]), np.array([np.inf])))
    return found


def _weighed(values: np.ndarray, columns: int) -> csr_array:
    """Return one row with a value for each of the first columns."""
    return csr_array(padded(values.astype(float), columns)[None, :])


def _wishes(feasible: Pool, request: Request, columns: int) -> list[Demand]:
    """Return what is fixed, required, forbidden and banned."""
    one, index = np.array([1.0]), feasible.groups.index
    found = [Demand("fixed", _row([index(f.ubigeos)], columns), one, one) for f in request.fixed]
    for ubigeo in sorted(request.required):
        holding = np.flatnonzero(feasible.groups.having([ubigeo])[:, 0])
        found.append(Demand("required", _row(holding, columns), one, one))
    forbidden = [row for group in request.forbidden if (row := index(group)) is not None]
    if forbidden:
        found.append(_none_of("forbidden", np.array(sorted(forbidden)), columns))
    if request.banned:
        holding = np.flatnonzero(feasible.groups.having(sorted(request.banned)).any(axis=1))
        found.append(_none_of("banned", holding, columns))
    return found


def _row(columns_of: Sequence[int] | np.ndarray, columns: int) -> csr_array:
    return rows_of([np.asarray(columns_of, dtype=int)], columns)


def _none_of(kind: str, rows: np.ndarray, columns: int) -> Demand:
    nothing = np.zeros(1)
    return Demand(kind, _row(rows, columns), nothing, nothing)
