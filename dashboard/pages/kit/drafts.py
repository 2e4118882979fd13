"""Read what a browser sends of its candidates: checked, bounded, never trusted.

`proposals` are those that are kept, in any state; None stands for the first ones, of the data set.
"""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo

from dashboard.clusters.model import SERVICES, Candidate, ProposalLike, from_proposal
from dashboard.clusters.rules import load_parameters
from dashboard.clusters.scoring import ANCHORS, SPREAD, load_criteria
from dashboard.web.sent import Sent, Several, Text, table
from geodata.model import Dataset, UnknownUbigeo, derived

MOST_CANDIDATES = 400  # far more than a browser comes to hold; those twelve are only where it stops making new ones
MOST_WEIGHT = 1_000  # far above the scale of the screens
NAME_LENGTH, NOTE_LENGTH = 60, 500
PROPOSAL = "p:"

Proposals = Sequence[ProposalLike] | None


class BadDraft(ValueError):
    """A candidate that cannot be read."""


# ---- kinds of values


def _short(most: int, sent: object) -> str:
    """Return what was written, in short; half characters, which no file can hold, are replaced."""
    return str(sent or "").encode("utf-8", "replace").decode("utf-8")[:most]


def _services(sent: object) -> frozenset[str]:
    return frozenset(s for s in sent if s in SERVICES) if isinstance(sent, list) else frozenset()


def period_of(sent: Any, dataset: Dataset) -> tuple[int, int]:
    """Return a period of whole years within the years on record; all of them where unreadable."""
    low, high = derived.years_span(dataset)
    try:
        first, last = (int(year) for year in sent)
    except (TypeError, ValueError, OverflowError):
        return low, high
    first, last = sorted((first, last))
    return max(low, min(first, high)), min(high, max(last, low))


def _period(sent: object, info: ValidationInfo) -> tuple[int, int]:
    return period_of(sent, info.context)  # type: ignore[arg-type]  # the data set


def anchors_of(sent: object) -> str:
    """Return which anchors a browser asks for, those of a first visit where that is none."""
    return sent if isinstance(sent, str) and sent in ANCHORS else SPREAD


def weights_of(sent: object) -> dict[str, float]:
    """Return the weights that a browser sent, those that are a number from zero on of a known criterion."""
    known = load_criteria()
    return {key: float(weight) for key, weight in table(sent).items() if key in known and _is_weight(weight)}


def _is_weight(sent: object) -> bool:
    return isinstance(sent, (int, float)) and not isinstance(sent, bool) and 0 <= sent <= MOST_WEIGHT


Services = Annotated[frozenset[str], BeforeValidator(_services)]
Weights = Annotated[dict[str, float], BeforeValidator(weights_of)]
Anchors = Annotated[str, BeforeValidator(anchors_of)]
# of years within those of the data set, which is the context
Period = Annotated[tuple[int, int], BeforeValidator(_period)]


# ---- candidates


class _Draft(Sent):
    """What a browser sends of a candidate; `ubigeos` is None where it sends no list of districts."""

    id: Text = ""
    ubigeos: Annotated[list[Any] | None, BeforeValidator(lambda sent: sent if isinstance(sent, list) else None)] = None
    name: Annotated[str, BeforeValidator(partial(_short, NAME_LENGTH))] = ""
    services: Services = frozenset()
    note: Annotated[str, BeforeValidator(partial(_short, NOTE_LENGTH))] = ""
    phase: Annotated[int, BeforeValidator(lambda sent: int(sent) if sent in (1, 2, 3) else 1)] = 1
    replaces: Any = None
    locked: Several = Field(default_factory=list)


def candidate_of(sent: object, dataset: Dataset, proposals: Proposals = None) -> Candidate:
    """Return the candidate of what a browser sent. Raises BadDraft, UnknownUbigeo."""
    draft = _Draft.read(sent)
    if draft.ubigeos is None:
        raise BadDraft("no list of districts")
    ubigeos = [str(u) for u in draft.ubigeos]
    unknown = tuple(u for u in ubigeos if u not in dataset.territory.districts)
    if unknown:
        raise UnknownUbigeo(unknown)
    known = dataset.proposals if proposals is None else proposals
    return Candidate(
        ubigeos=frozenset(ubigeos),
        name=draft.name,
        services=draft.services,
        note=draft.note,
        phase=draft.phase,
        replaces=_proposal(draft.id, known) or _known(draft.replaces, known),
    )


def _proposal(id_: str, known: Sequence[ProposalLike]) -> str | None:
    """Return the proposal that an id such as `p:lamas` names: it is not its own rival."""
    return _known(id_.removeprefix(PROPOSAL), known) if id_.startswith(PROPOSAL) else None


def _known(name: Any, known: Sequence[ProposalLike]) -> str | None:
    return name if any(p.id == name for p in known) else None


def locked_of(sent: object, candidate: Candidate) -> frozenset[str]:
    """Return the districts that are to stay, those of the candidate only."""
    return candidate.ubigeos & {u for u in _Draft.read(sent).locked if isinstance(u, str)}


class _Drafts(Sent):
    """What a browser sends of all its candidates."""

    candidates: Several = Field(default_factory=list)


def chosen(drafts: object, dataset: Dataset, proposals: Proposals = None) -> list[Candidate]:
    """Return the candidates drawn; where none is, the proposals that stand among the others.

    Unreadable ones are left out.
    """
    made = []
    for sent in _Drafts.read(drafts).candidates[:MOST_CANDIDATES]:
        try:
            candidate = candidate_of(sent, dataset, proposals)
        except (BadDraft, UnknownUbigeo):
            continue
        if candidate.ubigeos:
            made.append(candidate)
    known = dataset.proposals if proposals is None else proposals
    return made or [from_proposal(p) for p in known if load_parameters().kind(p.state) != "apart"]
