"""Name the components of the meetings screen."""

from enum import StrEnum


class Meetings(StrEnum):
    """Every component of the meetings screen, of the overview and of one meeting, that a callback touches."""

    ROOT = "meetings-root"
    ASKED = "meetings-asked"
    ANSWER = "meetings-answer"


class MeetingsPart(StrEnum):
    """The parts of the screen that the server fills; those of the page in sight only."""

    # overview of a department
    YEARS = "years"
    RULES = "rules"
    MEMBERS = "members"

    # one meeting
    HEAD = "head"
    LACKING = "lacking"
    ROOM = "room"
    ROOM_PEOPLE = "room-people"
    WHEN = "when"
    SESSION = "session"
    PRESENT = "present"
    GUESTS = "guests"
    AGENDA = "agenda"
    PREVIOUS = "previous"
    DEVELOPMENT = "development"
    REVIEW = "review"
    PROPOSALS = "proposals"
    COMPARISON = "comparison"
    WEIGHTS = "weights"
    OWN_CRITERIA = "own-criteria"
    AGREEMENTS = "agreements"
    NEXT = "next"
    NOTE = "note"
    CORRECTIONS = "corrections"


OVERVIEW = (MeetingsPart.YEARS, MeetingsPart.RULES, MeetingsPart.MEMBERS)
MEETING = tuple(part for part in MeetingsPart if part not in OVERVIEW)
