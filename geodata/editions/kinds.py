"""Tell from its content what a file holds: limits, a layer of one's own, or a table of figures, cases, links and so on.

Names of files are not trusted: a table of emergencies is one whose cells hold the words of INDECI.
"""

from pathlib import Path

import pandas as pd

from geodata.readers import UnreadableFile
from geodata.readers.cells import named, plain, terms
from geodata.readers.formats import is_spatial, read_sheet, vector
from geodata.readers.links import holds_links
from geodata.readers.shared import find_places

ENOUGH = 0.5  # of the different texts of a column must be words of a vocabulary
ROWS = 400
MOST_LAYERS = 12  # that are looked into
NO_AREAS = "limits.unreadable.no_shapes"  # says that all there is are points and lines


def recognise(path: Path) -> str:
    """Return the kind of a file: limits, indicators, conflicts, hazards, layers or links.

    Shapes that no column names a district for, and rows with coordinates that none does, are a layer. What no
    vocabulary claims is taken for indicators, whose reader then says what it lacks.
    """
    path = Path(path)
    if is_spatial(path):
        return "limits" if _holds_limits(path) else "layers"
    try:
        frame = read_sheet(path).frame.head(ROWS)
    except (UnreadableFile, OSError):
        return "indicators"
    if holds_links(frame):
        return "links"
    hazards = {*terms("hazards"), *terms("not_hazards")}
    conflicts = {*terms("conflict_types"), *terms("conflict_states")}
    for subject, words in (("hazards", hazards), ("conflicts", conflicts)):
        if any(_holds(frame[column], words) for column in frame.columns):
            return subject
    return "layers" if _is_of_places(frame) else "indicators"


def _is_of_places(frame: pd.DataFrame) -> bool:
    """Tell whether rows have coordinates, and no code of a district that is theirs alone."""
    if not {"x", "y"} <= set(named(frame.columns, "layer_columns", {}).values()):
        return False
    codes = find_places(frame, {}).ubigeo
    return codes is None or frame[codes].nunique() < len(frame)


def _holds_limits(path: Path) -> bool:
    """Tell whether a file of shapes has areas with a column that names districts; so does one that cannot be read."""
    try:
        with vector.opened(path) as areas:
            frames = [vector.read(layer, path.name).frame for layer in areas[:MOST_LAYERS]]
    except UnreadableFile as error:
        return error.message != NO_AREAS
    if not any(len(frame) for frame in frames):
        return True
    places = (find_places(frame.head(ROWS), {}) for frame in frames)
    return any(place.ubigeo or place.parts or place.district for place in places)


def _holds(column: pd.Series, words: set[str]) -> bool:
    different = {plain(text) for text in column.dropna().astype(str)}
    known = sum(text in words for text in different)
    return known > 0 and known >= ENOUGH * len(different)
