"""Say what a measure is: one object that measures a batch of groups, and tells of each what its figure rests on.

A single candidate is a batch of one, so the figure that a panel shows and the one that a search orders thousands by
come from the same lines.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from dashboard.clusters.measures.missing import Sum, Unknowns
from dashboard.clusters.measures.selection import Selection
from dashboard.clusters.model import indicators_behind, unsampled
from geodata.model import Dataset

Years = Callable[[Dataset], Iterable[int] | str]
CONFLICTS, HAZARDS, INDICATORS = "conflicts", "hazards", "indicators"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value, None when unknown.

    Of `n_total` districts `n_known` went into it, and `n_thin` of them rest on a small sample
    (`derived.THIN_BELOW`). Of `n_unsampled` indicators behind it nobody tells how large the sample is. `detail`
    holds what the number was made from.
    """

    value: float | None
    n_known: int = 0
    n_total: int = 0
    n_thin: int = 0
    n_unsampled: int = 0
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Measure(ABC):
    """What a measure is, and how it is made.

    key: its name, also of its words (`measure.<key>`). unit: a text key (`unit.<unit>`). better: which way helps a
    selection. resource: a key of the data set's provenance. dated: where its years are read, or the period it counts
    in (`conflicts`, `hazards`). columns: the figures of a district that it is made of, so that one where any is
    unknown does not enter. thin: the sector whose small samples count; sampled: the column whose samples matter.
    states: of the cases of its districts that it counts.
    """

    key: str
    group: str
    unit: str
    decimals: int
    resource: str
    dated: Years | str
    better: str | None = None
    columns: tuple[str, ...] = ()
    thin: str | None = None
    sampled: str | None = None
    states: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """Return its name in a table, unit included: `population_people`, `area_km2`."""
        return self.key if self.unit in self.key else f"{self.key}_{self.unit}"

    @property
    def description(self) -> Mapping[str, object]:
        """Return what it is as plain values: what of a measure is written down beside its figures."""
        named = ("key", "group", "unit", "better", "decimals", "resource")
        return {name: getattr(self, name) for name in named}

    def source(self, dataset: Dataset) -> str:
        """Return where its figures come from, "" where the edition has nothing of it.

        The sources of the indicators that its columns are made of, else that of its resource.
        """
        behind = (name for column in self.columns for name, _ in indicators_behind(dataset, column))
        found = dict.fromkeys(str(dataset.catalog.loc[name, "source"]) for name in behind)
        if self.resource != INDICATORS or not found:
            return dataset.source(self.resource)
        return "; ".join(found)

    @abstractmethod
    def values(self, chosen: Selection) -> np.ndarray:
        """Return (n,) the figure of each group in the measure's unit, NaN where it is unknown."""

    def detail(self, chosen: Selection, row: int) -> Mapping[str, object]:
        """Return what the figure of one group was made from."""
        return {}

    def open(self, chosen: Selection) -> Mapping[str, np.ndarray]:
        """Return (n,) counts of what is not known of each group beside its columns, by reason.

        `cases` and `projects` that may lie in it, `members` that nobody knows, `years` without a complete record.
        """
        return {}

    def filled(self, known: Unknowns, ubigeos: Sequence[str]) -> Sum | None:
        """Return the figure of a group as a sum over what is not known.

        None where nothing bounds it or it is none.
        """
        return None

    def known(self, chosen: Selection) -> np.ndarray:
        """Tell (n, widest) of each district whether it enters: all columns of it are known."""
        known = chosen.inside
        for name in self.columns:
            known = known & ~np.isnan(chosen.column(name))
        return known

    def figures(self, chosen: Selection) -> tuple[Figure, ...]:
        """Return the figure of each group with what it rests on."""
        values, known, totals = self.values(chosen), self.known(chosen), chosen.groups.sizes
        n_thin, n_unsampled = np.zeros(len(chosen), dtype=int), np.zeros(len(chosen), dtype=int)
        if self.thin:
            n_thin += (known & chosen.picked(chosen.basis.thin[self.thin])).sum(axis=1)
        for mark in unsampled(chosen.dataset, self.sampled) if self.sampled else ():
            n_unsampled += (known & chosen.picked(mark)).any(axis=1)
        n_known = known.sum(axis=1)
        return tuple(
            Figure(
                None if np.isnan(values[row]) else float(values[row]),
                int(n_known[row]),
                int(totals[row]),
                int(n_thin[row]),
                int(n_unsampled[row]),
                MappingProxyType(dict(self.detail(chosen, row))),
            )
            for row in range(len(chosen))
        )
