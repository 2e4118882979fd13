"""Read the projects of a data set: who works or worked where, as closely as it is known.

An edition may have none of this: then nothing is said of projects, which is not that there are none. Nor are those that
there are all there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

RESOURCE = "interventions"
USAID, COOPERATION, SYNERGY, OWN = "intervention", "cooperation", "synergy", "own_initiative"
KINDS = (USAID, COOPERATION, SYNERGY, OWN)
DISTRICT = 6  # digits of its code


@dataclass(frozen=True, slots=True)
class Intervention:
    """A project, past or present.

    places: codes of districts (6 digits), or of the province (4) or department (2) where no more is known. sectors:
    services of the programme that it is about, none of them for some. first_year, last_year: None where not known.
    kind: one of :data:`KINDS`.
    """

    id: str
    places: tuple[str, ...]
    agency: str
    name_es: str
    name_en: str
    sectors: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    kind: str
    source: str
    note_es: str
    note_en: str

    @property
    def districts(self) -> tuple[str, ...]:
        """Return the districts that are known of it."""
        return tuple(code for code in self.places if len(code) == DISTRICT)

    def around(self, ubigeos: Iterable[str]) -> tuple[str, ...]:
        """Return the provinces and departments of some districts of which no more is known than that it is there.

        None where one of the districts is known to have it.
        """
        inside = set(ubigeos)
        if inside.intersection(self.places):
            return ()
        wide = [code for code in self.places if len(code) < DISTRICT]
        return tuple(code for code in wide if any(ubigeo.startswith(code) for ubigeo in inside))


def interventions(table: pd.DataFrame | None) -> tuple[Intervention, ...] | None:
    """Return the projects of a table in its order; None where the data set has no such table."""
    if table is None:
        return None
    texts = table.fillna({"sectors": "", "note_es": "", "note_en": ""})
    return tuple(
        Intervention(
            id=row.id,
            places=tuple(sorted(row.places.split())),
            agency=row.agency,
            name_es=row.name_es,
            name_en=row.name_en,
            sectors=tuple(row.sectors.split()),
            first_year=_year(row.first_year),
            last_year=_year(row.last_year),
            kind=row.kind,
            source=row.source,
            note_es=row.note_es,
            note_en=row.note_en,
        )
        for row in texts.itertuples(index=False)
    )


def _year(value: float) -> int | None:
    return None if pd.isna(value) else int(value)
