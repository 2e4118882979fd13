"""Say what a data set holds: each resource with its source, years and coverage, and who is missing."""

from dataclasses import dataclass

from geodata.model.dataset import Dataset, Provenance


@dataclass(frozen=True, slots=True)
class Gap:
    """Districts for which something is not known.

    indicator: None where the resource is none; years: those in which the same districts lack it.
    """

    resource: str
    ubigeos: tuple[str, ...]
    indicator: str | None = None
    years: tuple[int, ...] = ()


def resources(dataset: Dataset) -> tuple[Provenance, ...]:
    """Return every resource with source, years and coverage, in the descriptor's order."""
    return tuple(dataset.provenance.values())


def gaps(dataset: Dataset) -> tuple[Gap, ...]:
    """Return which districts lack limits, neighbours, links, or a figure of an announced year; none, no entry.

    Conflicts and emergencies are not among them: no row there means none on record, not unknown.
    """
    territory, every = dataset.territory, list(dataset.ubigeos)
    linked = {*dataset.links["district"], *dataset.links["other"]}
    shapes = dataset.limits.geometry.reindex(dataset.ubigeos)
    found = [
        Gap("limits", tuple(u for u in every if shapes[u] is None or shapes[u].is_empty)),
        Gap("neighbours", tuple(u for u in every if not territory.neighbours(u))),
        Gap("links", tuple(u for u in every if u not in linked)),
    ]
    for indicator, years in dataset.catalog["years"].items():
        together: dict[tuple[str, ...], list[int]] = {}
        for year in years:
            values = dataset.value(indicator, year)
            together.setdefault(tuple(values.index[values.isna()]), []).append(int(year))
        found += [Gap("indicators", lacking, indicator, tuple(when)) for lacking, when in together.items()]
    return tuple(gap for gap in found if gap.ubigeos)
