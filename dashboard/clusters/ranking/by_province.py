"""Set the provinces of a department side by side: a selection begins with the province, then its districts.

A province is measured as the group of all its districts, by the criteria that the programme has for provinces, on the
anchors that candidates are scored by. What a group judges of a province is left aside: nobody judged it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from dashboard.clusters.model import contiguous_groups
from dashboard.clusters.scoring import FIXED, Terms, anchored, load_criteria, pool_of
from geodata.model import Dataset


@dataclass(frozen=True)
class ProvinceRow:
    """A province as a place to begin: how many districts and feasible candidates it has, and how it scores.

    values: raw values of its criteria by key, None unknown; points: 0-100 of each, None likewise. score: 0-100, None
    where no criterion in use weighs anything; place: 1 for the best, equal ones share it, 0 for none.
    """

    code: str
    name: str
    districts: int
    feasible: int
    values: Mapping[str, float | None]
    points: Mapping[str, float | None]
    score: float | None
    place: int


def provincial(judged: bool = False) -> tuple[str, ...]:
    """Return the criteria by which a province is chosen, in their order: those of data, or those that are judged."""
    return tuple(key for key, item in load_criteria().items() if item.provinces and item.judged == judged)


def provinces(dataset: Dataset, terms: Terms, department: str) -> tuple[ProvinceRow, ...]:
    """Return the provinces of a department, the best score first; () for none. Raises SearchError, Unusable."""
    territory = dataset.territory
    codes = sorted(code for code, own in territory.provinces.items() if own.department == department)
    if not codes:
        return ()
    criteria = {key: item for key, item in anchored(dataset, terms).items() if key in provincial()}
    weights = {key: weight for key, weight in (terms.weights or {}).items() if key in criteria}
    own = replace(terms, criteria=criteria, weights=weights, anchors=FIXED)  # they are anchored already
    found = pool_of(dataset, own, [territory.in_province(code) for code in codes], department)
    rows = [
        ProvinceRow(
            code=code,
            name=territory.provinces[code].name,
            districts=len(territory.in_province(code)),
            feasible=len(contiguous_groups(territory, code, terms.sizes)),
            values={key: _known(found.values[key][n]) for key in criteria},
            points={key: _known(item.points_of(found.values[key])[n]) for key, item in criteria.items()},
            score=_known(found.totals[n]),
            place=int(found.places[n]),
        )
        for n, code in enumerate(codes)
    ]
    return tuple(sorted(rows, key=lambda row: (row.place or len(rows) + 1, row.name)))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
