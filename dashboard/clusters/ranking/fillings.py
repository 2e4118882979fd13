"""Bound the difference of two scores over all that is not known, with one value for each unknown.

A filling gives every unknown figure of the districts of both (:mod:`dashboard.clusters.measures.missing`) one value,
and every case of which only the province or department is known one or more districts in each of its places;
what both candidates share is thereby the same in both. The two fillings in which the first is ahead by the
most and by the least bound the difference exactly: no other filling lies beyond them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np

from dashboard.clusters.measures import EMERGENCIES, MEASURES, Sum, Unknowns, total, unknowns
from dashboard.clusters.model import Candidate, Cases, cases
from dashboard.clusters.ranking.extremes import Term, best_choice
from dashboard.clusters.scoring import Criterion, Scale, Terms, Values, anchored_each, named_measures
from geodata.model import Dataset, Territory
from geodata.shared import SAME_WITHIN, rounded

Sides = tuple[bool, bool]  # whether a case lies in the first candidate, and in the second
Counts = tuple[int, int]
Way = tuple[tuple[str, Sides], ...]  # how each case lies


@dataclass(frozen=True, slots=True)
class Figured:
    """A value given to an unknown figure, the mean of `years` in the unit of the catalogue; emergencies have none."""

    ubigeo: str
    indicator: str
    years: tuple[int, ...]
    value: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A case put into districts."""

    case_id: str
    name: str
    ubigeos: tuple[str, ...]


@dataclass(frozen=True)
class Filling:
    """One way in which what is not known may turn out, and the scores (0-100) of both candidates in it.

    `cases` are those put into either; `elsewhere` others lie in neither.
    """

    scores: tuple[float, float]
    figures: tuple[Figured, ...] = ()
    cases: tuple[Placed, ...] = ()
    elsewhere: int = 0

    @property
    def margin(self) -> float:
        """By how much the first is ahead, rounded as scores are compared."""
        first, second = (rounded(score, SAME_WITHIN) for score in self.scores)
        return first - second


@dataclass(frozen=True)
class ScoreDifference:
    """Between what the score of the first less that of the second lies: the fillings with the least and the most."""

    least: Filling
    most: Filling

    @property
    def open(self) -> bool:
        """Tell whether there is a filling that puts the one ahead, and one that puts the other ahead."""
        return self.least.margin < 0 < self.most.margin


def difference(
    pair: Sequence[Candidate], rows: Sequence[Values], dataset: Dataset, terms: Terms, scale: Scale
) -> ScoreDifference | None:
    """Return the bounds of the difference of two candidates on a scale, None where it gives no score.

    `rows` are their raw criterion values as shown. Raises UnknownUbigeo.
    """
    if not scale.used:
        return None
    return _bounds(_Problem.of(pair, rows, _unknowns(pair, dataset, terms), terms, scale))


def differences(
    pair: Sequence[Candidate], rows: Sequence[Values], dataset: Dataset, terms: Terms, scale: Scale
) -> Mapping[str, ScoreDifference]:
    """Return the bounds of the difference in points (0-100) of each criterion in use by itself.

    Under any weights the weighted sums of these bounds hold the difference of the two scores. They are wider than
    :func:`difference` where one unknown counts in several criteria, which may be filled in different ways here.
    Raises UnknownUbigeo.
    """
    known = _unknowns(pair, dataset, terms)
    alone = {key: scale.without(other for other in scale.used if other != key) for key in scale.used}
    return {key: _bounds(_Problem.of(pair, rows, known, terms, own)) for key, own in alone.items()}


def _unknowns(pair: Sequence[Candidate], dataset: Dataset, terms: Terms) -> Unknowns:
    everyone = tuple(sorted(pair[0].ubigeos | pair[1].ubigeos))
    dataset.territory.known(everyone)
    return unknowns(dataset, everyone, terms.hazard_period)


def _bounds(problem: "_Problem") -> ScoreDifference:
    return ScoreDifference(*(problem.furthest(side) for side in (-1.0, 1.0)))


