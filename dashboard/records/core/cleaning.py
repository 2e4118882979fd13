"""Clean what people send before it is kept, and gather everything that is wrong with it.

Text is kept as it is written (a quote, a tag or a formula is harmless as text; whoever shows it escapes it), but in
one form of Unicode (NFC) and without characters that are not seen: those a word processor leaves behind are taken
out, and those that turn the direction of writing, control a terminal or belong to no script are refused.
"""

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dashboard.clusters.model import is_ubigeo
from dashboard.records.core.errors import BadInput, Fault
from geodata.readers.cells import read_day, read_number

MOST_NAME = 200
MOST_NOTE = 4_000
MOST_DOCUMENT = 300
MOST_ID = 64
MOST_KEY = 100
MOST_ITEM = 500  # one point of an agenda
MOST_ITEMS = 60
MOST_DISTRICTS = 100  # the largest department has 84
MOST_PHASE = 20
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)

UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # soft hyphen, zero-width space, word joiner, BOM
FORBIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # control, format (with direction marks), surrogate, private, unassigned
SHOWN_OF_A_BAD_VALUE = 40


class Door:
    """Takes values one by one, returns them clean and remembers the faults; `close` raises BadInput with all."""

    def __init__(self, row: int | None = None):
        self.faults: list[Fault] = []
        self.row = row

    def fault(self, reason: str, **fields: object) -> None:
        """Remember a fault; its sentence has the key `records.fault.<reason>`."""
        self.faults.append(Fault(f"records.fault.{reason}", fields, self.row))

    def close(self) -> None:
        if self.faults:
            raise BadInput(tuple(self.faults))

    def text(
        self, field: str, value: object, most: int = MOST_NAME, required: bool = False, lines: bool = False
    ) -> str:
        """Return text without blanks around it; `lines` allows line breaks."""
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.fault("not_text", field=field)
            return ""
        text = value.replace("\r\n", "\n").translate(UNSEEN).strip()
        strange = sorted({c for c in text if unicodedata.category(c) in FORBIDDEN and not (lines and c in "\n\t")})
        if strange:
            self.fault("strange_character", field=field, code=" ".join(f"U+{ord(c):04X}" for c in strange[:5]))
            return ""
        text = unicodedata.normalize("NFC", text)
        if len(text) > most:
            self.fault("too_long", field=field, n=len(text), most=most)
        elif required and not text:
            self.fault("empty", field=field)
        return text[:most]

    def texts(self, field: str, values: object, most: int = MOST_ITEMS) -> tuple[str, ...]:
        """Return a list of short texts, empty ones left out."""
        if isinstance(values, str) or not isinstance(values, Iterable):
            self.fault("not_a_list", field=field)
            return ()
        items = list(values)
        if len(items) > most:
            self.fault("too_many", field=field, n=len(items), most=most)
            items = items[:most]
        return tuple(filter(None, (self.text(field, item, MOST_ITEM) for item in items)))

    def whole(self, field: str, value: object, least: int, most: int) -> int:
        """Return a whole number within bounds, given as one or as a text that is one."""
        if self.is_absent(field, value):
            return least
        value = _number(value)
        if type(value) is float and value.is_integer():
            value = int(value)
        if type(value) is not int or not least <= value <= most:
            self.fault("not_whole", field=field, value=_short(value), least=least, most=most)
            return least
        return value

    def real(self, field: str, value: object, least: float, most: float) -> float:
        """Return a number within bounds, given as one or as a text that people write: "2,5", "45 %"."""
        if self.is_absent(field, value):
            return least
        value = _number(value)
        real = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        if not real or not least <= value <= most:
            self.fault("not_number", field=field, value=_short(value), least=least, most=most)
            return least
        return float(value)

    def day(self, field: str, value: object, required: bool = False, latest: date = LATEST) -> date | None:
        """Return a date, given as one or as a text that people write, the day first; `latest` is the last possible."""
        if value is None or value == "":
            if required:
                self.fault("empty", field=field)
            return None
        day = read_day(value) if isinstance(value, str) else value
        if not isinstance(day, date):
            self.fault("not_a_date", field=field, value=_short(value))
            return None
        day = date(day.year, day.month, day.day)
        if not EARLIEST <= day <= latest:
            self.fault("date_out_of_range", field=field, day=day, latest=latest)
        return day

    def chosen(self, field: str, value: object, allowed: Iterable[str]) -> str:
        """Return a value that is one of those allowed."""
        allowed = tuple(allowed)
        if self.is_absent(field, value):
            return allowed[0]
        if not isinstance(value, str) or value not in allowed:
            self.fault("not_one_of", field=field, value=_short(value), allowed=allowed)
            return allowed[0]
        return value

    def all_chosen(self, field: str, values: object, allowed: Iterable[str]) -> tuple[str, ...]:
        """Return distinct values that are all among those allowed, in the order in which they come."""
        if isinstance(values, str) or not isinstance(values, Iterable):
            self.fault("not_a_list", field=field)
            return ()
        allowed, values = frozenset(allowed), list(values)
        wrong = [value for value in values if not isinstance(value, str) or value not in allowed]
        if wrong:
            self.fault("unknown_items", field=field, items=tuple(_short(value) for value in wrong[:5]))
        return tuple(dict.fromkeys(value for value in values if value not in wrong))

    def is_absent(self, field: str, value: object) -> bool:
        """Tell whether nothing was given, which is a fault."""
        absent = value is None or (isinstance(value, str) and not value.strip())
        if absent:
            self.fault("empty", field=field)
        return absent

    def department(self, value: object, known: Iterable[str]) -> str | None:
        """Return the code of a department that exists, or None for all of them."""
        return None if value is None else self.chosen("department", value, known)

    def ubigeos(self, values: object, known: Mapping[str, object]) -> frozenset[str]:
        """Return codes of districts that exist, between one and :data:`MOST_DISTRICTS`, of one department."""
        codes = list(values) if isinstance(values, (Sequence, frozenset, set)) and not isinstance(values, str) else []
        if not codes or len(codes) > MOST_DISTRICTS:
            self.fault("number_of_districts", n=len(codes), most=MOST_DISTRICTS)
            return frozenset()
        wrong = [code for code in codes if not is_ubigeo(code) or code not in known]
        if wrong:
            self.fault("unknown_districts", codes=tuple(_short(code) for code in wrong[:5]))
        good = frozenset(code for code in codes if code not in wrong)
        if len({code[:2] for code in good}) > 1:
            self.fault("several_departments")
        return good

    def numbers(
        self, field: str, values: object, allowed: Iterable[str], least: float, most: float
    ) -> dict[str, float]:
        """Return numbers by key, the keys among those allowed."""
        if not isinstance(values, Mapping):
            self.fault("not_a_table", field=field)
            return {}
        keys = self.all_chosen(field, list(values), allowed)
        return {key: self.real(field, values[key], least, most) for key in sorted(keys)}


def _number(value: object) -> object:
    """Return the number that a text is; anything else, and a text that is none, as it is."""
    read = read_number(value) if isinstance(value, str) else None
    return value if read is None else read


def known_department(value: object, known: Iterable[str]) -> None:
    """Raise BadInput for a department, asked for in a list, that does not exist; None is all of them."""
    door = Door()
    door.department(value, known)
    door.close()


def _short(value: object) -> str:
    """A bad value as it may be told: short, and without anything a screen would act on."""
    text = "".join(c if c.isprintable() else "\ufffd" for c in str(value)[:SHOWN_OF_A_BAD_VALUE])
    return text if len(str(value)) <= SHOWN_OF_A_BAD_VALUE else text + "…"
