"""Read what people send: every form is a pydantic model, its fields of the types below, all faults told at once.

Text is kept as it is written (a quote, a tag or a formula is harmless as text; whoever shows it escapes it), but in
one form of Unicode (NFC) and without characters that are not seen: those a word processor leaves behind are taken
out, and those that turn the direction of writing, control a terminal or belong to no script are refused.

What may stand in a field can depend on the record and the day: where a bound or a list of choices is given as a name,
it is looked up in what the form is read with (`context`).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, PlainValidator, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

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
HOUR = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)
IDENTITY_CARD = re.compile(r"\d{8}", re.ASCII)  # a DNI of Peru
OF_THE_WHOLE = "whole"  # in the context of an error: its sentence names no field

Choices = str | Iterable[str]  # of a list, or the name under which the context has one
Bound = str | float


class Form(BaseModel):
    """What people send, field by field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    # context: of any type, as each field says
    def read(cls, sent: object, row: int | None = None, **context: Any) -> Self:
        """Return a form as it was sent, every field clean; `row` is its line of a spreadsheet.

        Raises BadInput with all faults.
        """
        if not isinstance(sent, Mapping):
            raise BadInput((Fault("records.fault.not_a_table", {"field": "values"}, row),))
        named = {name if type(name) is str else str(name): value for name, value in sent.items()}
        unknown = [name for name in named if name not in cls.model_fields]
        faults = [Fault("records.fault.unknown_field", {"field": name[:40]}, row) for name in unknown]
        try:
            read = cls.model_validate({n: v for n, v in named.items() if n in cls.model_fields}, context=context)
        except ValidationError as error:
            faults += [_fault(found, row) for found in error.errors(include_url=False)]
        if faults:
            raise BadInput(tuple(faults))
        return read

    # of any type: so are the fields of a model
    def values(self) -> dict[str, Any]:
        """Return all fields by name."""
        return {name: getattr(self, name) for name in type(self).model_fields}

    # of any type: so are the fields of a model
    def given(self) -> dict[str, Any]:
        """Return the fields that were sent, by name."""
        return {name: value for name, value in self.values().items() if name in self.model_fields_set}


def _fault(found: ErrorDetails, row: int | None) -> Fault:
    """Return what is wrong as the record tells it: the sentence has the key `records.fault.<reason>`."""
    if found["type"] == "missing":
        return Fault("records.fault.empty", {"field": str(found["loc"][0])}, row)
    fields = dict(found.get("ctx", {}))
    named = {} if fields.pop(OF_THE_WHOLE, False) else {"field": str(found["loc"][0])}
    return Fault(f"records.fault.{found['type']}", named | fields, row)


def fault(reason: str, **fields: object) -> PydanticCustomError:
    """Return an error to raise: what is wrong with one field, which its sentence names."""
    return PydanticCustomError(reason, reason, fields)


def whole_fault(reason: str, **fields: object) -> PydanticCustomError:
    """Return an error to raise whose sentence names no field."""
    return PydanticCustomError(reason, reason, fields | {OF_THE_WHOLE: True})


def refuse(faults: Sequence[PydanticCustomError]) -> None:
    """Raise all that is wrong with one field."""
    if faults:
        raise ValidationError.from_exception_data("field", [InitErrorDetails(type=f, input=None) for f in faults])


# of any type: what a form is read with
def context(info: ValidationInfo) -> Mapping[str, Any]:
    """Return what the form of a field is read with."""
    return info.context or {}


def _of(info: ValidationInfo, named: object) -> Any:  # of any type: what a form is read with
    return context(info)[named] if isinstance(named, str) else named


