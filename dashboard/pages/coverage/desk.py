"""Gather what an answer of this screen works with: the record, who asks, and the words for them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboard.pages.kit.outcomes import ValueWords
from dashboard.records.core import Actor, Store, Words, may
from dashboard.records.tracking import Coverage, Standing
from dashboard.web import record
from dashboard.web.access import people


@dataclass(frozen=True)
class Desk:
    """The record beside a data edition, the person of a request, and their language."""

    store: Store
    actor: Actor
    words: Words

    def may(self, action: str, department: str | None = None) -> bool:
        return may(self.actor, action, department)

    def may_enter(self, action: str, standings: tuple[Standing, ...]) -> list[Standing]:
        """Return the clusters for whose department this person may enter something."""
        return [s for s in standings if self.may(action, s.proposal.department)]


def now() -> Desk:
    """Return the desk of this request."""
    return Desk(record.store(), people.actor(), record.words())


def shown_in(words: Words) -> ValueWords:
    """Return what says a field of a score or a stage in words, for two versions side by side."""
    rooms = {"round": "focas.round", "area": "focas.area"}

    def show(field: str, value: Any) -> str:
        if field in rooms:
            return words.say(f"{rooms[field]}.{value}")
        return words.number(value, 1) if isinstance(value, float) else str(value)

    return show


# what makes a part of the page out of the coverage
Maker = Callable[[Coverage], list[Any]]
