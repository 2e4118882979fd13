"""How many projects of USAID and of others there are, past and present, each counted once, where it is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.clusters.measures.kinds import of_resource
from dashboard.clusters.measures.measure import Measure
from dashboard.clusters.measures.selection import Bits, PlaceMarks, Selection, bits_of, count_bits
from geodata.model import PROJECT_KINDS, Dataset, Intervention

RESOURCE = "interventions"
USAID, *OTHERS = PROJECT_KINDS


@dataclass(frozen=True, kw_only=True)
class Projects(Measure):
    """Distinct projects of some kinds that are known for one of the districts; not known where nothing is told of any.

    wide: those of the group's provinces and departments of which no district is known, instead; never put on a
    district.
    """

    kinds: tuple[str, ...] = PROJECT_KINDS
    wide: bool = False

    def _found(self, chosen: Selection, wide: bool) -> tuple[PlaceMarks, Bits]:
        exact, around = _marks(chosen.dataset, chosen.groups.codes, self.kinds)
        inside = chosen.carried(exact)
        return exact, chosen.carried(around) & ~inside if wide else inside

    def values(self, chosen: Selection) -> np.ndarray:
        """Return the number of projects."""
        if chosen.dataset.interventions is None:
            return np.full(len(chosen), np.nan)
        return count_bits(self._found(chosen, self.wide)[1]).astype(float)

    def detail(self, chosen: Selection, row: int) -> Mapping[str, object]:
        """Return what they are called in Spanish and in English, with who carries them out."""
        marks, bits = self._found(chosen, self.wide)
        by_id = {project.id: project for project in chosen.dataset.interventions or ()}
        own = [by_id[id] for id in marks.named(bits[row])]
        return {
            "names": tuple(f"{project.agency}: {project.name_es}" for project in own),
            "names_en": tuple(f"{project.agency}: {project.name_en}" for project in own),
        }

    def open(self, chosen: Selection) -> Mapping[str, np.ndarray]:
        """Return how many projects may lie in a group: of its provinces and departments, the district not known."""
        return {} if self.wide else {"projects": count_bits(self._found(chosen, wide=True)[1])}


@lru_cache(maxsize=16)
def _marks(dataset: Dataset, codes: tuple[str, ...], kinds: tuple[str, ...]) -> tuple[PlaceMarks, PlaceMarks]:
    """Return which projects each district is known to have, and which its province or department is."""
    own: list[Intervention] = [project for project in dataset.interventions or () if project.kind in kinds]
    names = tuple(project.id for project in own)
    exact = [[project.id for project in own if code in project.places] for code in codes]
    around = [[project.id for project in own if project.around([code])] for code in codes]
    return PlaceMarks(names, bits_of(exact, names)), PlaceMarks(names, bits_of(around, names))


def _projects(key: str, *kinds: str, better: str | None = None, wide: bool = False) -> Projects:
    return Projects(
        key=key, group="projects", unit="projects", better=better, decimals=0, resource=RESOURCE,
        dated=of_resource(RESOURCE), kinds=kinds or PROJECT_KINDS, wide=wide,
    )  # fmt: skip


MEASURES = (
    _projects("interventions", better="higher"),
    _projects("interventions_usaid", USAID, better="higher"),
    _projects("interventions_others", *OTHERS, better="higher"),
    _projects("interventions_wide", wide=True),
)
