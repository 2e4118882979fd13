"""Say what a room's answers come to: how they spread, what follows from them, who moved, how it votes.

It is plain data, the same while a meeting runs and when its closing freezes it. Members count as the group; who is
invited is heard beside it. With the answers, the field of proposals, the draws and the seed in it, what follows
can be computed again years later (:func:`recomputed`).
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from dashboard.clusters.group import (
    LEVELS,
    Answer,
    DataBounds,
    PointsField,
    field_of,
    firsts,
    judged,
    measured,
    moves,
    outcome,
    weights_of,
)
from dashboard.clusters.model import Candidate
from dashboard.clusters.ranking import DRAWS, SEED
from dashboard.clusters.scoring import Criteria, asked, with_own
from dashboard.records.meetings.meeting import Meeting
from dashboard.records.meetings.voices import BALLOT, INVITED_ROLE, JUDGEMENT, MEMBER_ROLE, WEIGHTS, OneVoice, Voices
from dashboard.records.proposals import Proposal
from geodata.model import Dataset

FIRST_ROUND, LAST_ROUND = 1, 2
SAME_FIGURE = 0.005  # within which a share or a margin in points is the same on another computer
BALLOTS = ("agree", "disagree", "abstain")
MOST_FOLLOWED = 12  # proposals of which it is worked out what follows: the pairs grow with their square
Plain = dict[str, Any]  # JSON, of any type


def room_content(
    voices: Voices, proposals: Sequence[Proposal], dataset: Dataset, meeting: Meeting, follows: bool = True
) -> Plain:
    """Return what the answers of a room come to, of the proposals under review. follows: with what follows."""
    criteria = with_own(meeting.own_criteria)
    judged_by = _judged_by(voices, criteria, meeting)
    ids = [proposal.id for proposal in proposals]
    heard = {id: {key: _heard(voices, id, key) for key in judged_by} for id in ids}
    weights = _weights(voices, criteria)
    content: Plain = {
        "round": voices.round,
        "open_voting": voices.open_voting,
        "vote": voices.vote,
        "people": dict(voices.people),
        "proposals": ids,
        "names": {proposal.id: proposal.name for proposal in proposals},
        "answered": {
            "weights": len(weights),
            "judgement": {id: len(_latest(voices, JUDGEMENT, id, MEMBER_ROLE)) for id in ids},
        },
        "judgements": heard,
        "weights": [own for _, own in sorted(weights.items())],
        "votes": {id: _votes(voices, id) for id in ids},
        "own_criteria": [dict(row) for row in meeting.own_criteria],
    }
    content["weights"].sort(key=lambda own: json.dumps(own, sort_keys=True))  # in an order that is nobody's
    return content | (_follows(voices, proposals, heard, content["weights"], dataset, criteria) if follows else {})


def has_votes(content: Mapping[str, Any]) -> bool:  # JSON, of any type
    """Return whether there is a vote to show, open or given."""
    return bool(content["vote"]) or any(own[ballot] for own in content["votes"].values() for ballot in BALLOTS)


# JSON, of any type
def recomputed(field: Mapping[str, Any], weights: Sequence[Mapping[str, float]], draws: int, seed: int) -> Plain | None:
    """Return the outcome of a field and weights as they were kept, None where nothing follows."""
    asked = {"field": field, "weights": list(weights), "draws": draws, "seed": seed}
    kept = _computed(json.dumps(asked, sort_keys=True))
    return None if kept is None else json.loads(kept)


def follows(content: Mapping[str, Any]) -> bool:  # JSON, of any type
    """Tell whether the answers that were kept lead to the outcome that was kept: shares and margins, within a little.

    Which of several nearest weightings is named depends on the solver, so that they are not compared.
    """
    kept = content["outcome"]
    again = recomputed(content["field"], content["weights"], content["draws"], content["seed"])
    if kept is None or again is None:
        return kept is again
    pairs = zip(_figures(kept), _figures(again), strict=False)
    return len(_figures(kept)) == len(_figures(again)) and all(abs(a - b) <= SAME_FIGURE for a, b in pairs)


def _figures(outcome: Mapping[str, Any]) -> list[float]:  # JSON, of any type
    found: list[float] = []
    for own in outcome["proposals"]:
        found += [*own["given"].values(), *own["allowed"].values(), *own["ranks"], own["confidence"] or 0.0]
        found += [lead["margin"] for leads in own["best"].values() for lead in leads]
    return found


@lru_cache(maxsize=32)
def _computed(asked: str) -> str | None:
    given = json.loads(asked)
    made = outcome(PointsField.from_dict(given["field"]), given["weights"], given["draws"], given["seed"])
    return None if made is None else json.dumps(made.to_dict())


# JSON, of any type
def _follows(
    voices: Voices,
    proposals: Sequence[Proposal],
    heard: Mapping[str, Mapping[str, Any]],  # JSON, of any type
    weights: Sequence[Mapping[str, float]],
    dataset: Dataset,
    criteria: Criteria,
) -> Plain:
    """Return the field of the proposals that have districts, what follows, and how first places moved."""
    drawn = [p for p in proposals if p.ubigeos & dataset.territory.districts.keys()][:MOST_FOLLOWED]
    ids = [p.id for p in drawn]
    answers = [{key: own["answers"] for key, own in heard[id].items()} for id in ids]
    known = [{key: judged(own) for key, own in of.items()} for of in answers]
    field = field_of(_bounds(dataset, tuple(map(_drawn, drawn, [dataset] * len(drawn))), criteria), known, answers)
    kept = field.to_dict()
    return {
        "followed": ids,
        "field": kept,
        "draws": DRAWS,
        "seed": SEED,
        "outcome": recomputed(kept, weights, DRAWS, SEED),
        "first_moves": _first_moves(voices, field, ids, criteria),
    }


def _drawn(proposal: Proposal, dataset: Dataset) -> Candidate:
    """Return the candidate of a proposal, of which a former division may have had districts that are no more."""
    return Candidate(proposal.ubigeos & dataset.territory.districts.keys(), services=proposal.services)


@lru_cache(maxsize=8)
def _measured(dataset: Dataset, candidates: tuple[Candidate, ...]) -> DataBounds:
    return measured(candidates, dataset)


def _bounds(dataset: Dataset, candidates: tuple[Candidate, ...], criteria: Criteria) -> DataBounds:
    """Return what the data say, by the programme's criteria and those of the group, of which no data say anything."""
    found = _measured(dataset, candidates)
    each = tuple(MappingProxyType({**criteria, **of}) for of in found.criteria)  # anchored, but for the group's own
    return replace(found, criteria=each)


