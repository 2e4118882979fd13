"""Places as files name them: codes and names, changes of the division, matching of names."""

from geodata.places import division
from geodata.places.division import (
    DivisionChange,
    in_force,
    to_2012,
)
from geodata.places.gazetteer import (
    CODINGS,
    DEFAULT_BAR,
    Code,
    Gazetteer,
    Match,
    Numbering,
    Place,
    judge,
    read_code,
)
from geodata.places.naming import (
    likeness,
    plain,
)

__all__ = [
    "CODINGS",
    "DivisionChange",
    "Code",
    "DEFAULT_BAR",
    "Gazetteer",
    "Numbering",
    "Match",
    "Place",
    "division",
    "in_force",
    "judge",
    "likeness",
    "plain",
    "read_code",
    "to_2012",
]
