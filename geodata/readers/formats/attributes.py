"""Make text of what stands beside shapes: the encoding of a DBF found from its letters, numbers as written."""

import re
import struct
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

# UTF-8 first: what is not UTF-8 hardly ever reads as such. The others by how often they are met.
ENCODINGS = ("utf-8", "cp1252", "cp850", "cp437")
SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑàèìòùäëïöçâêôãõº°ª¿¡–’")
SPELLED = {"UTF8": "utf-8", "65001": "utf-8", "88591": "cp1252", "ISO88591": "cp1252", "LATIN1": "cp1252",
           "1252": "cp1252", "ANSI1252": "cp1252", "WINDOWS1252": "cp1252", "CP1252": "cp1252", "850": "cp850",
           "OEM850": "cp850", "CP850": "cp850", "437": "cp437", "CP437": "cp437", "OEM437": "cp437"}  # fmt: skip
MOST_BYTES = 64 * 1024 * 1024
MOST_RUNS = 20_000


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a DBF: as its letters show, and as the file beside it states ("" where none does)."""

    name: str = ""
    stated: str = ""


def dbf_encoding(shapefile: Path) -> Encoding:
    """Return the encoding in which a shapefile's attributes read as Spanish, whatever it states.

    Nothing but ASCII reads alike in all of them: then what is stated holds, or UTF-8.
    """
    stated = _stated(shapefile)
    body = _records(shapefile)
    letters: Counter[str] = Counter()
    for encoding in dict.fromkeys((*([stated] if stated else []), *ENCODINGS)):
        try:
            text = body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        foreign = Counter(c for c in text if ord(c) > 127)
        if not foreign:
            return Encoding(stated or "utf-8", stated)
        letters[encoding] = sum(n if c in SPANISH else -n for c, n in foreign.items())
    if not letters:
        return Encoding("latin-1", stated)
    return Encoding(letters.most_common(1)[0][0], stated)


def _stated(shapefile: Path) -> str:
    for suffix in (".cpg", ".CPG"):
        path = shapefile.with_suffix(suffix)
        if path.exists():
            letters = "".join(c for c in path.read_text("ascii", "replace")[:40].upper() if c.isalnum())
            return SPELLED.get(letters, "")
    return ""


def _records(shapefile: Path) -> bytes:
    """Return the runs of bytes in a DBF that are not ASCII, parted by blanks, as many as tell."""
    for suffix in (".dbf", ".DBF"):
        path = shapefile.with_suffix(suffix)
        if path.exists():
            with open(path, "rb") as file:
                head = file.read(32)
                if len(head) < 32:
                    return b""
                file.seek(struct.unpack("<H", head[8:10])[0])
                runs = re.findall(rb"[\x80-\xff]+", file.read(MOST_BYTES))
                return b" ".join(runs[:MOST_RUNS])
    return b""


def as_text(columns: Mapping[str, np.ndarray], rows: int) -> pd.DataFrame:
    """Return columns of any kind as text, NaN blank; the index is the row number, the heading being row 1.

    A whole number keeps no decimals: a code held as 10101.0 is "10101".
    """
    texts = {name: pd.Series([_text(value) for value in values], dtype=object) for name, values in columns.items()}
    frame = pd.DataFrame(texts, index=range(rows), dtype=object)
    frame.index = pd.RangeIndex(2, rows + 2)
    return frame


def _text(value: object) -> object:
    if value is None or value is pd.NaT or (isinstance(value, (float, np.floating)) and value != value):
        return np.nan
    if isinstance(value, (float, np.floating)):
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    if isinstance(value, bytes):
        return np.nan
    text = str(value).strip()
    return text if text else np.nan
