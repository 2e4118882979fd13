"""Answer what the comparison screen asks of the server. Pure functions: plain values in, components out.

`proposals` are those that are kept, in any state; None stands for the first ones, of the data set.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

from dash import html
from dash.dcc.express import send_bytes

from dashboard import texts
from dashboard.clusters.model import Candidate
from dashboard.clusters.ranking import LETTERS, Comparison, ComparisonError, compare, firmness
from dashboard.clusters.rules import Context
from dashboard.clusters.scoring import Terms, load_criteria
from dashboard.clusters.writing import comparison_workbook, joined
from dashboard.documents import candidates_name
from dashboard.pages.compare import firmness as firm
from dashboard.pages.compare.ids import Compare
from dashboard.pages.kit import (
    PROPOSAL,
    BadDraft,
    Proposals,
    anchors_of,
    candidate_of,
    comparison,
    outcomes,
    period_of,
    words,
)
from dashboard.records.proposals import Identity, Proposal
from geodata.model import Dataset, UnknownUbigeo
from geodata.shared import Unusable

FEWEST = 2
Known = Mapping[str, Identity]  # by what proposals go, by id
NOTHING: Known = MappingProxyType({})
# the parts of the screen that the server fills
PARTS = (Compare.DISTRICTS, Compare.RULES, Compare.MEASURES, Compare.FOOT, Compare.GROUP, Compare.REFUSED)


class Incomparable(ValueError):
    """A comparison that cannot be made; the text is a sentence in the reader's language."""


def answer(
    asked: Any, dataset: Dataset, language: str, proposals: Proposals = None, group: Sequence[Any] = ()
) -> dict[str, Any]:
    """Return the comparison that the browser asked for, or why there is none.

    `shown` is what each part of the screen shows, by its id, as components; `values` are the points that
    the browser scores. `group` is what groups judged of those compared, as :func:`group_row` gives it.
    """
    try:
        found = compared(asked, dataset, language, proposals=proposals)
    except Incomparable as reason:
        return {"shown": {Compare.REFUSED: refusal(reason)}, "values": None, "refused": True}
    shown = {
        Compare.DISTRICTS: comparison.districts(found, dataset, language),
        Compare.RULES: comparison.rules(found, dataset, language),
        Compare.MEASURES: comparison.measures(found, dataset, language),
        Compare.FOOT: comparison.foot(found, dataset, language),
        Compare.GROUP: list(group),
    }
    return {"shown": shown, "values": values(found, asked), "refused": False}


def refusal(reason: Incomparable) -> html.P:
    """Return why something could not be shown."""
    return outcomes.problem(str(reason))


def compared(
    asked: Any,
    dataset: Dataset,
    language: str,
    weights: Mapping[str, float] | None = None,
    judgements: Sequence[Mapping[str, float]] | None = None,
    proposals: Proposals = None,
) -> Comparison:
    """Return the comparison of what a browser sent. Raises Refused with a sentence for the reader."""
    say = partial(texts.say, language)
    asked = asked if isinstance(asked, dict) else {}
    columns = asked.get("columns")
    columns = columns if isinstance(columns, list) else []
    if not FEWEST <= len(columns) <= len(LETTERS):
        raise Incomparable(say("comparison.number", n=len(columns), most=len(LETTERS)))
    lettered = zip(columns, LETTERS, strict=False)
    candidates = [_candidate(sent, letter, dataset, say, proposals) for sent, letter in lettered]
    try:
        return compare(
            candidates,
            dataset,
            conflict_period=period_of(asked.get("conflictPeriod"), dataset),
            hazard_period=period_of(asked.get("hazardPeriod"), dataset),
            anchors=anchors_of(asked.get("anchors")),
            weights=weights,
            judgements=judgements,
            context=Context.of(dataset, proposals),
        )
    except Unusable as error:
        raise Incomparable(say("compare.refused_weights", reason=error)) from None
    except ComparisonError as error:
        raise Incomparable(say(error.message, **error.fields)) from None


def _candidate(sent: Any, letter: str, dataset: Dataset, say: Any, proposals: Proposals) -> Candidate:
    try:
        return candidate_of(sent, dataset, proposals)
    except UnknownUbigeo as error:
        unknown = ", ".join(str(u)[:12] for u in error.ubigeos[:5])
        raise Incomparable(say("compare.refused_district", letter=letter, ubigeos=unknown)) from None
    except (BadDraft, ValueError, TypeError):
        raise Incomparable(say("compare.refused_candidate", letter=letter)) from None


