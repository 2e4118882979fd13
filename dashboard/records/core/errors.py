"""What can go wrong with a record. Each error carries the key of its sentence and what fills it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geodata.shared import SentenceError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: `message` is a text key, `fields` fill it; `row` is a line of a spreadsheet, from 1."""

    message: str
    fields: Mapping[str, object] = field(default_factory=dict)
    row: int | None = None


class RecordsError(SentenceError):
    """A record that cannot be read or written."""

    room = "records.error."


class Refused(RecordsError):
    """The person may not do this. Nothing was changed; the log says who wanted what."""


class Missing(RecordsError):
    """There is no record with this id."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"missing_{kind}")
        self.kind = kind


class BadInput(RecordsError):
    """What was sent cannot be kept; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]):
        super().__init__("bad_input", n=len(faults))
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(f"{fault.message} {dict(fault.fields)}" for fault in self.faults)


class NotNow(RecordsError):
    """A step that cannot be made in this state; `faults` says all that is lacking."""

    def __init__(self, step: str, faults: tuple[Fault, ...]):
        super().__init__("not_now", n=len(faults))
        self.step = step
        self.faults = faults

    def __str__(self) -> str:
        return f"{self.step}: " + "; ".join(f"{fault.message} {dict(fault.fields)}" for fault in self.faults)


class Conflict(RecordsError):
    """Someone else changed the record first, and nothing was overwritten.

    `mine` is what was to be saved, `theirs` what is kept now, `base` what both started from (None when
    there was nothing yet). All three are records of one kind.
    """

    # Any: whoever catches it knows which kind was to be saved
    def __init__(self, mine: Any, theirs: Any, base: Any = None):
        super().__init__("conflict")
        self.mine, self.theirs, self.base = mine, theirs, base
