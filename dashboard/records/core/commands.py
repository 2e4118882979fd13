"""What people ask of the record: one class a use case, whose fields are all that was sent.

A request may carry a key of its own. The same command of the same person under the same key is the same request: it
is done once, and answered as it was then. By what a command is known again stands in the history of databases in
use: the names of its fields stay.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(frozen=True)
class Command:
    """What someone asks for, as it was sent: nothing of it is cleaned yet. `action` is what the history calls it."""

    action: ClassVar[str]

    @property
    def name(self) -> str:
        """What the history calls this very command."""
        return self.action

    def sent(self) -> dict[str, object]:
        """All that was sent, by field."""
        return {item.name: getattr(self, item.name) for item in fields(self)}

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what is asked for and all that was sent with it, in hexadecimal."""
        text = json.dumps([self.name, self.sent()], sort_keys=True, default=_as_json)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _as_json(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return sorted(map(str, value)) if isinstance(value, (set, frozenset)) else str(value)
