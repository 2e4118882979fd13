"""What can go wrong and is told to a person: every error of the house that becomes a sentence is one of these."""

from collections.abc import Iterable
from typing import Any, ClassVar


class SentenceError(ValueError):
    """Why something was not done: `message` is the key of a sentence and `fields` fill it.

    reason: what tells it from others of its kind; the key is `room` and that.
    """

    room: ClassVar[str] = ""

    # of any type: text, a number, a date, or several of them
    def __init__(self, reason: str, **fields: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.message = f"{self.room}{reason}"
        self.fields = fields


class Unusable(ValueError):
    """Parameters, settings or weights that cannot be used: `faults` has one line for each thing to mend."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults))
