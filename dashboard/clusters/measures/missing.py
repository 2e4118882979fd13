"""Say what is not known of districts, cell by cell, and how each cell enters the figures of a candidate.

A cell is one figure of one district that is missing or rests on a small sample. It may have any value
between its bounds (:mod:`dashboard.clusters.measures.bounds`); `values` holds every value at which something can
turn: both ends, each value between them that would rank level with another district's and what lies just beside and
half-way between those, since its place among the others only changes there. The places of other districts stay
as they are. With all cells filled every measure of a candidate is a sum: a constant and a part of each cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dashboard.clusters.measures.bounds import (
    Range,
    emergency_range,
    is_several,
    level_with,
    range_of,
    score_of,
    scores_at,
)
from dashboard.clusters.measures.selection import EMERGENCIES
from dashboard.clusters.model import INDIGENOUS, SERVICES, WOMEN, Period, basis, percentage_indicators
from geodata.model import Dataset, derived

HAIR = 1e-9  # beside a value that is reckoned back from a steadied one, which rounding moves by less


@dataclass(frozen=True, eq=False)
class Cell:
    """A figure that is not known.

    `values` (points,) it may have, in the unit of the indicator, and `scores` the 0-100 that each would earn;
    `plain` marks those that a table could hold, not a hair beside one. `indicator` is :data:`EMERGENCIES` for the
    emergencies of the period, which have no `years`; several where their mean is what counts.
    """

    ubigeo: str
    indicator: str
    years: tuple[int, ...]
    values: np.ndarray
    scores: np.ndarray
    plain: np.ndarray


@dataclass(frozen=True, eq=False)
class Sum:
    """A figure once everything is filled: `constant` plus, of each cell by position, the part of each of its values."""

    constant: float
    parts: Mapping[int, np.ndarray] = field(default_factory=dict)

    def times(self, factor: float) -> "Sum":
        """Return the figure times a factor."""
        return Sum(self.constant * factor, {cell: part * factor for cell, part in self.parts.items()})

    def at(self, choice: Sequence[int]) -> float:
        """Return the figure with the chosen value of every cell."""
        return self.constant + sum(part[choice[cell]] for cell, part in self.parts.items())

    @property
    def ends(self) -> tuple[float, float]:
        """Return the least and the most that it can be."""
        return tuple(self.constant + sum(pick(part) for part in self.parts.values()) for pick in (np.min, np.max))


def total(sums: Sequence[Sum]) -> Sum:
    """Return the sum of sums."""
    parts: dict[int, np.ndarray] = {}
    for one in sums:
        for cell, part in one.parts.items():
            parts[cell] = parts.get(cell, 0.0) + part
    return Sum(sum(one.constant for one in sums), parts)


@dataclass(frozen=True, eq=False)
class Unknowns:
    """The cells of some districts; `columns` has what each district brings by column, None where it stays unknown.

    Measures add it up themselves (:meth:`dashboard.clusters.measures.measure.Measure.filled`).
    """

    dataset: Dataset
    cells: tuple[Cell, ...]
    columns: Mapping[str, Mapping[str, Sum | None]]

    def people(self, ubigeo: str) -> float:
        """Return the population of a district, NaN where it is not known."""
        arrays = basis(self.dataset)
        return float(arrays.columns["population"][arrays.position[ubigeo]])


def unknowns(dataset: Dataset, ubigeos: Sequence[str], hazard_period: Period) -> Unknowns:
    """Return what is not known of some districts, and what they bring to each measure once it is filled."""
    cells: list[Cell] = []
    at: dict[tuple[str, str, tuple[int, ...]], int | None] = {}

    def cell(ubigeo: str, indicator: str, years: tuple[int, ...], own: Range, scored: bool) -> int | None:
        """Return where the cell of a figure stands, None for one that is known or that nothing bounds."""
        key = (ubigeo, indicator, years)
        if key not in at:
            made = _cell(dataset, *key, own, scored)
            at[key] = None if made is None else len(cells)
            cells.extend([made] if made else [])
        return at[key]

    def brought(ubigeo: str, parts: Sequence[tuple[str, int, float]], as_score: bool) -> Sum | None:
        """Return the weighted mean of what is known or filled; None where that is less than half of the parts."""
        row, found = basis(dataset).position[ubigeo], []
        for indicator, year, weight in parts:
            own = range_of(dataset, indicator, year, as_score)
            several = is_several(dataset, indicator, year, as_score)
            years = derived.ground(dataset, indicator, year).years if several else (year,)
            scored = dataset.catalog.loc[indicator, "direction"] != "neutral"
            where = cell(ubigeo, indicator, years, own, scored)
            if where is not None:
                points = cells[where].scores if as_score else cells[where].values
                found.append((weight, Sum(0.0, {where: points})))
            else:
                value = score_of(dataset, indicator, year).value[row] if as_score else own.value[row]
                found += [(weight, Sum(float(value)))] if not np.isnan(value) else []
        if not found or 2 * len(found) < len(parts):
            return None
        weights = sum(weight for weight, _ in found)
        return total([part.times(weight / weights) for weight, part in found]) if weights > 0 else None

    columns: dict[str, dict[str, Sum | None]] = {}
    for sector in SERVICES:
        rates = [(name, dataset.latest_year(name), 1.0) for name in percentage_indicators(dataset, sector)]
        columns[f"gap_{sector}"] = {u: brought(u, derived.gap_parts(dataset, sector), True) for u in ubigeos}
        columns[f"lacking_{sector}"] = {u: brought(u, rates, False) for u in ubigeos}
    columns["gap_combined"] = {u: _combined([columns[f"gap_{s}"][u] for s in SERVICES]) for u in ubigeos}
    for column, indicator in {"indigenous_percent": INDIGENOUS, **WOMEN}.items():
        rate = [(indicator, dataset.latest_year(indicator), 1.0)]
        columns[column] = {u: brought(u, rate, False) for u in ubigeos}
    columns[EMERGENCIES] = {}
    counts = emergency_range(dataset, hazard_period)
    for u in ubigeos:
        where, value = cell(u, EMERGENCIES, (), counts, False), counts.value[basis(dataset).position[u]]
        known = None if np.isnan(value) else Sum(float(value))
        columns[EMERGENCIES][u] = known if where is None else Sum(0.0, {where: cells[where].values})
    return Unknowns(dataset, tuple(cells), columns)


def _combined(sectors: Sequence[Sum | None]) -> Sum | None:
    known = [own for own in sectors if own is not None]
    if len(known) < derived.SECTORS_NEEDED:
        return None
    return total(known).times(1 / len(known))


def _cell(
    dataset: Dataset, ubigeo: str, indicator: str, years: tuple[int, ...], own: Range, scored: bool
) -> Cell | None:
    row = basis(dataset).position[ubigeo]
    if not (own.missing[row] or own.thin[row]) or np.isnan(own.low[row]) or np.isnan(own.high[row]):
        return None
    low, high = own.low[row], own.high[row]
    turning = level_with(dataset, indicator, years[-1], row) if scored and years else np.empty(0)
    level = np.unique(turning[(turning >= low) & (turning <= high)])
    plain = np.unique(np.concatenate([[low, high], level, (level[1:] + level[:-1]) / 2]))
    beside = np.concatenate([np.nextafter(level, -np.inf), np.nextafter(level, np.inf), level - HAIR, level + HAIR])
    values = np.unique(np.concatenate([plain, beside[(beside >= low) & (beside <= high)]]))
    scores = np.full(len(values), np.nan)
    if scored and years:
        scores = scores_at(dataset, indicator, years[-1], row, values)
    return Cell(ubigeo, indicator, years, values, scores, np.isin(values, plain))
