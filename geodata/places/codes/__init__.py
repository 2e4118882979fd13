"""Facts about codes and names of places, kept as tables beside this module; each row names its source.

departments, provinces: all of Peru, INEI code, RENIEC code and name (blank: RENIEC has none).
reniec: INEI and RENIEC code of each district of the five departments, of 2012 and made later.
changes: districts and provinces made after 2012, and the ones of 2012 that they came from.
homonyms: names of our districts that districts of other departments bear too.
abbreviations: words that tables shorten or spell in an older way.
"""

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table as text by column. Raises OSError where there is none."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