@dataclass(frozen=True, eq=False)
class _Problem:
    """Two candidates, and what each criterion earns once everything is filled.

    `figures` as (factor, points) of each side, `counted` (the criteria of a measure that counts cases), and `fixed`
    what nothing changes.
    """

    pair: Sequence[Candidate]
    known: Unknowns
    cases: Cases
    figures: tuple[tuple[Term, ...], tuple[Term, ...]]
    counted: Mapping[str, tuple[tuple[Criterion, float], ...]]
    shown: Mapping[str, Counts]
    fixed: tuple[float, float]

    @classmethod
    def of(
        cls, pair: Sequence[Candidate], rows: Sequence[Values], known: Unknowns, terms: Terms, scale: Scale
    ) -> "_Problem":
        figures: tuple[list[Term], list[Term]] = ([], [])
        counted: dict[str, list[tuple[Criterion, float]]] = {}
        shown: dict[str, Counts] = {}
        fixed = [0.0, 0.0]
        anchors = anchored_each(known.dataset, terms, pair)
        for key, weight in scale.used.items():
            item = anchors[0][key]
            if item.measure is not None and item.measure in MEASURES and MEASURES[item.measure].states:
                counted.setdefault(item.measure, []).append((item, weight))
                shown[item.measure] = (int(_raw_value(rows[0], key)), int(_raw_value(rows[1], key)))
                continue
            for side, (candidate, row) in enumerate(zip(pair, rows, strict=True)):
                item = anchors[side][key]  # services have anchors of their own
                own = None if item.measure is None else _raw(item.measure, candidate, known)
                if own is None:
                    fixed[side] += weight * item.points(_raw_value(row, key))
                else:
                    figures[side].append(Term(weight, _points(item, own)))
        return cls(
            pair, known, cases(known.dataset, terms.conflict_period), (tuple(figures[0]), tuple(figures[1])),
            {measure: tuple(of) for measure, of in counted.items()}, shown, (fixed[0], fixed[1]),
        )  # fmt: skip

    def furthest(self, side: float) -> Filling:
        """Return the filling with the largest difference (side 1) or the smallest (-1).

        A plain one where that orders the two alike.
        """
        reached = {measure: self._reached(measure, side) for measure in self.counted}
        found = [self._filled(side, reached, plain) for plain in (True, False)]
        return found[0] if side * found[0].margin > 0 else max(found, key=lambda filling: side * filling.margin)

    def _filled(self, side: float, reached: Mapping[str, tuple[Counts, Way]], plain: bool) -> Filling:
        ahead, behind = self.figures
        terms = [replace(t, factor=sign * side * t.factor) for own, sign in ((ahead, 1), (behind, -1)) for t in own]
        cells = self.known.cells
        choice = best_choice(terms, [cell.plain if plain else np.ones(len(cell.values), dtype=bool) for cell in cells])
        scores = [self.fixed[k] + sum(term.at(choice) for term in self.figures[k]) for k in (0, 1)]
        for measure, (counts, _) in reached.items():
            for k in (0, 1):
                scores[k] += sum(weight * item.points(counts[k]) for item, weight in self.counted[measure])
        used = {cell for own in self.figures for term in own for cell in term.points.parts}
        placed = [own for _, chosen in reached.values() for own in chosen]
        return Filling(
            scores=(float(scores[0]), float(scores[1])),
            figures=tuple(self._figured(cell, choice[cell]) for cell in sorted(used)),
            cases=tuple(self._placed(case, sides) for case, sides in placed if any(sides)),
            elsewhere=sum(not any(sides) for _, sides in placed),
        )

    def _figured(self, at: int, choice: int) -> Figured:
        cell, dataset = self.known.cells[at], self.known.dataset
        value = float(cell.values[choice])
        if cell.indicator != EMERGENCIES and dataset.catalog.loc[cell.indicator, "per_area"]:
            value *= dataset.territory.districts[cell.ubigeo].area_km2
        return Figured(cell.ubigeo, cell.indicator, cell.years, value)

    def _placed(self, case: str, sides: Sides) -> Placed:
        where = self._options[case][sides]
        inside = self.pair[0].ubigeos | self.pair[1].ubigeos
        return Placed(case, str(self.cases.facts[case]["name"]), tuple(u for u in where if u in inside))

    @cached_property
    def _options(self) -> Mapping[str, Mapping[Sides, tuple[str, ...]]]:
        """How each case known only to a province or department may lie to the two, with districts for it."""
        everywhere = {u[:digits] for c in self.pair for u in c.ubigeos for digits in (2, 4)}
        found = sorted({case for place in everywhere for case in self.cases.by_place.get(place, ())})
        territory, by_places = self.known.dataset.territory, {}
        for case in found:
            places = self.cases.places[case]
            if places not in by_places:
                by_places[places] = options(places, self.pair, territory)
        return {case: by_places[self.cases.places[case]] for case in found}

    @cached_property
    def _ways(self) -> Mapping[str, Mapping[Counts, Way]]:
        """For each measure the counts that can be reached, each with one way of laying the cases that does it."""
        return {measure: self._ways_of(measure) for measure in self.counted}

    def _ways_of(self, measure: str) -> Mapping[Counts, Way]:
        ways: dict[Counts, Way] = {self.shown[measure]: ()}
        for case, choices in self._options.items():
            if self.cases.facts[case]["state"] not in MEASURES[measure].states:
                continue
            first, second = _touched(self.cases.places[case], self.pair)  # counted as it is
            further: dict[Counts, Way] = {}
            for (a, b), way in ways.items():
                for sides in sorted(choices):
                    counts = (a + sides[0] - first, b + sides[1] - second)
                    if counts not in further:
                        further[counts] = (*way, (case, sides))
            ways = further
        return ways

    def _reached(self, measure: str, side: float) -> tuple[Counts, Way]:
        """Return the counts of a measure that differ most to a side, and how each unplaced case lies for them."""
        return max(self._ways[measure].items(), key=lambda found: side * self._counted_margin(measure, found[0]))

    def _counted_margin(self, measure: str, counts: Counts) -> float:
        return sum(weight * (item.points(counts[0]) - item.points(counts[1])) for item, weight in self.counted[measure])


