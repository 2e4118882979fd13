"""Tell whether one district holds most of a candidate's people, so that its means tell of that district alone."""

import numpy as np

from dashboard.clusters.measures.selection import Selection
from dashboard.clusters.model import Candidate, Groups, basis
from geodata.model import Dataset, derived


def concentrated(candidate: Candidate, dataset: Dataset) -> tuple[str, float] | None:
    """Return the district that holds more of the people than `thresholds.toml` says, with its share (0-1).

    None where none does, of a single district, and where anybody's population is not known. Raises UnknownUbigeo.
    """
    if len(candidate) < 2:
        return None
    dataset.territory.known(candidate.ubigeos)
    chosen = Selection.of(Groups.of(basis(dataset).position, [candidate.ubigeos]), dataset)
    people = chosen.people[0][: len(candidate)]
    whole = people.sum()
    if np.isnan(whole) or whole <= 0:
        return None
    most = int(people.argmax())
    share = float(people[most] / whole)
    (limit,) = derived.limits_of("concentration", "share")
    return (chosen.districts(0)[most], share) if share > limit else None
