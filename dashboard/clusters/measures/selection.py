"""Lay groups of districts over the arrays of their data set: what every measure is given, for one group or thousands.

Cases and decrees of a district are the bits of a few numbers, so that what touches several districts of a group is
counted once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from dashboard.clusters.model import COMPLETE, Basis, Cases, Groups, Period, basis, cases, hazards
from geodata.model import SEAT_SUFFIX, Dataset

EMERGENCIES = "emergencies"
WORD = 64
Bits = np.ndarray  # (places, words) uint64


@dataclass(frozen=True, eq=False)
class PlaceMarks:
    """What places carry, as bits: `names` those of each bit, `of` the bits of each place, the last for nobody."""

    names: tuple[str, ...]
    of: Bits

    def named(self, bits: np.ndarray) -> tuple[str, ...]:
        """Return the names of the bits (words,) that are set, in their order."""
        found = (
            WORD * word + bit for word in np.flatnonzero(bits) for bit in range(WORD) if int(bits[word]) >> bit & 1
        )
        return tuple(self.names[i] for i in found)


@dataclass(frozen=True, eq=False)
class Selection:
    """Groups of districts over the arrays of a data set.

    columns: figures by name over all districts, those of :class:`dashboard.clusters.model.Basis` and the emergencies
    of the period; NaN is unknown. located: cases by how many digits of their place are known (6 a district, 4 a
    province, 2 a department). of_state: the bits of the cases of each state.
    """

    groups: Groups
    dataset: Dataset
    basis: Basis
    columns: Mapping[str, np.ndarray]
    cases: Cases
    located: Mapping[int, PlaceMarks]
    of_state: Mapping[str, np.ndarray]
    decrees: PlaceMarks
    hazard_period: Period
    capital_has_municipality: bool

    @classmethod
    def of(
        cls,
        groups: Groups,
        dataset: Dataset,
        conflict_period: Period = None,
        hazard_period: Period = COMPLETE,
        capital_has_municipality: bool = False,
    ) -> "Selection":
        """Return groups, whose codes are those of the data set, over its arrays."""
        arrays = basis(dataset)
        located, of_state = _cases(dataset, conflict_period)
        return cls(
            groups,
            dataset,
            arrays,
            {**arrays.columns, EMERGENCIES: hazards(dataset, hazard_period).emergencies},
            cases(dataset, conflict_period),
            located,
            of_state,
            _decrees(dataset, hazard_period),
            hazard_period,
            capital_has_municipality,
        )

    def __len__(self) -> int:
        return len(self.groups)

    def moved(self, columns: Mapping[str, np.ndarray]) -> "Selection":
        """Return the same groups with other figures in some columns."""
        return replace(self, columns={**self.columns, **columns})

    def column(self, name: str) -> np.ndarray:
        """Return (n, widest) the figure of each district in its place, NaN where there is no district."""
        return self.people if name == "population" else self.picked(self.columns[name])

    @cached_property
    def people(self) -> np.ndarray:
        """The population of each district in its place: kept, since most measures weigh with it."""
        return self.picked(self.columns["population"])

    def picked(self, values: np.ndarray) -> np.ndarray:
        """Return (n, widest) each district's value, NaN (False of flags) where there is no district."""
        with_nobody = np.empty(len(values) + 1, dtype=values.dtype)
        with_nobody[:-1], with_nobody[-1] = values, False if values.dtype == bool else np.nan
        return with_nobody[self.groups.members]

    @cached_property
    def inside(self) -> np.ndarray:
        """Tell (n, widest) where there is a district."""
        return self.groups.members >= 0

    @cached_property
    def capitals(self) -> np.ndarray:
        """Tell (n, widest) of each district whether it is the capital of its province."""
        return self.picked(np.array([code.endswith(SEAT_SUFFIX) for code in self.groups.codes]))

    def districts(self, row: int, marked: np.ndarray | None = None) -> tuple[str, ...]:
        """Return the codes of one group in order, or of those that are marked (n, widest)."""
        which = self.inside[row] if marked is None else marked[row]
        return tuple(self.groups.codes[i] for i in self.groups.members[row][which])

    def distinct(self, digits: int) -> np.ndarray:
        """Return (n,) the number of departments (2 digits) or provinces (4); districts stand in their order."""
        place = self.groups.places(digits)
        return 1 + ((place[:, 1:] != place[:, :-1]) & self.inside[:, 1:]).sum(axis=1)

    @cached_property
    def touched(self) -> Bits:
        """The cases (n, words) known for any district of each group."""
        return self.carried(self.located[6])

    def carried(self, marks: PlaceMarks) -> Bits:
        """Return (n, words) what any district of each group carries."""
        members = self.groups.members
        found = marks.of[members[:, 0]]
        for column in members.T[1:]:  # column by column: numpy reduces short rows slowly
            found = found | marks.of[column]
        return found

    def in_states(self, states: Iterable[str]) -> np.ndarray:
        """Return the bits (words,) of all cases in some states."""
        nothing = np.zeros(self.located[6].of.shape[1], dtype=np.uint64)
        return np.bitwise_or.reduce([nothing, *(self.of_state[state] for state in states if state in self.of_state)])

    def facts(self, bits: np.ndarray) -> tuple[Mapping[str, object], ...]:
        """Return what is known of the cases of some bits (words,), in the order of their codes."""
        return tuple(self.cases.facts[case] for case in self.located[6].named(bits))


def count_bits(bits: Bits) -> np.ndarray:
    """Return (n,) how many bits each row of (n, words) has set."""
    return np.bitwise_count(bits).sum(axis=1)


@lru_cache(maxsize=64)
def _cases(dataset: Dataset, period: Period) -> tuple[Mapping[int, PlaceMarks], Mapping[str, np.ndarray]]:
    codes, found = tuple(basis(dataset).position), cases(dataset, period)
    names = tuple(sorted(found.facts))
    by_state: dict[str, set[str]] = {}
    for case, facts in found.facts.items():
        by_state.setdefault(str(facts["state"]), set()).add(case)
    located = {
        digits: PlaceMarks(names, bits_of([found.by_place.get(u[:digits], ()) for u in codes], names))
        for digits in (6, 4, 2)
    }
    return located, {state: bits_of([ids], names)[0] for state, ids in by_state.items()}


@lru_cache(maxsize=64)
def _decrees(dataset: Dataset, period: Period) -> PlaceMarks:
    of = hazards(dataset, period).decrees
    names = tuple(sorted(frozenset().union(*of.values())))
    return PlaceMarks(names, bits_of([of.get(u, ()) for u in basis(dataset).position], names))


def bits_of(sets: Iterable[Iterable[str]], names: tuple[str, ...]) -> Bits:
    """Return each set of names as bits, with an empty one after the last for nobody."""
    bit = {name: i for i, name in enumerate(names)}
    rows = [*sets, ()]
    words = np.zeros((len(rows), 1 + len(names) // WORD), dtype=np.uint64)
    for row, members in zip(words, rows, strict=True):
        for member in members:
            row[bit[member] // WORD] |= np.uint64(1 << bit[member] % WORD)
    return words
