"""Measure many groups at once: the figures of :mod:`dashboard.clusters.measures.measures`, one array a measure.

The formulas are those of the measures, over (n, widest) arrays of districts instead of one group; tests
hold the two equal. NaN is unknown. Cases and decrees of a district are the bits of a few numbers, so that
what touches several districts of a group is counted once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

import numpy as np

from dashboard.clusters.measures.measures import CASE_STATES, MEASURES
from dashboard.clusters.model import COMPLETE, SERVICES, Basis, Groups, Period, basis, cases, hazards
from geodata.model import SEAT_SUFFIX, Dataset

WORD = 64
Bits = np.ndarray  # (places, words) uint64


@dataclass(frozen=True, eq=False)
class Marks:
    """What places carry of cases and decrees, as bits; cases by how many digits of their place are known (6 a
    district, 4 a province, 2 a department), and `states` has the bits of each state."""

    cases: Mapping[int, Bits]
    states: Mapping[str, np.ndarray]
    decrees: Bits


@dataclass(frozen=True, eq=False)
class Stack:
    """Groups over the arrays of a data set: what every measure function here is given.

    `rows` (n, widest) are districts, with one past the last standing for nobody.
    """

    rows: np.ndarray
    dataset: Dataset
    basis: Basis
    marks: Marks
    emergencies: np.ndarray
    capital_has_municipality: bool

    def column(self, name: str) -> np.ndarray:
        return self.picked(self.basis.columns[name])

    def picked(self, values: np.ndarray) -> np.ndarray:
        """Return each district's value in its place, NaN where there is no district."""
        return np.append(values, np.nan)[self.rows]

    @cached_property
    def inside(self) -> np.ndarray:
        return self.rows < len(self.basis.position)

    @cached_property
    def sizes(self) -> np.ndarray:
        return self.inside.sum(axis=1)

    @cached_property
    def capitals(self) -> np.ndarray:
        seats = np.array([u.endswith(SEAT_SUFFIX) for u in self.basis.position] + [False])
        return seats[self.rows].sum(axis=1)

    @cached_property
    def touched(self) -> Bits:
        """Cases known for any district of each group."""
        return union_bits(self.marks.cases[6], self.rows)

    def distinct(self, digits: int) -> np.ndarray:
        """Number of departments (2 digits) or provinces (4) of each group; its districts stand in order."""
        place = np.array([int(u[:digits]) for u in self.basis.position] + [-1])[self.rows]
        return 1 + ((place[:, 1:] != place[:, :-1]) & self.inside[:, 1:]).sum(axis=1)


Formula = Callable[[Stack], np.ndarray]


def measure_groups(
    groups: Groups,
    dataset: Dataset,
    conflict_period: Period = None,
    hazard_period: Period = COMPLETE,
    capital_has_municipality: bool = False,
) -> Mapping[str, np.ndarray]:
    """Return every measure by key as (n,) floats, NaN unknown: `measure_all` of each group, without details."""
    stack = stack_of(groups, dataset, conflict_period, hazard_period, capital_has_municipality)
    return MappingProxyType({key: FORMULAS[key](stack).astype(float) for key in MEASURES})


def stack_of(
    groups: Groups, dataset: Dataset, conflict_period: Period, hazard_period: Period, capital_has_municipality: bool
) -> Stack:
    """Return groups over the arrays of their data set, ready to be measured."""
    arrays = basis(dataset)
    return Stack(
        rows=np.where(groups.members >= 0, groups.members, len(arrays.position)),
        dataset=dataset,
        basis=arrays,
        marks=_marks(dataset, conflict_period, hazard_period),
        emergencies=hazards(dataset, hazard_period).emergencies,
        capital_has_municipality=capital_has_municipality,
    )


def _sum(values: np.ndarray) -> np.ndarray:
    """Sum over the known values of each group; NaN where none is known."""
    known = ~np.isnan(values)
    return np.where(known.any(axis=1), np.where(known, values, 0.0).sum(axis=1), np.nan)


def _share(parts: np.ndarray, wholes: np.ndarray) -> np.ndarray:
    """Sum of parts over sum of wholes, of the districts where both are known; NaN where that is no number."""
    known = ~np.isnan(parts) & ~np.isnan(wholes)
    above = np.where(known, parts, 0.0).sum(axis=1)
    below = np.where(known, wholes, 0.0).sum(axis=1)
    return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)


def _total(name: str) -> Formula:
    return lambda stack: _sum(stack.column(name))


def _weighted_mean(name: str) -> Formula:
    def formula(stack: Stack) -> np.ndarray:
        people = stack.column("population")
        values = stack.column(name)
        return _share(values * people, np.where(np.isnan(values), np.nan, people))

    return formula


def _affected(sector: str) -> Formula:
    return lambda stack: _sum(stack.column("population") * stack.column(f"lacking_{sector}") / 100)


