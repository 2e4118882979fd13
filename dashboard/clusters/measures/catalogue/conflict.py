"""How many cases of conflict there are, each counted once, where it is known."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.clusters.measures.measure import CONFLICTS, Measure
from dashboard.clusters.measures.selection import Bits, Selection, count_bits


@dataclass(frozen=True, kw_only=True)
class Conflicts(Measure):
    """Distinct cases in the measure's states known for one of the districts; one case in two districts is one."""

    def _found(self, chosen: Selection) -> Bits:
        return chosen.touched & chosen.in_states(self.states)

    def values(self, chosen: Selection) -> np.ndarray:
        """Return the number of cases."""
        return count_bits(self._found(chosen))

    def detail(self, chosen: Selection, row: int) -> Mapping[str, object]:
        """Return what is known of each case, and the last month that the edition has a report of any."""
        until = chosen.dataset.conflicts["last_reported"].dropna().max()
        return {"cases": chosen.facts(self._found(chosen)[row]), "until": None if until != until else until}

    def open(self, chosen: Selection) -> Mapping[str, np.ndarray]:
        """Return the cases that may be in a group.

        Those of its provinces and departments of which no district is known, and that none of its districts is
        known to have.
        """
        around = chosen.carried(chosen.located[4]) | chosen.carried(chosen.located[2])
        return {"cases": count_bits(around & ~chosen.touched & chosen.in_states(self.states))}


@dataclass(frozen=True, kw_only=True)
class Unplaced(Measure):
    """Cases of which only the province (4 digits) or department (2) is known.

    Never put on a district, so counted apart.
    """

    digits: int

    def _found(self, chosen: Selection) -> Bits:
        return chosen.carried(chosen.located[self.digits])

    def values(self, chosen: Selection) -> np.ndarray:
        """Return the number of cases."""
        return count_bits(self._found(chosen))

    def detail(self, chosen: Selection, row: int) -> Mapping[str, object]:
        """Return what is known of each case, and the codes of the places looked at."""
        places = sorted({ubigeo[: self.digits] for ubigeo in chosen.districts(row)})
        return {"cases": chosen.facts(self._found(chosen)[row]), "places": tuple(places)}


def _conflicts(key: str, better: str | None, *states: str) -> Conflicts:
    return Conflicts(
        key=key, group="conflict", unit="cases", better=better, decimals=0, resource="conflicts", dated=CONFLICTS,
        states=states,
    )  # fmt: skip


def _unplaced(key: str, digits: int) -> Unplaced:
    return Unplaced(
        key=key, group="conflict", unit="cases", decimals=0, resource="conflicts", dated=CONFLICTS, digits=digits
    )


MEASURES = (
    _conflicts("conflicts_active", "lower", "activo"),
    _conflicts("conflicts_latent", "lower", "latente"),
    _conflicts("conflicts_closed", None, "resuelto", "retirado"),
    _unplaced("conflicts_province", 4),
    _unplaced("conflicts_department", 2),
)
