"""Say what a figure of a proposal on a slide means beside others."""

import numpy as np

from dashboard.clusters.model import COMPLETE, basis, hazards
from dashboard.records.meetings import FigureView
from geodata.model import Dataset
from geodata.shared import place_among

# a mean over districts, so that it can stand among those of the department
RANKED = ("gap_education", "gap_health", "gap_environment", "gap_combined", "emergencies_per_10000")


def rank(told: FigureView, department: str, dataset: Dataset) -> tuple[int, int] | None:
    """Return the place a figure would have among the known districts of a department, and how many those are.

    The highest is first. None for what is no mean over districts, or unknown.
    """
    if told.key not in RANKED or told.value is None:
        return None
    rows = [basis(dataset).position[u] for u in dataset.territory.in_department(department)]
    found = place_among(told.value, _by_district(told.key, dataset)[rows], told.decimals)
    return found if found[1] else None


def share(told: FigureView, department: str, dataset: Dataset) -> float | None:
    """Return the percentage that people are of those of a department; None where unknown."""
    rows = [basis(dataset).position[u] for u in dataset.territory.in_department(department)]
    everyone = np.nansum(basis(dataset).columns["population"][rows])
    return None if told.value is None or not everyone else 100 * told.value / float(everyone)


def _by_district(key: str, dataset: Dataset) -> np.ndarray:
    columns = basis(dataset).columns
    if key in columns:
        return columns[key]
    people = np.where(columns["population"] > 0, columns["population"], np.nan)
    return hazards(dataset, COMPLETE).emergencies / people * 10_000