def _is_absent(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def text(most: int = MOST_NAME, required: bool = False, lines: bool = False) -> PlainValidator:
    """Text without blanks around it; `lines` allows line breaks."""
    return PlainValidator(lambda value: _text(value, most, required, lines))


def _text(value: object, most: int, required: bool = False, lines: bool = False) -> str:
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise fault("not_text")
    written = value.replace("\r\n", "\n").translate(UNSEEN).strip()
    strange = sorted({c for c in written if unicodedata.category(c) in FORBIDDEN and not (lines and c in "\n\t")})
    if strange:
        raise fault("strange_character", code=" ".join(f"U+{ord(c):04X}" for c in strange[:5]))
    written = unicodedata.normalize("NFC", written)
    if len(written) > most:
        raise fault("too_long", n=len(written), most=most)
    if required and not written:
        raise fault("empty")
    return written


def texts(most: int = MOST_ITEMS) -> PlainValidator:
    """A list of short texts, empty ones left out."""

    def read(values: object) -> tuple[str, ...]:
        items = _items(values)
        faults = [fault("too_many", n=len(items), most=most)] if len(items) > most else []
        return tuple(filter(None, _each(items[:most], lambda item: _text(item, MOST_ITEM), faults)))

    return PlainValidator(read)


def whole(least: int, most: Bound) -> PlainValidator:
    """A whole number within bounds, given as one or as a text that is one."""

    def read(value: object, info: ValidationInfo) -> int:
        if _is_absent(value):
            raise fault("empty")
        number, highest = _number(value), _of(info, most)
        if type(number) is float and number.is_integer():
            number = int(number)
        if type(number) is not int or not least <= number <= highest:
            raise fault("not_whole", value=_short(number), least=least, most=highest)
        return number

    return PlainValidator(read)


def real(least: Bound, most: Bound) -> PlainValidator:
    """A number within bounds, given as one or as a text that people write: "2,5", "45 %"."""
    return PlainValidator(lambda value, info: _real(value, _of(info, least), _of(info, most)))


def _real(value: object, least: float, most: float) -> float:
    if _is_absent(value):
        raise fault("empty")
    number = _number(value)
    if type(number) not in (int, float) or not least <= number <= most:  # no number is within bounds that is none
        raise fault("not_number", value=_short(number), least=least, most=most)
    return float(number)


def day(required: bool = False, latest: str | date = LATEST) -> PlainValidator:
    """A date, given as one or as a text that people write, the day first; `latest` is the last possible."""

    def read(value: object, info: ValidationInfo) -> date | None:
        if value is None or value == "":
            if required:
                raise fault("empty")
            return None
        found = read_day(value) if isinstance(value, str) else value
        if not isinstance(found, date):
            raise fault("not_a_date", value=_short(value))
        found, last = date(found.year, found.month, found.day), _of(info, latest)
        if not EARLIEST <= found <= last:
            raise fault("date_out_of_range", day=found, latest=last)
        return found

    return PlainValidator(read)


def chosen(allowed: Choices, required: bool = True) -> PlainValidator:
    """One of what is allowed; where it is not required, None is none of it."""

    def read(value: object, info: ValidationInfo) -> str | None:
        if value is None and not required:
            return None
        return choice(value, _of(info, allowed))

    return PlainValidator(read)


def choice(value: object, allowed: Iterable[str]) -> str:
    """Return one of what is allowed, within a validator."""
    choices = tuple(allowed)
    if _is_absent(value):
        raise fault("empty")
    if not isinstance(value, str) or value not in choices:
        raise fault("not_one_of", value=_short(value), allowed=choices)
    return value


def perhaps(allowed: Iterable[str]) -> PlainValidator:
    """One of what is allowed, or nothing."""
    return PlainValidator(lambda value: "" if _is_absent(value) else choice(value, allowed))


def hour() -> PlainValidator:
    """An hour of the day as `09:30`, or nothing."""

    def read(value: object) -> str:
        written = _text(value, MOST_NAME)
        found = HOUR.fullmatch(written)
        if written and found is None:
            raise fault("not_an_hour", value=_short(written))
        return "" if found is None else f"{int(found[1]):02}:{found[2]}"

    return PlainValidator(read)


def identity_card() -> PlainValidator:
    """The number of a DNI, eight digits, or nothing."""

    def read(value: object) -> str:
        written = _text(value, MOST_NAME).replace(" ", "")
        if written and IDENTITY_CARD.fullmatch(written) is None:
            raise fault("not_a_dni", value=_short(written))
        return written

    return PlainValidator(read)


def all_chosen(allowed: Choices, most: int | None = None) -> PlainValidator:
    """Distinct values that are all allowed, in the order in which they come."""

    def read(values: object, info: ValidationInfo) -> tuple[str, ...]:
        found = _all_chosen(_items(values), _of(info, allowed))
        if most is not None and len(found) > most:
            raise fault("too_many", n=len(found), most=most)
        return found

    return PlainValidator(read)


def one_of(allowed: Choices) -> PlainValidator:
    """One of the records that there are."""
    return PlainValidator(lambda value, info: _all_chosen([value], _of(info, allowed))[0])


def _all_chosen(items: Sequence[object], allowed: Iterable[str]) -> tuple[str, ...]:
    choices = frozenset(allowed)
    wrong = [value for value in items if not isinstance(value, str) or value not in choices]
    if wrong:
        raise fault("unknown_items", items=tuple(_short(value) for value in wrong[:5]))
    return tuple(dict.fromkeys(str(value) for value in items))


def texts_of(allowed: Choices, most: int = MOST_NOTE) -> PlainValidator:
    """Texts by key, the keys among those allowed; what is no table has none."""

    def read(values: object, info: ValidationInfo) -> Mapping[str, str]:
        table = values if isinstance(values, Mapping) else {}
        keys = _all_chosen(list(table), _of(info, allowed))
        return MappingProxyType(dict(zip(keys, _each(keys, lambda k: _text(table[k], most, lines=True)), strict=True)))

    return PlainValidator(read)


def numbers(allowed: Choices, least: float, most: float) -> PlainValidator:
    """Numbers by key, the keys among those allowed."""

    def read(values: object, info: ValidationInfo) -> Mapping[str, float]:
        if not isinstance(values, Mapping):
            raise fault("not_a_table")
        choices, faults = frozenset(_of(info, allowed)), []
        good = sorted(key for key in values if isinstance(key, str) and key in choices)
        try:
            _all_chosen(list(values), choices)
        except PydanticCustomError as error:
            faults.append(error)
        read = _each(good, lambda key: _real(values[key], least, most), faults)
        return MappingProxyType(dict(zip(good, read, strict=True)))

    return PlainValidator(read)


def districts(known: str, none: bool = False) -> PlainValidator:
    """Codes of districts that exist, between one (or `none`) and :data:`MOST_DISTRICTS`, of one department."""

    def read(values: object, info: ValidationInfo) -> frozenset[str]:
        codes = list(values) if isinstance(values, (Sequence, frozenset, set)) and not isinstance(values, str) else []
        if none and values == []:
            return frozenset()
        if not codes or len(codes) > MOST_DISTRICTS:
            raise whole_fault("number_of_districts", n=len(codes), most=MOST_DISTRICTS)
        wrong = [code for code in codes if not is_ubigeo(code) or code not in _of(info, known)]
        faults = [whole_fault("unknown_districts", codes=tuple(map(_short, wrong[:5])))] if wrong else []
        good = frozenset(code for code in codes if code not in wrong)
        if len({code[:2] for code in good}) > 1:
            faults.append(whole_fault("several_departments"))
        refuse(faults)
        return good

    return PlainValidator(read)


def _items(values: object) -> list[object]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise fault("not_a_list")
    return list(values)


def _each(
    items: Iterable[Any],  # of any type: what people send
    read: Callable[[Any], Any],  # the same
    faults: Sequence[PydanticCustomError] = (),
) -> list[Any]:  # as it is read
    """Return what each of some items is read as. Raises all that is wrong with them, after some other `faults`."""
    found, wrong = [], list(faults)
    for item in items:
        try:
            found.append(read(item))
        except PydanticCustomError as error:
            wrong.append(error)
    refuse(wrong)
    return found


def _number(value: object) -> Any:  # what was sent, of any type, or the number
    """Return the number that a text is; anything else, and a text that is none, as it is."""
    read = read_number(value) if isinstance(value, str) else None
    return value if read is None else read


def _short(value: object) -> str:
    """A bad value as it may be told: short, and without anything a screen would act on."""
    written = "".join(c if c.isprintable() else "\ufffd" for c in str(value)[:SHOWN_OF_A_BAD_VALUE])
    return written if len(str(value)) <= SHOWN_OF_A_BAD_VALUE else written + "…"


# ---- the types that several forms have

Name = Annotated[str, text(required=True)]
Note = Annotated[str, text(MOST_NOTE, lines=True)]
Document = Annotated[str, text(MOST_DOCUMENT)]
Line = Annotated[str, text()]
Hour = Annotated[str, hour()]
Dni = Annotated[str, identity_card()]
Day = Annotated[date | None, day()]
PastDay = Annotated[date | None, day(latest="today")]
Department = Annotated[str, chosen("departments")]
DepartmentOrAll = Annotated[str | None, chosen("departments", required=False)]


class Remarks(Form):
    """What an entry says beside the change: why, by what document, and on which day it happened (today where None).

    attachment: the id of the file that the document is, "" where it is only named.
    """

    note: Note = ""
    document: Document = ""
    attachment: Annotated[str, text(MOST_ID)] = ""
    on: PastDay = None


class RequestKey(Form):
    """The key that a request carries, by which it is known again."""

    key: Annotated[str, text(MOST_KEY, required=True)]


class InDepartment(Form):
    """A department, asked for in a list; None is all of them."""

    department: DepartmentOrAll = None
