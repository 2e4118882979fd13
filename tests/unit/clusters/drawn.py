"""Small territories that a reader can draw, and figures of one candidate measured by itself."""

from dataclasses import replace

import pandas as pd

from dashboard.clusters.measures.measures import measure_all
from dashboard.clusters.scoring.criteria import values_for
from geodata.model.territory import Department, District, Province, Territory


def own_values(candidate, dataset):
    """The raw criterion values of a candidate, one candidate at a time."""
    return values_for(candidate, measure_all(candidate, dataset))


def grid(rows, columns, provinces=("0101",)):
    """A territory of grids, one a province, that do not touch: districts row by row, 010101, 010102, ...

    Capitals stand 0.1 degrees apart, some 11 km; every district has 1 km2.
    """
    districts, borders = [], []
    for shift, province in enumerate(provinces):
        code = {(r, c): f"{province}{1 + r * columns + c:02d}" for r in range(rows) for c in range(columns)}
        districts += [
            District(u, f"{province}-{r}{c}", province, province[:2], "", 0.1 * c + 5 * shift, 0.1 * r, None, 1.0)
            for (r, c), u in code.items()
        ]
        borders += [(code[r, c], code[r, c + 1], 1.0) for r in range(rows) for c in range(columns - 1)]
        borders += [(code[r, c], code[r + 1, c], 1.0) for r in range(rows - 1) for c in range(columns)]
    return Territory.from_records(
        districts,
        [Province(p, f"P{p}", p[:2]) for p in provinces],
        [Department(d, f"D{d}") for d in sorted({p[:2] for p in provinces})],
        borders,
    )


def on_a_grid(dataset, territory, quotas, people):
    """A data set over a drawn territory, whose only figures are the people of each district.

    Every rate of every district is 50 %, so that those affected are half of the people.
    """
    catalog = dataset.catalog
    rows = []
    for indicator in catalog.index:
        year = dataset.latest_year(indicator)
        for ubigeo in territory.districts:
            value = people[ubigeo] if indicator == "population" else 50.0
            rows.append((ubigeo, indicator, dataset.census_year if indicator == "population" else year, value))
    indicators = pd.DataFrame(rows, columns=["ubigeo", "indicator", "year", "value"]).assign(n_observed=float("nan"))
    return replace(
        dataset,
        territory=territory,
        links=dataset.links.iloc[:0],
        indicators=indicators,
        conflicts=dataset.conflicts.iloc[:0],
        hazards=dataset.hazards.iloc[:0],
        declarations=dataset.declarations.iloc[:0],
        mancomunidades=(),
        p20=frozenset(),
        proposals=(),
        quotas=quotas,
    )
