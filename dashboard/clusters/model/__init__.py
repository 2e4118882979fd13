"""Candidates and the ground they stand on: districts as arrays, codes, groups that hang together."""

from dashboard.clusters.model import codes, enclosure
from dashboard.clusters.model.arrays import (
    COMPLETE,
    INDIGENOUS,
    WOMEN,
    Basis,
    Cases,
    Hazards,
    Period,
    basis,
    cases,
    hazards,
    indicators_behind,
    percentage_indicators,
    unsampled,
    years_of,
)
from dashboard.clusters.model.candidate import (
    SERVICES,
    Candidate,
    ProposalLike,
    from_proposal,
    is_ubigeo,
)
from dashboard.clusters.model.catalogue import Catalogue
from dashboard.clusters.model.codes import (
    BadCode,
    encode,
)
from dashboard.clusters.model.graphs import from_labels, to_frame, to_libpysal
from dashboard.clusters.model.journeys import Travelled, travelled, untravelled
from dashboard.clusters.model.search import (
    NOBODY,
    SIZES,
    Groups,
    Progress,
    SearchError,
    contiguous_groups,
)
from dashboard.clusters.model.sharing import Partition, partition

__all__ = [
    "BadCode",
    "Basis",
    "COMPLETE",
    "Candidate",
    "Cases",
    "Catalogue",
    "Groups",
    "Hazards",
    "INDIGENOUS",
    "NOBODY",
    "Partition",
    "Period",
    "Progress",
    "ProposalLike",
    "SERVICES",
    "SIZES",
    "SearchError",
    "Travelled",
    "WOMEN",
    "basis",
    "cases",
    "codes",
    "contiguous_groups",
    "enclosure",
    "encode",
    "from_labels",
    "from_proposal",
    "hazards",
    "indicators_behind",
    "is_ubigeo",
    "partition",
    "percentage_indicators",
    "to_frame",
    "to_libpysal",
    "travelled",
    "unsampled",
    "untravelled",
    "years_of",
]
