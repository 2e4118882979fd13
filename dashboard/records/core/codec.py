"""Turn a record into JSON and back: sets are sorted lists, dates are ISO text, and nothing else is changed."""

from collections.abc import Mapping
from dataclasses import Field, fields
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, Protocol, TypeVar, get_args, get_origin, get_type_hints


class DataclassLike(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]  # of any type: so says the standard library


D = TypeVar("D", bound=DataclassLike)


def plain(record: DataclassLike) -> dict[str, object]:
    """Return the fields of a record as lists, mappings, texts and numbers."""
    return {item.name: plain_value(getattr(record, item.name)) for item in fields(record)}


def plain_value(value: object) -> object:
    """Return one value as JSON holds it."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, (tuple, list)):
        return [plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain_value(item) for key, item in sorted(value.items())}
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def build(kind: type[D], values: Mapping[str, object]) -> D:
    """Return a record of a class from its fields, plain or as the database gives them.

    What was kept before there was a field has what the class gives it.
    """
    return kind(**{name: _made(hint, values[name]) for name, hint in _hints(kind).items() if name in values})


@lru_cache
def _hints(kind: type[DataclassLike]) -> dict[str, object]:
    hints = get_type_hints(kind)
    return {item.name: hints[item.name] for item in fields(kind)}


# of any type, as the hint says
def _made(hint: object, value: Any) -> object:
    if value is None:
        return None
    origin = get_origin(hint) or hint
    if origin is frozenset:
        return frozenset(value)
    if origin is tuple:
        return tuple(value)
    if origin is Mapping:
        return MappingProxyType(dict(value))
    if isinstance(value, str) and date in (hint, *get_args(hint)):
        return date.fromisoformat(value)
    return value