def numbered(found: Comparison, asked: dict[str, Any], known: Known) -> Comparison:
    """Return a comparison whose candidates have their numbers, where they are in the record."""
    ids = [str(column.get("id", "")).removeprefix(PROPOSAL) for column in asked["columns"]]
    pairs = zip(found.candidates, ids, strict=True)
    return replace(
        found, candidates=tuple(replace(c, number=int(known[id].sign)) if id in known else c for c, id in pairs)
    )


def values(found: Comparison, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the points of every criterion for the browser, and whose they are.

    None stands for what is unknown, or for the group to judge.
    """
    rows = {
        row.criterion.key: [
            None if value is None else own.points(value) for own, value in zip(row.anchored, row.values, strict=True)
        ]
        for row in found.criteria
    }
    return {"ids": [column.get("id") for column in asked["columns"]], "points": rows}


def workbook(
    asked: Any,
    weights: Any,
    judgements: Any,
    dataset: Dataset,
    language: str,
    proposals: Sequence[Proposal] | None = None,
    known: Known = NOTHING,
) -> dict[str, Any]:
    """Return the comparison as a workbook for the browser; `known`: by what proposals go. Raises Refused."""
    judged = given_judgements(asked, judgements, proposals)
    found = numbered(compared(asked, dataset, language, given_weights(weights), judged, proposals), asked, known)
    body = comparison_workbook(found, dataset, partial(texts.say, language), language)
    say = partial(texts.say, language)
    return send_bytes(body, candidates_name(found.candidates, dataset.territory, say, "xlsx", "file.comparison"))


def firm_order(
    asked: Any,
    weights: Any,
    judgements: Any,
    dataset: Dataset,
    language: str,
    proposals: Sequence[Proposal] | None = None,
    known: Known = NOTHING,
) -> Any:
    """Return how firm the order of those compared is, or why that cannot be said."""
    try:
        found = numbered(compared(asked, dataset, language), asked, known)
        empty = [letter for letter, c in zip(found.letters, found.candidates, strict=True) if not c.ubigeos]
        if empty:
            say = partial(texts.say, language)
            raise Incomparable(say("firm.empty", n=len(empty), letters=joined(say, empty)))
        terms = Terms(
            weights=given_weights(weights),
            conflict_period=found.conflict_period,
            hazard_period=found.hazard_period,
            anchors=found.anchors,
        )
        firmly = firmness(found.candidates, dataset, terms, given_judgements(asked, judgements, proposals))
    except Incomparable as reason:
        return refusal(reason)
    except Unusable as error:
        return refusal(Incomparable(texts.say(language, "compare.refused_weights", reason=error)))
    return firm.shown(firmly, found.candidates, dataset, words(language), language)


def given_weights(sent: Any) -> dict[str, float]:
    """Return the weights a browser sent, those of known criteria only."""
    known = load_criteria()
    return {key: weight for key, weight in sent.items() if key in known} if isinstance(sent, dict) else {}


def given_judgements(
    asked: Any, sent: Any, proposals: Sequence[Proposal] | None = None
) -> list[dict[str, float]] | None:
    """Return the scores of the group for each candidate asked for: judgements by criterion, 1 to 5.

    Of a proposal they are those of the record, but for what the browser sent; what is not a number is no judgement.
    """
    if not isinstance(asked, dict):
        return None
    sent = sent if isinstance(sent, dict) else {}
    judged = [key for key, item in load_criteria().items() if item.judged]
    recorded = {f"{PROPOSAL}{p.id}": p.judgements for p in proposals or ()}
    made = []
    for column in asked.get("columns") or []:
        id_ = column.get("id") if isinstance(column, dict) else None
        own = sent.get(id_) if isinstance(id_, str) else None
        here = {key: _score(own[key]) for key in judged if key in own} if isinstance(own, dict) else {}
        scores = {**(recorded.get(id_, {}) if isinstance(id_, str) else {}), **here}
        made.append({key: score for key, score in scores.items() if score and key in judged})
    return made


def _score(judgement: Any) -> float | None:
    score = judgement.get("score") if isinstance(judgement, dict) else None
    return score if isinstance(score, (int, float)) and not isinstance(score, bool) else None
