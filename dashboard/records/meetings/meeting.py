"""A meeting as the record keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from dashboard.records.core import Kind, MeetingRow

PLANNED, OPEN, CLOSED = STATES = ("planned", "open", "closed")
NOTHING: Mapping[str, Any] = MappingProxyType({})  # of any type: there is none


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting. `present` are ids of members, `proposals` ids of what is reviewed, `weights` by criterion.

    `id` is department, year and number: `22-2013-1`.
    """

    id: str
    version: int
    department: str
    period: str
    number: int
    held_on: date
    place: str = ""
    state: str = PLANNED
    agenda: tuple[str, ...] = ()
    next_agenda: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=lambda: NOTHING)
    note: str = ""


MEETING = Kind("meeting", Meeting, MeetingRow)
