"""Compare two to four candidates: what each has, how they differ, what the rules say and how they score.

The first candidate is the one the others are measured against: a difference is other minus first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from dashboard.clusters.measures import MEASURES, Figure, Measure, measure_all, year_text
from dashboard.clusters.model import COMPLETE, Candidate, Partition, Period, codes, partition, years_of
from dashboard.clusters.rules import Context, Verdict, judge
from dashboard.clusters.scoring import (
    SPREAD,
    Criteria,
    Criterion,
    Score,
    Terms,
    Turn,
    anchored_each,
    full_weights,
    load_criteria,
    order,
    ranks,
    score_all,
    turns,
    values_for,
)
from geodata.model import Dataset
from geodata.shared import SentenceError, rounded

LETTERS = "ABCD"


class ComparisonError(SentenceError):
    """A comparison that cannot be made."""

    room = "comparison."


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure of all candidates.

    Signed differences to the first (None when either is unknown), and the positions of the best; none when it has
    no better side or not all are known.
    """

    measure: Measure
    year: str
    figures: tuple[Figure, ...]
    differences: tuple[float | None, ...]
    best: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion of all candidates: raw values, and points 0-100 and contributions (None when left out).

    `anchored` is the criterion with the anchors of each candidate, which are of the services it works on.
    """

    criterion: Criterion
    anchored: tuple[Criterion, ...]
    weight: float
    values: tuple[float | None, ...]
    points: tuple[float | None, ...]
    contributions: tuple[float | None, ...]
    used: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything a comparison shows, candidate by candidate in the order given."""

    letters: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    codes: tuple[str, ...]
    measures: tuple[MeasureRow, ...]
    rules: tuple[tuple[Verdict, ...], ...]  # one tuple a candidate, rules in one order
    districts: Partition
    criteria: tuple[CriterionRow, ...]
    scores: tuple[float | None, ...]
    ranks: tuple[int | None, ...]
    order: tuple[tuple[int, ...], ...]
    left_out: tuple[str, ...]
    turns: tuple[Turn, ...]
    anchors: str
    conflict_period: Period
    hazard_period: Period

    def to_dict(self) -> dict[str, object]:
        """Return it as plain lists, dictionaries, texts and numbers, for JSON."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}


def compare(
    candidates: Sequence[Candidate],
    dataset: Dataset,
    *,
    conflict_period: Period = None,
    hazard_period: Period = COMPLETE,
    weights: Mapping[str, float] | None = None,
    judgements: Sequence[Mapping[str, float | None]] | None = None,
    context: Context | None = None,
    criteria: Criteria | None = None,
    anchors: str = SPREAD,
) -> Comparison:
    """Compare candidates; one without districts has no score and takes none from the others.

    `judgements` has one mapping a candidate (criterion key to 1-5); `anchors` are as those of :class:`Terms`.

    Raises ComparisonError for fewer than two or more than four, or judgements of another number;
    UnknownUbigeo, Unusable as the parts do.
    """
    candidates = tuple(candidates)
    hazard_period = years_of(hazard_period, dataset)  # kept with what is compared
    if not 2 <= len(candidates) <= len(LETTERS):
        raise ComparisonError("number", n=len(candidates), most=len(LETTERS))
    judgements = tuple(judgements) if judgements is not None else ({},) * len(candidates)
    if len(judgements) != len(candidates):
        raise ComparisonError("judgements", n=len(judgements), candidates=len(candidates))
    context, criteria = context or Context.of(dataset), criteria or load_criteria()
    figures = [measure_all(c, dataset, conflict_period, hazard_period) for c in candidates]
    values = [values_for(c, f, j, criteria) for c, f, j in zip(candidates, figures, judgements, strict=True)]
    full = full_weights(weights, criteria)
    terms = Terms(conflict_period=conflict_period, hazard_period=hazard_period, anchors=anchors, criteria=criteria)
    own = anchored_each(dataset, terms, candidates)
    drawn = [i for i, c in enumerate(candidates) if c.ubigeos]
    rows = [values[i] for i in drawn]
    among, left_out = score_all(rows, full, [own[i] for i in drawn]) if drawn else ((), tuple(criteria))
    found = dict(zip(drawn, among, strict=True))
    scores = tuple(found.get(i, Score(None, {}, {})) for i in range(len(candidates)))
    totals = tuple(s.total for s in scores)
    return Comparison(
        letters=tuple(LETTERS[: len(candidates)]),
        candidates=candidates,
        codes=tuple(codes.encode(c.ubigeos) for c in candidates),
        measures=tuple(_measure_row(m, figures, dataset, conflict_period, hazard_period) for m in MEASURES.values()),
        rules=tuple(judge(c, context) for c in candidates),
        districts=partition([c.ubigeos for c in candidates]),
        criteria=tuple(
            _criterion_row(c, [of[key] for of in own], full[key], values, scores, key not in left_out)
            for key, c in criteria.items()
        ),
        scores=totals,
        ranks=ranks(totals),
        order=order(totals),
        left_out=left_out,
        turns=turns(scores, full),
        anchors=anchors,
        conflict_period=conflict_period,
        hazard_period=hazard_period,
    )


def difference(value: float | None, reference: float | None) -> float | None:
    """Return value minus reference, None when either is unknown."""
    return None if value is None or reference is None else value - reference


def best(values: Sequence[float | None], better: str | None) -> tuple[int, ...]:
    """Return the positions of the best values, all that tie; none when there is no better side or one is unknown."""
    known = [value for value in values if value is not None]
    if better is None or len(known) < len(values):
        return ()
    target = max(known) if better == "higher" else min(known)
    return tuple(i for i, value in enumerate(known) if value == target)


def _measure_row(
    measure: Measure,
    figures: list[Mapping[str, Figure]],
    dataset: Dataset,
    conflict_period: Period,
    hazard_period: Period,
) -> MeasureRow:
    own = tuple(of[measure.key] for of in figures)
    # as they are shown: a reader who takes one from the other finds the difference, and equal ones tie
    values = [None if figure.value is None else rounded(figure.value, measure.decimals) for figure in own]
    return MeasureRow(
        measure=measure,
        year=year_text(measure, dataset, conflict_period, hazard_period),
        figures=own,
        differences=tuple(difference(value, values[0]) for value in values),
        best=best(values, measure.better),
    )


def _criterion_row(
    criterion: Criterion,
    anchored: Sequence[Criterion],
    weight: float,
    values: list[dict],
    scores: tuple[Score, ...],
    used: bool,
) -> CriterionRow:
    key = criterion.key
    return CriterionRow(
        criterion=criterion,
        anchored=tuple(anchored),
        weight=weight,
        values=tuple(row[key] for row in values),
        points=tuple(s.points.get(key) for s in scores),
        contributions=tuple(s.contributions.get(key) for s in scores),
        used=used,
    )


def _plain(thing: object) -> Any:  # what JSON can hold
    if isinstance(thing, Measure):
        return dict(thing.description)
    if is_dataclass(thing) and not isinstance(thing, type):
        return {f.name: _plain(getattr(thing, f.name)) for f in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(key): _plain(value) for key, value in thing.items()}
    if isinstance(thing, (set, frozenset)):
        return sorted(_plain(item) for item in thing)
    if isinstance(thing, (list, tuple)):
        return [_plain(item) for item in thing]
    if thing is None or isinstance(thing, (str, bool, int, float)):
        return thing
    return str(thing)  # dates of cases, as ISO text
