"""Read what a browser sends of its candidates: checked, bounded, never trusted.

`proposals` are those that are kept, in any state; None stands for the first ones, of the data set.
"""

from collections.abc import Sequence
from typing import Any

from dashboard.clusters.model import SERVICES, Candidate, ProposalLike, from_proposal
from dashboard.clusters.rules import load_parameters
from dashboard.clusters.scoring import load_criteria
from geodata.model import Dataset, UnknownUbigeo, derived

MOST_CANDIDATES = 400  # far more than a browser comes to hold; those twelve are only where it stops making new ones
MOST_WEIGHT = 1_000  # far above the scale of the screens
NAME_LENGTH, NOTE_LENGTH = 60, 500
PROPOSAL = "p:"

Proposals = Sequence[ProposalLike] | None


class BadDraft(ValueError):
    """A candidate that cannot be read."""


def candidate_of(sent: Any, dataset: Dataset, proposals: Proposals = None) -> Candidate:
    """Return the candidate of what a browser sent. Raises BadDraft, UnknownUbigeo."""
    if not isinstance(sent, dict) or not isinstance(sent.get("ubigeos"), list):
        raise BadDraft("no list of districts")
    ubigeos = [str(u) for u in sent["ubigeos"]]
    unknown = tuple(u for u in ubigeos if u not in dataset.territory.districts)
    if unknown:
        raise UnknownUbigeo(unknown)
    services, phase = sent.get("services"), sent.get("phase")
    kept = dataset.proposals if proposals is None else proposals
    return Candidate(
        ubigeos=frozenset(ubigeos),
        name=_text(sent.get("name"), NAME_LENGTH),
        services=frozenset(s for s in services if s in SERVICES) if isinstance(services, list) else frozenset(),
        note=_text(sent.get("note"), NOTE_LENGTH),
        phase=int(phase) if phase in (1, 2, 3) else 1,
        replaces=_proposal(sent.get("id"), kept) or _known(sent.get("replaces"), kept),
    )


def _text(sent: Any, length: int) -> str:
    """Return what was written, in short; half characters, which no file can hold, are replaced."""
    return str(sent or "").encode("utf-8", "replace").decode("utf-8")[:length]


def _proposal(id_: Any, kept: Sequence[ProposalLike]) -> str | None:
    """Return the proposal that an id such as `p:lamas` names: it is not its own rival."""
    if not isinstance(id_, str) or not id_.startswith(PROPOSAL):
        return None
    return _known(id_.removeprefix(PROPOSAL), kept)


def _known(name: Any, kept: Sequence[ProposalLike]) -> str | None:
    return name if any(p.id == name for p in kept) else None


def period_of(sent: Any, dataset: Dataset) -> tuple[int, int]:
    """Return a period of whole years within the years on record; all of them where unreadable."""
    low, high = derived.years_span(dataset)
    try:
        first, last = (int(year) for year in sent)
    except (TypeError, ValueError, OverflowError):
        return low, high
    first, last = sorted((first, last))
    return max(low, min(first, high)), min(high, max(last, low))


def locked_of(sent: Any, candidate: Candidate) -> frozenset[str]:
    """Return the districts that are to stay, those of the candidate only."""
    given = sent.get("locked") if isinstance(sent, dict) else None
    return candidate.ubigeos & {u for u in given if isinstance(u, str)} if isinstance(given, list) else frozenset()


def weights_of(sent: Any) -> dict[str, float]:
    """Return the weights that a browser sent, those that are a number from zero on of a known criterion."""
    known = load_criteria()
    given = sent.items() if isinstance(sent, dict) else ()
    return {key: float(weight) for key, weight in given if key in known and _is_weight(weight)}


def _is_weight(sent: Any) -> bool:
    return isinstance(sent, (int, float)) and not isinstance(sent, bool) and 0 <= sent <= MOST_WEIGHT


def chosen(drafts: Any, dataset: Dataset, proposals: Proposals = None) -> list[Candidate]:
    """Return the candidates drawn; where none is, the proposals that stand among the others. Unreadable ones are
    left out."""
    listed = drafts.get("candidates") if isinstance(drafts, dict) else None
    made = []
    for sent in listed[:MOST_CANDIDATES] if isinstance(listed, list) else ():
        try:
            candidate = candidate_of(sent, dataset, proposals)
        except (BadDraft, UnknownUbigeo):
            continue
        if candidate.ubigeos:
            made.append(candidate)
    kept = dataset.proposals if proposals is None else proposals
    return made or [from_proposal(p) for p in kept if load_parameters().kind(p.state) != "apart"]
