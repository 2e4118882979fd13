"""Name the files that are handed out: what they hold, what kind they are and their day, `what_kind_YYYY-MM-DD.ext`.

The browser names its own by the same rules (`assets/js/core/file.js`); `tests/cases/names.json` holds both to them.
"""

import re
import unicodedata
from datetime import date

from geodata.shared import clock

MOST = 60  # letters of what a file holds: a whole name, in a folder of its own, fits where paths end at 260
_APART = re.compile(r"[^a-z0-9]+")
_YEAR = re.compile(r"\baño(s?)\b", re.ASCII)  # without its tilde it is another word


def plain(text: str, most: int = MOST) -> str:
    """Return a text in the letters that every disk takes: a-z, 0-9 and hyphens, no more than `most`.

    >>> plain("Lamas – Bajo Mayo"), plain("Añá/../CON:"), plain("Ж")
    ('lamas-bajo-mayo', 'ana-con', '')
    """
    years = _YEAR.sub(r"anio\1", unicodedata.normalize("NFC", text).lower())
    apart = unicodedata.normalize("NFKD", years)
    bare = "".join(c for c in apart if not unicodedata.category(c).startswith("M")).lower()
    return _APART.sub("-", bare).strip("-")[:most].rstrip("-")


def file_name(holds: str, kind: str, ending: str, day: date | None = None) -> str:
    """Return the name of a file of a day, today's in Peru where none is given; `ending` is without its dot.

    `holds` may be anything that people write; `kind` is a word of ours, so no name is empty or one that Windows keeps.

    >>> file_name("Lamas – Bajo Mayo", "conglomerado", "gpkg", date(2026, 11, 29))
    'lamas-bajo-mayo_conglomerado_2026-11-29.gpkg'
    """
    day = day or clock.day_of(clock.now())
    return "_".join(filter(None, (plain(holds), plain(kind), day.isoformat()))) + f".{ending}"
