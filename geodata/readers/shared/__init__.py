"""What readers of tables share: columns, definitions of indicators, figures and events."""

from geodata.readers.shared import events, figures
from geodata.readers.shared.columns import (
    COLUMN,
    IGNORE,
    LONG,
    PARTS,
    PLACES,
    YEAR,
    Roles,
    answered,
    find_places,
    is_role,
    is_year_column,
    name_year,
    offers,
    place_answer,
    place_roles,
    to_places,
    year_columns,
)
from geodata.readers.shared.definitions import (
    MAX_SOURCE,
    PERCENT_RANGE,
    Definition,
    catalog_row,
    define,
    joined,
    text_of,
)
from geodata.readers.shared.events import (
    AS_IS,
    Draft,
)
from geodata.readers.shared.figures import (
    SHOWN,
    TOLD,
    tell,
)
from geodata.readers.shared.schema import (
    allowed,
    allowed_years,
)

__all__ = [
    "AS_IS",
    "COLUMN",
    "Definition",
    "Draft",
    "IGNORE",
    "LONG",
    "MAX_SOURCE",
    "PARTS",
    "PERCENT_RANGE",
    "PLACES",
    "Roles",
    "SHOWN",
    "TOLD",
    "YEAR",
    "allowed",
    "answered",
    "catalog_row",
    "define",
    "events",
    "figures",
    "find_places",
    "is_role",
    "is_year_column",
    "joined",
    "name_year",
    "offers",
    "place_answer",
    "place_roles",
    "tell",
    "text_of",
    "to_places",
    "year_columns",
    "allowed_years",
]