def _latest(voices: Voices, kind: str, subject: str, role: str) -> dict[str, OneVoice]:
    """Return by participant of a role the answer that stands: that of the last round they answered in."""
    return {v.who: v for v in voices.said if (v.kind, v.subject, v.role) == (kind, subject, role)}


def _of_round(voices: Voices, subject: str, criterion: str, wanted: int) -> dict[str, Answer]:
    return {
        v.who: v.content["values"][criterion]
        for v in voices.said
        if (v.kind, v.subject, v.role, v.round) == (JUDGEMENT, subject, MEMBER_ROLE, wanted)
        and criterion in v.content["values"]
    }


def _judged_by(voices: Voices, criteria: Criteria, meeting: Meeting) -> tuple[str, ...]:
    """Return the criteria that everybody is asked to judge, and those that somebody judged."""
    answered = {key for v in voices.said if v.kind == JUDGEMENT for key in v.content["values"]}
    wanted = {*asked(meeting.weights, criteria), *answered}
    return tuple(key for key, item in criteria.items() if item.judged and key in wanted)


def _heard(voices: Voices, subject: str, criterion: str) -> Plain:
    def given(role: str) -> list[Answer]:
        own = _latest(voices, JUDGEMENT, subject, role).values()
        found = [v.content["values"][criterion] for v in own if criterion in v.content["values"]]
        return sorted(found, key=lambda answer: LEVELS[0] - 1 if answer is None else answer)

    moved = moves(*(_of_round(voices, subject, criterion, n) for n in (FIRST_ROUND, LAST_ROUND)))
    flows = [[before, after, n] for (before, after), n in moved.flows.items()]
    return {"answers": given(MEMBER_ROLE), "invited": given(INVITED_ROLE), "moves": flows}


def _weights(voices: Voices, criteria: Criteria, of_round: int | None = None) -> dict[str, dict[str, float]]:
    """Return by member the weights that stand, or those of one round."""
    said = [v for v in voices.said if v.kind == WEIGHTS and v.role == MEMBER_ROLE]
    found = {v.who: weights_of(v.content, tuple(criteria)) for v in said if of_round in (None, v.round)}
    return {who: own for who, own in found.items() if own}


# JSON: ids, or lists of them, and a count
def _first_moves(voices: Voices, field: PointsField, ids: Sequence[str], criteria: Criteria) -> list[list[Any]]:
    """Return [before, after, how many]: the proposals that weights of both rounds put first, several where level."""
    before, after = (
        {who: [ids[i] for i in firsts(field, own)] for who, own in _weights(voices, criteria, n).items()}
        for n in (FIRST_ROUND, LAST_ROUND)
    )
    pairs = Counter((tuple(before[who]), tuple(after[who])) for who in before if who in after)
    return [[list(first), list(second), n] for (first, second), n in sorted(pairs.items())]


def _votes(voices: Voices, subject: str) -> Plain:
    given = _latest(voices, BALLOT, subject, MEMBER_ROLE).values()
    counts = Counter(v.content["vote"] for v in given)
    named = sorted([v.content["vote"], v.name] for v in given) if voices.open_voting else []
    return {**{ballot: counts[ballot] for ballot in BALLOTS}, "named": named}
