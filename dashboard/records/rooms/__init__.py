"""The room of a meeting: who takes part from a phone, and what they answer.

Three records, each with its history: the :class:`MeetingRoom` (of one meeting, under its id), its participants, and a
:class:`RoomAnswer` for each thing that somebody is asked. The secretariat runs it (`desk`), phones join it by its code
(`joining`) and answer by their token (`answers`); `gathered` is what all said, for whoever may read the meeting.
"""

from dashboard.records.rooms import answers, desk, joining
from dashboard.records.rooms.gathering import (
    Gathered,
    Seat,
    counted,
    gathered,
    mark,
    names_of,
    seat,
    seat_mark,
)
from dashboard.records.rooms.joining import CODE_LETTERS
from dashboard.records.rooms.room import (
    ANSWER,
    ASKED,
    DRAWING,
    IN,
    JUDGEMENT,
    LAST_ROUND,
    OBSERVER,
    OF_THE_ROOM,
    PARTICIPANT,
    REMOVED,
    ROOM,
    VOTE,
    WEIGHTS,
    MeetingRoom,
    Participant,
    RoomAnswer,
)

__all__ = [
    "ANSWER",
    "ASKED",
    "RoomAnswer",
    "CODE_LETTERS",
    "DRAWING",
    "Gathered",
    "IN",
    "JUDGEMENT",
    "LAST_ROUND",
    "OBSERVER",
    "OF_THE_ROOM",
    "PARTICIPANT",
    "Participant",
    "REMOVED",
    "ROOM",
    "MeetingRoom",
    "Seat",
    "VOTE",
    "WEIGHTS",
    "answers",
    "counted",
    "desk",
    "gathered",
    "joining",
    "mark",
    "names_of",
    "seat",
    "seat_mark",
]
