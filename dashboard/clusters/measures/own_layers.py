"""Measure a candidate by the layers that users brought.

Numbers and km of its districts are summed, shares are of all its ground.

How far the nearest is is told of the capitals, which stand for the people of their districts, since nobody
knows where those live: the mean of the distances, weighted with the population.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType

import numpy as np

from dashboard.clusters.measures.measure import Figure
from geodata.model import Dataset

SHARE, NEAREST = "share", "nearest"  # what is a mean, by km2 and by people; all else is a sum


def measure_layers(ubigeos: Collection[str], dataset: Dataset) -> Mapping[str, Figure]:
    """Return the figures of a group by the code of their indicator, in the order of the layers.

    A sum is of the districts whose figure is known, and says how many those are. Raises UnknownUbigeo.
    """
    dataset.territory.known(ubigeos)
    own = sorted(ubigeos)
    found = {}
    for layer in dataset.layers.values():
        for code in layer.indicators:
            values = dataset.value(code, dataset.latest_year(code))[own].to_numpy(dtype=float)
            kind = code.removeprefix(f"{layer.key}_").partition("_")[0]
            found[code] = _figure(values, _weights(kind, own, dataset))
    return MappingProxyType(found)


def _weights(kind: str, own: list[str], dataset: Dataset) -> np.ndarray | None:
    """Return by what the values of districts are weighted; None where they are summed."""
    if kind == SHARE:
        return np.array([dataset.territory.districts[ubigeo].area_km2 for ubigeo in own])
    return dataset.population()[own].to_numpy(dtype=float) if kind == NEAREST else None


def _figure(values: np.ndarray, weights: np.ndarray | None) -> Figure:
    known = ~np.isnan(values) if weights is None else ~np.isnan(values) & ~np.isnan(weights)
    if not known.any():
        return Figure(None, 0, len(values))
    value = values[known].sum() if weights is None else np.average(values[known], weights=weights[known])
    return Figure(float(value), int(known.sum()), len(values))
