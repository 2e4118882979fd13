"""Read what a browser sent without trusting any of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Asked:
    """What a browser sent: any field may be missing or garbage."""

    sent: Mapping[str, Any]

    @classmethod
    def of(cls, sent: Any) -> "Asked":
        return cls(sent if isinstance(sent, dict) else {})

    @property
    def fields(self) -> Mapping[str, Any]:
        """What stands in the form."""
        found = self.sent.get("fields")
        return found if isinstance(found, dict) else {}

    def text(self, name: str) -> str:
        """Return a text, empty where there is none."""
        found = self.sent.get(name)
        return found if isinstance(found, str) else ""

    def whole(self, name: str) -> int | None:
        """Return a whole number, also one written as text; None for anything else."""
        return whole(self.sent.get(name))

    @property
    def key(self) -> str | None:
        """The key under which a request is kept once."""
        return self.text("key") or None


def whole(value: Any) -> int | None:
    """Return a whole number, also one written in digits; None for anything else."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if type(value) is int else None


def several(value: Any) -> list[Any]:
    """Return what was chosen of several; nothing where no list was sent."""
    return list(value) if isinstance(value, list) else []
