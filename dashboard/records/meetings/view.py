"""What is shown of a proposal, in one form: as it is now, or as a snapshot froze it.

The projector, the cards of a meeting, its snapshots and its acta have figures and verdicts from here, so that none of
them differs: a snapshot is what was shown, written down.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from dashboard.clusters.measures import MEASURES, Figure, measure_all, year_text
from dashboard.clusters.model import codes
from dashboard.clusters.rules import Context, Verdict, judge
from dashboard.records.core import build, plain
from dashboard.records.meetings.frozen import plain_verdict
from dashboard.records.proposals import Proposal, candidate
from geodata.model import Dataset


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure with what it means: `value` in `unit`, None where it is unknown.

    Of `n_total` districts `n_known` have it, `n_thin` from a small sample; of `n_unsampled` indicators behind it the
    sample is not known (snapshots of before do not tell).
    """

    key: str
    value: float | None
    n_known: int
    n_total: int
    n_thin: int
    unit: str
    decimals: int
    year: str
    n_unsampled: int = 0


@dataclass(frozen=True)
class ProposalView:
    """A proposal with its figures by measure and its verdicts.

    edition: of the data behind them. frozen_at: None for one that is shown as it is now. number: of it in the
    record, 0 for none.
    """

    proposal: Proposal
    figures: Mapping[str, FigureView]
    verdicts: tuple[Verdict, ...]
    edition: str
    frozen_at: datetime | None = None
    number: int = 0


def live_view(proposal: Proposal, dataset: Dataset, context: Context, number: int = 0) -> ProposalView:
    """Return a proposal as it is now, judged in a context. Raises UnknownUbigeo."""
    drawn = candidate(proposal)
    figures = {key: figure_view(key, figure, dataset) for key, figure in measure_all(drawn, dataset).items()}
    return ProposalView(proposal, figures, judge(drawn, context), dataset.edition, number=number)


def figure_view(key: str, figure: Figure, dataset: Dataset) -> FigureView:
    """Return a figure with what it means."""
    return FigureView(
        key, figure.value, figure.n_known, figure.n_total, figure.n_thin, MEASURES[key].unit, MEASURES[key].decimals,
        year_text(MEASURES[key], dataset), figure.n_unsampled,
    )  # fmt: skip


def content_of(view: ProposalView) -> dict[str, object]:
    """Return a view as plain data, which a snapshot keeps."""
    figures = {key: asdict(figure) for key, figure in view.figures.items()}
    return {
        "proposal": plain(view.proposal),
        "code": codes.encode(view.proposal.ubigeos),
        "measures": {key: {name: value[name] for name in value if name != "key"} for key, value in figures.items()},
        "rules": [plain_verdict(verdict) for verdict in view.verdicts],
    }


# JSON, of any type
def view_of(content: Mapping[str, Any], edition: str, taken_at: datetime, number: int = 0) -> ProposalView:
    """Return the view that :func:`content_of` wrote down."""
    figures = {key: FigureView(key=key, **values) for key, values in content["measures"].items()}
    verdicts = tuple(map(verdict_of, content["rules"]))
    return ProposalView(build(Proposal, content["proposal"]), figures, verdicts, edition, taken_at, number)


# JSON, of any type
def verdict_of(kept: Mapping[str, Any]) -> Verdict:
    """Return a verdict that a snapshot kept."""
    return Verdict(kept["rule"], kept["status"], kept["message"], kept["args"])
