"""Tell the columns of a table of links: by their names, else by what they hold."""

from collections.abc import Mapping

import pandas as pd

from geodata.readers.cells import named, terms
from geodata.readers.shared import events

VOCABULARY = "link_columns"
ENDS = ("from", "to")
CODE = r"\s*\d{5,6}\s*"
MOSTLY = 0.9  # of the filled cells of a column of places are codes of districts


def columns_of(frame: pd.DataFrame, roles: Mapping[str, str]) -> dict[str, str]:
    """Return the roles of columns by name, the way and both ends by what they hold where no name says them.

    roles: those that a person gave, which stay.
    """
    found = named(frame.columns, VOCABULARY, roles)
    free = [column for column in frame.columns if column not in {**roles, **found}]
    if "way" not in {*roles.values(), *found.values()}:
        ways = [column for column in free if events.holds(frame[column], terms("link_ways"))]
        found |= dict.fromkeys(ways[:1], "way")
    open_ = [end for end in ENDS if end not in {*roles.values(), *found.values()}]
    codes = [column for column in free if column not in found and holds_codes(frame[column])]
    return found | dict(zip(codes, open_, strict=False))


def holds_codes(texts: pd.Series) -> bool:
    """Tell whether nearly all filled cells may be codes of districts."""
    known = texts.dropna().astype(str)
    return len(known) > 0 and known.str.fullmatch(CODE).mean() >= MOSTLY


def holds_links(frame: pd.DataFrame) -> bool:
    """Tell whether a table is one of links: it says two places and by what way one goes."""
    found = set(columns_of(frame, {}).items())
    ways = [column for column, role in found if role == "way"]
    return {*ENDS} <= {role for _, role in found} and any(events.holds(frame[c], terms("link_ways")) for c in ways)
