"""Find every contiguous group of districts of a province, each exactly once.

This is ESU of S. Wernicke, "Efficient Detection of Network Motifs", IEEE/ACM Transactions on
Computational Biology and Bioinformatics 3(4), 2006: a group grows from its smallest district, and only
by districts that are larger than it and border the last one added but none before it, so that there is
one way to reach each group. All provinces grow at once, a size a step, with a group held as the bits of
one number (a province of Peru has at most 43 districts, and 64 fit).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from geodata.model import Territory
from geodata.shared import SentenceError

SIZES = (3, 6)
MOST_DISTRICTS = 64
NOBODY = -1
Progress = Callable[[str, float], None]  # what is being done (the end of a text key) and the share done, 0-1


class SearchError(SentenceError):
    """A search that cannot be made."""

    room = "engine.search."


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups of districts as rows: `members` (n, widest) are positions in `codes`, ascending, -1 after the last."""

    codes: tuple[str, ...]
    members: np.ndarray

    @classmethod
    def of(cls, codes: Iterable[str], groups: Iterable[Iterable[str]]) -> "Groups":
        """Return given groups as rows; codes that are not among `codes` raise KeyError."""
        codes = tuple(codes)
        position = {code: i for i, code in enumerate(codes)}
        rows = [sorted(position[code] for code in group) for group in groups]
        members = np.full((len(rows), max([1, *map(len, rows)])), NOBODY, dtype=np.int32)
        for members_of, row in zip(members, rows, strict=True):
            members_of[: len(row)] = row
        return cls(codes, members)

    def __len__(self) -> int:
        return len(self.members)

    @cached_property
    def sizes(self) -> np.ndarray:
        """Number of districts of each group."""
        return (self.members >= 0).sum(axis=1)

    @cached_property
    def provinces(self) -> np.ndarray:
        """Province code of each group's first district."""
        return np.array([code[:4] for code in self.codes])[self.members[:, 0]]

    def places(self, digits: int) -> np.ndarray:
        """Return (n, widest) the department (2 digits) or province (4) of each district as a number, -1 for nobody."""
        return _places(self.codes, digits)[self.members]

    def ubigeos(self, index: int) -> frozenset[str]:
        """Return the districts of one group."""
        return frozenset(self.codes[i] for i in self.members[index] if i >= 0)

    def take(self, rows: np.ndarray) -> "Groups":
        """Return some of the groups, by positions or by a mask."""
        return Groups(self.codes, self.members[rows])

    @cached_property
    def _position(self) -> dict[str, int]:
        return {code: i for i, code in enumerate(self.codes)}

    def index(self, ubigeos: frozenset[str]) -> int | None:
        """Return where a group stands, None when it is not among them."""
        width = self.members.shape[1]
        if len(ubigeos) > width or not ubigeos <= self._position.keys():
            return None
        row = np.full(width, NOBODY)
        row[: len(ubigeos)] = sorted(self._position[u] for u in ubigeos)
        found = np.flatnonzero((self.members == row).all(axis=1))
        return int(found[0]) if len(found) else None

    def having(self, ubigeos: Iterable[str]) -> np.ndarray:
        """Return (n, given) bool: which groups hold each of the given districts."""
        wanted = [self._position[u] for u in ubigeos]
        return np.stack([(self.members == i).any(axis=1) for i in wanted], axis=1) if wanted else _none(len(self))


@lru_cache(maxsize=16)
def _places(codes: tuple[str, ...], digits: int) -> np.ndarray:
    """Return the place of each code as a number, with a last one for nobody."""
    return np.array([int(code[:digits]) for code in codes] + [NOBODY])


def _none(rows: int) -> np.ndarray:
    return np.zeros((rows, 0), dtype=bool)


def contiguous_groups(
    territory: Territory, place: str = "", sizes: tuple[int, int] = SIZES, progress: Progress | None = None
) -> Groups:
    """Return all contiguous groups of one province each, of `sizes` (least, most) districts.

    `place` is a province, a department, or "" for all of the territory. Rows stand by province, then size,
    then districts. Raises SearchError for sizes that are none, a place that is not there, or a province
    of more than 64 districts.
    """
    least, most = sizes
    if not 1 <= least <= most:
        raise SearchError("sizes", least=least, most=most)
    if progress is None:
        return _kept(territory, place, least, most)
    return _grown(territory, place, least, most, progress)


@lru_cache(maxsize=64)
def _kept(territory: Territory, place: str, least: int, most: int) -> Groups:
    return _grown(territory, place, least, most, None)


