"""A meeting as the record keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from dashboard.clusters.scoring import OwnCriterion
from dashboard.records.core import Acts, Kind, MeetingRow

PLANNED, OPEN, CLOSED, CANCELLED = STATES = ("planned", "open", "closed", "cancelled")
SESSION, INSTALLATION = KINDS = ("session", "installation")
READINGS = ("approved", "with_remarks", "not_read")  # of the act before
NOTHING: Mapping[str, Any] = MappingProxyType({})  # of any type: there is none


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting. `present` are ids of members, `proposals` ids of what is reviewed, `weights` by criterion.

    `id` is department, year and number: `22-2013-1`. Hours are `09:30`: for which it was called, when it began and
    ended. `presides` is the id of a member; each of the `guests` has name, institution, office and dni. `development`
    is what was said on a point of the agenda, by the point. `previous_act` is what came of reading the act before.
    `own_criteria` are those that the group made for itself (:mod:`dashboard.clusters.scoring.own`).
    What nobody has said is empty.
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
    kind: str = SESSION
    act: str = ""
    called_for: str = ""
    began_at: str = ""
    ended_at: str = ""
    presides: str = ""
    secretary: str = ""
    secretary_office: str = ""
    guests: tuple[Mapping[str, str], ...] = ()
    development: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    previous_act: str = ""
    previous_note: str = ""
    quorum_reason: str = ""
    own_criteria: tuple[OwnCriterion, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is being held."""
        return self.state == OPEN

    def act_number(self, acts: Acts) -> str:
        """Return the number of its act: the one that it was given, or that of the pattern where it has none."""
        return self.act or acts.number_of(self.department, self.held_on.year, self.number)


MEETING = Kind("meeting", Meeting, MeetingRow)
