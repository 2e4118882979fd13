"""Show where a candidate stands among all feasible ones, and what would better it.

Each number stands in the summary of a `details` that opens to how it was made. Strips are sent as counts
and drawn in the browser (`assets/js/screens/standing.js`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from dash import html

from dashboard.clusters.model import Candidate
from dashboard.clusters.ranking import Change, Changes, Rank, Ranking, Spread, frontier, rankings, standpoint
from dashboard.clusters.scoring import Pool, Terms, pool, pool_of
from dashboard.clusters.writing import Wording, sentences
from dashboard.pages.kit.elements import dashed
from geodata.model import Dataset

CHANGES_SHOWN = 5
MENDS_SHOWN = 3
# the search for mends goes up to the candidate's own size, and grows twofold with each district
MOST_CHANGED = 8


@dataclass(frozen=True)
class CandidateStanding:
    """What is shown of a candidate: its places, and what would better it and mend it (None: it is too large)."""

    candidate: Candidate
    dataset: Dataset
    terms: Terms
    singles: Changes | None
    mends: Changes | None

    @cached_property
    def rankings(self) -> tuple[Ranking, ...]:
        """Its places: among the candidates of its province first, of wider surroundings after it."""
        return rankings(self.candidate, self.dataset, self.terms)

    @cached_property
    def among(self) -> Pool:
        """The candidates that the first of its places is among."""
        return pool(self.dataset, self.terms, self.rankings[0].place)

    @cached_property
    def own(self) -> Pool:
        """The candidate as a pool of one: its raw criteria."""
        return pool_of(self.dataset, self.terms, [self.candidate.ubigeos])


def shown(found: CandidateStanding, words: Wording) -> list[Any]:
    """Return the part of the panel under the rules: place, criteria, mends, changes."""
    return [
        html.Div([html.H3(words.say("standing.title")), *_places(found, words), *_frontier(found, words)]),
        html.Div(_betters(found, words), className="betters"),
    ]


def _betters(found: CandidateStanding, words: Wording) -> list[Any]:
    singles, mends = found.singles, found.mends
    if singles is None or mends is None:
        too_many = words.say("standing.too_many", n=len(found.candidate), most=MOST_CHANGED)
        return [html.H3(words.say("standing.better")), html.P(too_many, className="muted")]
    return [*_mends(mends, found, words), *_singles(singles, mends, found, words)]


def _opened(summary: Any, inside: Sequence[Any], class_name: str = "made") -> html.Details:
    """Return something that opens to how it was made."""
    return html.Details([html.Summary(summary), *inside], className=class_name)


def _paragraphs(lines: Sequence[str]) -> list[html.P]:
    return [html.P(line) for line in lines if line]


# ---- its place


def _places(found: CandidateStanding, words: Wording) -> list[Any]:
    first, *wider = found.rankings
    strip = [] if first.score.spread is None else _strip(first.score, first.score.spread, words, 1)
    better = sentences.percentile_sentence(words, first.score)
    summary = [html.B(sentences.ranking_sentence(words, first)), *([f" {better}"] if better else [])]
    return [
        _place(first, summary, words),
        *strip,
        *(_place(ranking, [_wider(ranking, words)], words) for ranking in wider),
        *_criteria(found, words),
    ]


def _wider(ranking: Ranking, words: Wording) -> str:
    """Return its place in the department; why it is not feasible has been said of the province."""
    score = ranking.score
    if ranking.member or score.position is None:
        return sentences.ranking_sentence(words, ranking)
    return words.say("standing.wider", position=score.position, of=score.of, place=ranking.name)


def _place(ranking: Ranking, summary: Sequence[Any], words: Wording) -> html.Details:
    formulas = ["rank", "percentile"] if ranking.score.percentile is not None else ["rank"]
    inside = [sentences.formula_sentence(words, key) for key in formulas]
    if ranking.score.spread is not None:
        inside.append(sentences.formula_sentence(words, "strip", bins=len(ranking.score.spread.counts)))
    return _opened(summary, _paragraphs(inside), "made place")


def _strip(place: Rank, spread: Spread, words: Wording, decimals: int) -> list[Any]:
    """Return the spread of a score or criterion, the better side on the right, with this candidate marked.

    Nothing where all have the same: there is no spread.
    """
    if max(spread.counts) == sum(spread.counts):
        return []
    counts, ends = list(spread.counts), [spread.edges[0], spread.edges[-1]]
    at = None if place.value is None else spread.bin(place.value)
    if place.better == "lower":
        counts, ends = counts[::-1], ends[::-1]
        at = None if at is None else len(counts) - 1 - at
    low, high = (words.number(end, decimals) for end in ends)
    own = words.number(place.value, decimals)
    about = words.say("standing.strip", low=low, high=high, own=own, n=sum(counts))
    bars = ".".join(map(str, counts))
    data = dashed(data_bars=bars, data_at="" if at is None else str(at), data_own=own, aria_label=about)
    return [html.Div([html.Span(low), html.Span(high)], className="strip-of", role="img", **data)]


def _criteria(found: CandidateStanding, words: Wording) -> list[Any]:
    ranking = found.rankings[0]
    rows = [_criterion(ranking, place, found, words) for place in ranking.criteria.values()]
    score = words.number(_known(ranking.score.value), 1)
    notes = [sentences.formula_sentence(words, "score"), *sentences.left_out_sentences(words, ranking.scale)]
    summary = words.say("standing.by_criterion", score=score)
    return [_opened(summary, [html.Ul(rows, className="criteria"), *_paragraphs(notes)], "made by-criterion")]


def _criterion(ranking: Ranking, place: Rank, found: CandidateStanding, words: Wording) -> html.Li:
    item = ranking.scale.criteria[place.key]
    weight = ranking.scale.used.get(place.key)
    if weight is None or place.value is None:
        counted = words.say("standing.not_counted")
    else:
        counted = words.say(
            "standing.counted",
            points=words.number(item.points(place.value), 1),
            percent=words.number(100 * weight, 1),
            part=words.number(weight * item.points(place.value), 1),
        )
    strip = [] if place.spread is None else _strip(place, place.spread, words, item.decimals)
    said = sentences.criterion_sentence(words, place, item, ranking.member)
    anchors = sentences.anchors_sentence(words, item, found.terms.anchors)
    return html.Li([html.P(said), html.P(f"{counted} {anchors}", className="muted"), *strip])


def _frontier(found: CandidateStanding, words: Wording) -> list[Any]:
    if not len(found.among):
        return []
    front = frontier(found.among)
    own = {key: _known(column[0]) for key, column in found.own.values.items()}
    stands = standpoint(own, found.among, front)
    said = sentences.frontier_sentence(words, stands, front, found.among, found.rankings[0].name)
    short = {None: "unknown", True: "on", False: "off"}[stands.on]
    on_all = sum(len(better) == len(front.aims) for better in stands.better_on)
    summary = words.say(f"standing.frontier_{short}", n=len(stands.beaten_by), all=on_all)
    return [_opened(summary, _paragraphs([said, sentences.formula_sentence(words, "frontier")]))]


# ---- what would better it


def _mends(mends: Changes, found: CandidateStanding, words: Wording) -> list[Any]:
    if mends.n == 0:
        return []
    title = html.B(sentences.mends_sentence(words, mends))
    made = _opened(title, _paragraphs([sentences.formula_sentence(words, "mend")]))
    return [made, *_listed(mends.changes, MENDS_SHOWN, found, mends, words)]


def _singles(singles: Changes, mends: Changes, found: CandidateStanding, words: Wording) -> list[Any]:
    say = words.say
    heading = html.H3(say("standing.better"))
    if not singles.found:
        return [heading, *_paragraphs([say("engine.changes.none")])]
    mending = {change.candidate.ubigeos for change in mends.changes}
    others = [c for c in singles.changes if c.candidate.ubigeos not in mending]
    title = say("standing.tried", found=singles.found, tried=singles.tried)
    formulas = [sentences.formula_sentence(words, key) for key in ("change", "score")]
    listed = _listed(others, CHANGES_SHOWN, found, singles, words)
    return [heading, *listed, _opened(title, _paragraphs(formulas))]


def _listed(changes: Sequence[Change], most: int, found: CandidateStanding, of: Changes, words: Wording) -> list[Any]:
    """Return changes as lists: the first ones, and all the others behind a line that opens."""
    first, rest = ([_change(c, found, of, words) for c in part] for part in (changes[:most], changes[most:]))
    lists: list[Any] = [html.Ul(first, className="changes")] if first else []
    if rest:
        title = words.say("standing.rest", n=len(rest))
        lists.append(html.Details([html.Summary(title), html.Ul(rest, className="changes")], className="rest"))
    return lists


def _change(change: Change, found: CandidateStanding, of: Changes, words: Wording) -> html.Li:
    text = sentences.change_sentence(words, change, found.dataset.territory)
    button = html.Button(
        words.say("standing.try"),
        className="try",
        **dashed(
            aria_label=words.say("standing.try_this", change=text),
            data_add="-".join(sorted(change.added)),
            data_take="-".join(sorted(change.removed)),
            data_of="-".join(sorted(found.candidate.ubigeos)),
        ),
    )
    effects = sentences.effect_sentences(words, change, of.score)
    return html.Li([html.Div([html.B(text), *_paragraphs(effects)]), button])


def _known(value: float | None) -> float | None:
    return None if value is None or value != value else float(value)