def _grown(territory: Territory, place: str, least: int, most: int, progress: Progress | None) -> Groups:
    codes = tuple(sorted(territory.districts))
    provinces = provinces_of(territory, place)
    locals_ = [tuple(sorted(territory.in_province(p))) for p in provinces]
    largest = max(map(len, locals_), default=0)
    if largest > MOST_DISTRICTS:
        raise SearchError("large", n=largest, most=MOST_DISTRICTS)
    graph, mask = connected_sets([_neighbour_bits(territory, p) for p in locals_], least, most, progress)
    position = {code: i for i, code in enumerate(codes)}
    table = np.zeros((len(locals_), max(largest, 1)), dtype=np.int32)
    for row, members in zip(table, locals_, strict=True):
        row[: len(members)] = [position[u] for u in members]
    return Groups(codes, _unpacked(graph, mask, table, most))


def provinces_of(territory: Territory, place: str) -> tuple[str, ...]:
    """Return the provinces of a place: all, a department's, or the one named. Raises SearchError."""
    if place in territory.provinces:
        return (place,)
    if place and place not in territory.departments:
        raise SearchError("place", place=place)
    return tuple(p for p in territory.provinces if p.startswith(place))


def _neighbour_bits(territory: Territory, members: Sequence[str]) -> list[int]:
    bit = {u: 1 << i for i, u in enumerate(members)}
    return [sum(bit[n] for n in territory.neighbours(u) if n in bit) for u in members]


def connected_sets(
    graphs: Sequence[Sequence[int]], least: int, most: int, progress: Progress | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the connected vertex sets of several graphs: (graph, bits of the set), each set once.

    A graph is, for each vertex, the bits of its neighbours (bit i is vertex i). Sorted by graph, size, bits.
    """
    width = max(map(len, graphs), default=0)
    near = np.zeros((len(graphs), max(width, 1)), dtype=np.uint64)
    for row, graph in zip(near, graphs, strict=True):
        row[: len(graph)] = graph
    growth = _Growth(near, width)
    state = growth.single([len(graph) for graph in graphs])
    found = []
    for size in range(1, most + 1):
        if size > 1:
            state = growth.step(state)
        if progress is not None:
            progress("search", size / most)
        if size >= least:
            found.append((state[0], state[1]))
    of = np.concatenate([graph for graph, _ in found])
    mask = np.concatenate([mask for _, mask in found])
    order = np.lexsort((mask, np.bitwise_count(mask), of))
    return of[order], mask[order]


@dataclass(frozen=True, eq=False)
class _Growth:
    """Grow sets by one vertex a step.

    A state is (graph, set, extension, closed): `extension` holds the vertices that may still join, `closed` those
    that never may be added to it (smaller than the root, in the set, or bordering it).
    """

    near: np.ndarray
    width: int

    def single(self, counts: Sequence[int]) -> tuple[np.ndarray, ...]:
        graph = np.repeat(np.arange(len(counts)), counts)
        vertex = np.concatenate([np.arange(n) for n in counts]) if counts else np.zeros(0, dtype=int)
        own = _BIT[vertex]
        near = self.near[graph, vertex]
        return graph, own, near & _ABOVE[vertex], near | ~_ABOVE[vertex]

    def step(self, state: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
        grown = [self._by(vertex, *state) for vertex in range(self.width)]
        if not grown:
            return state
        return tuple(np.concatenate(parts) for parts in zip(*grown, strict=True))

    def _by(
        self, vertex: int, graph: np.ndarray, own: np.ndarray, extension: np.ndarray, closed: np.ndarray
    ) -> tuple[np.ndarray, ...]:
        rows = np.flatnonzero(extension & _BIT[vertex])
        graph, own, extension, closed = graph[rows], own[rows], extension[rows], closed[rows]
        near = self.near[graph, vertex]
        later = extension & _ABOVE[vertex]  # earlier ones have had their turn, and must not come back
        return graph, own | _BIT[vertex], later | (near & ~closed), closed | near


_BIT = np.array([1 << i for i in range(MOST_DISTRICTS)], dtype=np.uint64)
_ABOVE = np.array([((1 << MOST_DISTRICTS) - 1) ^ ((2 << i) - 1) for i in range(MOST_DISTRICTS)], dtype=np.uint64)


def _unpacked(graph: np.ndarray, mask: np.ndarray, table: np.ndarray, most: int) -> np.ndarray:
    """Return the positions of each set's vertices, ascending, -1 after the last."""
    one = np.uint64(1)
    members = np.full((len(mask), most), NOBODY, dtype=np.int32)
    left = mask.copy()
    for column in range(most):
        rows = np.flatnonzero(left)
        lowest = left[rows] & (~left[rows] + one)
        members[rows, column] = table[graph[rows], np.bitwise_count(lowest - one)]
        left[rows] ^= lowest
    return members