def _raw(measure: str, candidate: Candidate, known: Unknowns) -> Sum | None:
    """Return the raw value of a criterion, the mean over services where it has one; None where no cell is in it."""
    ubigeos = tuple(sorted(candidate.ubigeos))
    sums = [MEASURES[name].filled(known, ubigeos) for name in named_measures(measure, candidate.services)]
    found = [own for own in sums if own is not None]
    if len(found) < len(sums) or not any(own.parts for own in found):
        return None
    return total(found).times(1 / len(found))


def _raw_value(row: Values, key: str) -> float:
    """Return the raw value of a criterion in use, which no candidate lacks."""
    value = row[key]
    return math.nan if value is None else value


def _points(item: Criterion, raw: Sum) -> Sum:
    factor = 100.0 / (item.hundred_at - item.zero_at)
    return Sum((raw.constant - item.zero_at) * factor, {cell: part * factor for cell, part in raw.parts.items()})


def _touched(places: Sequence[str], pair: Sequence[Candidate]) -> Sides:
    """Return in which of two candidates a case is known to lie."""
    first, second = (not c.ubigeos.isdisjoint(places) for c in pair)
    return first, second


def options(places: Sequence[str], pair: Sequence[Candidate], territory: Territory) -> dict[Sides, tuple[str, ...]]:
    """Return how a case may lie to two candidates, with districts of the places known for it that make it so."""
    found: dict[Sides, tuple[str, ...]] = {_touched(places, pair): ()}
    for place in (place for place in places if len(place) < 6):
        own: dict[Sides, tuple[str, ...]] = {}
        for ubigeo in territory.in_province(place) if len(place) == 4 else territory.in_department(place):
            own.setdefault(_touched([ubigeo], pair), (ubigeo,))
        found = _either(found, _either(own, own) | own)  # it may lie in several districts
    return found


def _either(some: Mapping[Sides, tuple[str, ...]], others: Mapping[Sides, tuple[str, ...]]) -> dict:
    """Return how a case may lie that lies both as one of some and as one of others."""
    return {
        (x[0] or y[0], x[1] or y[1]): there + here for (x, there), (y, here) in product(some.items(), others.items())
    }
