"""Say what a group judged: how its answers spread, where they agree and where not, and who moved in a second round.

An answer is a whole number from 1 to 5, or None for *no sé*, which is an answer too.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from dashboard.clusters.scoring import JUDGEMENT_SCALE

LOWEST, HIGHEST = JUDGEMENT_SCALE
LEVELS = tuple(range(LOWEST, HIGHEST + 1))
Answer = int | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a group judged of one thing.

    `counts` has how many gave each of the five, `unknown` how many said *no sé*. `median`, `low` and `high` are of
    those who know, None where nobody does. `least` and `most` are between what the median would lie if those who
    said *no sé* came to know.
    """

    counts: tuple[int, ...]
    unknown: int
    median: float | None
    low: int | None
    high: int | None
    least: float | None
    most: float | None

    @property
    def n(self) -> int:
        """Return how many know."""
        return sum(self.counts)

    @property
    def apart(self) -> float:
        """Return how far two members' answers lie apart on average, 0 for fewer than two."""
        given = [level for level, times in zip(LEVELS, self.counts, strict=True) for _ in range(times)]
        far = [abs(a - b) for a, b in combinations(given, 2)]
        return sum(far) / len(far) if far else 0.0


def judged(answers: Sequence[Answer]) -> Judged:
    """Return what answers say, of which there may be none."""
    known = [answer for answer in answers if answer is not None]
    unknown = len(answers) - len(known)
    times = Counter(known)
    counts = tuple(times[level] for level in LEVELS)
    if not known:
        return Judged(counts, unknown, None, None, None, None, None)
    least, most = (float(median(known + [end] * unknown)) for end in (LOWEST, HIGHEST))
    return Judged(counts, unknown, float(median(known)), min(known), max(known), least, most)


def by_disagreement(found: Mapping[tuple[str, str], Judged]) -> tuple[tuple[str, str], ...]:
    """Return (proposal, criterion) where answers lie farthest apart first; those that tie in the order given.

    Of those that lie equally far apart, the wider range comes first, then the one of which more do not know.
    """

    def disagreement(key: tuple[str, str]) -> tuple[float, int, int]:
        own = found[key]
        wide = 0 if own.low is None or own.high is None else own.high - own.low
        return -own.apart, -wide, -own.unknown

    return tuple(sorted(found, key=disagreement))


@dataclass(frozen=True)
class Moves:
    """Who moved between two rounds: how many by (from, to), without those who answered in one alone."""

    flows: Mapping[tuple[Answer, Answer], int]

    @property
    def n(self) -> int:
        """Return how many answered in both rounds."""
        return sum(self.flows.values())

    @property
    def moved(self) -> int:
        """Return how many of them answered otherwise in the second."""
        return sum(times for (before, after), times in self.flows.items() if before != after)


def moves(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> Moves:
    """Return who moved, from the answers of two rounds by member (whom the outcome does not name)."""
    pairs = Counter((before[member], after[member]) for member in before if member in after)

    def order(pair: tuple[Answer, Answer]) -> tuple[int, int]:
        first, second = (LOWEST - 1 if answer is None else answer for answer in pair)
        return first, second

    return Moves({pair: pairs[pair] for pair in sorted(pairs, key=order)})