def _density(stack: Stack) -> np.ndarray:
    return _share(stack.column("population"), stack.column("area_km2"))


def _governments(stack: Stack) -> np.ndarray:
    own = stack.sizes if stack.capital_has_municipality else stack.sizes - stack.capitals
    return stack.distinct(2) + stack.distinct(4) + own


def _p20(stack: Stack) -> np.ndarray:
    return np.nansum(stack.column("p20"), axis=1) / stack.sizes


def _mancomunidades(stack: Stack) -> np.ndarray:
    codes = tuple(stack.basis.position)
    count = np.zeros(len(stack.rows))
    for association in stack.dataset.mancomunidades:
        belongs = np.array([u in association.members for u in codes] + [False])
        count += belongs[stack.rows].sum(axis=1) >= 2
    return count


def _conflicts(key: str) -> Formula:
    def formula(stack: Stack) -> np.ndarray:
        wanted = [stack.marks.states[s] for s in CASE_STATES[key] if s in stack.marks.states]
        return sum((count_bits(stack.touched & bits) for bits in wanted), np.zeros(len(stack.rows)))

    return formula


def _unplaced(digits: int) -> Formula:
    return lambda stack: count_bits(union_bits(stack.marks.cases[digits], stack.rows))


def _declarations(stack: Stack) -> np.ndarray:
    return count_bits(union_bits(stack.marks.decrees, stack.rows))


def _emergencies(stack: Stack) -> np.ndarray:
    return _sum(stack.picked(stack.emergencies))


def _emergencies_per_10000(stack: Stack) -> np.ndarray:
    return _share(stack.picked(stack.emergencies), stack.column("population")) * 10_000


def _farthest_capitals(stack: Stack) -> np.ndarray:
    farthest = np.zeros(len(stack.rows))
    rows, inside, km = stack.rows, stack.inside, stack.basis.distance_km
    for i in range(rows.shape[1]):
        for j in range(i + 1, rows.shape[1]):
            both = np.flatnonzero(inside[:, j])  # ascending: where there is a j there is an i
            farthest[both] = np.maximum(farthest[both], km[rows[both, i], rows[both, j]])
    return farthest


FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        "population": _total("population"),
        "density": _density,
        **{f"affected_{s}": _affected(s) for s in SERVICES},
        "indigenous_percent": _weighted_mean("indigenous_percent"),
        "slots": lambda stack: stack.sizes,
        "governments": _governments,
        "p20": _p20,
        "mancomunidades": _mancomunidades,
        **{f"gap_{s}": _weighted_mean(f"gap_{s}") for s in (*SERVICES, "combined")},
        **{key: _conflicts(key) for key in CASE_STATES},
        "conflicts_province": _unplaced(4),
        "conflicts_department": _unplaced(2),
        "emergencies": _emergencies,
        "emergencies_per_10000": _emergencies_per_10000,
        "declarations": _declarations,
        "area_km2": _total("area_km2"),
        "farthest_capitals_km": _farthest_capitals,
    }
)


@lru_cache(maxsize=16)
def _marks(dataset: Dataset, conflict_period: Period, hazard_period: Period) -> Marks:
    codes = tuple(basis(dataset).position)
    found = cases(dataset, conflict_period)
    bit = {case: i for i, case in enumerate(sorted(found.facts))}
    by_state: dict[str, set[str]] = {}
    for case, facts in found.facts.items():
        by_state.setdefault(str(facts["state"]), set()).add(case)
    decrees = hazards(dataset, hazard_period).decrees
    decree_bit = {decree: i for i, decree in enumerate(sorted(frozenset().union(*decrees.values())))}
    return Marks(
        cases={digits: _bits([found.by_place.get(u[:digits], ()) for u in codes], bit) for digits in (6, 4, 2)},
        states={state: _bits([ids], bit)[0] for state, ids in by_state.items()},
        decrees=_bits([decrees.get(u, ()) for u in codes], decree_bit),
    )


def _bits(sets: Iterable[Iterable[str]], bit: Mapping[str, int]) -> Bits:
    """Return each set as bits, with an empty one after the last for nobody."""
    sets = [*sets, ()]
    words = np.zeros((len(sets), 1 + len(bit) // WORD), dtype=np.uint64)
    for row, members in zip(words, sets, strict=True):
        for member in members:
            row[bit[member] // WORD] |= np.uint64(1 << bit[member] % WORD)
    return words


def union_bits(bits: Bits, rows: np.ndarray) -> Bits:
    """Return what any place of each row carries; `rows` (n, widest) are places."""
    found = bits[rows[:, 0]]
    for column in rows.T[1:]:  # column by column: numpy reduces short rows slowly
        found = found | bits[column]
    return found


def count_bits(bits: Bits) -> np.ndarray:
    """Return how many marks each row carries."""
    return np.bitwise_count(bits).sum(axis=1)
