"""Read what browsers send, by models: nothing of it is trusted, and garbage is taken for nothing sent.

A :class:`Sent` is what a page says of itself: what is of another kind than is due counts as not sent, and judging is
for others. An :class:`Address` is what a link asks for: each part that cannot be read is told, by its name.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator, ValidationError, ValidationInfo

from geodata.model import Dataset

SHOWN_OF_A_BAD_PART = 60

# a problem: the key of a sentence and its fields
Problem = tuple[str, dict[str, Any]]


# ---- kinds of values: of anything (what a browser sends) to what is due


def whole(value: object) -> int | None:
    """Return a whole number, also one written in digits; None for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if type(value) is int else None


def several(value: object) -> list[Any]:
    """Return what was chosen of several; nothing where no list was sent."""
    return list(value) if isinstance(value, list) else []


def table(value: object) -> dict[Any, Any]:
    """Return a table by key; an empty one where none was sent."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    """Return a text; "" for anything else."""
    return value if isinstance(value, str) else ""


Text = Annotated[str, BeforeValidator(text)]
Whole = Annotated[int | None, BeforeValidator(whole)]
Table = Annotated[dict[Any, Any], BeforeValidator(table)]
Several = Annotated[list[Any], BeforeValidator(several)]


class Sent(BaseModel):
    """What a page sends of itself."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def read(cls, sent: object, context: object = None) -> Self:
        """Return what was sent, read beside a `context`; of garbage, what nothing sent gives.

        Raises ValidationError where a field of the model refuses what is unknown.
        """
        named = {name: value for name, value in table(sent).items() if isinstance(name, str)}
        return cls.model_validate(named, context=context)


# ---- addresses


class Address(BaseModel):
    """What an address asks for: its fields are of :func:`part`, each under the name that it has there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def read(cls, query: Mapping[str, str], dataset: Dataset) -> tuple[Self, tuple[Problem, ...]]:
        """Return what an address asks for, and a problem for each part that cannot be read: that counts as not said."""
        asked = {name: str(value) for name, value in query.items() if value is not None}
        try:
            return cls.model_validate(asked, context=dataset), ()
        except ValidationError as error:
            unread = dict.fromkeys(str(found["loc"][0]) for found in error.errors(include_url=False))
        good = {name: value for name, value in asked.items() if name not in unread}
        problems = tuple(("address.bad", {"name": name, "value": asked[name][:SHOWN_OF_A_BAD_PART]}) for name in unread)
        return cls.model_validate(good, context=dataset), problems

    # of any type: so are the fields of a model
    def said(self) -> dict[str, Any]:
        """Return what the address says, by field."""
        return {name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set}


# what is read of a part: of any type, as its field says
def part(read: Callable[[str, Dataset], Any]) -> PlainValidator:
    """A part of an address, read beside the data; one that raises ValueError or LookupError cannot be read."""

    def validated(raw: str, info: ValidationInfo) -> Any:  # the same
        try:
            return read(raw, info.context)  # type: ignore[arg-type]  # the data set, as `Address.read` hands it on
        except LookupError as error:
            raise ValueError(str(error)) from error

    return PlainValidator(validated)
